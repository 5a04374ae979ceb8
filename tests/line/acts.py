"""Acts for the tests of the line: a statement about a post, a note, an answer to it."""

from dataclasses import replace

from legation.acts.codec import to_json
from legation.acts.files import FileRef
from legation.line.services import NewAct
from legation.record.canon import Json


def a_post(
    name: str = "US-MOW", sending: str = "US", receiving: str = "RU", **fields: Json
) -> NewAct:
    """An act by which a side states fields of a post; city by default."""
    stated: dict[str, Json] = {
        key: {"value": value} for key, value in (fields or {"city": "Moscow"}).items()
    }
    return NewAct(
        type="post.stated",
        on=f"post/{name}",
        body={"sending": sending, "receiving": receiving, "fields": stated},
    )


def a_note(party: str = "US", n: int = 1, text: str = "To state the following.") -> NewAct:
    """A released note of the party's ministry."""
    return NewAct(
        type="notice.released",
        on=f"notice/{party}-{n:016x}",
        body={
            "kind": "note",
            "kind_version": 1,
            "post": f"post/{party}-MFA",
            "fields": {"subject": f"Subject {n}", "message": text},
            "texts": [{"lang": "en", "role": "original", "text": text}],
        },
        numbered_post=f"post/{party}-MFA",
    )


def naming(act: NewAct, *files: FileRef) -> NewAct:
    """The same act with files, in the version that names them."""
    named: list[Json] = [to_json(each) for each in files]
    return replace(act, version=2, body={**act.body, "files": named})


def an_erasure(about: NewAct, root: str) -> NewAct:
    """A statement that its author destroyed a file of a notice."""
    return NewAct(
        type="file.erased", on=about.on, body={"root": root, "ground": "No longer needed."}
    )


def an_answer(note: NewAct, leaf: bytes, answer: str = "noted", **fields: Json) -> NewAct:
    """An answer on line 1 of a notice. leaf: leaf hash of the released act."""
    line: dict[str, Json] = {"line": 1, "answer": answer, **fields}
    return NewAct(type="notice.answered", on=note.on, re=leaf, body={"lines": [line]})
