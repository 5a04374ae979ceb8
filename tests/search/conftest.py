"""Two desks, as the notices' tests have them."""

from notices.conftest import desks

__all__ = ["desks"]
