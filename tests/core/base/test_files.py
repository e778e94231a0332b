"""A file is there whole or as it was before; names of files are right on every system."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.files import write_atomically
from core.base.names import LONGEST, file_name, free_path

FORBIDDEN = set('<>:"/\\|?*') | {chr(number) for number in range(32)}


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "record.html"
    path.write_text("old")
    write_atomically(path, "néw")
    assert path.read_bytes() == "néw".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_when_it_cannot_be_written_the_old_one_stays_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "record.html"
    path.write_text("old")

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_for_this_person_only(tmp_path: Path) -> None:
    write_atomically(tmp_path / "settings.json", "{}", mode=0o600)
    assert (tmp_path / "settings.json").stat().st_mode & 0o777 == 0o600


@given(title=st.text())
def test_every_title_gives_a_name_that_every_system_takes(title: str) -> None:
    name = file_name(title, "Workshop")
    assert 0 < len(name) <= LONGEST
    assert not FORBIDDEN & set(name)
    assert name == name.strip(" .")
    assert name.lower() not in {"con", "nul", "com1", "lpt9"}


def test_a_title_stays_readable() -> None:
    assert file_name("A better Bowling Green: what next?", "Workshop") == "A better Bowling Green what next"
    assert file_name("../../..", "Workshop") == "Workshop"
    assert file_name("NUL", "Workshop") == "Workshop"
    assert file_name("ما الذي", "Workshop") == "ما الذي"


def test_a_free_name_is_found(tmp_path: Path) -> None:
    for expected in ("town.sayback", "town 2.sayback", "town 3.sayback"):
        path = free_path(tmp_path, "town", ".sayback")
        assert path.name == expected
        path.touch()
