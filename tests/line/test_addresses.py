"""A peer's address is checked before our node knocks on it."""

from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.line.addresses import addresses_to_call, parse_allowed, parse_line_url


def resolving(*found: str):  # type: ignore[no-untyped-def]  # noqa: ANN201
    def resolve(_host: str, _port: int) -> Sequence[str]:
        if not found:
            raise OSError("unknown")
        return found

    return resolve


def called(url: str, *found: str, allowed: Sequence[str] = ()) -> list[str]:
    return [
        str(address)
        for address in addresses_to_call(
            parse_line_url(url), allowed=parse_allowed(allowed), resolve=resolving(*found)
        )
    ]


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("https://line.example.org:9001", "line.example.org", 9001),
        ("https://line.example.org:9001/line", "line.example.org", 9001),
        ("https://LINE.example.org/", "line.example.org", 443),
        ("https://[2001:db8::1]:9001/line", "2001:db8::1", 9001),
        ("https://ru.localhost:9002", "ru.localhost", 9002),
    ],
)
def test_an_address_of_the_usual_form_is_read(url: str, host: str, port: int) -> None:
    parsed = parse_line_url(url)
    assert (parsed.host, parsed.port) == (host, port)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "line.example.org:9001",
        "http://line.example.org:9001",
        "https://",
        "https://:9001",
        "https://user@line.example.org",
        "https://line.example.org:0",
        "https://line.example.org:99999",
        "https://line.example.org:port",
        "https://line.example.org/other",
        "https://line.example.org/line?a=b",
        "https://line.example.org/line?",
        "https://line.example.org/line#a",
        "https://[::1/line",
        "https://линия.example.org",
        "https://line.example.org\n.evil.org",
        "https://" + "a" * 500,
        "https://.",
    ],
)
def test_an_address_of_another_form_is_refused(url: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_line_url(url)
    assert caught.value.code == "line-url"


@given(url=st.text(max_size=60) | st.text(max_size=40).map(lambda text: "https://" + text))
def test_no_text_in_place_of_an_address_breaks_the_reader(url: str) -> None:
    with suppress(Refusal):
        assert parse_line_url(url).host


def test_public_addresses_are_called_in_order() -> None:
    assert called("https://line.example.org", "93.184.215.14", "2606:2800::1") == [
        "93.184.215.14",
        "2606:2800::1",
    ]


@pytest.mark.parametrize(
    "url",
    ["https://localhost:9001", "https://us.localhost:9001", "https://127.0.0.1:9001"],
)
def test_this_machine_is_called_only_when_the_record_says_so(url: str) -> None:
    assert called(url)[0] == "127.0.0.1"


PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104 - refused, not bound
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fd00::1",
    "ff02::1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    with pytest.raises(Refusal, match="line_allow") as caught:
        called("https://line.example.org", address)
    assert caught.value.code == "line-address"


def test_a_private_address_written_out_in_the_record_must_be_listed_too() -> None:
    with pytest.raises(Refusal):
        called("https://10.1.2.3:9001")
    assert called("https://10.1.2.3:9001", allowed=["10.1.0.0/16"]) == ["10.1.2.3"]


def test_of_several_addresses_only_those_that_may_be_are_called() -> None:
    assert called("https://line.example.org", "10.0.0.1", "93.184.215.14") == ["93.184.215.14"]
    assert called("https://line.example.org", "10.0.0.1", allowed=["10.0.0.1"]) == ["10.0.0.1"]


def test_what_an_address_carries_inside_decides() -> None:
    for inside in ("::ffff:5db8:d70e", "64:ff9b::5db8:d70e"):
        assert called("https://line.example.org", inside) == [inside]
    assert called("https://line.example.org", "::ffff:10.0.0.1", allowed=["10.0.0.0/8"])


def test_a_name_nobody_knows_is_unreachable() -> None:
    with pytest.raises(Refusal) as caught:
        called("https://line.example.org")
    assert caught.value.code == "unreachable"


def test_a_mistyped_list_of_networks_is_named() -> None:
    with pytest.raises(Refusal, match=r"10\.0\.0\.0/99") as caught:
        parse_allowed(["10.0.0.0/8", "10.0.0.0/99"])
    assert caught.value.code == "line-allow"
