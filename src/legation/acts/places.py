"""Where an act stands: in a log, or in the book of what is on paper (`legation.acts.book`)."""

from typing import Final

BOOK: Final = 1 << 48
"""The first place of the book. No log grows so long, and JSON holds it exactly."""


def is_paper(index: int) -> bool:
    """Tell whether an act at this place stands in the book."""
    return index >= BOOK
