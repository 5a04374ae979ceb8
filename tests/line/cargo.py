"""Files in the tests of the line: put in, named, asked for, brought, forged."""

from dataclasses import replace

from legation.acts.files import FileRef
from legation.line import services
from legation.line.core import freight as codec
from legation.line.core.freight import Freight
from legation.line.core.wants import Want
from legation.line.models import RefusalCount
from legation.line.queries import files as held
from legation.line.services import Freighted, Intake, Received, files
from line.acts import a_note, naming
from line.harness import OVERHEAD, Pair, PlainSealing, TestNode


def stages(node: TestNode, data: bytes, *, name: str | None = "scan.pdf") -> FileRef:
    """Put a file in."""
    at = node.clock()
    return files.stage(node.node, data, name=name, media_type="application/pdf", at=at)


def takes(
    node: TestNode, sealed: bytes, intake: Intake, carrier: str = "https"
) -> Received | Freighted:
    """Take a bundle or freight."""
    at = node.clock()
    return services.receive_any(node.node, sealed, intake=intake, carrier=carrier, at=at)


def with_a_wrong_chunk(node: TestNode, sealed: bytes) -> bytes:
    """Return freight of a node that lies about its last part."""
    freight = freight_of(sealed)
    *parts, last = freight.parts
    return forged(node, replace(freight, parts=(*parts, replace(last, data=b"\1" + last.data[1:]))))


def brings(giver: TestNode, taker: TestNode, intake: Intake | None = None) -> list[Freighted]:
    """Bring the files that the other asks for."""
    intake = intake or Intake(taker.node)
    brought = []
    for sealed in services.each_freight(giver.node):
        took = takes(taker, sealed, intake)
        assert isinstance(took, Freighted)
        brought.append(took)
    intake.flush(at=taker.clock())
    return brought


def sent(pair: Pair, *datas: bytes) -> list[FileRef]:
    """Have A release a note with files, and B take the note and ask for them."""
    refs = [stages(pair.a, data) for data in datas]
    pair.a.append(naming(a_note(), *refs))
    pair.a.sends_to(pair.b)
    return refs


def has(node: TestNode, ref: FileRef) -> bytes:
    return held.read(node.node, ref.root.text)


def freight_of(sealed: bytes) -> Freight:
    plain = sealed[OVERHEAD:]
    return codec.read(codec.read_envelope(plain), plain)


def forged(node: TestNode, freight: Freight) -> bytes:
    sealing = PlainSealing(b"", b"", record=freight.record, own=freight.sender, peer=freight.to)
    return sealing.seal(codec.encode(freight, overhead=OVERHEAD, sign=node.node.keys.line.sign))


def wrong_chunks(node: TestNode) -> int:
    row = RefusalCount.objects.using(node.alias).filter(code="chunk").first()
    return row.count if row else 0


def asks(asker: TestNode, giver: TestNode, root: str) -> list[bytes]:
    """Have a node ask for a file as a liar would, both ways that there are."""
    [bundle] = asker.sends()
    giver.takes(asker.rewritten(bundle, wants=(Want(root),)))
    given = list(services.each_freight(giver.node))
    called = services.reply_with_freight(giver.node, (Want(root),))
    return [*given, *([called] if called else [])]
