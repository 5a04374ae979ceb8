"""The one way out: drafted, cleared by somebody else, released as exactly what was cleared."""

from collections.abc import Callable

import pytest

import nodes
from legation.acts.catalogue import spoken
from legation.acts.places import BOOK
from legation.errors import Refusal
from legation.line.models import Entry, Log
from legation.line.node import Node
from legation.line.services import Entered
from legation.officers import queries, services
from legation.officers.models import Draft, DraftAct, Officer
from legation.officers.wording import DraftedAct, draft_hash
from legation.record.act import decode_opening
from legation.record.canon import decode

SPEAKS = DraftedAct(type="record.speaks", body={"types": list(spoken())})


def drafted(node: Node, *, by: str = "Ada", acts: tuple[DraftedAct, ...] = (SPEAKS,)) -> str:
    return services.draft(node, acts=acts, title="What we read", by=by, at=node.clock()).id


def clear(node: Node, draft_id: str, by: str = "Bela", *, hash: str | None = None) -> None:  # noqa: A002
    services.clear(node, draft_id=draft_id, by=by, at=node.clock(), hash=hash)


def release(node: Node, draft_id: str, by: str = "Ada") -> list[Entered]:
    return services.release(node, draft_id=draft_id, by=by, at=node.clock())


def cleared(node: Node, *, by: str = "Bela") -> str:
    draft_id = drafted(node)
    clear(node, draft_id, by=by)
    return draft_id


def code_of(deed: Callable[..., object], *args: object, **by_name: object) -> str:
    """Return the code with which a deed is refused; its sentence has no empty place."""
    with pytest.raises(Refusal) as refused:
        deed(*args, **by_name)
    assert "{" not in refused.value.sentence()
    return refused.value.code


def state_of(node: Node, draft_id: str) -> str:
    return queries.draft(node, draft_id).line.state


def own_size(node: Node) -> int:
    return len(entries_of(node))


def entries_of(node: Node) -> list[bytes]:
    rows = Entry.objects.using(node.alias).filter(side="own").order_by("index")
    return [bytes(row.opening) for row in rows]


def test_a_draft_goes_out_as_the_bytes_that_were_cleared(pair: nodes.Pair) -> None:
    draft_id = drafted(pair.a)
    shown = queries.draft(pair.a, draft_id)
    services.clear(pair.a, draft_id=draft_id, by="Bela", at=pair.a.clock(), hash=shown.line.hash)
    (entered,) = release(pair.a, draft_id, by="Ada")
    opening = decode_opening(entries_of(pair.a)[entered.index])
    assert opening.body == shown.acts[0].body
    said = decode(opening.head)
    without = {key: said[key] for key in said if key not in {"seen", "at", "number"}}
    assert without == decode(shown.acts[0].head)
    assert opening.salt_b + opening.body in shown.preview
    assert queries.draft(pair.a, draft_id).acts[0].index == entered.index


def test_what_is_released_arrives(pair: nodes.Pair) -> None:
    release(pair.a, cleared(pair.a))
    pair.sync()
    theirs = Entry.objects.using("b").filter(side="peer").order_by("index")
    assert bytes(theirs[0].opening) == entries_of(pair.a)[0]


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("Ada", "role"),
        ("Finn", "role"),
        ("Gil", "role"),
        ("Nobody", "unknown-officer"),
    ],
    ids=["an officer", "the auditor", "the administrator", "a stranger"],
)
def test_a_draft_is_not_cleared_by(lone: Node, by: str, code: str) -> None:
    draft_id = drafted(lone, by="Bela")
    assert code_of(clear, lone, draft_id, by=by) == code
    assert state_of(lone, draft_id) == "drafted"


@pytest.mark.parametrize("name", ["Bela", "bela", "BELA"])
def test_nobody_clears_their_own_draft(lone: Node, name: str) -> None:
    draft_id = drafted(lone, by="Bela")
    assert code_of(clear, lone, draft_id, by=name) == "own-draft"
    assert state_of(lone, draft_id) == "drafted"


