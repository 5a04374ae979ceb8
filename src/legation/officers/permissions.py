"""Who may do what, in one table.

1. A suspended officer may do nothing.
2. officer, clearing officer and key custodian may draft and release.
3. clearing officer and key custodian may clear; never what they drafted or edited.
4. auditor reads everything and writes nothing.
5. administrator runs the node and sees its health; no note, no draft.
6. two of clearing officers and key custodians let another officer back in.
7. one key custodian expels another officer.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from rules.permissions import set_perm
from rules.predicates import Predicate

from legation.errors import N_, Refusal

if TYPE_CHECKING:
    from legation.officers.models import Draft, Officer

ROLES: Final = ("officer", "clearing", "custodian", "auditor", "administrator")
ROLE_OTHER_NAMES: Final = {"clearing officer": "clearing", "key custodian": "custodian"}

READ: Final = "officers.read"
DRAFT: Final = "officers.draft"
CLEAR: Final = "officers.clear"
RELEASE: Final = "officers.release"
CONFIRM: Final = "officers.confirm"
AUDIT: Final = "officers.audit"
HEALTH: Final = "officers.health"
PEOPLE: Final = "officers.people"
RECOVER: Final = "officers.recover"
EXPEL: Final = "officers.expel"

# Permission: the roles that have it. The code and the table above say the same (rules 2 to 7).
ALLOWED: Final[dict[str, tuple[str, ...]]] = {
    READ: ("officer", "clearing", "custodian", "auditor"),
    DRAFT: ("officer", "clearing", "custodian"),
    CLEAR: ("clearing", "custodian"),
    RELEASE: ("officer", "clearing", "custodian"),
    CONFIRM: ("officer", "clearing", "custodian"),
    AUDIT: ("auditor", "custodian"),
    HEALTH: ROLES,
    PEOPLE: ("custodian", "auditor", "administrator"),
    RECOVER: ("clearing", "custodian"),
    EXPEL: ("custodian",),
}


def did_not_write_it(officer: "Officer", draft: "Draft | None") -> bool:
    """Rule 3: nobody clears their own words. Without a draft the question is about the role."""
    return draft is None or officer.username not in draft.authors


def _has_one_of(roles: tuple[str, ...]) -> Callable[["Officer"], bool]:
    def allowed(officer: "Officer") -> bool:
        return officer.has_role(*roles)

    return allowed


def _register() -> None:
    predicate: Any = Predicate  # `rules` has no types
    for permission, roles in ALLOWED.items():
        rule = predicate(_has_one_of(roles), name=permission)
        if permission == CLEAR:
            rule &= predicate(did_not_write_it)
        set_perm(permission, rule)  # type: ignore[no-untyped-call]  # as above


_register()


def require(officer: "Officer", permission: str) -> None:
    """Refuse unless the officer's roles give `permission` (rules 1, 2, 4 and 5).

    Raises Refusal "suspended" or "role".
    """
    if not officer.is_active:
        raise suspended(officer)
    if not officer.has_role(*ALLOWED[permission]):
        raise not_for(officer, ALLOWED[permission])


def not_for(officer: "Officer", roles: tuple[str, ...]) -> Refusal:
    """Make the refusal of an officer who has none of `roles`."""
    return Refusal(
        "role",
        thing=N_("Officer {name} ({roles})"),
        rule=N_("this takes one of the roles {allowed}."),
        remedy=N_("Ask an officer who has one of them."),
        name=officer.username,
        roles=", ".join(officer.roles),
        allowed=", ".join(roles),
    )


def suspended(officer: "Officer") -> Refusal:
    """Make the refusal of whatever a suspended officer asks (rule 1)."""
    return Refusal(
        "suspended",
        thing=N_("Officer {name}"),
        rule=N_("a suspended officer reads nothing and does nothing."),
        remedy=N_("Ask another officer, or the administrator."),
        name=officer.username,
    )
