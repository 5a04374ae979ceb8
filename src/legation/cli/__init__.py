"""The `legation` command: what the pages do, for a terminal and for programs."""
