"""Cases from and for other programs: GENIUS XML, NegoLog JSON, NegMAS YAML; every digit kept.

Bytes come in and go out; nothing here opens a file. A decimal is read as its text, so 0.1 is one
tenth; what a format cannot say is refused by name, never left out in silence.
"""

from legation.packages.interchange.casefile import write_case
from legation.packages.interchange.formats import File, load, read
from legation.packages.interchange.genius import read_genius
from legation.packages.interchange.genius_writing import write_genius
from legation.packages.interchange.negmas import read_negmas
from legation.packages.interchange.negmas_writing import write_negmas
from legation.packages.interchange.negolog import read_negolog

__all__ = [
    "File",
    "load",
    "read",
    "read_genius",
    "read_negmas",
    "read_negolog",
    "write_case",
    "write_genius",
    "write_negmas",
]
