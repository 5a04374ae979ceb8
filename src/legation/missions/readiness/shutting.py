"""Why a post is shut: what was done about consent to it, and the words of those who stated it.

1. Consent taken back or refused is told with by whom and since when, before the words of others.
2. Basis and note of a statement are quoted as they stand, with whose statement it is; what our
   own chronicle notes is nobody's statement and is quoted alone. Nothing is made up where they say
   nothing.
3. What a thing rests on is read from the statements themselves: facts that both sides hold have
   nothing of ours in them, and so neither has the reason.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from legation.errors import N_
from legation.missions.readiness import words
from legation.missions.readiness.facts import Said, Told
from legation.missions.readiness.messages import Message
from legation.missions.readiness.words import word

LONGEST: Final = 200
"""Letters of a quotation on a board; what it rests on has all of them."""
TAKEN_BACK: Final[Mapping[str, Message]] = {
    "withdrawn": word("consent-withdrawn", N_("Consent withdrawn")),
    "refused": word("consent-refused", N_("Consent refused")),
}
BY: Final = N_("{what} by {by}")
WITH_WORDS: Final = N_("{what}: {words}")
IN_ITS_WORDS: Final = N_("{party}: “{words}”")
QUOTED: Final = N_("“{words}”")


def why_shut(consent: Told, *others: Told) -> tuple[Message, ...]:
    """Return why, a sentence each. others: what is told of the post's status, newest first."""
    found = [] if consent.disputed else list(_taken_back(consent))
    quoted = [_quoted(said) for told in others for said in told.said if _words(said)]
    return tuple({str(each): each for each in (*found, *quoted)}.values())


def _taken_back(consent: Told) -> Iterator[Message]:
    what = TAKEN_BACK.get(str(consent.value))
    if what is None:
        return
    by = {"by": consent.said[0].by or consent.author}
    what = words.since(
        Message(code=what.code, text=BY, values=by, parts={"what": (what,)}), consent
    )
    quoted = _words(consent.said[0])
    values = {"words": quoted}
    yield (
        Message(code=what.code, text=WITH_WORDS, values=values, parts={"what": (what,)})
        if quoted
        else what
    )


def _quoted(said: Said) -> Message:
    if said.ground.stated:
        values = {"party": said.party, "words": _words(said)}
        return Message(code="in-its-words", text=IN_ITS_WORDS, values=values)
    return Message(code="noted", text=QUOTED, values={"words": _words(said)})


def _words(said: Said) -> str:
    """Return basis and note on one line, as much as a board has room for."""
    text = "; ".join(" ".join(each.split()) for each in (said.basis, said.note) if each)
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rpartition(' ')[0] or text[:LONGEST]}…"
