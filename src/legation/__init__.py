"""Legation: keeps embassies running, their people safe, and one line of contact open."""

__version__ = "0.2.0"
