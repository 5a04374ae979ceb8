"""A board as it leaves the desk: in words, as a drawing, as a sheet of paper."""
