"""The laptop sleeps in the midst of a workshop and wakes (F23): phones go on at once, and no note is there twice."""

import os
import signal
import threading
from pathlib import Path

import httpx2
import pytest

from core.store.reader import read_board
from tests.journeys.test_desk import door_of, run, texts, the_desk, write_on
from tests.web.phones import NO_TLS

pytestmark = [pytest.mark.slow, pytest.mark.faults]

ASLEEP = 5.0    # a laptop sleeps 90 s and more; what matters is longer than any wait of a phone
BACK = 10.0


@pytest.mark.alone
def test_phones_go_on_when_the_laptop_wakes_and_nothing_is_there_twice(tmp_path: Path) -> None:
    path = tmp_path / "town.sayback"
    run("new", str(path), "--title", "Our town", "--question", "What should change?")
    thanked: list[str] = []
    with the_desk(path) as desk, httpx2.Client(trust_env=False, verify=NO_TLS, follow_redirects=True) as http:
        base, _slash, code = door_of(path).rpartition("/")
        write_on(http, base, code, thanked, most=3)
        desk.send_signal(signal.SIGSTOP)
        assert os.WIFSTOPPED(os.waitpid(desk.pid, os.WUNTRACED)[1])    # a thread may be waiting for the disk yet
        with pytest.raises(httpx2.TransportError):    # a phone waits, and gives up
            http.get(f"{base}/{code}", timeout=ASLEEP)
        desk.send_signal(signal.SIGCONT)
        awake = threading.Timer(BACK, desk.kill)    # back in time, or not at all
        awake.start()
        write_on(http, base, code, thanked, most=5)
        awake.cancel()
        desk.terminate()
        assert desk.wait(10) == 0
    assert len(thanked) == 8
    assert sorted(texts(read_board(path))) == sorted(thanked)
