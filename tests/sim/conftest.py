"""The simulation opens databases of its own, in memory."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture(autouse=True)
def databases(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a test open databases of its own."""
    with django_db_blocker.unblock():
        yield
