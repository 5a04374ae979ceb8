"""Members of the missions: a list that is ours only, and what it is filled from."""
