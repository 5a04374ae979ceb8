"""From the terminal: an officer is shut out, and another comes back in."""

import json

from terminal import Terminal


def test_one_command_of_a_custodian_shuts_an_officer_out(terminal: Terminal) -> None:
    told = terminal("-n", "a", "officer", "expel", "Bela", "--as", "Edda", "--json").json
    assert told["key"] == "stopped"
    assert terminal("-n", "a", "officer", "list").out.count("expelled ") == 1
    again = terminal("-n", "a", "officer", "recover", "Ada", "--as", "Bela", "--json")
    assert again.refused == "suspended"


def test_only_a_custodian_with_a_token_expels(terminal: Terminal) -> None:
    expel = ("-n", "a", "officer", "expel", "Bela", "--json", "--as")
    assert terminal(*expel, "Ada").refused == "role"
    (terminal.folder / "a" / "officers" / "Edda.token").unlink()
    assert terminal(*expel, "Edda").refused == "no-token"


def test_what_waits_is_said(terminal: Terminal) -> None:
    said = terminal("-n", "lone", "officer", "expel", "Bela", "--as", "Edda")
    assert said.code == 0
    assert "every way in is shut" in said.out
    assert "Their signing key is not stopped yet." in said.out
    assert "there is no record yet" in said.out


def test_two_others_let_an_officer_back_in(terminal: Terminal) -> None:
    halves = [
        terminal("-n", "a", "officer", "recover", "Ada", "--as", name, "--json").json["half"]
        for name in ("Bela", "Edda")
    ]
    given = json.dumps(dict(zip(("first", "second"), halves, strict=True)))
    back = terminal("-n", "a", "officer", "return", "Ada", "--json", "-", given=given)
    assert back.code == 0, back.err
    assert back.json["password"]
    again = terminal("-n", "a", "officer", "return", "Ada", "--json", "-", given=given)
    assert again.refused == "recovery"


def test_nobody_makes_the_password_of_another_where_two_can_let_them_in(
    terminal: Terminal,
) -> None:
    password = ("-n", "a", "officer", "password", "Ada", "--json")
    assert terminal(*password).refused == "two-approve"
    assert terminal(*password, "--as", "Bela").refused == "two-approve"
    assert terminal(*password, "--as", "Ada").code == 0
