"""Whether this laptop has mains power, what its battery holds, and whether it would go to sleep by itself; None where
that cannot be known."""

import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

SUPPLIES = Path("/sys/class/power_supply")    # of Linux
SECONDS = 2
GNOME = ("gsettings", "get", "org.gnome.settings-daemon.plugins.power", "sleep-inactive-ac-type")
MAC = ("pmset", "-g")
WINDOWS = ("powercfg", "/query", "SCHEME_CURRENT", "SUB_SLEEP", "STANDBYIDLE")
MAC_MAINS = ("pmset", "-g", "batt")
Run = Callable[[Sequence[str]], str]
"""Runs a command and gives what it said; nothing where it is not there or fails."""


def run(command: Sequence[str]) -> str:
    """What a command of the system says."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


def is_on_mains(supplies: Path = SUPPLIES, ask: Run = run) -> bool | None:
    """Whether the battery is not what it lives on."""
    kinds = {_read(each / "type"): _read(each / "online") for each in sorted(supplies.glob("*"))}
    if kinds:
        return "1" in (kinds.get("Mains"), kinds.get("USB")) or "Battery" not in kinds
    said = ask(MAC_MAINS)
    return "'AC Power'" in said if said else None


def battery_left(supplies: Path = SUPPLIES, ask: Run = run) -> int | None:
    """What the emptiest of its batteries holds, in per cent; None where mains power fills them, too. Windows warns of
    this itself, over every window."""
    if is_on_mains(supplies, ask) is not False:
        return None
    inside = [each for each in sorted(supplies.glob("*")) if _read(each / "scope") != "Device"]    # no mouse's
    held = [_read(each / "capacity") for each in inside if _read(each / "type") == "Battery"]
    found = [int(each) for each in held if each.isdecimal()] or [
        int(each) for each in re.findall(r"\b(\d{1,3})%", ask(MAC_MAINS))
    ]
    return min(found, default=None)


def falls_asleep(ask: Run = run) -> bool | None:
    """Whether it sleeps after a while though it has mains power."""
    if said := ask(GNOME).strip():
        return said != "'nothing'"
    if said := ask(MAC):
        minutes = next((line.split()[1] for line in said.splitlines() if line.split()[:1] == ["sleep"]), "")
        return minutes != "0" if minutes else None
    return _windows(ask(WINDOWS))


def _windows(said: str) -> bool | None:
    """Its last number but one is the seconds until sleep on mains power, in hex."""
    numbers = [line.rpartition("0x")[2] for line in said.splitlines() if "0x" in line]
    return int(numbers[-2], 16) != 0 if len(numbers) >= 2 else None


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
