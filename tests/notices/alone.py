"""The desk of one node that works on paper, with nobody at the other end."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from legation.line.node import Node, init_node, open_node
from legation.line.services import Entered
from legation.line.services.deliveries import Handed
from legation.notices import queries, services
from legation.notices.paper import services as paper
from legation.officers import services as officers
from legation.officers.services import Draft
from notices.conftest import a_note


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class Paper:
    """The desk of a node that works on paper: Ada drafts and types, Bela clears."""

    node: Node
    clock: Clock

    def passes(self, **time: float) -> None:
        self.clock.now += timedelta(**time)

    def leaves(self, draft: Draft) -> list[Entered]:
        officers.clear(self.node, draft_id=draft.id, by="Bela", at=self.clock())
        return officers.release(self.node, draft_id=draft.id, by="Bela", at=self.clock())

    def sends(self, kind: str = "note", **data: Any) -> str:
        given = {"post": f"{self.node.party}-MFA", **(a_note() if kind == "note" else {}), **data}
        draft = services.draft_notice(self.node, kind=kind, data=given, by="Ada", at=self.clock())
        return self.leaves(draft)[0].on

    def hands_over(self, notice: str, on: str = "2026-11-23", **said: Any) -> Any:
        handed = Handed(
            on=on,
            place="Registry, Smolenskaya-Sennaya 32/34",
            by_whom="Third Secretary",
            **{"stamp": "вх. 4711", **said},
        )
        return paper.deliver(self.node, notice=notice, handed=handed, by="Ada", at=self.clock())

    def types_reply(self, notice: str, **changes: Any) -> Entered:
        head: dict[str, Any] = {"number": "№ 1234/дд", "on": "2026-11-25"}
        head |= {key: changes.pop(key) for key in list(head) if key in changes}
        data: dict[str, Any] = {"paper": head, "answer": "answered", "reply": "It was moved."}
        how = {key: changes.pop(key) for key in ("corrects", "why") if key in changes}
        return paper.enter_reply(
            self.node, notice=notice, data={**data, **changes}, by="Ada", at=self.clock(), **how
        )

    def page(self, notice: str) -> Any:
        return queries.page(self.node, notice)


def a_node(home: Path, peer: str | None, clock: Clock) -> Node:
    init_node(home, party="US", name="United States of America", peer=peer, now=clock())
    node = open_node(home, "alone", clock=clock)
    for name, role in (("Ada", "officer"), ("Bela", "clearing")):
        officers.add_officer(node, name=name, roles=[role], at=clock())
    return node
