"""Status lists of single bits."""

from __future__ import annotations

import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.trust.bitstring import MAX_BYTES, Bitstring, BitstringError, decode_bitstring


def encode(data: bytes, prefix: str = "u") -> str:
    """Return a list as a status list credential holds it."""
    packed = gzip.compress(data, mtime=0)
    return prefix + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def test_the_first_place_is_the_leftmost_bit() -> None:
    """The standard counts from the most significant bit; counting the other way frees the wrong."""
    bits = decode_bitstring(encode(b"\x80\x01"))

    assert [index for index in range(bits.bits) if bits.at(index)] == [0, 15]


@given(data=st.binary(min_size=1, max_size=64), size=st.integers(1, 8))
def test_places_read_in_order_are_the_list(data: bytes, size: int) -> None:
    """Whatever the width of a place, the places side by side are the bits from the left."""
    bits = decode_bitstring(encode(data))
    count = bits.bits // size

    read = "".join(f"{bits.at(index, size):0{size}b}" for index in range(count))

    assert read == "".join(f"{byte:08b}" for byte in data)[: count * size]


@pytest.mark.parametrize(("index", "size"), [(16, 1), (8, 2), (-1, 1), (10**30, 1)])
def test_a_place_outside_the_list_is_an_error(index: int, size: int) -> None:
    """To call it zero would call a credential good that the list says nothing of."""
    with pytest.raises(BitstringError, match="outside the list"):
        Bitstring(b"\x00\x00").at(index, size)


@pytest.mark.parametrize(
    ("encoded", "said"),
    [
        (encode(b"\x00", prefix=""), "does not begin with u"),
        ("u!!!", "no base64url"),
        ("uAAAA", "no gzip"),
        (encode(b"\x00" * 100)[:-12], "cut off"),
        (encode(b"\x00" * (MAX_BYTES + 1)), "larger than"),
    ],
)
def test_a_list_that_is_none_is_refused_with_its_reason(encoded: str, said: str) -> None:
    """A list of a few bytes may unpack to gigabytes; it is inflated no further than the bound."""
    with pytest.raises(BitstringError, match=said):
        decode_bitstring(encoded)


def test_lists_of_2021_have_no_prefix() -> None:
    """StatusList2021 wrote base64url without saying so."""
    assert decode_bitstring(encode(b"\xff", prefix=""), multibase=False).at(3) == 1
