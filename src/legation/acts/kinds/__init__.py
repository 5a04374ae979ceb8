"""The kinds of acts, a file for each family, found by looking: nothing lists them."""
