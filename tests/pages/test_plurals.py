"""One entry is said in the singular, several in the plural."""

import pytest

from legation.line.models import Log
from pages.conftest import Scene

ONE = {
    "/record/": ("1 entry of ours was countersigned", "1 entry of theirs was countersigned"),
    "/line/": ("They hold 1 entry of ours",),
}
TWO = {
    "/record/": ("2 entries of ours were countersigned", "2 entries of theirs were countersigned"),
    "/line/": ("They hold 2 entries of ours",),
}


@pytest.mark.parametrize(("count", "pages"), [(1, ONE), (2, TWO)], ids=["one", "two"])
def test_entries_are_counted_as_people_do(
    scene: Scene, count: int, pages: dict[str, tuple[str, ...]]
) -> None:
    scene.sends()
    now = scene.node.clock()
    Log.objects.update(cosigned_size=count, cosigned_at=now, have=count, have_at=now)
    for page, words in pages.items():
        said = scene.client().get(page).content.decode()
        assert [each for each in words if each not in said] == [], page
