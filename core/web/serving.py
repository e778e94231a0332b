"""Serving without a desk: `main.py serve`. Runs until it is told to stop, then drains."""

import gc
import json
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from core.session import Session
from core.web.limits import Limits
from core.web.server import Join, ParticipantServer

STOP_SECONDS = 2.0
CLOSE_SECONDS = 1.0
LOOK_SECONDS = 1.0
SWITCH_SECONDS = 0.0005
"""How soon a thread that has been to the disk gets its turn again: with the usual 5 ms the writer waits for the loop
after every statement, and 300 phones get 700 notes a second through, not 1,000."""
GARBAGE = (50_000, 20, 50)
"""How seldom garbage is looked for: a board is many frozen values, and looking through them again and again for what
is never there cost a tenth to a quarter of the work of a note (300 phones, 900 notes a second)."""
SIGNALS = (signal.SIGINT, signal.SIGTERM)
Announce = Callable[[Join], None]
Beside = Callable[[], AbstractContextManager[object]]
"""What goes on beside it, and ends before the session does."""


def serve(
    session: Session, host: str | None = None, port: int | None = None, public: str | None = None, *,
    limits: Limits | None = None, announce: Announce | None = None, elsewhere: str = "", beside: Beside = nullcontext,
) -> int:  # fmt: skip
    """Serve this workshop, once `announce` has told how to join; else the first line on stdout does, as JSON.

    Returns 0 after SIGTERM or SIGINT: what is under way is answered and the session closed, at most 3 seconds later.
    Raises a WorkshopError where it cannot begin; the session is closed then too. `elsewhere`: the online home, where
    pages look for the workshop when they have lost this server.
    """
    tune()
    told = threading.Event()
    before = {number: signal.signal(number, lambda *_: told.set()) for number in SIGNALS}
    try:
        server = ParticipantServer(session, host=host, port=port, public=public, limits=limits, elsewhere=elsewhere)
        with beside():
            serve_until(told, server, announce or print_json)
    finally:
        session.close(CLOSE_SECONDS)
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0


def print_json(join: Join) -> None:
    """One JSON object on one line, for whoever started us; another one when the address has changed."""
    sys.stdout.write(json.dumps({"join": join.url, "code": join.code, "port": join.port}) + "\n")
    sys.stdout.flush()


def tune() -> None:
    """Fit Python to many phones. Concerns the whole process, so only this command does it."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()
    gc.set_threshold(*GARBAGE)


def serve_until(told: threading.Event, server: ParticipantServer, announce: Announce) -> None:
    """Serve until told to stop."""
    try:
        server.start()
        announce(join := server.join)
        while not told.wait(LOOK_SECONDS):    # in short steps, or Windows would not hear Ctrl+C
            now = server.join
            if now.url != join.url and now.is_for_phones:
                announce(join := now)
    finally:
        server.stop(STOP_SECONDS)
