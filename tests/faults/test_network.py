"""Notes through a network with faults (faults.md F32, F33, F39): each is kept once, and its phone knows it."""

import multiprocessing
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2
import pytest

from core.base.ids import new_id
from core.session import Session
from core.store.check import check
from core.store.reader import read_board
from tests.faults.proxy import FAIR, Fate, Proxy, Weather, proxied
from tests.faults.test_serving import served, texts
from tests.web.phones import CODE, DESK, NO_TLS, SCRIPT, WORKSHOP, Phone

pytestmark = pytest.mark.faults
PHONES = 20
BAD = Weather(delay=0.005, cut=0.03, silent=0.01, answer_lost=0.04)
SLOW = Weather(delay=0.4, bytes_a_second=50_000, cut=0.05, silent=0.02)


class Patient:
    """A phone's script behind a bad network: sends a note under one id until it hears that it is there."""

    def __init__(self, proxy: Proxy, server: str, name: str, timeout: float) -> None:
        self.name = name
        self.thanked: list[str] = []
        self.receipts: set[str] = set()
        self.longest = 0.0
        self.tries = 0
        self._url = f"{proxy.base}/{CODE}/note"
        named = {"host": server.removeprefix("http://"), "origin": server}
        self._http = httpx2.Client(timeout=timeout, trust_env=False, verify=NO_TLS, headers=named)
        self._page = Phone(self._http, proxy.base)

    def __enter__(self) -> "Patient":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def say(self, text: str) -> None:
        """Until it is acknowledged."""
        note, begun = {"text": text, "id": new_id()}, time.monotonic()
        while not self._acknowledged(note):
            threading.Event().wait(random.uniform(0.01, 0.1))
        self.longest = max(self.longest, time.monotonic() - begun)

    def say_some(self, count: int) -> None:
        """One after another."""
        for number in range(count):
            self.say(f"{self.name} says {number}")

    def _acknowledged(self, note: dict[str, str]) -> bool:
        try:
            if not self._page.form:
                self._page.open()
            answer = self._http.post(self._url, data={**self._page.form, **note}, headers=SCRIPT)
        except httpx2.TransportError:
            return False
        finally:
            self.tries += 1
        assert answer.status_code == 200, answer.text
        told = answer.json()
        self._page.form["token"] = told["token"]
        self.receipts.add(told["receipt"])
        self.thanked.append(told["text"])
        return True


@contextmanager
def patients(proxy: Proxy, server: str, count: int, timeout: float) -> Iterator[list[Patient]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Patient(proxy, server, f"phone {at}", timeout)) for at in range(count)]


def assert_each_is_kept_once(file: Path, phones: list[Patient], notes: int) -> None:
    thanked = [text for each in phones for text in each.thanked]
    board = read_board(file)
    assert texts(board) == sorted(thanked)
    assert len(set(thanked)) == len(thanked) == notes
    assert [len(each.receipts) for each in phones] == [1] * len(phones)
    assert len(board.by_contributor) == len(phones)
    assert check(file).ok


def port_of(base: str) -> int:
    return int(base.rpartition(":")[2])


def through_bad_weather(file: Path, notes_each: int) -> None:
    """Everybody writes; in the midst of it the server is killed and started again on its port."""
    Session.create(file, WORKSHOP, DESK).close()
    with ExitStack() as stack:
        with served(file) as (_, base):
            proxy = stack.enter_context(proxied(port_of(base), BAD))
            phones = stack.enter_context(patients(proxy, base, PHONES, timeout=1))
            pool = stack.enter_context(ThreadPoolExecutor(PHONES))
            running = [pool.submit(each.say_some, notes_each) for each in phones]
            while sum(len(each.thanked) for each in phones) < PHONES * notes_each / 2:
                threading.Event().wait(0.02)
        with served(file, port=port_of(base)):    # the one before was killed
            for each in running:
                each.result(240)
        assert all(proxy.fates[fate] for fate in (Fate.CUT, Fate.SILENT, Fate.ANSWER_LOST))
        assert_each_is_kept_once(file, phones, PHONES * notes_each)


def test_two_hundred_notes_through_a_bad_network_and_a_killed_server_are_there_once(tmp_path: Path) -> None:
    through_bad_weather(tmp_path / "a.sayback", 10)


@pytest.mark.long
def test_a_thousand_notes_through_a_bad_network_and_a_killed_server_are_there_once(tmp_path: Path) -> None:
    through_bad_weather(tmp_path / "a.sayback", 50)


@pytest.mark.alone
def test_on_a_slow_network_that_breaks_a_note_takes_ten_seconds_at_most(tmp_path: Path) -> None:
    file = tmp_path / "a.sayback"
    Session.create(file, WORKSHOP, DESK).close()
    with served(file) as (_, base), proxied(port_of(base), SLOW) as proxy, patients(proxy, base, 10, 2.5) as phones:
        with ThreadPoolExecutor(10) as pool:
            list(pool.map(lambda each: each.say_some(3), phones))
        assert max(each.longest for each in phones) <= 10
        assert_each_is_kept_once(file, phones, 30)


@pytest.mark.alone
def test_a_note_whose_answer_was_lost_is_answered_the_same_when_it_comes_again(tmp_path: Path) -> None:
    file = tmp_path / "a.sayback"
    Session.create(file, WORKSHOP, DESK).close()
    with served(file) as (_, base), proxied(port_of(base)) as proxy, patients(proxy, base, 1, 5) as (ada,):
        ada.say("Hello")
        proxy.weather = Weather(answer_lost=1)
        clearing = threading.Timer(0.6, setattr, (proxy, "weather", FAIR))
        clearing.start()
        ada.say("The ramp is steep")
        clearing.join()
        assert proxy.fates[Fate.ANSWER_LOST] >= 1
        assert ada.tries >= 3
        assert_each_is_kept_once(file, [ada], 2)


def spin(enough: "multiprocessing.synchronize.Event") -> None:
    """Take all of a processor."""
    while not enough.is_set():
        pass


@contextmanager
def busy_neighbours(count: int) -> Iterator[None]:
    """Processes that take all the time they get."""
    context = multiprocessing.get_context("spawn")
    enough = context.Event()
    crowd = [context.Process(target=spin, args=(enough,)) for _ in range(count)]
    for each in crowd:
        each.start()
    try:
        yield
    finally:
        enough.set()
        for each in crowd:
            each.join()
            each.close()


@pytest.mark.long
def test_with_busy_neighbours_nothing_is_lost_and_95_of_100_notes_are_thanked_for_in_two_seconds(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.sayback"
    Session.create(file, WORKSHOP, DESK).close()
    with ExitStack() as stack:
        _, base = stack.enter_context(served(file))
        proxy = stack.enter_context(proxied(port_of(base)))
        phones = stack.enter_context(patients(proxy, base, 13, 20))
        for each in phones:
            each.say(f"{each.name} is here")
        stack.enter_context(busy_neighbours(2))
        pool = stack.enter_context(ThreadPoolExecutor(13))
        waits = sorted(wait for some in pool.map(waits_of, phones) for wait in some)
        assert waits[int(0.95 * len(waits))] <= 2
        assert_each_is_kept_once(file, phones, 13 * 7)


def waits_of(each: Patient) -> list[float]:
    """Six notes with pauses, 13 people: as many a second as 65 people who write each five seconds."""
    waits = []
    for number in range(6):
        begun = time.monotonic()
        each.say(f"{each.name} says {number}")
        waits.append(time.monotonic() - begun)
        threading.Event().wait(1)
    return waits
