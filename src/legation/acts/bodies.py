"""Bodies of acts that name files, and their limits: what drafts of every kind share."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from legation.acts.catalogue import Catalogue
from legation.acts.catalogue import catalogue as product
from legation.acts.codec import Record, fields_of, to_json
from legation.acts.files import MAX_FILES, FileRef
from legation.errors import N_, Refusal
from legation.record import canon
from legation.record.canon import Json

MAX_BODY: Final = 60_000
"""Bytes: an opening holds 65,535, of which head, salts and signatures take their part."""


def with_files(body: Mapping[str, Json], files: Sequence[FileRef]) -> dict[str, Json]:
    """Return a body that names these files after those that it names already.

    Its act is of the version that `act_version` says. Raises Refusal "size" and "entries".
    """
    held = body.get("files", [])
    named = [*(held if isinstance(held, list) else ()), *(to_json(each) for each in files)]
    if len(named) > MAX_FILES:
        raise refused(
            str(body.get("kind", "files")),
            "entries",
            N_("an act names at most {limit} files; here are {count}."),
            field="files",
            limit=MAX_FILES,
            count=len(named),
        )
    return fitting("files", {**body, **({"files": named} if named else {})})


def act_version(body: Mapping[str, Json]) -> int:
    """Return the version of the act for a body of a release or an answer: 2 if it names files."""
    return 2 if body.get("files") else 1


def stating_version(
    prefix: str, fields: Collection[str], catalogue: Catalogue | None = None
) -> int:
    """Return the lowest version of a register's `x.stated` that has all of these fields.

    So what an older node can read still reaches it. The newest for a field that none has: reading
    the body by it then says so. 1 for a thing of no register.
    """
    acts = (catalogue or product()).acts
    versions = sorted(version for name, version in acts if name == f"{prefix}.stated")
    for version in versions:
        shape = fields_of(acts[f"{prefix}.stated", version])
        held = next(place.shape for place in shape if place.key == "fields")
        if isinstance(held, Record) and set(fields) <= held.by_key.keys():
            return version
    return versions[-1] if versions else 1


def fitting(name: str, body: dict[str, Json]) -> dict[str, Json]:
    """Return the body if an opening can hold it. Raises Refusal "size"."""
    size = len(canon.encode_large(body))
    if size > MAX_BODY:
        raise refused(
            name,
            "size",
            N_("the whole act has at most {limit} bytes; this has {size}."),
            field="texts",
            limit=MAX_BODY,
            size=size,
        )
    return body


def refused(name: str, code: str, rule: str, *, field: str, **values: object) -> Refusal:
    """Return the refusal of one field of a draft. name: what is drafted."""
    refusal = Refusal(
        code,
        thing=N_("{where}, field “{field}”"),
        rule=rule,
        remedy=N_("Correct that field, then draft again."),
    )
    refusal.values = {"where": name, "field": field, **values}
    return refusal
