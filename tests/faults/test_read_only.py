"""A workshop on a locked stick or in an archive can be looked at and copied, nothing is written there, and nobody meets
a traceback (faults.md F12)."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.cli.program import HOUSE, LONDON, SECONDS, Ended
from tests.core.pictures import drawing
from tests.core.workshops import made, note, say
from tests.faults.test_log_disk import OWN_MOUNTS, can

pytestmark = pytest.mark.faults
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
AS_NOBODY_SPECIAL = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if IS_ROOT else ()
"""Root may write everywhere; without its capabilities the rights of a folder count for it, too."""
ON_A_LOCKED_STICK = """
mount -t tmpfs -o size=24m tmpfs "$1" && cp -a "$2/." "$1" && mount -o remount,ro "$1" && shift 2 && exec "$@"
"""


@pytest.fixture(params=["closed", "copied while it was open"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A folder with a workshop as it was closed, or with its newest notes in the WAL still."""
    live, folder = tmp_path / "live", tmp_path / "folder"
    live.mkdir()
    with made(live / "park.sayback") as session:
        say(session, "The ramp is steep")
        drawn = replace(note(session, "A drawing of the pond"), picture=drawing().hash)
        session.do_with_picture(drawn, drawing()).result(10)
        if request.param != "closed":
            shutil.copytree(live, folder, ignore=shutil.ignore_patterns("*.lock", "*.reserve", "*-shm"))
    if request.param == "closed":
        shutil.copytree(live, folder)
    else:
        assert (folder / "park.sayback-wal").stat().st_size
    return folder


def on_a_locked_stick(folder: Path, stick: Path, *words: str | Path) -> Ended:
    stick.mkdir(exist_ok=True)
    return ended("unshare", "-m", "sh", "-c", ON_A_LOCKED_STICK, "sh", stick, folder, *words)


def ended(*words: str | Path) -> Ended:
    done = subprocess.run(words, cwd=HOUSE, capture_output=True, text=True, timeout=SECONDS)
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def locked(folder: Path) -> Iterator[Path]:
    """The folder and its files without the right to write."""
    everything = [folder, *folder.iterdir()]
    for each in everything:
        each.chmod(0o555 if each.is_dir() else 0o444)
    yield folder
    for each in everything:
        each.chmod(0o755)


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


LOOK = (sys.executable, "-m", "tests.faults.read_only")
MAIN = (sys.executable, "main.py")


@OWN_MOUNTS
def test_on_a_locked_stick_it_is_looked_at_and_copied(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    done = on_a_locked_stick(folder, stick, *LOOK, stick / "park.sayback", tmp_path)
    assert (done.code, done.out) == (0, "looked\n"), done.err


@pytest.mark.skipif(IS_ROOT and not can("setpriv", "--version"), reason="root may write everywhere here")
def test_in_a_locked_folder_it_is_looked_at_and_copied_and_nothing_changes(locked: Path, tmp_path: Path) -> None:
    before = bytes_in(locked)
    done = ended(*AS_NOBODY_SPECIAL, *LOOK, locked / "park.sayback", tmp_path)
    assert (done.code, done.out) == (0, "looked\n"), done.err
    assert bytes_in(locked) == before


@OWN_MOUNTS
@pytest.mark.parametrize("command", [("serve",), ("slips", "--count", "3"), ("import", str(LONDON))])
def test_what_would_write_says_kindly_why_it_cannot(folder: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    stick = tmp_path / "stick"
    done = on_a_locked_stick(folder, stick, *MAIN, command[0], stick / "park.sayback", *command[1:])
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        "This workshop lies where nothing can be written, so it can only be looked at.",
        "Make a copy in another folder, and go on in the copy.",
    ]


@OWN_MOUNTS
def test_the_record_is_made_and_the_file_checked_there(folder: Path, tmp_path: Path) -> None:
    stick, out = tmp_path / "stick", tmp_path / "record"
    made_record = on_a_locked_stick(folder, stick, *MAIN, "record", stick / "park.sayback", "--out", out)
    assert made_record.code == 0, made_record.err
    assert "The ramp is steep" in (out / "record.html").read_text("utf-8")
    checked = on_a_locked_stick(folder, stick, *MAIN, "check", stick / "park.sayback")
    assert checked.json()["ok"] is True, checked
