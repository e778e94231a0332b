"""`serve` is killed, told to stop, or runs out of disk: what was thanked for is there, once."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from httpx2 import Client as Browser
from httpx2 import Response, TransportError

from core.base.ids import new_id
from core.domain.board import Board
from core.session import Session
from core.store.backup import copies
from core.store.check import check
from core.store.reader import read_board
from tests.web.phones import CODE, DESK, NO_TLS, SCRIPT, WORKSHOP, Phone

pytestmark = pytest.mark.faults
ROOT = Path(__file__).parents[2]
PHONES = 20
SECONDS = 20.0


@contextmanager
def started(*command: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that serves, and where. What it says on stderr, pytest shows when the test fails."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        assert set(told) == {"join", "code", "port"}
        yield process, f"http://127.0.0.1:{told['port']}"
    finally:
        with suppress(ProcessLookupError):    # what it started, too: strace leaves what it traces
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(SECONDS)
        if process.stdout is not None:
            process.stdout.close()


def serve(file: Path, port: int = 0) -> list[str]:
    """The command that serves without limits on how fast people write."""
    main = [sys.executable, str(ROOT / "main.py")]
    return [*main, "serve", str(file), "--host", "127.0.0.1", "--port", str(port), "--rehearsal"]


@contextmanager
def served(file: Path, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`main.py serve` in a process of its own."""
    with started(*serve(file, port)) as (process, base):
        yield process, base


class Sender:
    """A phone's script: sends until acknowledged, with the same id, however often the answer is lost."""

    def __init__(self, http: Browser, base: str, name: str) -> None:
        self.name = name
        self.thanked: list[tuple[str, str]] = []
        self._waiting: dict[str, str] | None = None
        self._url = f"{base}/{CODE}/note"
        self._headers = {"origin": base, **SCRIPT}
        self._http = http
        page = Phone(self._http, base)
        page.open()
        self._form = page.form

    def send_until(self, enough: threading.Event) -> None:
        """Note after note, until told or until nobody answers; what was not acknowledged waits."""
        while not enough.is_set() and self.send_waiting():
            self._waiting = {"text": f"{self.name} says {len(self.thanked)}", "id": new_id()}

    def send_one_more(self) -> bool:
        """One note; True once it is acknowledged."""
        self._waiting = {"text": f"{self.name} says {new_id()}", "id": new_id()}
        return self.send_waiting()

    def send_waiting(self) -> bool:
        """Send what waits; True once it is acknowledged."""
        if self._waiting is None:
            return True
        try:
            answer = self._http.post(self._url, data={**self._form, **self._waiting}, headers=self._headers)
        except TransportError:
            return False
        assert answer.status_code == 200, answer.text
        told = answer.json()
        self._form["token"] = told["token"]
        self.thanked.append((told["receipt"], told["text"]))
        self._waiting = None
        return True


@contextmanager
def twenty_phones(base: str) -> Iterator[list[Sender]]:
    """Twenty that have the page open, and are put away whatever happens."""
    with ExitStack() as stack:
        browsers = [Browser(trust_env=False, verify=NO_TLS, timeout=SECONDS) for _ in range(PHONES)]
        for each in browsers:
            stack.enter_context(each)
        yield [Sender(each, base, f"phone {number}") for number, each in enumerate(browsers)]


def texts(board: Board) -> list[str]:
    return sorted(board.text_of(note) for note in board.notes.values())


def kill_while_they_write(folder: Path, seed: int) -> int:
    """Kill -9 in the midst of it; start again; every phone sends what was not acknowledged. How many were thanked."""
    file = folder / f"{seed}.sayback"
    Session.create(file, WORKSHOP, DESK).close()
    enough = threading.Event()
    with ExitStack() as stack:
        begun = time.monotonic()
        with served(file) as (process, base), ThreadPoolExecutor(PHONES) as pool:
            first_start = time.monotonic() - begun
            senders = stack.enter_context(twenty_phones(base))
            running = [pool.submit(sender.send_until, enough) for sender in senders]
            enough.wait(random.Random(seed).uniform(0.4, 1.2))
            process.send_signal(signal.SIGKILL)
            enough.set()
            for each in running:
                each.result(SECONDS)
        begun = time.monotonic()
        with served(file, port=int(base.rpartition(":")[2])):
            assert time.monotonic() - begun < 3 * first_start    # mending takes no longer than beginning
            assert all(sender.send_waiting() for sender in senders)
    thanked = [text for sender in senders for _, text in sender.thanked]
    board = read_board(file)
    assert texts(board) == sorted(thanked)
    assert len(set(thanked)) == len(thanked)
    assert len(board.by_contributor) == len({receipt for sender in senders for receipt, _ in sender.thanked})
    report = check(file)
    assert report.ok, report.to_json()
    return len(thanked)


