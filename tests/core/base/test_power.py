"""What the systems say of power and sleep, and what is understood of it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from core.base.power import GNOME, MAC, MAC_MAINS, WINDOWS, Run, battery_left, falls_asleep, is_on_mains, run

POWERCFG = """
    Possible Settings units: Seconds
    Current AC Power Setting Index: {ac}
    Current DC Power Setting Index: 0x00000384
"""


def saying(command: Sequence[str], words: str) -> Run:
    return lambda asked: words if tuple(asked) == tuple(command) else ""


@pytest.mark.parametrize(
    ("command", "said", "asleep"),
    [
        (GNOME, "'nothing'\n", False), (GNOME, "'suspend'\n", True),
        (MAC, " standby 1\n sleep                0 (sleep prevented by us)\n", False), (MAC, " sleep 10\n", True),
        (MAC, "no such thing", None), (WINDOWS, POWERCFG.format(ac="0x00000000"), False),
        (WINDOWS, POWERCFG.format(ac="0x00000708"), True), (WINDOWS, "Access denied", None), (("other",), "x", None),
    ],
)  # fmt: skip
def test_whether_it_sleeps(command: Sequence[str], said: str, asleep: bool | None) -> None:
    assert falls_asleep(saying(command, said)) is asleep


@pytest.mark.parametrize(
    ("supplies", "mains"),
    [
        ({"AC": ("Mains", "1"), "BAT0": ("Battery", "")}, True),
        ({"AC": ("Mains", "0"), "BAT0": ("Battery", "")}, False),
        ({"ucsi": ("USB", "1"), "BAT0": ("Battery", "")}, True), ({"BAT0": ("Battery", "")}, False),
        ({"AC": ("Mains", "0")}, True),
    ],
)  # fmt: skip
def test_whether_it_has_mains_power_on_linux(tmp_path: Path, supplies: dict[str, tuple[str, str]], mains: bool) -> None:
    for name, (kind, online) in supplies.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "type").write_text(kind)
        if online:
            (tmp_path / name / "online").write_text(online)
    assert is_on_mains(tmp_path, saying(("other",), "")) is mains


def test_whether_it_has_mains_power_elsewhere(tmp_path: Path) -> None:
    assert is_on_mains(tmp_path, saying(MAC_MAINS, "Now drawing from 'AC Power'\n")) is True
    assert is_on_mains(tmp_path, saying(MAC_MAINS, "Now drawing from 'Battery Power'\n")) is False
    assert is_on_mains(tmp_path, saying(MAC_MAINS, "")) is None


def test_a_command_that_is_not_there_or_fails_says_nothing() -> None:
    assert run(("no-such-command-anywhere",)) == ""
    assert run(("false",)) == ""


def test_what_the_battery_holds_is_asked_where_nothing_fills_it(tmp_path: Path) -> None:
    parts = {
        "AC": ("Mains", "0", ""), "BAT0": ("Battery", "", "17"), "BAT1": ("Battery", "", "64"),
        "mouse": ("Battery", "", "3"),
    }  # fmt: skip
    for name, (kind, online, capacity) in parts.items():
        (tmp_path / name).mkdir()
        for file, text in (("type", kind), ("online", online), ("capacity", capacity)):
            (tmp_path / name / file).write_text(text)
    (tmp_path / "mouse" / "scope").write_text("Device")
    nothing = saying(("other",), "")
    assert battery_left(tmp_path, nothing) == 17
    (tmp_path / "AC" / "online").write_text("1")
    assert battery_left(tmp_path, nothing) is None


def test_what_the_battery_holds_elsewhere(tmp_path: Path) -> None:
    said = "Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t41%; discharging; 2:10 remaining\n"
    assert battery_left(tmp_path, saying(MAC_MAINS, said)) == 41
    assert battery_left(tmp_path, saying(MAC_MAINS, said.replace("Battery Power", "AC Power"))) is None
    assert battery_left(tmp_path, saying(MAC_MAINS, "")) is None
