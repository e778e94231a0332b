"""An online home as a process of its own, phones that send until they are thanked, and desks at work."""

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path

import httpx2

from core.base.ids import new_id
from core.session import Session
from tests.core.home.test_packaging import PROJECT, environment, free_ports
from tests.core.sync.acts import Worker
from tests.web.phones import NO_TLS, Phone

ACTS, NOTES, PHONES = 60, 15, 4
SECONDS = 30.0


class Process:
    """`main.py home`, over all its lives: with a folder of its own, or one instance of several with a database."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.data, self.port = folder / "data", free_ports()
        self._folder, self._database = folder, database
        self._process: subprocess.Popen[str] | None = None

    @property
    def people(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def desks(self) -> str:
        return f"http://127.0.0.1:{self.port + 1}"

    def start(self) -> None:
        kept = ["--database", self._database] if self._database else ["--data", str(self.data)]
        command = [sys.executable, str(PROJECT / "main.py"), "home", *kept, "--port", str(self.port), "--rehearsal"]
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
def a_process(folder: Path, database: str = "") -> Iterator[Process]:
    folder.mkdir()
    process = Process(folder, database)
    process.start()
    try:
        yield process
    finally:
        process.close()


class Writing(threading.Thread):
    """Somebody at home whose phone sends each note until it was thanked for."""

    def __init__(self, bases: Sequence[str], code: str, name: str, notes: int = NOTES) -> None:
        """`bases`: where it may come to; when one does not answer it goes on to the next."""
        super().__init__(name=f"phone {name}")
        self.thanked: list[str] = []
        self.longest = 0.0
        """The longest that it waited for an answer, in seconds."""
        self._bases, self._code, self._name, self._notes = cycle(bases), code, name, notes

    def run(self) -> None:
        transport = httpx2.HTTPTransport(verify=NO_TLS)
        with httpx2.Client(timeout=5, trust_env=False, transport=transport) as http:
            phone = Phone(http, next(self._bases), code=self._code)
            for number in range(self._notes):
                began = time.monotonic()
                self._say(phone, f"{self._name} {number}")
                self.longest = max(self.longest, time.monotonic() - began)

    def _say(self, phone: Phone, words: str) -> None:
        note = new_id()
        for _ in range(200):
            if is_thanked(phone, words, note):
                self.thanked.append(words)
                return
            phone.base = next(self._bases)
            threading.Event().wait(0.05)
        raise AssertionError("the home did not come back")


def is_thanked(phone: Phone, words: str, note: str, question: int = 1) -> bool:
    """Whether this note was taken just now; sent again under the same id it is the same note."""
    with suppress(httpx2.TransportError):
        if phone.open(f"/{phone.code}/q/{question}").status_code == 200:
            answer = phone.send(words, script=True, id=note, sure="1")
            return answer.status_code == 200 and bool(answer.json()["saved"])
    return False


class Working(threading.Thread):
    """Somebody at a desk, one act after another; the thread of the test waits for it."""

    def __init__(self, session: Session, name: str, seed: int, acts: int = ACTS) -> None:
        super().__init__(name=f"desk {name}")
        self.words: list[str] = []
        self._session, self._name, self._chance, self._acts = session, name, random.Random(seed), acts

    def run(self) -> None:
        worker = Worker(self._session, self._name, self._chance)
        for number in range(self._acts):
            if (done := worker.does(number)) is not None and done[0]:
                self.words.append(done[0])
            threading.Event().wait(0.02)
