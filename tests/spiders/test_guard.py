"""Addresses that are not public are refused in whatever form they come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.guard import Allow, Refused, check_address, check_url

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
    "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1", "168.63.129.16", "192.0.0.192",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="拒绝连接"):
        check_address(address, Allow())


@pytest.mark.parametrize("address", ["1.1.1.1", "114.114.114.114", "2400:3200::1"])
def test_public_addresses_pass(address: str) -> None:
    check_address(address, Allow())


def test_an_allow_list_opens_just_its_networks() -> None:
    allow = Allow.parse(["10.1.0.0/16", "localhost"])
    check_address("10.1.2.3", allow)
    check_address("127.0.0.1", allow)
    for other in ("10.2.0.1", "192.168.0.1", "::ffff:10.2.0.1"):
        with pytest.raises(Refused):
            check_address(other, allow)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=6, network="fc00::/7"))
def test_no_private_address_slips_through(address: object) -> None:
    with pytest.raises(Refused):
        check_address(str(address), Allow())


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "gopher://a.example/", "//a.example/", "http://2130706433/", "http://0x7f000001/",
     "http://0177.0.0.1/", "http://127.1/", "http://user@a.example/", "http://a.example:99999/",
     "http://[::1/", ""],
)  # fmt: skip
def test_odd_addresses_are_refused(url: str) -> None:
    with pytest.raises(Refused):
        check_url(url)


@pytest.mark.parametrize(
    "url",
    ["http://a.example/", "https://新闻.example/列表?页=1", "http://10.0.0.1:8080/x", "HTTP://A.EXAMPLE"],
)
def test_plain_addresses_pass(url: str) -> None:
    check_url(url)
