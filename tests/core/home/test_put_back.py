"""A home in a folder that was put back from an older copy: it gives no number again, also before any desk comes."""

import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core.base.ids import new_id
from core.domain.events import EPOCH_SIZE
from core.home.shelf import FolderShelf, invitations_of, workshop_files
from core.store.parcels import Parcels
from core.store.reader import read_board, read_log
from core.sync.invitations import as_shown
from core.sync.roles import Role
from tests.core.home.online import a_home, browser, shared, sharing
from tests.core.home.processes import Process, a_process, is_thanked
from tests.core.home.test_faults_of_a_home import assert_gapless
from tests.core.home.test_killed_home import assert_nothing_lost
from tests.core.workshops import say


@pytest.mark.faults
@pytest.mark.alone
@pytest.mark.parametrize("is_running", [True, False], ids=["copied while it ran", "copied while it was stopped"])
def test_a_home_that_is_restored_elsewhere_gives_no_number_again_even_before_a_desk_comes(
    is_running: bool, tmp_path: Path
) -> None:
    with a_process(tmp_path / "home") as home:
        ann = shared(tmp_path / "ann", home.desks, as_shown(invitations_of(home.data).make(Role.ORGANISER)))
        try:
            say(ann.session, "before the copy")
            ann.waits()
            copied(home, tmp_path / "copy", is_running=is_running)
            say(ann.session, "after the copy")
            ann.waits()
            had = {row.seq: row.id for row in read_log(ann.path)[0]}
            ann.link.stop()
            home.end(signal.SIGKILL)
            elsewhere = Process(tmp_path / "elsewhere")
            shutil.copytree(tmp_path / "copy", elsewhere.data)
            elsewhere.start()
            try:
                with browser(elsewhere.people, ann.code) as phone:
                    assert is_thanked(phone, "said while it was not yet whole", new_id())
                (kept,) = workshop_files(elsewhere.data)
                given = {row.seq: row.id for row in read_log(kept)[0]}
                assert [seq for seq in given if had.get(seq, given[seq]) != given[seq]] == []
                ann.meets(replace(ann.home, address=elsewhere.desks))
                words = ["before the copy", "after the copy", "said while it was not yet whole"]
                assert_nothing_lost(elsewhere, (ann,), words)
            finally:
                elsewhere.close()
        finally:
            ann.close()


def copied(home: Process, place: Path, *, is_running: bool) -> None:
    """A back-up of the home's folder."""
    if not is_running:
        assert home.end(signal.SIGTERM) == 0
    shutil.copytree(home.data, place)
    if not is_running:
        home.start()


def nothing(path: Path) -> None:
    """An ordinary start after an ordinary end."""


def copied_in_place(path: Path) -> None:
    """The same file, byte by byte, as rsync and cp write it: into the one that is there."""
    said, times = path.read_bytes(), path.stat()
    path.write_bytes(said)


    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def without_a_seal(path: Path) -> None:
    """As after a crash, or from a Sayback that had no seal."""
    path.with_name(path.name + ".seal").unlink()


@pytest.mark.parametrize(("happens", "epochs"), [(nothing, 1), (copied_in_place, 2), (without_a_seal, 2)])
def test_a_new_epoch_begins_only_where_the_file_is_not_as_it_was_closed(
    happens: Callable[[Path], None], epochs: int, tmp_path: Path
) -> None:
    with a_home(tmp_path / "home") as online, sharing(online, tmp_path / "ann") as ann:
        say(ann.session, "one")
        ann.waits()
    (path,) = workshop_files(tmp_path / "home")
    happens(path)
    said_again(FolderShelf(tmp_path / "home"), path)
    assert len(epochs_of(path)) == 1 + epochs    # one is the desk's own, of before it shared


def test_who_says_that_it_was_restored_is_believed_and_starts_without_a_word_cost_nothing(tmp_path: Path) -> None:
    with a_home(tmp_path / "home") as online, sharing(online, tmp_path / "ann") as ann:
        say(ann.session, "one")
        ann.waits()
    (path,) = workshop_files(tmp_path / "home")
    for _start in range(3):
        said_again(FolderShelf(tmp_path / "home", restored=True), path, speaks=False)
    said_again(FolderShelf(tmp_path / "home", restored=True), path)
    assert len(epochs_of(path)) == 3
    assert max(epochs_of(path)) == 2


def said_again(shelf: FolderShelf, path: Path, *, speaks: bool = True) -> None:
    """The home opens its workshops, hears a word, and ends."""
    shelf.open()
    try:
        ((_workshop, session),) = shelf.all()
        if speaks:
            say(session, "two")
    finally:
        shelf.close()


def epochs_of(path: Path) -> set[int]:
    numbers = Parcels(path).numbers()
    assert_gapless(numbers)
    assert read_board(path).events == len(numbers)
    return {number // EPOCH_SIZE for number in numbers}