@pytest.mark.alone
@pytest.mark.parametrize("seed", range(3))
def test_killed_while_twenty_phones_write_every_note_thanked_for_is_there_once(tmp_path: Path, seed: int) -> None:
    assert kill_while_they_write(tmp_path, seed) > PHONES


@pytest.mark.long
def test_killed_twenty_times(tmp_path: Path) -> None:
    for seed in range(100, 120):
        kill_while_they_write(tmp_path, seed)


@pytest.mark.alone
def test_told_to_stop_it_answers_what_is_under_way_and_ends_in_three_seconds(tmp_path: Path) -> None:
    file = tmp_path / "a.sayback"
    Session.create(file, WORKSHOP, DESK).close()
    enough = threading.Event()
    with served(file) as (process, base), twenty_phones(base) as senders, ThreadPoolExecutor(PHONES) as pool:
        running = [pool.submit(sender.send_until, enough) for sender in senders]
        enough.wait(0.7)
        begun = time.monotonic()
        process.terminate()
        assert process.wait(SECONDS) == 0
        assert time.monotonic() - begun < 3
        enough.set()
        for each in running:
            each.result(SECONDS)
    thanked = [text for sender in senders for _, text in sender.thanked]
    kept = texts(read_board(file))
    assert set(thanked) <= set(kept)
    assert len(set(kept)) == len(kept)
    assert check(file).ok
    assert not Path(f"{file}-wal").exists() or not Path(f"{file}-wal").stat().st_size
    [copy] = copies(file)    # made as it ended
    assert texts(read_board(copy)) == kept


def test_two_servers_never_have_one_workshop(tmp_path: Path) -> None:
    file = tmp_path / "a.sayback"
    Session.create(file, WORKSHOP, DESK).close()
    with served(file):
        command = [sys.executable, str(ROOT / "main.py"), "serve", str(file), "--port", "0"]
        second = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    assert second.returncode == 1
    assert "Another window has this workshop open." in second.stderr


@contextmanager
def served_on_a_small_disk(folder: Path) -> Iterator[tuple[Path, str]]:
    """A workshop on a disk of 4 MiB that only the server's process sees; where we see it, and where it is served."""
    disk, file = folder / "disk", folder / "a.sayback"
    disk.mkdir()
    Session.create(file, WORKSHOP, DESK).close()
    server = " ".join(serve(disk / file.name))
    script = f"mount -t tmpfs -o size=4m tmpfs {disk} && cp {file} {disk} && exec {server}"
    with started("unshare", "-rm", "sh", "-c", script) as (process, base):
        yield Path(f"/proc/{process.pid}/root{disk}"), base


def fill(path: Path) -> None:
    """Take all the room there is."""
    with path.open("wb", buffering=0) as filler, suppress(OSError):
        while True:
            filler.write(b"x" * 4096)


def until_refused(phone: Phone, thanked: list[str]) -> tuple[str, Response]:
    """Note after note until one is not taken."""
    for number in range(2000):
        phone.open()
        text = f"note {number} " + "x" * 400
        answer = phone.send(text)
        if answer.status_code != 303:
            return text, answer
        thanked.append(text)
    raise AssertionError("the disk never was full")


def test_on_a_full_disk_phones_hear_not_saved_yet_and_nothing_is_lost(tmp_path: Path) -> None:
    with served_on_a_small_disk(tmp_path) as (disk, base), Browser(trust_env=False, verify=NO_TLS) as http:
        ada = Phone(http, base)
        ada.say("before it was full")
        fill(disk / "filler")
        thanked = ["before it was full"]
        refused, answer = until_refused(ada, thanked)
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        for said in ("Your note is not saved yet", "Please keep this page open.", refused, ada.form["id"]):
            assert said in answer.text
        (disk / "filler").unlink()
        assert ada.send(refused).status_code == 303
        for part in disk.glob("a.sayback*"):    # nobody writes now
            shutil.copy(part, tmp_path)
    assert texts(read_board(tmp_path / "a.sayback")) == sorted([*thanked, refused])
    assert check(tmp_path / "a.sayback").ok


@pytest.mark.alone
def test_on_a_slow_disk_posts_take_two_seconds_at_most_and_none_is_lost(tmp_path: Path) -> None:
    """F10: every fdatasync takes 0.4 s."""
    file = tmp_path / "a.sayback"
    Session.create(file, WORKSHOP, DESK).close()
    slow = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=fdatasync:delay_enter=400000"]
    with (
        started(*slow, *serve(file)) as (process, base),
        twenty_phones(base) as senders,
        ThreadPoolExecutor(PHONES) as pool,
    ):
        took = list(pool.map(timed, [sender for sender in senders for _ in range(3)]))
        process.terminate()
    assert max(took) < 2
    assert texts(read_board(file)) == sorted(text for sender in senders for _, text in sender.thanked)


def timed(sender: Sender) -> float:
    """The seconds that one more note takes."""
    begun = time.monotonic()
    assert sender.send_one_more()
    return time.monotonic() - begun
