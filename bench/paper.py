"""Paper: a note as PDF/A, short and long, in one language and two."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median

from bench import Figure

ROUNDS = 9
SENTENCE = "The Embassy would be grateful for permission to inspect the roof of the building. "
RUSSIAN = "Посольство было бы признательно за разрешение осмотреть крышу указанного здания. "


def figures(*, long: bool) -> Iterator[Figure]:
    """Yield the seconds to a PDF: the first of a process, the median, and one of 30,000 letters."""
    from legation.notices.pdf.compose import to_pdf
    from legation.notices.pdf.sheet import Column, Sheet

    def sheet(repeat: int, entry: int) -> Sheet:
        texts = (("en", "original", SENTENCE), ("ru", "courtesy", RUSSIAN))
        return Sheet(
            letterhead=("Examplia", "Embassy, Beta City"),
            addressee=("Betania", "Ministry of Foreign Affairs"),
            number=f"XA-MIS/2026/{entry:03d}",
            party="XA",
            at=datetime(2026, 11, 23, tzinfo=UTC),
            columns=tuple(
                Column(lang=lang, role=role, text="\n\n".join([text * 3] * repeat))
                for lang, role, text in texts
            ),
            leaf="4b" * 32,
            entry=entry,
        )

    begin = time.perf_counter()
    to_pdf(sheet(4, 1))
    first = time.perf_counter() - begin
    yield Figure(name="PDF/A, the first of a process", value=first, unit="s", at_most=1.5)
    for name, repeat in (("a note of one page", 4), ("a note of 30,000 letters", 62)):
        taken = []
        for entry in range(2, 2 + (5 * ROUNDS if long else ROUNDS)):
            begin = time.perf_counter()
            to_pdf(sheet(repeat, entry))
            taken.append(time.perf_counter() - begin)
        yield Figure(name=f"PDF/A, {name}", value=median(taken), unit="s", at_most=1.5)
