"""What an officer sees, by post and by role. Whoever lists, counts, finds or hands out asks here.

1. An officer with a post sees the notices from that post and to it, the drafts of these, and
   the drafts that they wrote themselves.
2. An officer of the ministry (no post, or the post `…-MFA`) sees the notices of every post.
3. Only a role that reads notices sees any; the administrator's does not.
4. An auditor reads what left and who did what, but no person's data.
5. What an officer does not see is not here: 404, no count, no title, no hit.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from legation.officers.permissions import ALLOWED, READ

if TYPE_CHECKING:
    from legation.officers.models import Officer

MINISTRY: Final = re.compile(r"(post/)?[A-Z]{2,3}-MFA")
READS_PERSONS: Final = ("officer", "clearing", "custodian")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one officer sees.

    everything: of every post. posts: ids of the posts whose notices they see, where not of all.
    personal: persons' data too. content: notices at all. name: whose own drafts they see.
    """

    everything: bool
    posts: frozenset[str]
    personal: bool
    content: bool
    name: str = ""

    def sees(self, *posts: str | None) -> bool:
        """Tell whether a thing of these posts (from, to; "" or None for none) is in sight."""
        if not self.content:
            return False
        return self.everything or not self.posts.isdisjoint(posts)


EVERYTHING: Final = Sight(everything=True, posts=frozenset(), personal=True, content=True)
"""The machine's own: a command without `--as`, a projection, a backup."""


def sight_of(officer: "Officer") -> Sight:
    """Return what this officer sees (rules 1 to 4); a suspended one sees nothing."""
    everything = not officer.post or MINISTRY.fullmatch(officer.post) is not None
    return Sight(
        everything=everything,
        posts=frozenset() if everything else frozenset({post_id(officer.post)}),
        personal=officer.has_role(*READS_PERSONS),
        content=officer.has_role(*ALLOWED[READ]),
        name=officer.username,
    )


def post_id(post: str) -> str:
    """Return a post's id: `post/US-MOW` for `US-MOW` too, as officers are added with either."""
    return post if post.startswith("post/") else f"post/{post}"


def notice_filter(sight: Sight, *, post: str = "post", to: str = "to") -> Q:
    """Return the rows in sight, for rows with columns for the sender's post and the receiver's.

    post, to: names of the columns, through a relation where they stand there.
    """
    if not sight.content:
        return Q(pk__in=())
    if sight.everything:
        return Q()
    return Q(**{f"{post}__in": sight.posts}) | Q(**{f"{to}__in": sight.posts})


def draft_filter(sight: Sight) -> Q:
    """Return the drafts in sight: of a post of theirs (`Draft.posts`), or drafted by them."""
    if not sight.content:
        return Q(pk__in=())
    if sight.everything:
        return Q()
    found = Q(drafted_by=sight.name) if sight.name else Q(pk__in=())
    for post in sorted(sight.posts):
        found |= Q(posts__contains=f" {post} ")
    return found
