"""A large home whose parts die: an instance killed in the midst of pushes and posts, the primary killed with its
synchronous standby promoted, an old back-up restored. Nothing is lost and nothing doubled; all boards are the same."""

import hashlib
import signal
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest

from core.base.errors import NotSaved
from core.domain.events import EPOCH_SIZE
from core.home.shared import SharedInvitations, SharedShelf
from core.session import Session
from core.store.check import check
from core.store.parcels import Parcels
from core.store.postgres.door import opened
from core.store.reader import read_board, read_log
from core.sync.invitations import NO_WORKSHOP, as_shown
from core.sync.roles import Role
from tests.core.home.draining import alone, come_back
from tests.core.home.large import a_large_home, a_pair
from tests.core.home.online import Sharing, joined, serving, shared
from tests.core.home.processes import SECONDS, Working, Writing, a_process
from tests.core.home.test_faults_of_a_home import assert_gapless
from tests.core.model import picture
from tests.core.store.engines import InADatabase
from tests.core.sync.acts import prepare
from tests.core.sync.desks import until
from tests.core.workshops import say
from tests.postgres import READY, ROLE, a_server

pytestmark = [pytest.mark.faults, pytest.mark.alone]
NOTES, ACTS, PHONES = 30, 80, 6
PATIENCE = 4 * SECONDS
WAITED_AT_MOST = 15.0
"""Seconds from a note to its thanks; in a quiet hour it was one and a half."""


def alike(address: str, files: Collection[Path]) -> None:
    """Until the log in the database and those of the desks are one, and nothing waits."""
    with home_with(address, files) as home:

        def are() -> bool:
            mark, logs = home.parcels.mark(), [Parcels(file) for file in files]
            return all(log.mark() == mark and not log.count_waiting() for log in logs)

        until(are, "the logs did not become one", PATIENCE)


def home_with(address: str, files: Collection[Path]) -> AbstractContextManager[Session]:
    """An instance that has the workshop of these files."""
    return InADatabase(address, Parcels(next(iter(files))).after(0, 1)).opened()


def assert_nothing_lost(address: str, files: Collection[Path], words: Collection[str], folder: Path) -> None:
    """None of these words is lost and nothing is doubled, the numbers of an epoch have no gaps, all boards are one."""
    alike(address, files)
    with home_with(address, files) as home:
        copy = home.save_copy(folder / "home.sayback").result(SECONDS)
    boards = set()
    for path in (copy, *files):
        assert check(path).ok
        rows, texts = read_log(path)
        assert set(Counter(row.id for row in rows).values()) == {1}
        assert set(words) <= {each.text for each in texts}
        assert_gapless([row.seq for row in rows if row.seq])
        boards.add(hashlib.sha256(repr(picture(read_board(path))).encode()).hexdigest())
    assert len(boards) == 1
    board = read_board(copy)
    said = Counter(board.text_of(note) for note in board.notes.values() if note.contributor)
    assert all(said[each] <= 1 for each in words if each.startswith("phone"))


def test_an_instance_and_then_the_primary_are_killed_in_the_midst_of_it(tmp_path: Path) -> None:
    with ExitStack() as stack:
        pair = stack.enter_context(a_pair())
        address = pair.address
        one = stack.enter_context(a_process(tmp_path / "one", address))
        other = stack.enter_context(a_process(tmp_path / "other", address))
        with opened(address) as ledger:
            invitations = SharedInvitations(ledger)
            ann = shared(tmp_path / "ann", one.desks, as_shown(invitations.make(Role.ORGANISER, NO_WORKSHOP)))
            stack.callback(ann.close)
            prepare(ann.session)
            ann.waits()
            code = as_shown(invitations.make(Role.VENUE, ann.session.workshop_id))
        ben = joined(tmp_path / "ben", other.desks, code)
        stack.callback(ben.close)
        ben.waits()
        bases = [one.people, other.people]
        phones = [Writing(bases[:: 1 - 2 * (n % 2)], ann.code, f"phone {n}", NOTES) for n in range(PHONES)]
        workers = [Working(ann.session, "Ann", 1, ACTS), Working(ben.session, "Ben", 2, ACTS)]
        for thread in (*phones, *workers):
            thread.start()
        thanked_so_far(phones, PHONES * 3)
        one.end(signal.SIGKILL)
        thanked_so_far(phones, PHONES * 6)
        one.start()
        thanked_so_far(phones, PHONES * 10)
        pair.fails_over()
        for thread in (*phones, *workers):
            thread.join(SECONDS)
        thanked = [words for each in phones for words in each.thanked]
        assert len(thanked) == PHONES * NOTES
        words = [*thanked, *(words for each in workers for words in each.words)]
        assert_nothing_lost(address, (ann.path, ben.path), words, tmp_path)
        assert max(each.longest for each in phones) < WAITED_AT_MOST


@pytest.mark.parametrize("notes", [150, pytest.param(2_000, marks=pytest.mark.long)])
def test_four_venues_that_were_alone_come_back_while_an_instance_and_the_primary_are_killed(
    notes: int, tmp_path: Path
) -> None:
    with a_large_home(tmp_path / "home") as online, alone(online, tmp_path, notes) as venues:
        files = [venue.file for venue in venues]
        words = [each.text for file in files for each in read_log(file)[1]]
        assert sum(venue.parcels.count_waiting() for venue in venues) >= len(files) * notes
        come_back(online, venues)    # how soon, `make bench` says
        assert_nothing_lost(online.database, files, words, tmp_path)


def thanked_so_far(phones: Sequence[Writing], least: int) -> None:
    until(lambda: sum(len(each.thanked) for each in phones) >= least, "the phones do not get on", PATIENCE)


def test_an_old_back_up_that_is_restored_gets_everything_back_from_the_desks(tmp_path: Path) -> None:
    with ExitStack() as stack:
        server = stack.enter_context(a_server())
        address = server.address(READY, ROLE)
        one = stack.enter_context(serving(SharedShelf(address)))
        ann = shared(tmp_path / "ann", one.desks, one.invites())
        stack.callback(ann.close)
        say(ann.session, "before the back-up")
        ann.waits()
        server.backed_up(server.folder / "back-up")
        lost = [f"after the back-up {number}" for number in range(5)]
        for words in lost:
            say(home_of(one.shelf, ann), words)
        alike(address, [ann.path])
        server.restore(server.folder / "back-up")
        other = stack.enter_context(serving(SharedShelf(address)))
        say(home_of(other.shelf, ann), "said to an instance that knew nothing of it")
        say_until_saved(home_of(one.shelf, ann), "said to one that did")
        wanted = ["before the back-up", *lost, "said to an instance that knew nothing of it", "said to one that did"]
        until(lambda: len(ann.session.board.notes) == len(wanted), "not all of it came back", PATIENCE)
        assert_nothing_lost(address, [ann.path], wanted, tmp_path)
        assert {number // EPOCH_SIZE for number in ann.session.parcels.numbers()} >= {0, 1, 2}


def home_of(shelf: object, desk: Sharing) -> Session:
    assert isinstance(shelf, SharedShelf)
    session = shelf.session_of(desk.session.workshop_id)
    assert session is not None
    return session


def say_until_saved(session: Session, words: str) -> None:
    """As a phone does, with its id."""
    until(lambda: said(session, words), "it does not come back", PATIENCE)


def said(session: Session, words: str) -> bool:
    try:
        return bool(say(session, words, id="f" * 32).events)
    except NotSaved:
        return False
