"""The addresses of this machine as Qt tells of them, for systems where the core cannot ask the adapters."""

import sys

from core.base.adapters import Address, Addresses, Link, addresses, link_of, offered, sends_from


def for_this_system() -> Addresses:
    """The better way to ask: on Linux the core knows more, elsewhere Qt does."""
    return addresses if sys.platform == "linux" else qt_addresses


def qt_addresses() -> tuple[Address, ...]:
    """This machine's addresses that phones may reach, the likeliest first. From any thread."""
    return offered(_all(), sends_from())


def _all() -> list[Address]:
    from PySide6.QtNetwork import QNetworkAddressEntry, QNetworkInterface  # 3 MB that Linux does without

    flag, kinds = QNetworkInterface.InterfaceFlag, QNetworkInterface.InterfaceType
    found = []
    for adapter in QNetworkInterface.allInterfaces():
        name, flags = adapter.humanReadableName() or adapter.name(), adapter.flags()
        if not flags & flag.IsRunning or flags & flag.IsLoopBack:
            continue
        link = link_of(name, point_to_point=bool(flags & flag.IsPointToPoint))
        if adapter.type() is kinds.Wifi and link is not Link.VIRTUAL:
            link = Link.WIFI
        for entry in adapter.addressEntries():
            host = entry.ip().toString().partition("%")[0]
            fleeting = ":" in host and entry.dnsEligibility() is QNetworkAddressEntry.DnsEligibilityStatus.DnsIneligible
            found.append(Address(host, name, link, fleeting))
    return found
