"""The workshop's file is deleted, moved or written over while it is open (faults.md F13, F14): nothing more is thanked
for, and what was can be saved elsewhere."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.base.errors import AlreadyThere, FileGone
from core.session import Health
from core.store.check import check
from core.store.reader import read_board, reading
from tests.core.table import person
from tests.core.workshops import BEN, made, opened, say
from tests.web.phones import until


def deleted(path: Path) -> None:
    path.unlink()


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.sayback"))


def replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"something else")
    other.replace(path)


def its_folder_went(path: Path) -> None:
    path.parent.rename(path.parent.with_name("unplugged"))


GONE: tuple[Callable[[Path], None], ...] = (deleted, moved, replaced, its_folder_went)
PAGES_BEFORE_SQLITE_TIDIES = 1000    # sqlite.org/pragma.html, wal_autocheckpoint


@pytest.mark.parametrize("goes", GONE)
def test_nothing_more_is_thanked_for_and_all_of_it_can_be_saved_elsewhere(
    tmp_path: Path, goes: Callable[[Path], None]
) -> None:
    path = tmp_path / "stick" / "park.sayback"
    path.parent.mkdir()
    with made(path) as session:
        say(session, "The ramp is steep")
        goes(path)
        with pytest.raises(FileGone):
            say(session, "Benches")
        assert session.health is Health.GONE
        copy = session.save_copy(tmp_path / "copy.sayback").result(10)
        with pytest.raises(AlreadyThere):
            session.save_copy(copy).result(10)
    assert texts(copy) == ["The ramp is steep"]
    assert check(copy).ok


def test_it_is_noticed_while_nobody_says_anything_and_goes_on_when_the_file_is_back(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        say(session, "The ramp is steep")
        told: list[Health] = []
        session.subscribe(lambda change: told.append(session.health))
        moved(path)
        until(lambda: told == [Health.GONE])
        path.with_name("elsewhere.sayback").rename(path)
        until(lambda: told == [Health.GONE, Health.GOOD])
        say(session, "Benches")
    assert texts(path) == ["Benches", "The ramp is steep"]
    assert check(path).ok


def test_a_file_that_was_written_over_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        say(session, "The ramp is steep")
        shutil.copyfile(__file__, path)
        with pytest.raises(FileGone):
            say(session, "Benches")


def test_an_older_copy_that_was_put_over_it_is_noticed(tmp_path: Path) -> None:
    path, older = tmp_path / "park.sayback", tmp_path / "older"
    with made(path) as session:
        say(session, "The ramp is steep")
    shutil.copyfile(path, older)
    with opened(path) as session:
        session.erase(person("Ada")).result(10)    # which brings everything into the file itself
        shutil.copyfile(older, path)
        with pytest.raises(FileGone):
            say(session, "Trees")


def test_a_file_that_is_only_marked_as_changed_is_still_ours(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        say(session, "The ramp is steep")
        os.utime(path, (1, 1))    # as a program does that keeps copies
        say(session, "Benches")
    assert texts(path) == ["Benches", "The ramp is steep"]


def test_what_a_crash_left_beside_the_file_may_be_brought_into_it_by_anything_we_write(tmp_path: Path) -> None:
    """What waits in the -wal of a crash is moved into the file by the first thing that is written: here not a note."""
    path, crashed = tmp_path / "park.sayback", tmp_path / "crashed.sayback"
    with made(path) as session, reading(path) as onlooker:
        onlooker.execute("SELECT count(*) FROM event").fetchone()    # so nothing is brought into the file yet
        while wal_pages(path) <= PAGES_BEFORE_SQLITE_TIDIES:
            say(session, "The ramp is steep")
        for ending in ("", "-wal"):
            shutil.copyfile(f"{path}{ending}", f"{crashed}{ending}")
        size = crashed.stat().st_size
    with opened(crashed) as session:
        session.set_local("port", "8000").result(10)
        assert crashed.stat().st_size > size
        say(session, "Benches")
    assert "Benches" in texts(crashed)


def test_a_copy_is_whole_and_open_to_go_on_in(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        say(session, "The ramp is steep")
        copy = session.save_copy(tmp_path / "copy.sayback").result(10)
    with opened(copy, BEN) as session:
        say(session, "Benches")
    assert texts(copy) == ["Benches", "The ramp is steep"]
    assert check(copy).ok


def wal_pages(path: Path) -> int:
    return Path(f"{path}-wal").stat().st_size // 4120    # a page and its header


def texts(path: Path) -> list[str]:
    board = read_board(path)
    return sorted(board.text_of(note) for note in board.notes.values())
