"""An online home as a process of its own, killed with SIGKILL in the midst of pushes and posts, or told to stop: what
was thanked for is there, once, at the home and at both desks."""

import signal
from collections import Counter
from pathlib import Path

import pytest

from core.home.shelf import invitations_of, workshop_files
from core.store.check import check
from core.store.parcels import Parcels
from core.store.reader import read_board, read_log
from core.sync.invitations import NO_WORKSHOP, as_shown
from core.sync.roles import Role
from tests.core.home.online import Sharing, joined, shared
from tests.core.home.processes import NOTES, PHONES, SECONDS, Process, Working, Writing, a_process
from tests.core.home.test_faults_of_a_home import assert_gapless
from tests.core.model import picture
from tests.core.sync.acts import prepare
from tests.core.sync.desks import until

pytestmark = [pytest.mark.faults, pytest.mark.alone]


def assert_nothing_lost(home: Process, desks: tuple[Sharing, ...], words: list[str]) -> None:
    (kept,) = workshop_files(home.data)

    def alike() -> bool:
        mark = Parcels(kept).mark()
        return all(desk.session.parcels.mark() == mark and not desk.session.parcels.count_waiting() for desk in desks)

    until(alike, "the three logs did not become one")
    board = read_board(kept)
    for path in (kept, *(desk.path for desk in desks)):
        assert check(path).ok
        assert picture(read_board(path)) == picture(board)
        rows, texts = read_log(path)
        assert set(Counter(row.id for row in rows).values()) == {1}
        assert set(words) <= {each.text for each in texts}
        assert_gapless([row.seq for row in rows if row.seq is not None])
    said = Counter(board.text_of(note) for note in board.notes.values() if note.contributor)
    assert all(said[each] <= 1 for each in words if each.startswith("phone"))


def test_a_home_that_is_killed_again_and_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with a_process(tmp_path / "home") as home:
        invitations = invitations_of(home.data)
        ann = shared(tmp_path / "ann", home.desks, as_shown(invitations.make(Role.ORGANISER, NO_WORKSHOP)))
        prepare(ann.session)
        ann.waits()
        ben = joined(tmp_path / "ben", home.desks, as_shown(invitations.make(Role.VENUE, ann.session.workshop_id)))
        try:
            ben.waits()
            phones = [Writing([home.people], ann.code, f"phone {number}") for number in range(PHONES)]
            workers = [Working(ann.session, "Ann", 1), Working(ben.session, "Ben", 2)]
            for thread in (*phones, *workers):
                thread.start()
            for kill in range(3):
                until(lambda kill=kill: sum(len(each.thanked) for each in phones) > 10 * (kill + 1))    # type: ignore[misc]
                home.end(signal.SIGKILL)
                home.start()
            for thread in (*phones, *workers):
                thread.join(SECONDS)
            thanked = [words for each in phones for words in each.thanked]
            assert len(thanked) == PHONES * NOTES
            assert_nothing_lost(home, (ann, ben), [*thanked, *(words for each in workers for words in each.words)])
        finally:
            ben.close()
            ann.close()


def test_a_home_that_is_told_to_stop_answers_what_is_under_way_and_ends_well(tmp_path: Path) -> None:
    with a_process(tmp_path / "home") as home:
        ann = shared(tmp_path / "ann", home.desks, as_shown(invitations_of(home.data).make(Role.ORGANISER)))
        try:
            ann.waits()
            phones = [Writing([home.people], ann.code, f"phone {number}") for number in range(PHONES)]
            for phone in phones:
                phone.start()
            until(lambda: sum(len(each.thanked) for each in phones) > 5)
            assert home.end(signal.SIGTERM) == 0
            (kept,) = workshop_files(home.data)
            assert check(kept).ok
            there = {each.text for each in read_log(kept)[1]}
            assert {words for each in phones for words in each.thanked.copy()} <= there
            home.start()    # a rolling restart: the phones go on by themselves
            for phone in phones:
                phone.join(SECONDS)
            assert_nothing_lost(home, (ann,), [words for each in phones for words in each.thanked])
        finally:
            ann.close()
