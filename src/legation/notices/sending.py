"""Between which posts a note goes: enforced only where a side's own register leaves no doubt.

A post that our side has stated as ours in the other state's country writes as the sending state.
A ministry writes as either: as the receiving state, and for its posts. What is not certain is
not refused; nothing here makes an act of the other side void.
"""

from legation.acts.kinds.post import Post
from legation.acts.notices import NoticeKind
from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.line.queries.book import Overlay, each_thing

MOST_NAMED = 12
"""Posts that a refusal names; a side with more is pointed to its register."""


def check_posts(node: Node, **posts: str | None) -> None:
    """Refuse a post that its own side has not stated, where that side stated any, on paper too.

    posts: field of the draft -> id, "post/US-MOW". The ministry writes always, and the embassy
    is written to by that name. Raises Refusal "unknown-post" at the field.
    """
    stated: dict[str, list[str]] = {}
    for thing in each_thing(node, Post.prefix):
        if isinstance(thing, Post) and thing.view(thing.sending) is not None:
            stated.setdefault(thing.sending, []).append(thing.id.removeprefix("post/"))
    for field, post in posts.items():
        name = (post or "").removeprefix("post/")
        party = name.partition("-")[0]
        known = [f"{party}-MFA", *sorted(stated.get(party, ()))]
        always = f"{party}-MFA", f"{party}-EMBASSY" if field == "to" else ""
        if not name or party not in stated or name in known or name in always:
            continue
        raise Refusal(
            "unknown-post",
            thing=N_("Post {post}"),
            rule=N_("{party} has stated no such post; it has {known}."),
            remedy=N_("Choose one of these, or let the post be stated first."),
            post=name,
            party=party,
            known=", ".join(known[:MOST_NAMED]) + (", …" if len(known) > MOST_NAMED else ""),
            field=field,
        )


def check_sender(node: Node, kind: type[NoticeKind], post: str) -> None:
    """Refuse a notice of the receiving state from a post of ours on the other side's soil.

    post: id, "post/US-MOW". Raises Refusal "not-entitled" at the field "post".
    """
    if kind.sent_by != "receiving":
        return
    thing = Overlay(node.alias, node.catalogue).get(post)
    if not isinstance(thing, Post) or thing.sending != node.party or thing.now("type") is None:
        return
    raise Refusal(
        "not-entitled",
        thing=N_("Notice of {post}"),
        rule=N_("only the receiving state sends this, and that post of ours is in their country."),
        remedy=N_("Send it from the ministry, as {own}."),
        post=post,
        own=f"{node.party}-MFA",
        field="post",
    )
