"""Which network addresses may be asked on behalf of a document that a stranger wrote."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.service.public_address import is_public


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - refused, not bound to
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.1.2.3",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "localhost",
        "",
        "127.1",
        "0x7f000001",
    ],
)
def test_what_is_not_the_public_internet_is_not_asked(address: str) -> None:
    """Own machine, own network, cloud metadata, and each way of wrapping them in IPv6."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34", "2002:5db8:d822::1"],
)
def test_public_addresses_are_asked(address: str) -> None:
    """A check that refuses everything would pass every other test."""
    assert is_public(address)


@given(number=st.integers(0, 2**32 - 1))
def test_wrapping_an_address_in_ipv6_changes_nothing(number: int) -> None:
    """Mapped, compatible, NAT64 and 6to4 addresses end at the IPv4 address inside them."""
    plain = ipaddress.IPv4Address(number)
    wrapped = [
        ipaddress.IPv6Address(0xFFFF << 32 | number),
        ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) | number),
        ipaddress.IPv6Address(0x2002 << 112 | number << 80),
    ]

    assert {is_public(str(address)) for address in wrapped} == {is_public(str(plain))}
