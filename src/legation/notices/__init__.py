"""Notices: numbers, clocks, inbox, print. Knows no kind by name."""
