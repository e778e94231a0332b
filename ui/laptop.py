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
from ui.projector.screens import Screens, SystemScreens
from ui.room_left import free_bytes
from ui.screens.start import Check

ENOUGH_ROOM = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Laptop:
    """What the desk asks the machine it runs on."""

    free: Callable[[Path], int] = free_bytes
    addresses: Addresses = addresses
    now: Callable[[], float] = time.monotonic    # seconds since some moment
    ring: Callable[[], None] = QApplication.beep
    screens: Callable[[QObject], Screens] = SystemScreens


def look_at_laptop(folder: Path, screens: int, addresses: Addresses) -> list[Check]:
    """What is true just now. Asks disk and network: not for the screen's thread."""
    return [_room(folder), _address(addresses()), _projector(screens)]


def _room(folder: Path) -> Check:
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if shutil.disk_usage(there).free >= ENOUGH_ROOM:
        return Check(_("Room for notes on the disk"), good=True)
    return Check(_("The disk is nearly full. Make room first."), good=False)


def _address(found: Sequence[Address]) -> Check:
    if found:
        return Check(_("Phones can find it at {address}").format(address=found[0].host), good=True)
    return Check(_("No network yet. Join the room’s Wi-Fi."), good=False)


def _projector(screens: int) -> Check:
    if screens > 1:
        return Check(_("Projector: second screen found"), good=True)
    return Check(_("No projector plugged in yet"), good=False)
