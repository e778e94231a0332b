"""Whether this laptop is ready for people: room on the disk, an address phones can find, a projector."""

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from core.base.adapters import Address, Addresses, addresses
from core.base.language import _
from core.base.power import battery_left, falls_asleep, is_on_mains
from ui.projector.screens import Screens, SystemScreens
from ui.watching.watches import free_bytes

ENOUGH_ROOM = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be so before people come, whether it is, and what to do where it is not."""

    text: str
    good: bool
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Laptop:
    """What the desk asks the machine it runs on."""

    free: Callable[[Path], int] = free_bytes
    addresses: Addresses = addresses
    now: Callable[[], float] = time.monotonic    # seconds since some moment
    mains: Callable[[], bool | None] = is_on_mains
    sleeps: Callable[[], bool | None] = falls_asleep
    battery: Callable[[], int | None] = battery_left
    ring: Callable[[], None] = QApplication.beep
    screens: Callable[[QObject], Screens] = SystemScreens


@dataclass(frozen=True, slots=True)
class Standing:
    """What the desk itself knows: how many screens there are, and of a workshop that is open how phones come in."""

    screens: int
    address: str = ""
    busy_port: int = 0
    reached: bool = False
    is_open: bool = False


def look_at_laptop(folder: Path, screens: int, addresses: Addresses) -> list[Check]:
    """What is true just now. Asks disk and network: not for the screen's thread."""
    return [_room(folder), _address(addresses()), _projector(screens)]


def look_closely(folder: Path, laptop: Laptop, standing: Standing) -> list[Check]:
    """All that must be so before people come, and what to do where it is not. Asks disk, network and system."""
    at_the_door = [_phones(standing)] if standing.is_open else []
    return [
        *look_at_laptop(folder, standing.screens, laptop.addresses), *at_the_door, _power(laptop.mains()),
        _sleep(laptop.sleeps()),
    ]  # fmt: skip


def _phones(standing: Standing) -> Check:
    if not standing.address:
        return Check(_("Phones cannot come in yet"), good=False, todo=_("Join the room’s Wi-Fi, then look again."))
    if standing.busy_port:
        busy = _("Port {port} was busy: printed posters are wrong").format(port=standing.busy_port)
        return Check(busy, good=False, todo=_("Close the other program and open the workshop again, or print anew."))
    if standing.reached:
        return Check(_("A phone has reached {address}").format(address=standing.address), good=True)
    todo = _("Scan the code on the join view (F4) with your own phone.")
    return Check(_("No phone has reached {address} yet").format(address=standing.address), good=False, todo=todo)


def _power(mains: bool | None) -> Check:
    if mains:
        return Check(_("The laptop has mains power"), good=True)
    if mains is None:
        return Check(_("Mains power: cannot be seen from here"), good=False, todo=_("See that the lead is plugged in."))
    return Check(_("The laptop runs on its battery"), good=False, todo=_("Plug it in."))


def _sleep(sleeps: bool | None) -> Check:
    if sleeps is False:
        return Check(_("The laptop does not go to sleep by itself"), good=True)
    what = _("The laptop goes to sleep by itself") if sleeps else _("Sleep: cannot be seen from here")
    todo = _("In the system’s settings for power, turn sleep off while it is plugged in, and leave the lid open.")
    return Check(what, good=False, todo=todo)


def _room(folder: Path) -> Check:
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if shutil.disk_usage(there).free >= ENOUGH_ROOM:
        return Check(_("Room for notes on the disk"), good=True)
    todo = _("Empty the recycle bin, or move large files away.")
    return Check(_("The disk is nearly full. Make room first."), good=False, todo=todo)


def _address(found: Sequence[Address]) -> Check:
    if found:
        return Check(_("Phones can find it at {address}").format(address=found[0].host), good=True)
    todo = _("Or let a phone share its network, and join that.")
    return Check(_("No network yet. Join the room’s Wi-Fi."), good=False, todo=todo)


def _projector(screens: int) -> Check:
    if screens > 1:
        return Check(_("Projector: second screen found"), good=True)
    todo = _("Plug it in. Without one, F5 shows the same in a window.")
    return Check(_("No projector plugged in yet"), good=False, todo=todo)
