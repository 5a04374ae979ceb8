"""`legation person`: a list comes in whole, or not at all and with every fault by its row."""

from terminal import Terminal

HEADER = "Name as in passport;Date of birth;Category\n"


def test_a_list_is_checked_taken_and_shown(terminal: Terminal) -> None:
    given = HEADER + "Ada Lovelace;10.12.1985;diplomatic\nCem;1990-01-02;\n"
    line = ("-n", "a", "person", "import", "-", "--as", "Ada")
    ended = terminal(*line, "--dry-run", given=given)
    assert "2 rows checked; nothing is wrong. Nothing was taken." in ended.out
    assert "Ada" not in terminal("-n", "a", "person", "list", "--as", "Ada").out
    assert "2 persons added, 0 changed." in terminal(*line, given=given).out
    shown = terminal("-n", "a", "person", "list", "--as", "Ada").out
    assert "Ada Lovelace" in shown
    assert "Cem" in shown


def test_every_fault_is_told_and_nothing_is_taken(terminal: Terminal) -> None:
    given = HEADER + "Ada;soon;king\n;1990-01-02;\n"
    ended = terminal("-n", "a", "person", "import", "-", "--as", "Ada", given=given)
    assert ended.code == 1
    for words in ("“soon” is no day", "“king” is no category", "it is empty"):
        assert words in ended.err
    assert "Ada" not in terminal("-n", "a", "person", "list", "--as", "Ada").out
