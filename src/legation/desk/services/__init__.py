"""Every write of the desk's own rows: what an officer keeps for themselves."""
