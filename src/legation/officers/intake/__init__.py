"""Files as they come in: told by their content, rebuilt without what nobody sees, or refused."""

from legation.officers.intake.apart import pictured_apart, take_in_apart
from legation.officers.intake.taking import read_bounded, take_in
from legation.officers.intake.told import Pictured, Removed, Taken, Warned

__all__ = [
    "Pictured",
    "Removed",
    "Taken",
    "Warned",
    "pictured_apart",
    "read_bounded",
    "take_in",
    "take_in_apart",
]
