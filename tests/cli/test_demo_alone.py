"""`legation demo --alone`: one side by itself, either of the two, and paper on the command line."""

import json
from pathlib import Path

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from legation.cli.demo.alone import stage_alone
from legation.cli.demo.cast import SIDES, Side
from legation.cli.demo.setting import MARK
from legation.errors import Refusal
from legation.line.databases import forget
from legation.line.models import Log
from legation.notices import queries


@pytest.mark.parametrize("side", SIDES, ids=lambda side: side.party)
def test_either_side_has_a_month_of_work_on_paper(
    side: Side, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    said: list[str] = []
    kept = connections.settings["default"]
    with django_db_blocker.unblock():
        try:
            node = stage_alone(tmp_path / "demo", side, step=said.append)
            lines = {line.title: line for line in queries.notices(node).rows}
            states = sorted((line.state, line.by == side.party) for line in lines.values())
            assert states == [
                ("answered", True),
                ("received", False),
                ("received", True),
                ("released", True),
            ]
            waits = queries.waits(node)
            assert (waits.to_answer_count, waits.we_wait_count) == (1, 2)
            (longest, _) = waits.we_wait
            assert longest.days is not None
            assert longest.days >= 17
            assert not longest.overdue
            assert all(line.ours_only for line in lines.values())
            assert not Log.objects.using(node.alias).exists()
            again = stage_alone(tmp_path / "demo", side, step=said.append)
            assert queries.notices(again).total == 4
            mark = json.loads((tmp_path / "demo" / MARK).read_text())
            assert (mark["alone"], mark["state"]) == (side.party, "ready")
        finally:
            forget("default")
            connections.settings["default"] = kept


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(Refusal) as refused:
        stage_alone(tmp_path, SIDES[0], step=lambda _told: None)
    assert refused.value.code == "not-a-demo"
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
