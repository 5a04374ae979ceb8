"""Limits on staff, as notices set, suspend and lift them: what size limits and bans share."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal, TypeAlias

from legation.acts.notices import Setting
from legation.acts.posts import check_own, check_theirs
from legation.acts.state import Placed, State
from legation.acts.statements import Register
from legation.acts.values import Day, Id, Of, PostId
from legation.errors import N_, Refusal
from legation.record.canon import Json

LimitId = Annotated[Id, Of("limit")]
Step: TypeAlias = Literal["set", "suspend", "lift"]
NEW: Final = "limit/"
"""Stands for a limit that the notice itself makes, and that is named after it."""
_STATES: Final[Mapping[Step, str]] = {"set": "in_force", "suspend": "suspended", "lift": "lifted"}


def stated(
    limit: Id | None, step: Step, effective: Day, fields: Mapping[str, Json]
) -> tuple[Setting, ...]:
    """Return what a notice of a limit states of it: the fields that say something, and its state.

    fields: what it limits and how, by field of the register. Its first day is told where it is set.
    """
    told = {
        **fields,
        "state": _STATES[step],
        "effective": effective.text if step == "set" else None,
    }
    return tuple(
        Setting(NEW if limit is None else limit, key, {"value": value, "from": effective.text})
        for key, value in told.items()
        if value is not None
    )


def check_limit(
    state: State,
    at: Placed,
    *,
    limit: Id | None,
    step: Step,
    kind: str,
    post_concerned: PostId | None,
) -> None:
    """Check which limit a notice changes, and for which post.

    Raises Refusal "not-entitled" for one of the other side, or for a post of one's own;
    "unknown-subject" for one of another kind, or to suspend or lift what its author never set.
    """
    if post_concerned is not None:
        check_theirs(post_concerned, state, at)
    if limit is not None:
        check_own(limit, at)
    if limit is None:
        return
    held = state.find(Register, limit)
    view = None if held is None else held.view(at.party)
    told = None if view is None else view.fields.get("kind")
    known = None if told is None else told.statements[-1].value
    if known == kind or (step == "set" and known is None):
        return
    raise Refusal(
        "unknown-subject",
        thing=N_("{name}"),
        rule=N_("what is changed, suspended or lifted is a limit of this kind that was set."),
        remedy=N_("Choose the limit, or set a new one."),
        name=limit,
        field="limit",
    )
