"""What is written for people who run a home works as it is written: the README's commands, the unit, the container."""

import json
import re
import shlex
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from core.cli.home import home
from core.store.check import check
from core.store.reader import read_board

PROJECT = Path(__file__).parents[3]
SECONDS = 60.0


def blocks_of(section: str) -> list[str]:
    """The commands of a section of the README."""
    readme = (PROJECT / "README.md").read_text("utf-8")
    found = readme.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return re.findall(r"```\n(.*?)```", found, re.DOTALL)


def free_ports() -> int:
    """The first of three ports in a row that nobody listens at."""
    for port in range(20_000, 32_000, 3):
        with ExitStack() as held:
            try:
                for each in range(port, port + 3):
                    held.enter_context(socket.create_server(("127.0.0.1", each)))
            except OSError:
                continue
            return port
    raise AssertionError("no ports are free")


def environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": f"{PROJECT / '.venv' / 'bin'}:/usr/bin:/bin", "HOME": str(folder), "PYTHONUNBUFFERED": "1",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }  # fmt: skip


@contextmanager
def running(command: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A command of the first terminal, until the test is done with it."""
    process = subprocess.Popen(
        shlex.split(command), cwd=folder, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(SECONDS)
        if process.stdout is not None:
            process.stdout.close()


@pytest.mark.slow
def test_the_commands_of_the_readme_end_with_notes_accepted_by_the_home(tmp_path: Path) -> None:
    first, second = blocks_of("People at home")
    for name in ("main.py", "resources"):
        (tmp_path / name).symlink_to(PROJECT / name)
    port = free_ports()
    first = f"{first.strip()} --port {port}"    # the usual ones may be taken on this machine
    second = second.replace(":8001", f":{port + 1}")
    with running(first, tmp_path) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["people"] == f"http://127.0.0.1:{port}"
        told = subprocess.run(
            ["bash", "-euc", second], cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True,
            timeout=SECONDS,
        )  # fmt: skip
        assert told.returncode == 0, told.stderr
        assert "lost 0" in told.stdout
    assert process.returncode == 0
    (kept,) = (tmp_path / "home-data" / "workshops").glob("*.sayback")
    assert check(kept).ok
    assert len(read_board(kept).notes) > 30


def arguments_after(name: str, command: list[str]) -> list[str]:
    """What comes after `main.py` and this command."""
    place = next(at for at, word in enumerate(command) if word.endswith("main.py"))
    assert command[place + 1] == name
    return command[place + 2 :]


def test_the_unit_and_the_container_start_a_home_with_options_that_there_are() -> None:
    unit = (PROJECT / "packaging" / "sayback-home.service").read_text("utf-8")
    line = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    container = (PROJECT / "packaging" / "Containerfile").read_text("utf-8")
    entry = re.search(r"^ENTRYPOINT (.*)$", container, re.MULTILINE)
    assert line is not None
    assert entry is not None
    for command in (shlex.split(line[1]), json.loads(entry[1])):
        given = home.make_context("home", arguments_after("home", command)).params
        assert given["data"] == Path("/var/lib/sayback")


def test_what_the_container_copies_is_there() -> None:
    container = (PROJECT / "packaging" / "Containerfile").read_text("utf-8")
    copied = re.findall(r"^COPY (\S+) ", container, re.MULTILINE)
    assert copied
    assert [each for each in copied if not (PROJECT / each).exists()] == []


def test_the_proxy_knows_both_ports() -> None:
    proxy = (PROJECT / "packaging" / "Caddyfile").read_text("utf-8")
    usual = home.make_context("home", ["--data", "x"]).params["port"]
    assert re.search(rf"reverse_proxy /desks/\* 127.0.0.1:{usual + 1}\n\treverse_proxy 127.0.0.1:{usual}\n", proxy)
