"""The addresses of this machine that phones may reach, and which of them is the likeliest."""

import ipaddress
import re
import socket
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

# Nothing is sent there: the system only says which of its addresses it would send from.
FAR_PLACES = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254", "2001:db8::1")
TRANSLATED = ipaddress.ip_network("192.0.0.0/24")
"""What a laptop on a network of IPv6 alone calls itself towards its old programs; no phone can reach it."""
VIRTUAL = re.compile(
    r"^(docker|podman|br-|bridge|virbr|veth|vnet|vmnet|vboxnet|lxc|lxd|cni|cali|flannel|tun|tap|wg|ppp|utun|ipsec|zt"
    r"|tailscale|nordlynx|proton|dummy|ifb|awdl|llw|gif|stf|feth)"
    r"|vEthernet|VirtualBox|VMware|Hyper-V|\bWSL\b|VPN|WireGuard|TAP-|ZeroTier|Tailscale|Docker",
    re.IGNORECASE,
)
WIRELESS = re.compile(r"^wl|wi-?fi|wlan|wireless|^ath\d", re.IGNORECASE)
NETWORK = Path("/sys/class/net")
SIXES = Path("/proc/net/if_inet6")
LIST_ADDRESSES, GET_FLAGS = 0x8912, 0x8913    # Linux: SIOCGIFCONF, SIOCGIFFLAGS
IS_UP, IS_LOOPBACK, IS_POINT_TO_POINT, IS_RUNNING = 0x1, 0x8, 0x10, 0x40
IS_TEMPORARY, IS_USELESS = 0x01, 0x08 | 0x20 | 0x40    # of IPv6 addresses: no more used, refused, not yet tested
ROOM_FOR_ADDRESSES = 16 * 1024
REQUEST = 40 if struct.calcsize("P") == 8 else 32    # one `struct ifreq`


class Link(Enum):
    """What kind of adapter an address belongs to."""

    WIFI = auto()
    CABLE = auto()
    VIRTUAL = auto()    # a VPN, a tunnel, a bridge of other programs: seldom one that phones can reach
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Address:
    """One address of this machine, and the adapter it belongs to, as far as the system says."""

    host: str
    adapter: str = ""
    link: Link = Link.UNKNOWN
    is_temporary: bool = False    # IPv6: another one takes its place within a day

    @property
    def is_six(self) -> bool:
        """Whether it is an IPv6 address."""
        return ":" in self.host

    @property
    def is_for_phones(self) -> bool:
        """Whether another device could use it at all."""
        found = ipaddress.ip_address(self.host)
        local = found.is_loopback or found.is_link_local or found.is_unspecified or found.is_multicast
        return not local and found not in TRANSLATED


Addresses = Callable[[], Sequence[Address]]
"""Asks a machine for its addresses, as `addresses` does."""


def addresses() -> tuple[Address, ...]:
    """This machine's addresses that phones may reach, the likeliest first; none without a network."""
    return offered(of_this_machine(), sends_from())


def offered(found: Iterable[Address], routes: Sequence[str] = ()) -> tuple[Address, ...]:
    """Those that phones may reach, the likeliest first. `routes` are the addresses the system sends from, in the order
    in which it would. Wi-Fi goes before the cable, because phones are on it. IPv6 is for adapters that have nothing
    else: every phone there has IPv4 too, and people can type that."""
    usable = [each for each in found if each.is_for_phones]
    with_four = {each.adapter for each in usable if each.adapter and not each.is_six}
    with_lasting = {each.adapter for each in usable if not each.is_temporary}
    wanted = [
        each for each in usable
        if not (each.is_six and each.adapter in with_four) and not (each.is_temporary and each.adapter in with_lasting)
    ]  # fmt: skip
    places = {host: place for place, host in enumerate(routes)}

    def unlikely(each: Address) -> tuple[bool, bool, bool, int]:
        is_virtual, is_cable = each.link is Link.VIRTUAL, each.link is not Link.WIFI
        return is_virtual, each.is_six, is_cable, places.get(each.host, len(places))

    return tuple(dict.fromkeys(sorted(wanted, key=unlikely)))


