"""Can this post operate? Pure: a judge over what both sides state, and what we know beside it."""
