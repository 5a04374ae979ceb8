"""How a board is shown: what was asked for, rows and counts, marks, drawings with their words."""
