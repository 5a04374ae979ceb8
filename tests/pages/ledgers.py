"""What two sides do to each other, stated and carried over: for the ledger and for payments."""

from typing import Any

from legation.line.node import Node
from legation.line.services import NewAct, append
from legation.missions import services
from pages.conftest import Scene

SECRET = "Zeppelin"
"""Stands in what only we know, and must stand in nothing that leaves."""


def told(value: Any, **more: Any) -> dict[str, Any]:
    return {"value": value, **more}


def state(node: Node, prefix: str, key: str, sending: str, **fields: Any) -> None:
    """State fields of a thing in the record, as the party whose node it is."""
    receiving = {"XA": "XB", "XB": "XA"}[sending]
    body: Any = {
        "sending": sending,
        "receiving": receiving,
        "fields": {
            name: value if isinstance(value, dict) and "value" in value else told(value)
            for name, value in fields.items()
        },
    }
    act = NewAct(type=f"{prefix}.stated", on=f"{prefix}/{key}", body=body)
    append(node, [act], at=node.clock())


def know(node: Node, thing: str, field: str, value: Any, sending: str = "XA") -> None:
    """Note what we know of a field and have not stated."""
    services.note_own(
        node,
        thing=thing,
        sending=sending,
        receiving={"XA": "XB", "XB": "XA"}[sending],
        field=field,
        statement={"value": value},
        origin="officer",
        by="Ada",
        at=node.clock(),
    )


def set_stage(scene: Scene) -> None:
    """Let both sides state measures against each other, and XA know something besides."""
    ours, theirs = scene.pair.a, scene.pair.b
    state(ours, "premises", "P1", "XA", name="Chancery", post="post/XA-CAP")
    state(theirs, "premises", "P1", "XA", access="denied", status="revoked")
    state(theirs, "premises", "P2", "XB", name="Villa")
    state(ours, "premises", "P2", "XB", access="escorted", status="recognised")
    state(ours, "post", "XA-CAP", "XA", type="embassy", status="open", city="Capital")
    state(theirs, "post", "XB-SEA", "XB", status=told("closed", by="XA", **{"from": "2018-04"}))
    for node, name, by in ((ours, "A1", "XA"), (theirs, "B1", "XB")):
        terms = {"by": by, "applies_to": "XB" if by == "XA" else "XA", "mode": "notification"}
        ruled: Any = {**terms, "radius_miles": 25, "from": "2018-01-01"}
        append(
            node, [NewAct(type="regime.declared", on=f"regime/{name}", body=ruled)], at=node.clock()
        )
    state(
        theirs,
        "limit",
        "XB-1",
        "XA",
        kind="size",
        number=455,
        counted="all staff, local staff too",
        state="in_force",
    )
    state(
        ours,
        "channel",
        "XA-1",
        "XA",
        post="post/XA-CAP",
        bank="Bank of Exports",
        currency="USD",
        purpose="all",
        state="rejected",
        last_success={"day": "2026-10-02", "amount": 1_234_550, "currency": "USD"},
    )
    state(theirs, "channel", "XB-1", "XB", bank="River Bank", currency="JPY", state="blocked")
    state(theirs, "channel", "XA-1", "XA", licence="licence/XB-53A")
    state(
        theirs,
        "licence",
        "XB-53A",
        "XA",
        name="General licence 53A",
        state=told("in_force", **{"from": "2024-11-21"}),
        expires="2026-12-10",
        conditions=[
            "No other blocked bank takes part.",
            "No account of the central bank is debited.",
        ],
        issuer="Office of licences",
    )
    scene.pair.sync()
    know(ours, "channel/XA-1", "cash", {"amount": 450_000, "currency": "USD", "day": "2026-11-01"})
    know(ours, "channel/XA-1", "monthly_need", {"amount": 100_000, "currency": "USD"})
    know(ours, "channel/XB-2", "bank", f"{SECRET} bank", "XB")
    know(ours, "premises/P9", "name", f"{SECRET} house")
    know(ours, "premises/P9", "access", "denied")
