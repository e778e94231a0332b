"""A laptop whose networks come and go under a real server: two network namespaces with a cable between them."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from core.session import Session
from tests.web.phones import DESK, WORKSHOP, until

MAIN = Path(__file__).parents[2] / "main.py"
FETCH = "import sys, urllib.request as web; print(web.urlopen(sys.argv[1], timeout=5).status)"
SECONDS = 5.0
pytestmark = pytest.mark.faults


class Machine:
    """A network namespace, kept open by a process that sleeps in it."""

    def __init__(self, sleeper: "subprocess.Popen[bytes]") -> None:
        self.pid = sleeper.pid

    @property
    def is_apart(self) -> bool:
        """Until then a command would run in the network of this very machine."""
        return Path(f"/proc/{self.pid}/ns/net").readlink() != Path("/proc/self/ns/net").readlink()

    def inside(self, *command: str) -> list[str]:
        return ["nsenter", "--target", str(self.pid), "--net", *command]

    def ip(self, command: str) -> None:
        subprocess.run(self.inside("ip", *command.split()), check=True, capture_output=True, timeout=SECONDS)

    def fetches(self, url: str) -> bool:
        """Whether a page can be got from there."""
        got = subprocess.run(self.inside(sys.executable, "-c", FETCH, url), capture_output=True, timeout=4 * SECONDS)
        return got.stdout.strip() == b"200"


@contextmanager
def machine() -> Iterator[Machine]:
    with subprocess.Popen(["unshare", "--net", "sleep", "infinity"], stderr=subprocess.PIPE) as sleeper:
        try:
            made = Machine(sleeper)
            until(lambda: sleeper.poll() is not None or made.is_apart)
            if sleeper.poll() is not None:
                why = sleeper.stderr.read().decode() if sleeper.stderr else ""
                pytest.fail(f"This test makes networks of its own, which takes root on Linux (unshare --net): {why}")
            yield made
        finally:
            sleeper.kill()


@pytest.fixture
def machines() -> Iterator[tuple[Machine, Machine]]:
    """A laptop and a phone, with a cable between them; only the phone's end has its address so far."""
    with ExitStack() as stack:
        laptop, phone = (stack.enter_context(machine()) for _ in range(2))
        laptop.ip(f"link add wifi type veth peer name wifi netns {phone.pid}")
        for each in (laptop, phone):
            each.ip("link set lo up")
            each.ip("link set wifi up")
        phone.ip("address add 10.9.0.99/24 dev wifi")
        phone.ip("address add fd00:9::99/64 dev wifi nodad")
        yield laptop, phone


@contextmanager
def serving(laptop: Machine, file: Path) -> Iterator["subprocess.Popen[str]"]:
    command = laptop.inside(sys.executable, str(MAIN), "serve", str(file), "--port", "0")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server
        finally:
            server.terminate()
            assert server.wait(timeout=2 * SECONDS) == 0


def told(server: "subprocess.Popen[str]") -> str:
    """The next way to join that the server tells of."""
    assert server.stdout is not None
    url: str = json.loads(server.stdout.readline())["join"]
    return url


def told_in_time(server: "subprocess.Popen[str]") -> str:
    began = time.monotonic()
    url = told(server)
    assert time.monotonic() - began < SECONDS
    return url


@pytest.mark.alone
def test_the_server_follows_a_real_network_that_changes_goes_away_and_comes_back(
    machines: tuple[Machine, Machine], tmp_path: Path
) -> None:
    laptop, phone = machines
    file = tmp_path / "hall.sayback"
    Session.create(file, WORKSHOP, DESK).close()
    laptop.ip("address add 10.9.0.2/24 dev wifi")
    with serving(laptop, file) as server:
        first = told(server)
        port = first.rsplit(":", 1)[1].partition("/")[0]
        assert first == f"HTTP://10.9.0.2:{port}/ABC234"
        assert phone.fetches(first)

        laptop.ip("address add 10.9.0.77/24 dev wifi")
        assert phone.fetches(first)    # what is shown stays while it is there
        laptop.ip("address del 10.9.0.2/24 dev wifi")
        laptop.ip("address replace 10.9.0.77/24 dev wifi")
        assert told_in_time(server) == f"HTTP://10.9.0.77:{port}/ABC234"
        assert phone.fetches(f"HTTP://10.9.0.77:{port}/ABC234")

        laptop.ip("link set wifi down")
        assert not phone.fetches(f"HTTP://10.9.0.77:{port}/ABC234")
        laptop.ip("link set wifi up")
        until(lambda: phone.fetches(f"HTTP://10.9.0.77:{port}/ABC234"))

        laptop.ip("address flush dev wifi scope global")
        laptop.ip("address add fd00:9::2/64 dev wifi nodad")
        assert told_in_time(server) == f"HTTP://[FD00:9::2]:{port}/ABC234"
        assert phone.fetches(f"HTTP://[FD00:9::2]:{port}/ABC234")