def pick(found: Sequence[Address], chosen: str = "", shown: str = "") -> Address | None:
    """The one to show: what the facilitator chose (see `kept`); else what is shown already, unless that is the unlikely
    one now; else the likeliest. A QR code must not change under people's eyes without need."""
    host, _, adapter = chosen.partition(" ")

    def unlike(each: Address) -> tuple[bool, bool, bool, bool]:
        return (
            each.host != host, not adapter or each.adapter != adapter, each.link is Link.VIRTUAL, each.host != shown
        )  # fmt: skip

    return min(found, key=unlike, default=None)    # of equals the first, which is the likeliest


def kept(address: Address) -> str:
    """How a choice is remembered: the next venue gives the same adapter another address."""
    return f"{address.host} {address.adapter}".rstrip()


def link_of(adapter: str, *, point_to_point: bool = False) -> Link:
    """What kind of adapter this is, by its name."""
    if point_to_point or VIRTUAL.search(adapter):
        return Link.VIRTUAL
    if WIRELESS.search(adapter):
        return Link.WIFI
    return Link.CABLE if adapter else Link.UNKNOWN


def sends_from() -> tuple[str, ...]:
    """The addresses this machine sends from, first to the world."""
    return tuple(dict.fromkeys(filter(None, map(_source_towards, FAR_PLACES))))


def of_this_machine() -> tuple[Address, ...]:
    """All addresses of the adapters that are on, in no order; of systems other than Linux what can be found without
    asking the adapters."""
    if sys.platform == "linux":
        return (*_fours(), *_sixes())
    else:
        return tuple(Address(host) for host in dict.fromkeys((*sends_from(), *_of_own_name())))


def _source_towards(place: str) -> str | None:
    family = socket.AF_INET6 if ":" in place else socket.AF_INET
    with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as sock:
        sock.connect((place, 9))
        return str(sock.getsockname()[0])
    return None


def _of_own_name() -> list[str]:
    with suppress(OSError):
        return [str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None)]
    return []


def _fours() -> Iterator[Address]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for label, host in _labelled(sock):
            adapter = label.partition(":")[0]    # a second address of an adapter may be labelled eth0:1
            flags = _flags(sock, adapter)
            if flags & IS_UP and flags & IS_RUNNING and not flags & IS_LOOPBACK:
                yield Address(host, adapter, _link(adapter, flags))


def _labelled(sock: socket.socket) -> Iterator[tuple[str, str]]:
    import array
    import fcntl  # not there on Windows

    room = array.array("B", bytes(ROOM_FOR_ADDRESSES))
    start, _ = room.buffer_info()
    asked = struct.pack("iP", len(room), start)
    used, _ = struct.unpack("iP", fcntl.ioctl(sock, LIST_ADDRESSES, asked))
    for at in range(0, used, REQUEST):
        entry = room[at : at + REQUEST].tobytes()
        yield _name(entry), socket.inet_ntoa(entry[20:24])


def _flags(sock: socket.socket, adapter: str) -> int:
    import fcntl

    asked = struct.pack(f"{REQUEST}s", adapter.encode())
    with suppress(OSError):    # it was unplugged just now
        return int.from_bytes(fcntl.ioctl(sock, GET_FLAGS, asked)[16:18], sys.byteorder)
    return 0


def _name(entry: bytes) -> str:
    return entry[:16].partition(b"\0")[0].decode(errors="replace")


def _sixes() -> Iterator[Address]:
    """Each line: address, number of the adapter, length of the prefix, scope, flags (all hexadecimal), adapter."""
    with suppress(FileNotFoundError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:    # no IPv6 here
        for line in SIXES.read_text(encoding="ascii").splitlines():
            host, _number, _prefix, _scope, kind, adapter = line.split()
            flags = _flags(sock, adapter)
            if flags & IS_RUNNING and not flags & IS_LOOPBACK and not int(kind, 16) & IS_USELESS:
                named = str(ipaddress.ip_address(bytes.fromhex(host)))
                yield Address(named, adapter, _link(adapter, flags), bool(int(kind, 16) & IS_TEMPORARY))


def _link(adapter: str, flags: int) -> Link:
    found = link_of(adapter, point_to_point=bool(flags & IS_POINT_TO_POINT))
    is_radio = found is Link.CABLE and (NETWORK / adapter / "phy80211").exists()
    return Link.WIFI if is_radio else found
