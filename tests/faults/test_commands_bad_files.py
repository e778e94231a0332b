"""F18: a file that is not ours, or newer than we are, is refused by every command and stays as it was."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.cli.program import LONDON, do, new_workshop

Capture = pytest.CaptureFixture[str]
NEWER = 999
OF_SQLITE = {".sayback-shm", ".sayback-wal"}
"""SQLite puts them beside any file that it reads, and empty they mean nothing."""


def not_a_database(file: Path) -> None:
    file.write_bytes(bytes(range(256)) * 20)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def somebody_elses_database(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE bookmarks (url TEXT)")
    database.close()


def a_newer_workshop(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute(f"PRAGMA user_version = {NEWER}")
    database.close()


FOREIGN = (not_a_database, empty, somebody_elses_database)
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check",), ("serve",), ("record", "--out", "OUT"), ("import", str(LONDON)), ("rehearse", str(LONDON)), (),
)  # fmt: skip


def words_of(command: tuple[str, ...], file: Path) -> list[str]:
    """The command with the file after its name; no name is the desk, where there is no screen."""
    out = str(file.with_name("out"))
    return [*command[:1], str(file), *(out if word == "OUT" else word for word in command[1:])]


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0] if command else "desk")
@pytest.mark.parametrize("make", FOREIGN)
def test_what_is_no_workshop_is_refused_and_not_changed(
    make: Callable[[Path], None], command: tuple[str, ...], tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "notes.sayback"
    make(file)
    before = file.read_bytes()
    ended = do(capsys, *words_of(command, file))
    assert ended.code == 1
    assert "not changed" in ended.err
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0] if command else "desk")
def test_a_newer_workshop_is_refused_and_not_changed(
    command: tuple[str, ...], tmp_path: Path, capsys: Capture
) -> None:
    file = new_workshop(capsys, tmp_path / "notes.sayback")
    a_newer_workshop(file)
    before, beside = file.read_bytes(), set(tmp_path.iterdir())
    ended = do(capsys, *words_of(command, file))
    assert ended.code == 1
    assert "newer" in ended.err
    assert str(NEWER) in ended.err
    assert file.read_bytes() == before
    assert {path for path in set(tmp_path.iterdir()) - beside if path.suffix not in OF_SQLITE} == set()
