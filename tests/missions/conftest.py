"""The desks of the notices' tests: two nodes in one record, officers on both sides."""

from notices.conftest import desks

__all__ = ["desks"]
