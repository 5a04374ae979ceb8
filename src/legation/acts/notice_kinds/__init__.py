"""The kinds of notices, a file for each, found by looking: nothing lists them."""
