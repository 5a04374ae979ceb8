"""Carriers: dumb ways to move opaque bundles; one file each."""
