"""Acts made up for the tests: for these, unlike for those of the product, the order matters."""
