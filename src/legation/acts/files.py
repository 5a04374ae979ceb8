"""Files beside an act: named in its body by their root, so they can be erased and it still stands.

A file is cut into chunks of 256 KiB. Its *root* is the root of a Merkle tree (RFC 9162, 2.1)
whose entries are the chunks themselves: whoever holds the list of leaf hashes can check each
chunk as it comes, in any order. The fold never reads a file; it keeps who named which.

What is about a person is such a file, one for each: 32 random bytes, then the narrowed JSON of
the fields. The random bytes keep the root of a guessable name from being guessed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from annotated_types import Ge, Le, MaxLen, MinLen

from legation.acts.codec import from_body
from legation.acts.shapes import Fault, Faults
from legation.acts.values import Hash, Line80, Matches
from legation.errors import N_, Refusal
from legation.record import canon
from legation.record.canon import Json
from legation.record.merkle import leaf_hash, root_of

CHUNK: Final = 262_144
"""Bytes of each chunk but the last."""
MAX_FILE: Final = 26_214_400
"""Bytes: 25 MiB."""
PERSON_FILE: Final = "application/vnd.legation.person+json"
"""The type of a file that holds what is personal about one person."""
SALT: Final = 32
MAX_PERSON: Final = 65_536
"""Bytes of a person's file."""

PersonNumber = Annotated[
    str, MinLen(16), MaxLen(16), Matches("[0-9a-f]{16}", N_("a person's number is 16 of 0-9, a-f."))
]
MediaType = Annotated[
    str,
    MinLen(3),
    MaxLen(100),
    Matches(
        "[a-z0-9][a-z0-9.+-]{0,48}/[a-z0-9][a-z0-9.+-]{0,48}",
        N_("a type of file is written as application/pdf."),
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRef:
    """A file as an act names it.

    root: of its chunks' tree. size: bytes. name: for who saves it, or left out. type: its media
    type. person: the number, in the act's fields, of the person whom it is about, and of nobody
    else; such a file has no name.
    """

    root: Hash
    size: Annotated[int, Ge(1), Le(MAX_FILE)]
    name: Line80 | None = None
    type: MediaType
    person: PersonNumber | None = None


MAX_FILES: Final = 120
"""Files that one act names."""
Files = Annotated[tuple[FileRef, ...], MaxLen(MAX_FILES)]


def check_files(files: tuple[FileRef, ...], faults: Faults) -> None:
    """Note a file that is named twice, or two files about one person."""
    for named, rule in (
        ([each.root.text for each in files], N_("each file is named once.")),
        ([each.person for each in files if each.person], N_("there is one file a person.")),
    ):
        if len(set(named)) != len(named):
            faults.append(Fault("duplicate", rule, N_("Leave one of them out."), path=["files"]))


def chunks_of(data: bytes) -> Iterator[bytes]:
    """Yield the chunks of a file that is held in memory."""
    for start in range(0, len(data), CHUNK):
        yield data[start : start + CHUNK]


def root_of_file(chunk_hashes: Iterable[bytes]) -> Hash:
    """Return a file's root. chunk_hashes: `leaf_hash(chunk)` of each chunk, 32 bytes, in order."""
    return Hash(root_of(chunk_hashes).hash.hex())


def ref_of(
    data: bytes, *, media_type: str, name: str | None = None, person: str | None = None
) -> FileRef:
    """Return how an act names a file that is held in memory."""
    return FileRef(
        root=root_of_file(leaf_hash(chunk) for chunk in chunks_of(data)),
        size=len(data),
        name=name,
        type=media_type,
        person=person,
    )


def person_file(salt: bytes, fields: Mapping[str, Json]) -> bytes:
    """Return the bytes of a person's file. salt: 32 random bytes, new for each."""
    if len(salt) != SALT:
        raise ValueError("a person's file begins with 32 random bytes")
    return salt + canon.encode(dict(fields))


def read_person(data: bytes) -> dict[str, Json]:
    """Return the fields in a person's file: the other side's bytes, so nothing is taken on trust.

    Raises Refusal "size" and those of `canon.decode`. What the fields are is judged by whoever
    knows the form.
    """
    if not SALT < len(data) <= MAX_PERSON:
        raise Refusal(
            "size",
            thing=N_("A person's file of {size} bytes"),
            rule=N_("it has 33 to {limit} bytes."),
            remedy=N_("Ask the other side to state the person again."),
            size=len(data),
            limit=MAX_PERSON,
        )
    return canon.decode(data[SALT:])


def files_of(body: Mapping[str, Json]) -> tuple[FileRef, ...]:
    """Return the files that an act's body names: its top-level `files`, whatever its type.

    Raises Refusal "schema" where that list is not one of files.
    """
    return from_body(_Named, {"files": body.get("files", [])}, "files").files


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """What is read of any body."""

    files: Files = ()
