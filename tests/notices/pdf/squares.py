"""Reads the square code of a sheet as a telephone does: from the page as it is seen, to its text.

Only what our sheets hold: version 5 (37 × 37 modules), error level M, bytes, no damage. Written
from ISO/IEC 18004 and from nothing that draws codes, so that what draws them is judged by it.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

import numpy as np
import pypdfium2
from numpy.typing import NDArray

SIDE: Final = 37
FINDER: Final = 7
DATA: Final = 86
BLOCKS: Final = 2
LEVEL_M: Final = 0
FORMAT_MASK: Final = 0b101010000010010
MASKS: Final[tuple[Callable[[int, int], bool], ...]] = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, _x: y % 2 == 0,
    lambda _y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
Dark = NDArray[np.bool_]


def text_in(pdf: bytes) -> str:
    """Return what the square code on the first page of a document says."""
    page = pypdfium2.PdfDocument(pdf)[0]
    dark = np.asarray(page.render(scale=6, grayscale=True).to_numpy()).squeeze() < 128
    return decoded(_modules(dark))


def _modules(dark: Dark) -> Dark:
    """Return the modules, sampled in the grid between the centres of three finders."""
    found = _finders(dark)
    assert len(found) == 3, found
    left, right = min(found, key=sum), max(found, key=lambda at: at[1] - at[0])
    size = (right[1] - left[1]) / (SIDE - FINDER)
    half = FINDER / 2
    steps = (np.arange(SIDE) + 0.5 - half) * size
    rows, columns = (np.rint(at + steps).astype(int) for at in left)
    modules: Dark = dark[np.ix_(rows, columns)]
    return modules


def _finders(dark: Dark) -> list[tuple[float, float]]:
    """Return the middles (row, column) of what is dark and light as 1:1:3:1:1, both ways."""
    across = {(y, x) for y in range(dark.shape[0]) for x in _middles(dark[y])}
    down = {(y, x) for x in {x for _, x in across} for y in _middles(dark[:, x])}
    middles = sorted(across & down)
    groups: list[list[tuple[int, int]]] = []
    for at in middles:
        near = [each for each in groups if abs(each[0][0] - at[0]) + abs(each[0][1] - at[1]) < 9]
        if near:
            near[0].append(at)
        else:
            groups.append([at])
    return [(sum(y for y, _ in g) / len(g), sum(x for _, x in g) / len(g)) for g in groups]


def _middles(line: Dark) -> list[int]:
    edges = [0, *(np.flatnonzero(line[1:] != line[:-1]) + 1), len(line)]
    runs = [(begin, end) for begin, end in pairwise(edges)]
    found = []
    for place in range(len(runs) - 4):
        five = runs[place : place + 5]
        sizes = np.array([end - begin for begin, end in five]) / (five[4][1] - five[0][0]) * FINDER
        if line[five[0][0]] and np.abs(sizes - (1, 1, 3, 1, 1)).max() < 0.4:
            found.append((five[2][0] + five[2][1]) // 2)
    return found


def decoded(modules: Dark) -> str:
    """Return the text of a code's modules; nothing is corrected."""
    bits = [modules[8, x] for x in (0, 1, 2, 3, 4, 5, 7, 8)]
    bits += [modules[y, 8] for y in (7, 5, 4, 3, 2, 1, 0)]
    told = int("".join(str(int(bit)) for bit in bits), 2) ^ FORMAT_MASK
    assert told >> 13 == LEVEL_M
    masked = MASKS[told >> 10 & 7]
    read = "".join(str(int(modules[y, x] ^ masked(y, x))) for y, x in _way())
    words = [int(read[at : at + 8], 2) for at in range(0, DATA * 8, 8)]
    data = bytes(words[0::BLOCKS] + words[1::BLOCKS])
    stream = "".join(f"{each:08b}" for each in data)
    assert stream[:4] == "0100", "bytes"
    count = int(stream[4:12], 2)
    return bytes(int(stream[at : at + 8], 2) for at in range(12, 12 + count * 8, 8)).decode("ascii")


def _way() -> list[tuple[int, int]]:
    """Return where data lies, in the order in which it is read."""
    way = []
    for strip, right in enumerate(range(SIDE - 1, 0, -2)):
        column = right if right > 6 else right - 1
        rows = range(SIDE) if strip % 2 else range(SIDE - 1, -1, -1)
        way += [(y, x) for y in rows for x in (column, column - 1) if not _is_fixed(y, x)]
    return way


def _is_fixed(y: int, x: int) -> bool:
    """Tell whether a module is of a finder, of the format, of the timing or of the alignment."""
    far = SIDE - 8
    corner = (y <= 8 and x <= 8) or (y <= 8 and x >= far) or (y >= far and x <= 8)
    return corner or 6 in (y, x) or (28 <= y <= 32 and 28 <= x <= 32)
