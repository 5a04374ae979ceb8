"""A certificate is a frame for a line key, and is checked as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.line.tls import check_line_certificate, self_signed
from line.wire import (
    DAY,
    XA,
    XB,
    a_key,
    der,
)


def test_the_same_key_party_and_time_give_the_same_certificate() -> None:
    assert self_signed(a_key(1), "XA", DAY) == XA.certificate
    check_line_certificate(der(XA), a_key(1).public_key().public_bytes_raw())


@pytest.mark.parametrize(
    "certificate",
    [
        pytest.param(der(XB), id="of another key"),
        pytest.param(der(XA) + b"\0", id="with something behind"),
        pytest.param(b"", id="empty"),
        pytest.param(b"junk", id="junk"),
    ],
)
def test_a_line_certificate_that_does_not_frame_the_line_key_is_refused(certificate: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        check_line_certificate(certificate, a_key(1).public_key().public_bytes_raw())
    assert caught.value.code == "line-cert"


@given(raw=st.binary(max_size=200))
def test_no_bytes_in_place_of_a_certificate_break_the_check(raw: bytes) -> None:
    with pytest.raises(Refusal):
        check_line_certificate(raw, bytes(32))
