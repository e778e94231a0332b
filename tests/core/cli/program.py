"""Running the commands: in this process where that is enough, or as people do."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.cli import run

HOUSE = Path(__file__).parents[3]
LONDON = HOUSE / "resources" / "rehearsal" / "comments.csv"
SECONDS = 60


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.out)
        return found


def no_desk(file: Path | None) -> int:
    raise AssertionError("no desk was asked for")


def do(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Ended:
    """A command in this process."""
    capsys.readouterr()
    code = run([str(word) for word in words], no_desk)
    said = capsys.readouterr()
    return Ended(code, said.out, said.err)


def start(*words: str | Path, env: Mapping[str, str] | None = None) -> Ended:
    """`python main.py` with these words, as somebody types it."""
    ended = subprocess.run(
        [sys.executable, HOUSE / "main.py", *words], capture_output=True, timeout=SECONDS,
        env={**os.environ, **(env or {})}, encoding="utf-8", errors="replace",
    )  # fmt: skip
    return Ended(ended.returncode, ended.stdout, ended.stderr)


@dataclass
class Serving:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    join: str
    code: str
    port: int

    @property
    def address(self) -> str:
        """Where phones on this machine find it."""
        return f"http://127.0.0.1:{self.port}/{self.code}"

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to end, and wait until it has."""
        self.process.send_signal(how)
        return self.process.wait(SECONDS)


@contextmanager
def serving(file: Path, *, port: int = 0) -> Iterator[Serving]:
    """`serve` on loopback until the test is done with it."""
    where = ["--host", "127.0.0.1", "--port", str(port)]
    command: list[str | Path] = [sys.executable, HOUSE / "main.py", "serve", file, *where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            yield Serving(process, **json.loads(process.stdout.readline()))
        finally:
            process.kill()


@contextmanager
def playing(address: str, speed: str) -> Iterator[subprocess.Popen[str]]:
    """`rehearse --join` with the London session, under way."""
    command: list[str | Path] = [sys.executable, HOUSE / "main.py", "rehearse", "--join", address, LONDON]
    with subprocess.Popen([*command, "--speed", speed], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def new_workshop(capsys: pytest.CaptureFixture[str], file: Path) -> Path:
    """A workshop with one question."""
    ended = do(capsys, "new", file, "--title", "Our town", "--question", "What should change?")
    assert ended.code == 0, ended.err
    return file
