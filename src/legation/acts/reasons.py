"""Why an act is without effect, in words: code -> sentence, for pages and print.

The fold gives codes, the same on both nodes; these are the words for them. A code that is not
here is shown as it is.
"""

from typing import Final

from legation.errors import N_

REASONS: Final = {
    "addressee": N_("It was addressed to a post of its own side."),
    "already-final": N_("A final answer was there before it, as its author could see."),
    "backwards": N_("It names more entries than stood before it."),
    "closed": N_("The notice was closed, as its author could see."),
    "closed-post": N_("It places somebody in a post that its own side had stated closed."),
    "depth": N_("Its lists and objects stand too deep in one another."),
    "duplicate": N_("What it opens was there already."),
    "empty": N_("It states nothing."),
    "identity": N_("It names other states than the thing has."),
    "interim": N_("A final answer was to become an interim one."),
    "keys-chain": N_("Its keys document does not follow the one before."),
    "no-line": N_("It answers a line that the notice does not have."),
    "not-allowed": N_("The notice, as it stands, does not allow that answer."),
    "not-answered": N_("There was no final answer to change."),
    "not-canonical": N_("It is not written in the record’s one form."),
    "not-counted": N_("It states a number without saying what is counted."),
    "not-entitled": N_("Its author’s side may not state this."),
    "not-spoken": N_("The other side had not said that it reads this type."),
    "number": N_("Its number is not the next of its post and year."),
    "officers": N_("It lacks the officers’ signatures that it needs."),
    "origin": N_("Its origin is not a new one of that party in this record."),
    "other-owner": N_("It names a thing of the wrong state."),
    "other-act": N_("It answers another act than the notice’s release."),
    "other-party": N_("It names another author than the log it stands in."),
    "other-record": N_("It names another record."),
    "regime": N_("The regime that it names was not in force then, as far as its author had seen."),
    "schema": N_("Its fields are not those of its type."),
    "signature": N_("A signature in it does not hold."),
    "size": N_("It is too large."),
    "span": N_("It ends before it begins."),
    "subject": N_("It is about another kind of thing than its type."),
    "text": N_("It holds characters that may not stand in the record."),
    "too-many": N_("There was no more room for another on the same line or field."),
    "two-slots": N_("It places a person who serves in another slot at that time."),
    "unknown-key": N_("The key is not one that its keys document names."),
    "unknown-subject": N_("What it is about was not in the record as far as its author had seen."),
    "weak-key": N_("A key in it is one that anybody can sign for."),
    "withdrawn": N_("The notice was withdrawn, as its author could see."),
}


def reason(code: str) -> str:
    """Return why an act of this code is without effect, untranslated."""
    return REASONS.get(code, code)