def test_who_edited_a_draft_does_not_clear_it_either(lone: Node) -> None:
    draft_id = drafted(lone, by="Ada")
    services.edit(lone, draft_id=draft_id, acts=[SPEAKS], by="Bela", at=lone.clock())
    assert code_of(clear, lone, draft_id, by="Bela") == "own-draft"
    clear(lone, draft_id, by="Edda")


@pytest.mark.parametrize("by", ["Finn", "Gil"], ids=["the auditor", "the administrator"])
def test_nothing_is_drafted_by(lone: Node, by: str) -> None:
    assert code_of(drafted, lone, by=by) == "role"
    assert queries.drafts(lone) == ()


@pytest.mark.parametrize("by", ["Finn", "Gil"], ids=["the auditor", "the administrator"])
def test_nothing_is_released_by(pair: nodes.Pair, by: str) -> None:
    draft_id = cleared(pair.a)
    assert code_of(release, pair.a, draft_id, by=by) == "role"
    assert own_size(pair.a) == 0


def test_editing_a_cleared_draft_puts_it_back(pair: nodes.Pair) -> None:
    draft_id = cleared(pair.a)
    services.edit(pair.a, draft_id=draft_id, acts=[SPEAKS], by="Ada", at=pair.a.clock())
    assert state_of(pair.a, draft_id) == "drafted"
    assert code_of(release, pair.a, draft_id, by="Ada") == "not-cleared"
    assert own_size(pair.a) == 0


def test_a_draft_that_changed_since_it_was_shown_is_not_cleared(lone: Node) -> None:
    draft_id = drafted(lone)
    shown = queries.draft(lone, draft_id).line.hash
    services.edit(lone, draft_id=draft_id, acts=[SPEAKS, SPEAKS], by="Ada", at=lone.clock())
    assert code_of(clear, lone, draft_id, by="Bela", hash=shown) == "other-bytes"
    assert code_of(clear, lone, draft_id, by="Bela", hash="é") == "other-bytes"


@pytest.mark.parametrize(
    "behind_the_back",
    [
        {"body": b'{"types":["record.seen/1"]}'},
        {"salt_b": bytes(32)},
        {"re": bytes(32)},
        {"on": "post/XA-1"},
        {"type": "record.seen"},
        {"version": 2},
    ],
    ids=lambda change: f"another {next(iter(change))}",
)
def test_other_bytes_than_those_cleared_never_leave(
    pair: nodes.Pair, behind_the_back: dict[str, object]
) -> None:
    draft_id = cleared(pair.a)
    DraftAct.objects.using("a").filter(draft_id=draft_id).update(**behind_the_back)
    assert code_of(release, pair.a, draft_id, by="Ada") == "other-bytes"
    assert own_size(pair.a) == 0
    assert state_of(pair.a, draft_id) == "cleared"


def test_a_draft_marked_cleared_behind_the_back_does_not_leave(pair: nodes.Pair) -> None:
    draft_id = drafted(pair.a)
    Draft.objects.using("a").filter(id=draft_id).update(state="cleared")
    assert code_of(release, pair.a, draft_id, by="Ada") == "other-bytes"


def test_without_a_confirmed_peer_a_draft_leaves_on_paper_and_no_log_begins(lone: Node) -> None:
    draft_id = cleared(lone)
    (entered,) = release(lone, draft_id, by="Ada")
    assert entered.index >= BOOK
    assert state_of(lone, draft_id) == "released"
    assert not Log.objects.using("lone").exists()


@pytest.mark.parametrize("state", ["frozen", "resuming"])
def test_nothing_leaves_while_our_log_may_not_be_signed(pair: nodes.Pair, state: str) -> None:
    draft_id = cleared(pair.a)
    Log.objects.using("a").filter(side="own").update(state=state)
    assert code_of(release, pair.a, draft_id) == state
    assert own_size(pair.a) == 0
    assert state_of(pair.a, draft_id) == "cleared"


def test_an_act_without_effect_is_refused_and_the_draft_stays_cleared(pair: nodes.Pair) -> None:
    theirs = DraftedAct(
        type="post.stated",
        on="post/XB-1",
        body={"sending": "XB", "receiving": "XA", "fields": {"city": {"value": "Axtown"}}},
    )
    draft_id = drafted(pair.a, acts=(SPEAKS, theirs))
    clear(pair.a, draft_id, by="Bela")
    assert code_of(release, pair.a, draft_id, by="Ada")
    assert own_size(pair.a) == 0
    assert state_of(pair.a, draft_id) == "cleared"


