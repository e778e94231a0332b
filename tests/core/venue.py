"""The networks of a place, as a machine would tell of them. Every Linux answers at all of 127.0.0.0/8."""

from core.base.adapters import Address, Link

WIFI = Address("127.0.0.2", "wlan0", Link.WIFI)
CABLE = Address("127.0.0.3", "eth0", Link.CABLE)
VPN = Address("127.0.0.4", "tun0", Link.VIRTUAL)
SIX = Address("::1", "wlan0", Link.WIFI)
PHONE = "127.0.0.9"
"""None of ours: who comes from there is another machine."""


class Venue:
    """Asked again and again; a test changes what it finds."""

    def __init__(self, *found: Address) -> None:
        self.found: tuple[Address, ...] = found

    def __call__(self) -> tuple[Address, ...]:
        return self.found
