"""What an officer sees, by post and role: of drafts, here; of notices, in tests/pages."""

import pytest

import nodes
from legation.acts.files import PERSON_FILE
from legation.errors import Refusal
from legation.line.node import Node
from legation.line.services import files
from legation.officers import queries, services
from legation.officers.models import Officer
from legation.officers.services import looks
from legation.officers.services.posts import posts_of
from legation.officers.sight import EVERYTHING, notice_filter, sight_of
from legation.officers.wording import DraftedAct
from legation.record.canon import encode

MOSCOW, VARNA = "post/XA-MOW", "post/XA-VAR"


def an_officer(*roles: str, post: str = "", **more: object) -> Officer:
    return Officer(username="Kai", roles=list(roles or ("officer",)), post=post, **more)


@pytest.mark.parametrize("post", ["", "post/XA-MFA", "XA-MFA"])
def test_the_ministry_sees_every_post(post: str) -> None:
    sight = sight_of(an_officer(post=post))
    assert sight.everything
    assert sight.sees(MOSCOW)
    assert sight.sees(None)


@pytest.mark.parametrize("post", ["post/XA-MOW", "XA-MOW"])
def test_a_post_sees_what_it_sends_and_what_is_sent_to_it(post: str) -> None:
    sight = sight_of(an_officer(post=post))
    assert sight.sees(MOSCOW, "post/XB-MFA")
    assert sight.sees("post/XB-MFA", MOSCOW)
    assert not sight.sees(VARNA, "post/XB-MFA")
    assert not sight.sees("", None)


def test_a_post_whose_name_begins_alike_is_another_post() -> None:
    assert not sight_of(an_officer(post="post/XA-MO")).sees(MOSCOW)
    assert not sight_of(an_officer(post="post/XA-MOW-MFA")).everything


@pytest.mark.parametrize(
    ("officer", "content", "personal"),
    [
        (an_officer("officer"), True, True),
        (an_officer("clearing"), True, True),
        (an_officer("auditor"), True, False),
        (an_officer("administrator"), False, False),
        (an_officer("administrator", "officer"), True, True),
        (an_officer("officer", "custodian", is_active=False), False, False),
    ],
    ids=["officer", "clearing", "auditor", "administrator", "both", "suspended"],
)
def test_a_role_opens_content_and_persons(
    *, officer: Officer, content: bool, personal: bool
) -> None:
    sight = sight_of(officer)
    assert (sight.content, sight.personal) == (content, personal)
    assert sight.sees(MOSCOW) is content


def test_a_filter_lets_through_what_sight_sees() -> None:
    assert not notice_filter(EVERYTHING)
    assert MOSCOW in repr(notice_filter(sight_of(an_officer(post=MOSCOW))))
    assert "pk__in" in repr(notice_filter(sight_of(an_officer("administrator"))))


# --- drafts


def draft_of(node: Node, post: str, *, by: str = "Ada") -> str:
    act = DraftedAct(
        type="notice.released",
        on=f"notice/XA-{post[-3:].lower()}",
        body={"post": post},
        numbered_post=post,
    )
    return services.draft(node, acts=[act], title="T", by=by, at=node.clock()).id


def of_post(node: Node, post: str, *roles: str, name: str = "Kai") -> Officer:
    services.add_officer(
        node, name=name, roles=roles or ("officer",), post=post, at=node.clock(), passphrase="test"
    )
    return Officer.objects.using(node.alias).get(username=name)


def test_a_draft_of_another_post_is_not_there(lone: Node) -> None:
    moscow, varna = draft_of(lone, MOSCOW), draft_of(lone, VARNA)
    sight = sight_of(of_post(lone, MOSCOW))
    assert {row.id for row in queries.open_rows(lone)} == {moscow, varna}
    assert [row.id for row in queries.open_rows(lone, sight=sight)] == [moscow]
    assert [row.id for row in queries.drafts(lone, sight=sight)] == [moscow]
    assert queries.draft(lone, moscow, sight=sight).line.id == moscow
    with pytest.raises(Refusal) as refused:
        queries.draft(lone, varna, sight=sight)
    assert refused.value.code == "unknown-draft"


