"""The workshop's file is deleted, moved or written over while it is open (faults.md F13, F14): nothing more is thanked
for, and what was can be saved elsewhere."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from core.base.errors import AlreadyThere, FileGone
from core.session import Health
from core.store.check import check
from core.store.reader import read_board
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


def test_a_copy_is_whole_and_open_to_go_on_in(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        say(session, "The ramp is steep")
        copy = session.save_copy(tmp_path / "copy.sayback").result(10)
    with opened(copy, BEN) as session:
        say(session, "Benches")
    assert texts(copy) == ["Benches", "The ramp is steep"]
    assert check(copy).ok


def texts(path: Path) -> list[str]:
    board = read_board(path)
    return sorted(board.text_of(note) for note in board.notes.values())
