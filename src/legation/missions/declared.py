"""What both sides declared, as a dossier tells it: the other side's stays our own chronicle. Pure.

Ours is drafted for the record beside it; until it is stated a board has it from here.
"""

from legation.missions.content import Dossier, cited
from legation.missions.history import Kept

REGIMES = "regimes"


def declared(dossier: Dossier) -> list[Kept]:
    """Return every declaration of a regime with its sources spelled out, for our own chronicle."""
    out = []
    for entry in dossier.entries(REGIMES):
        content = {**entry, "sources": cited(dossier, entry.get("sources"))}
        key = " ".join(str(entry.get(name, "")) for name in ("id", "by", "from"))
        out.append(Kept(section=REGIMES, key=key, content=content))
    return out
