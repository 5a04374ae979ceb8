"""Kinds that exist only here: they show what the product's own kinds do not use yet."""
