"""Restating: what was on paper, said again in the record by those who choose to."""
