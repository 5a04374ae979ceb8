"""Signed logs and their proofs: what was said, in which order, under whose key. Pure."""
