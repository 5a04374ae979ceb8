"""Every read of the desk's own pages, as frozen dataclasses."""
