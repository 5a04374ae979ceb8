"""Posts that a notice is about: whose they are, and what their own side calls them.

A post's id begins with the state that sends it, so whose it is needs no statement.
"""

from collections.abc import Mapping

from legation.acts.kinds.post import Post
from legation.acts.kinds.premises import Premises
from legation.acts.state import Placed, State
from legation.errors import N_, Refusal
from legation.record.canon import Json


def owner(thing: str) -> str:
    """Return the party that an id begins with: "US" of "post/US-MOW"."""
    return thing.partition("/")[2].partition("-")[0]


def check_own(thing: str, at: Placed) -> None:
    """Check that a thing is one of its author's own. Raises Refusal "not-entitled"."""
    if owner(thing) != at.party:
        raise _refusal(
            thing,
            N_("the state sends this whose it is."),
            N_("Choose one of your own."),
        )


def check_theirs(thing: str, state: State, at: Placed) -> None:
    """Check that a thing is one of the other side. Raises Refusal "not-entitled"."""
    if owner(thing) != state.parties.other(at.party).party:
        raise _refusal(
            thing,
            N_("the receiving state sends this, about what is the other side’s."),
            N_("Choose one of theirs."),
        )


def check_premises(name: str, premises: Premises | None, at: Placed) -> None:
    """Check that premises are not the other side's, as far as an act's author had seen.

    Raises Refusal "not-entitled". Premises that neither has stated pass.
    """
    sending = None if premises is None else premises.sending_seen(at)
    if sending not in (None, at.party):
        raise _refusal(
            name,
            N_("the state sends this whose it is."),
            N_("Choose one of your own."),
        )


def last_stated(thing: str, field: str, state: State, party: str) -> Json:
    """Return what a party stated last of a post's field, None where it stated nothing.

    Of another party than an act's author only what is no part of the fold may ask.
    """
    post = state.find(Post, thing)
    view = None if post is None else post.view(party)
    told = None if view is None else view.fields.get(field)
    return None if told is None else told.statements[-1].value


def with_name(data: Mapping[str, Json], state: State) -> Mapping[str, Json]:
    """Return a draft's fields with the name of its `post_concerned`, where it says none.

    The name or city that the post's own side stated; nothing is filled in where it stated neither.
    """
    post = data.get("post_concerned")
    if data.get("name") or not isinstance(post, str):
        return data
    told = (last_stated(post, field, state, owner(post)) for field in ("name", "city"))
    name = next((each for each in told if each), None)
    return data if name is None else {**data, "name": name}


def _refusal(thing: str, rule: str, remedy: str) -> Refusal:
    return Refusal("not-entitled", thing=N_("{name}"), rule=rule, remedy=remedy, name=thing)
