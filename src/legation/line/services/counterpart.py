"""Which state the other party is, named before any introduction: for paper, by its code."""

import json
from typing import Final

from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.files import PUBLIC, write_durably
from legation.line.models import BookEntry, Peer
from legation.line.node import NODE_FILE, Node, about_node
from legation.line.services.countries import name_of

LONGEST: Final = 200


def name_counterpart(node: Node, code: str, *, name: str = "") -> str:
    """Name the other party of this node; return its name.

    It may be named anew until something is written to it. Raises Refusal "party" for no state's
    code or our own, "has-peer", "has-book".
    """
    code = code.strip().upper()
    if code == node.party or name_of(code) == code:
        raise Refusal(
            "party",
            thing=N_("Counterpart “{state}”"),
            rule=N_("it is another state, by its code of two or three letters in ISO 3166."),
            remedy=N_("Write it like US, RU or TR."),
            state=code[:20],
        )
    with writing(node.alias):
        about = about_node(node.home)
        if about.get("peer") != code:
            _check_free(node, str(about.get("peer") or ""))
        told = " ".join(name.split())[:LONGEST] or name_of(code)
        about |= {"peer": code, "peer_name": told}
        text = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
        write_durably(node.home / NODE_FILE, text.encode(), mode=PUBLIC)
    return told


def _check_free(node: Node, held: str) -> None:
    begun = Peer.objects.using(node.alias).exists()
    if begun or BookEntry.objects.using(node.alias).exists():
        raise Refusal(
            "has-peer" if begun else "has-book",
            thing=N_("The counterpart of {party}"),
            rule=N_("it is {held}, whom this node has written to or been introduced to."),
            remedy=N_("Make another node for another state."),
            party=node.party,
            held=held or "-",
        )
