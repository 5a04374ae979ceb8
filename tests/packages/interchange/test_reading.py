"""What other programs' files mean here: their own arithmetic, with every digit."""

from fractions import Fraction

from legation.packages import Bonus, load, solve
from legation.packages.interchange import File, read, read_genius, read_negmas, read_negolog
from legation.packages.ruling import value
from packages.interchange import samples


def test_genius_divides_each_discrete_issue_by_its_largest_evaluation() -> None:
    case = read_genius(
        samples.GENIUS_DOMAIN, (samples.GENIUS_A, samples.GENIUS_B), names=("d.xml", "a", "b")
    )
    visas, posts = case.sides["a"].table
    assert visas == (Fraction(7, 300), Fraction(7, 15), Fraction(7, 10))
    # offset + slope × (value - lower bound), held within 0 and 1, times the weight
    assert posts == (Fraction(3, 100), Fraction(15, 100), Fraction(27, 100), Fraction(3, 10))
    assert case.sides["b"].table[0][0] == Fraction(7, 10)
    assert case.matters[1].options == ("2", "3", "4", "5")
    assert case.sides["a"].reserve == Fraction(1, 4)


def test_boxes_include_both_ends_and_excluding_pays_everywhere_else() -> None:
    case = read_genius(samples.BOX_DOMAIN, (samples.BOXES, samples.BOXES), names=("d", "a", "b"))
    assert case.sides["a"].reserve == 30
    for x in range(4):
        for place, y in enumerate(range(1, 5)):
            paid = 10 * (1 <= x <= 2 and 2 <= y <= 3) + 7 * (not (x <= 1 and y == 1))
            paid += 5 * (y >= 4) + 1
            assert value(case, (x, place)) == (paid, paid)
    assert all(isinstance(rule, Bonus) for rule in case.rules)


def test_negolog_multiplies_and_keeps_decimals() -> None:
    case = read_negolog((samples.NEGOLOG_A, samples.NEGOLOG_B), names=("a.json", "b.json"))
    assert case.sides["a"].table[0] == (Fraction(3, 100), Fraction(3, 10))
    assert case.sides["a"].table[1] == (Fraction(7, 100), Fraction(7, 10))
    assert case.sides["b"].table[0] == (Fraction(4, 10), Fraction(8, 100))


def test_negmas_ranges_leave_their_ends_out_and_lists_are_sets() -> None:
    case = read_negmas(
        samples.NEGMAS_DOMAIN, (samples.NEGMAS_A, samples.NEGMAS_B), names=("d.yml", "a", "b")
    )
    assert [matter.options for matter in case.matters] == [
        ("x", "no", "y z"),
        ("0", "1", "2", "3"),
        ("10", "20"),
    ]
    assert value(case, (1, 3, 0)) == (Fraction(75, 100), 2)
    assert value(case, (2, 1, 0)) == (
        Fraction(21, 100) + Fraction(15, 100) + Fraction(1, 10),
        Fraction(5, 2),
    )
    assert case.sides["b"].reserve == Fraction(1, 2)  # minus infinity: the least there is


def test_files_are_told_apart_by_their_number_and_endings(tmp_path: object) -> None:
    found = read(File("a.json", samples.NEGOLOG_A), File("b.json", samples.NEGOLOG_B))
    assert solve(found).status == "exact"
    found = read(
        File("domain.xml", samples.GENIUS_DOMAIN),
        File("a.xml", samples.GENIUS_A),
        File("b.xml", samples.GENIUS_B),
    )
    assert solve(found).status == "exact"


def test_a_path_is_enough_to_load() -> None:
    assert load("tests/data/scenarios/istanbul.json").id == "istanbul"
