"""One file per family of commands, found by discovery: no list to edit.

A file holds `register(top)`, which adds its commands, and `PLACE`, its rank in the help.
"""