@pytest.mark.parametrize("end", ["release", "discard"])
@pytest.mark.parametrize("deed", ["clear", "edit", "release", "discard"])
def test_a_draft_that_is_over_stays_so(pair: nodes.Pair, end: str, deed: str) -> None:
    node = pair.a
    draft_id = cleared(node)
    deeds: dict[str, Callable[[], object]] = {
        "clear": lambda: clear(node, draft_id, by="Edda"),
        "edit": lambda: services.edit(
            node, draft_id=draft_id, acts=[SPEAKS], by="Ada", at=node.clock()
        ),
        "release": lambda: release(node, draft_id, by="Ada"),
        "discard": lambda: services.discard(node, draft_id=draft_id, by="Ada", at=node.clock()),
    }
    deeds[end]()
    assert code_of(deeds[deed]) == "not-open"


def test_a_suspended_officer_does_nothing(pair: nodes.Pair) -> None:
    node = pair.a
    draft_id = cleared(node)
    services.suspend_officer(node, name="Ada", by="Gil", at=node.clock())
    assert code_of(drafted, node) == "suspended"
    assert code_of(release, node, draft_id, by="Ada") == "suspended"
    assert code_of(services.officer_by_token, node, "Ada") == "suspended"


@pytest.mark.parametrize(("acts", "code"), [((), "no-acts"), ((SPEAKS,) * 10_001, "too-many-acts")])
def test_a_draft_has_at_least_one_act_and_not_too_many(
    lone: Node, acts: tuple[DraftedAct, ...], code: str
) -> None:
    assert code_of(drafted, lone, acts=acts) == code
    assert queries.drafts(lone) == ()


def test_every_step_is_written_down(pair: nodes.Pair) -> None:
    node = pair.a
    draft_id = cleared(node)
    release(node, draft_id, by="Ada")
    page = queries.draft(node, draft_id)
    assert [(row.what, row.by) for row in page.history] == [
        ("draft.drafted", "Ada"),
        ("draft.cleared", "Bela"),
        ("draft.released", "Ada"),
    ]
    assert {row.detail["hash"] for row in page.history} == {page.line.hash}
    assert len({row.at for row in page.history}) == 3


def test_a_refused_step_leaves_no_trace(lone: Node) -> None:
    draft_id = drafted(lone, by="Bela")
    code_of(clear, lone, draft_id, by="Bela")
    assert [row.what for row in queries.draft(lone, draft_id).history] == ["draft.drafted"]


def test_the_hash_is_that_of_the_bytes_shown(lone: Node) -> None:
    page = queries.draft(lone, drafted(lone))
    words = queries.worded(Draft.objects.using("lone").get(id=page.line.id), lone)
    assert draft_hash(words) == page.line.hash


@pytest.mark.parametrize(
    ("by", "state", "may"),
    [
        ("Ada", "drafted", {"edit", "discard"}),
        ("Bela", "drafted", {"edit", "discard", "clear"}),
        ("Ada", "cleared", {"edit", "discard", "release"}),
        ("Bela", "cleared", {"edit", "discard", "release"}),
        ("Finn", "drafted", set()),
        ("Gil", "cleared", set()),
    ],
    ids=lambda value: "-".join(sorted(value)) if isinstance(value, set) else value,
)
def test_a_page_offers_what_the_services_allow(
    lone: Node, by: str, state: str, may: set[str]
) -> None:
    draft_id = drafted(lone) if state == "drafted" else cleared(lone)
    officer = Officer.objects.using("lone").get(username=by)
    assert queries.may(lone, by=officer, draft_id=draft_id) == may


def test_what_waits_for_an_officer_leaves_out_their_own(lone: Node) -> None:
    first, second = drafted(lone, by="Ada"), drafted(lone, by="Bela")
    assert {line.id for line in queries.waiting_to_clear(lone)} == {first, second}
    assert {line.id for line in queries.waiting_to_clear(lone, by="Bela")} == {first}
