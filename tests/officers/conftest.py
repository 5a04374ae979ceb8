"""Nodes for the tests of officers."""

from nodes import lone, pair, templates

__all__ = ["lone", "pair", "templates"]
