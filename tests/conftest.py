"""What every test stands on: a home of its own, no screen, no way to the world, and nothing left behind."""

import asyncio
import gc
import ipaddress
import os
import socket
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Hashable, Iterator, Mapping
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # read when the first QApplication is made
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # nobody's own keyring is touched

USUAL = hypothesis.settings(deadline=None, print_blob=True)
hypothesis.settings.register_profile("usual", USUAL)
hypothesis.settings.register_profile("fast", USUAL, max_examples=15)
hypothesis.settings.register_profile("long", USUAL, max_examples=1000)
hypothesis.settings.load_profile("usual")

GRACE_SECONDS = 3.0  # for what was told to stop and is on its way out
EVENT_LOOPS: weakref.WeakSet[asyncio.BaseEventLoop] = weakref.WeakSet()

HOME_FOLDERS = {
    "HOME": ".",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "USERPROFILE": ".",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
}

Things = dict[Hashable, str]  # what is alive, and what to call it


def pytest_configure(config: pytest.Config) -> None:
    home = tempfile.TemporaryDirectory(prefix="sayback-home-")  # for fixtures that outlive one test
    config.add_cleanup(home.cleanup)
    os.environ.update(home_variables(Path(home.name)))
    trust_nobody_in_the_world(Path(home.name, "trusted"))
    sys.addaudithook(stay_on_this_machine)
    remember_event_loops()


def pytest_collection_finish() -> None:
    spare_what_is_there()


def spare_what_is_there() -> None:
    """What lives now is not looked through again for garbage: each look takes long where much is loaded."""
    gc.collect()
    gc.freeze()


def home_variables(home: Path) -> Mapping[str, str]:
    """Every variable by which a system says where a person's settings and data are."""
    return {name: str(home / folder) for name, folder in HOME_FOLDERS.items()}


def trust_nobody_in_the_world(folder: Path) -> None:
    """Whom the system trusts vouches for nobody a test may meet, and each way to an online home reads all of them: that
    takes longer than most tests. Here the system trusts one certificate, which nobody shows."""
    from core.sync.certificate import certificate_in

    os.environ.update(SSL_CERT_FILE=str(certificate_in(folder)), SSL_CERT_DIR=str(folder))


def stay_on_this_machine(event: str, arguments: tuple[object, ...]) -> None:
    """No test connects to the world. (UDP sends nothing by connecting: it finds our own address.)"""
    if event != "socket.connect":
        return
    sock, address = arguments
    if isinstance(sock, socket.socket) and sock.type == socket.SOCK_STREAM and isinstance(address, tuple):
        assert not is_out_in_the_world(str(address[0])), f"a test tried to reach {address}"


def is_out_in_the_world(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_global
    except ValueError:  # a name
        return host != "localhost"


def remember_event_loops() -> None:
    begin = asyncio.BaseEventLoop.__init__

    def begin_and_remember(loop: asyncio.BaseEventLoop) -> None:
        begin(loop)
        EVENT_LOOPS.add(loop)

    setattr(asyncio.BaseEventLoop, "__init__", begin_and_remember)  # noqa: B010 - mypy forbids the plain way


def live_threads() -> Things:
    """Threads that Python started; those of Qt that only passed through Python never leave its list."""
    return {t: f"thread {t.name}" for t in threading.enumerate() if not t.name.startswith("Dummy-")}


def open_event_loops() -> Things:
    return {loop: f"event loop {loop!r}" for loop in EVENT_LOOPS if not loop.is_closed()}


def child_processes() -> Things:
    """Children of this process (Linux only), but for Python's own helper, which stays until the end."""
    children: Things = {}
    for task in listed("/proc/self/task"):
        try:
            with open(f"{task}/children") as listing:  # noqa: PTH123 - asked twice by each test
                pids = listing.read().split()
            for pid in pids:
                command = Path("/proc", pid, "cmdline").read_bytes().replace(b"\0", b" ").decode()
                children[pid] = f"child process {pid} {command}"
        except (FileNotFoundError, ProcessLookupError):  # gone while we looked
            continue
    return {pid: child for pid, child in children.items() if "resource_tracker" not in child}


def open_files() -> Things:
    """Files of tests that are open (Linux only): Python 3.11 says nothing about a database left open."""
    files: Things = {}
    for descriptor in listed("/proc/self/fd"):
        try:
            target = os.readlink(descriptor).removesuffix(" (deleted)")  # noqa: PTH115 - its folder goes first
        except FileNotFoundError:
            continue
        if target.startswith(tempfile.gettempdir()):
            files[descriptor, target] = f"file {target}"
    return files


def listed(folder: str) -> list[str]:
    """What is in it; nothing where there is no such folder (pathlib takes four times as long, for each test twice)."""
    try:
        with os.scandir(folder) as found:
            return [each.path for each in found]
    except FileNotFoundError:
        return []


def top_level_widgets() -> Things:
    if "PySide6.QtWidgets" not in sys.modules:
        return {}
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication
    from shiboken6 import getCppPointer

    if QApplication.instance() is None:
        return {}
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return {getCppPointer(w)[0]: f"window {w!r}" for w in QApplication.topLevelWidgets()}


def can_have_windows() -> bool:
    """Whether the application of Qt, if there is one, is such that tests of the desk can use it too."""
    if "PySide6.QtGui" not in sys.modules:
        return True
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QGuiApplication

    return type(QCoreApplication.instance()) is not QGuiApplication


LIVING: tuple[Callable[[], Things], ...] = (
    live_threads,
    open_event_loops,
    child_processes,
    open_files,
    top_level_widgets,
)


def alive() -> Things:
    return {key: name for kind in LIVING for key, name in kind().items()}


@pytest.fixture(autouse=True)
def leaves_nothing_behind() -> Iterator[None]:
    """Fails a test that leaves a thread, an event loop, a child process, an open file or a window."""
    before = alive().keys()
    yield
    assert can_have_windows(), "text was laid out without the application of Qt that windows need: ask for `qapp`"
    if alive().keys() <= before:
        return
    gc.collect()
    end = time.monotonic() + GRACE_SECONDS
    while alive().keys() - before and time.monotonic() < end:
        threading.Event().wait(0.01)
    left = [name for key, name in alive().items() if key not in before]
    assert not left, "left behind by this test: " + "; ".join(left)


@pytest.fixture(autouse=True)
def home(
    leaves_nothing_behind: None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """An empty home: no test reads or writes the settings of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    for name, place in home_variables(home).items():
        monkeypatch.setenv(name, place)
    return home
