"""Dossiers with sources that come with the program: the history a desk can begin with."""

from importlib.resources import files


def read_seed(name: str) -> bytes:
    """Return the bytes of a dossier: "us-ru", "ir-sa", "in-ca". Raises FileNotFoundError."""
    return (files(__package__) / f"{name}.json").read_bytes()
