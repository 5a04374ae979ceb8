"""One way to say in a test that something is refused, with which code, and readably."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from legation.errors import Refusal


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """Expect a refusal with one of these codes, whose sentence has no gap in it."""
    with pytest.raises(Refusal) as found:
        yield
    assert found.value.code in codes, f"{found.value.code}: {found.value}"
    sentence = found.value.sentence()
    assert "{" not in sentence
    assert found.value.remedy
