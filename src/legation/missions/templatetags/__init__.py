"""Template tags and filters of this part."""
