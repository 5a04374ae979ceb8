"""Dense cases: many bonuses, each over a box of 2 to 4 matters, as in public GENIUS domains."""

import random

from legation.packages import Bonus, Case, Matter, Points


def dense(matters: int, boxes: int, seed: int, *, options: int = 10) -> Case:
    """Return a case with that many overlapping boxes; the same one for the same seed."""
    chance = random.Random(seed)
    ids = [f"i{n:02}" for n in range(matters)]
    names = tuple(map(str, range(options)))

    def stretch() -> tuple[int, int]:
        low = chance.randrange(options - 2)
        return low, min(options, low + chance.randrange(3, 9))

    def row() -> tuple[int, ...]:
        found = [0] * options
        for _ in range(chance.choice((0, 1, 2))):
            low, high = stretch()
            points = chance.randint(5, 100)
            for option in range(low, high):
                found[option] += points
        return tuple(found)

    def box(number: int) -> Bonus:
        when = []
        for matter in sorted(chance.sample(ids, chance.randint(2, min(4, matters)))):
            low, high = stretch()
            when.append((matter, names[low:high]))
        side = "a" if number % 2 else "b"
        return Bonus(f"r{number:03}", side, tuple(when), chance.randint(10, 100))  # type: ignore[arg-type] # a or b

    return Case(
        id=f"dense-{matters}-{boxes}-{seed}",
        matters=tuple(Matter(each, names) for each in ids),
        sides={
            "a": Points("a", tuple(row() for _ in ids)),
            "b": Points("b", tuple(row() for _ in ids)),
        },
        rules=tuple(box(number) for number in range(boxes)),
    )
