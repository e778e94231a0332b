"""Which of a laptop's addresses phones may reach, the likeliest first, and which one is shown."""

import ipaddress
import random
from pathlib import Path

import pytest

from core.base.adapters import Address, Link, addresses, kept, link_of, of_this_machine, offered, pick

WIFI = Address("192.168.4.12", "wlan0", Link.WIFI)
CABLE = Address("10.20.0.7", "eth0", Link.CABLE)
VPN = Address("10.8.0.2", "tun0", Link.VIRTUAL)
DOCKER = Address("172.17.0.1", "docker0", Link.VIRTUAL)
SIX = Address("2001:db8::7", "wlan0", Link.WIFI)
FLEETING = Address("2001:db8::1234", "wlan0", Link.WIFI, is_temporary=True)


def hosts(found: tuple[Address, ...]) -> list[str]:
    return [each.host for each in found]


def test_the_rooms_networks_come_before_vpns_and_bridges_even_where_the_vpn_takes_all_traffic() -> None:
    found = [DOCKER, VPN, CABLE, WIFI]
    for _ in range(10):
        random.shuffle(found)
        ranked = offered(found, routes=[VPN.host, CABLE.host])
        assert hosts(ranked)[:3] == [WIFI.host, CABLE.host, VPN.host]
        assert set(ranked) == set(found)


def test_of_two_alike_the_one_the_system_sends_from_is_likelier() -> None:
    other = Address("10.30.0.7", "eth1", Link.CABLE)
    assert offered([CABLE, other], routes=[other.host]) == (other, CABLE)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "169.254.10.3", "0.0.0.0", "224.0.0.1", "192.0.0.2", "::1", "fe80::1", "ff02::1"]
)
def test_what_no_phone_can_reach_is_not_offered(host: str) -> None:
    assert offered([Address(host, "eth0", Link.CABLE)]) == ()


def test_ipv6_is_offered_where_an_adapter_has_nothing_else() -> None:
    assert offered([SIX, WIFI, CABLE]) == (WIFI, CABLE)
    assert offered([SIX, Address("169.254.1.1", "wlan0", Link.WIFI)]) == (SIX,)
    assert offered([SIX, CABLE]) == (CABLE, SIX)
    assert offered([SIX, VPN]) == (SIX, VPN)


def test_an_ipv6_address_that_lasts_is_offered_rather_than_one_of_today() -> None:
    assert offered([FLEETING, SIX]) == (SIX,)
    assert offered([FLEETING]) == (FLEETING,)


@pytest.mark.parametrize(
    ("adapter", "link"),
    [
        ("wlan0", Link.WIFI), ("wlp3s0", Link.WIFI), ("Wi-Fi 2", Link.WIFI), ("WLAN", Link.WIFI),
        ("eth0", Link.CABLE), ("enp0s31f6", Link.CABLE), ("en0", Link.CABLE), ("Ethernet", Link.CABLE),
        ("docker0", Link.VIRTUAL), ("br-3f9a", Link.VIRTUAL), ("virbr0", Link.VIRTUAL), ("tun0", Link.VIRTUAL),
        ("tap1", Link.VIRTUAL), ("wg0", Link.VIRTUAL), ("utun4", Link.VIRTUAL), ("bridge100", Link.VIRTUAL),
        ("vEthernet (WSL)", Link.VIRTUAL), ("VirtualBox Host-Only Network", Link.VIRTUAL),
        ("OpenVPN TAP-Windows6", Link.VIRTUAL), ("", Link.UNKNOWN),
    ],
)  # fmt: skip
def test_adapters_are_known_by_their_names(adapter: str, link: Link) -> None:
    assert link_of(adapter) is link


def test_an_adapter_that_leads_to_one_other_end_is_a_tunnel() -> None:
    assert link_of("work0", point_to_point=True) is Link.VIRTUAL


def test_this_machine_is_asked_and_what_it_says_is_true() -> None:
    said = [line.split() for line in Path("/proc/net/if_inet6").read_text("ascii").splitlines()]
    sixes = {str(ipaddress.ip_address(bytes.fromhex(line[0]))) for line in said}
    for each in of_this_machine():
        assert each.adapter
        assert not each.is_six or each.host in sixes
    assert all(each.is_for_phones for each in addresses())


def test_the_likeliest_is_shown_until_the_facilitator_chooses() -> None:
    assert pick((WIFI, CABLE)) == WIFI
    assert pick((WIFI, CABLE), kept(CABLE)) == CABLE
    assert pick(()) is None


def test_a_choice_holds_for_the_adapter_when_the_next_venue_gives_another_address() -> None:
    moved = Address("192.168.99.3", "eth0", Link.CABLE)
    assert pick((WIFI, moved), kept(CABLE)) == moved
    nameless = Address("10.1.1.1")
    assert pick((WIFI, nameless), kept(nameless)) == nameless
    assert pick((WIFI, Address("10.2.2.2")), kept(nameless)) == WIFI


def test_what_is_shown_stays_while_it_is_there_but_not_for_want_of_a_better_one() -> None:
    assert pick((WIFI, CABLE), shown=CABLE.host) == CABLE
    assert pick((WIFI, DOCKER), shown=DOCKER.host) == WIFI
    assert pick((CABLE,), shown=WIFI.host) == CABLE


def test_an_unlikely_one_may_be_chosen() -> None:
    assert pick((WIFI, VPN), kept(VPN), shown=WIFI.host) == VPN