def test_what_an_officer_does_not_see_they_neither_edit_nor_clear_nor_discard(lone: Node) -> None:
    varna = draft_of(lone, VARNA)
    kai = of_post(lone, MOSCOW, "clearing")
    assert queries.may(lone, by=kai, draft_id=varna) == frozenset()
    for deed in (services.clear, services.discard, services.release):
        with pytest.raises(Refusal) as refused:
            deed(lone, draft_id=varna, by="Kai", at=lone.clock())
        assert refused.value.code == "unknown-draft"
    act = DraftedAct(type="notice.released", body={"post": MOSCOW})
    with pytest.raises(Refusal) as refused:
        services.edit(lone, draft_id=varna, acts=[act], by="Kai", at=lone.clock())
    assert refused.value.code == "unknown-draft"


def test_an_officer_sees_what_they_drafted_wherever_it_is_from(lone: Node) -> None:
    kai = of_post(lone, MOSCOW)
    ours = draft_of(lone, VARNA, by="Kai")
    assert [row.id for row in queries.open_rows(lone, sight=sight_of(kai))] == [ours]


def test_a_draft_that_was_edited_to_another_post_moves_out_of_sight(lone: Node) -> None:
    key = draft_of(lone, MOSCOW)
    sight = sight_of(of_post(lone, MOSCOW))
    act = DraftedAct(type="notice.released", body={"post": VARNA})
    services.edit(lone, draft_id=key, acts=[act], by="Ada", at=lone.clock())
    assert queries.open_rows(lone, sight=sight) == ()


def test_the_administrator_lists_no_draft(lone: Node) -> None:
    draft_of(lone, MOSCOW)
    gil = Officer.objects.using(lone.alias).get(username="Gil")
    assert queries.open_rows(lone, sight=sight_of(gil)) == ()


def test_a_draft_about_a_thing_has_that_thing_s_posts(pair: nodes.Pair) -> None:
    acts = [DraftedAct(type="post.stated", on="post/XA-MOW", body={"city": "M"})]
    assert posts_of(pair.a, acts) == " post/XA-MOW "


# --- looks


def test_a_look_at_a_person_is_written_down_without_a_value(lone: Node) -> None:
    services.note_look(lone, by="Ada", about="notice/XA-1", root="ab" * 32, at=lone.clock())
    (line,) = queries.audit(lone, about="notice/XA-1")
    assert (line.what, line.by) == ("person.seen", "Ada")
    assert line.detail == {"root": "ab" * 32, "how": "page"}


@pytest.mark.parametrize("name", ["Finn", "Gil"], ids=["the auditor", "the administrator"])
def test_who_may_not_see_a_person_is_refused_and_nothing_is_shown(lone: Node, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        services.note_look(lone, by=name, about="notice/XA-1", root="ab" * 32, at=lone.clock())
    assert refused.value.code == "role"
    assert queries.audit(lone, about="notice/XA-1") == ()


def test_a_person_is_read_after_the_look_is_written_down(lone: Node) -> None:
    data = bytes(32) + encode({"name": "SECRET NAME"})
    ref = files.stage(
        lone, data, name=None, media_type=PERSON_FILE, person="0123456789abcdef", at=lone.clock()
    )
    told = looks.persons(lone, refs=[ref], by="Ada", about="notice/XA-1", at=lone.clock())
    assert told == {ref.root.text: ({"name": "SECRET NAME"}, "")}
    (line,) = queries.audit(lone, about="notice/XA-1")
    assert line.detail["root"] == ref.root.text
    assert "SECRET" not in repr(line)
    with pytest.raises(Refusal):
        looks.persons(lone, refs=[ref], by="Finn", about="notice/XA-1", at=lone.clock())
