"""A terminal for the tests of commands."""

from nodes import templates
from terminal import terminal

__all__ = ["templates", "terminal"]
