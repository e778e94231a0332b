"""An online home as a process of its own, killed with SIGKILL in the midst of pushes and posts, or told to stop: what
was thanked for is there, once, at the home and at both desks."""

import json
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2
import pytest

from core.base.ids import new_id
from core.domain.events import EPOCH_SIZE
from core.home.shelf import invitations_of, workshop_files
from core.session import Session
from core.store.check import check
from core.store.parcels import Parcels
from core.store.reader import read_board, read_log
from core.sync.invitations import NO_WORKSHOP, as_shown
from core.sync.roles import Role
from tests.core.home.online import Sharing, joined, shared
from tests.core.home.test_packaging import PROJECT, environment, free_ports
from tests.core.model import picture
from tests.core.sync.acts import Worker, prepare
from tests.core.sync.desks import until
from tests.web.phones import NO_TLS, Phone

pytestmark = pytest.mark.faults
ACTS, NOTES, PHONES = 60, 15, 4
SECONDS = 30.0


class Process:
    """`main.py home`, over all its lives."""

    def __init__(self, folder: Path) -> None:
        self.data, self.port = folder / "data", free_ports()
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None

    @property
    def people(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def desks(self) -> str:
        return f"http://127.0.0.1:{self.port + 1}"

    def start(self) -> None:
        command = [sys.executable, str(PROJECT / "main.py"), "home", "--data", str(self.data), "--port", str(self.port)]
        self._process = subprocess.Popen(
            command, cwd=self._folder, env=environment(self._folder), stdout=subprocess.PIPE, text=True,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        assert json.loads(self._process.stdout.readline())["people"] == self.people

    def end(self, number: signal.Signals) -> int:
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.send_signal(number)
        code = self._process.wait(SECONDS)
        self._process.stdout.close()
        self._process = None
        return code

    def close(self) -> None:
        if self._process is not None:
            self.end(signal.SIGKILL)


@contextmanager
def a_process(folder: Path) -> Iterator[Process]:
    folder.mkdir()
    process = Process(folder)
    process.start()
    try:
        yield process
    finally:
        process.close()


class Writing(threading.Thread):
    """Somebody at home whose phone sends each note until it was thanked for."""

    def __init__(self, base: str, code: str, name: str) -> None:
        super().__init__(name=f"phone {name}")
        self.thanked: list[str] = []
        self._base, self._code, self._name = base, code, name

    def run(self) -> None:
        transport = httpx2.HTTPTransport(verify=NO_TLS)
        with httpx2.Client(timeout=5, trust_env=False, transport=transport) as http:
            phone = Phone(http, self._base, code=self._code)
            for number in range(NOTES):
                self._say(phone, f"{self._name} {number}")

    def _say(self, phone: Phone, words: str) -> None:
        note = new_id()
        for _ in range(200):
            with suppress(httpx2.TransportError, AssertionError):
                if phone.open().status_code == 200:
                    answer = phone.send(words, script=True, id=note, sure="1")
                    if answer.status_code == 200 and answer.json()["saved"]:
                        self.thanked.append(words)
                        return
            threading.Event().wait(0.05)
        raise AssertionError("the home did not come back")


class Working(threading.Thread):
    """Somebody at a desk, one act after another; the thread of the test waits for it."""

    def __init__(self, session: Session, name: str, seed: int) -> None:
        super().__init__(name=f"desk {name}")
        self.words: list[str] = []
        self._session, self._name, self._chance = session, name, random.Random(seed)

    def run(self) -> None:
        worker = Worker(self._session, self._name, self._chance)
        for number in range(ACTS):
            if (done := worker.does(number)) is not None and done[0]:
                self.words.append(done[0])
            threading.Event().wait(0.02)


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
        counted = sorted(row.seq % EPOCH_SIZE for row in rows if row.seq and row.seq >= EPOCH_SIZE)
        assert counted == list(range(1, len(counted) + 1))
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
            phones = [Writing(home.people, ann.code, f"phone {number}") for number in range(PHONES)]
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
            phones = [Writing(home.people, ann.code, f"phone {number}") for number in range(PHONES)]
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
