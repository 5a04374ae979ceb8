"""Two nodes with officers on both sides; what is drafted is cleared by another and released."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from legation.line.databases import forget
from legation.line.services import Entered
from legation.notices import services
from legation.officers import services as officers
from legation.officers.models import Draft
from line.harness import Pair, TestNode, new_pair

Json = dict[str, Any]


@dataclass
class Desk:
    """One side's desk: Ada drafts, Bela clears and releases."""

    side: TestNode

    @property
    def node(self) -> Any:
        return self.side.node

    @property
    def party(self) -> str:
        return self.side.node.party

    def now(self) -> datetime:
        return self.side.clock()

    def leaves(self, draft: Draft) -> Entered:
        """Clear and release a draft; return its only act."""
        officers.clear(self.node, draft_id=draft.id, by="Bela", at=self.now())
        return officers.release(self.node, draft_id=draft.id, by="Bela", at=self.now())[0]

    def drafts(self, kind: str, **data: Any) -> Draft:
        data = {"post": f"post/{self.party}-MFA", **data}
        return services.draft_notice(self.node, kind=kind, data=data, by="Ada", at=self.now())

    def sends(self, kind: str, **data: Any) -> str:
        """Release a notice; return its id."""
        return self.leaves(self.drafts(kind, **data)).on

    def answers(self, notice: str, answer: str, **fields: Any) -> Entered:
        data: Json = {"lines": [{"line": 1, "answer": answer, **fields}]}
        return self.leaves(
            services.draft_answer(self.node, notice=notice, data=data, by="Ada", at=self.now())
        )

    def withdraws(self, notice: str, **data: Any) -> Entered:
        return self.leaves(
            services.draft_withdraw(self.node, notice=notice, data=data, by="Ada", at=self.now())
        )

    def closes(self, notice: str, **data: Any) -> Entered:
        return self.leaves(
            services.draft_close(self.node, notice=notice, data=data, by="Ada", at=self.now())
        )


@dataclass
class Desks:
    """Both desks, and the line between them."""

    a: Desk
    b: Desk
    pair: Pair

    def sync(self) -> None:
        self.pair.sync()

    def tick(self, seconds: float) -> None:
        self.pair.clock.tick(seconds)


@pytest.fixture
def desks(django_db_blocker: DjangoDbBlocker, settings: Settings) -> Iterator[Desks]:
    """Two nodes in one record, two officers on each side; nobody guesses their passwords here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock():
        pair = new_pair()
        for side in pair.both():
            for token in (side.node.home / "officers").glob("*"):
                token.unlink()  # of the pair before: all are cloned from one folder
            for name, role in (("Ada", "officer"), ("Bela", "clearing")):
                officers.add_officer(side.node, name=name, roles=[role], at=side.clock())
        yield Desks(Desk(pair.a), Desk(pair.b), pair)


def a_note(**changes: Any) -> Json:
    return {"subject": "A fence", "message": "The fence of the embassy was moved.", **changes}


def an_access(**changes: Any) -> Json:
    return {
        "premises": "premises/P2",
        "name": "Norwich House",
        "purpose": "To see the state of the roof.",
        "from": "2026-12-01T10:00-05:00",
        "until": "2026-12-01T12:00-05:00",
        "visitors": 3,
        **changes,
    }


@pytest.fixture
def alone(tmp_path: Path, django_db_blocker: DjangoDbBlocker, settings: Settings) -> Iterator[Any]:
    """One node that works on paper, with nobody at the other end."""
    from notices.alone import Clock, Paper, a_node  # noqa: PLC0415 - it needs what stands above

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock():
        clock = Clock()
        yield Paper(a_node(tmp_path / "us", "RU", clock), clock)
        forget("alone")
