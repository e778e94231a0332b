"""Serving without a desk: `main.py serve`. Runs until it is told to stop, then drains."""

import json
import signal
import sys
import threading
from typing import TextIO

from core.session import Session
from core.web.limits import Limits
from core.web.server import ParticipantServer

STOP_SECONDS = 2.0
CLOSE_SECONDS = 1.0
LOOK_SECONDS = 1.0
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def serve(
    session: Session, host: str | None = None, port: int | None = None, public: str | None = None, *,
    out: TextIO | None = None, limits: Limits | None = None,
) -> int:  # fmt: skip
    """Serve this workshop; the first line on `out` (else stdout) is one JSON object that says how to join.

    Returns 0 after SIGTERM or SIGINT: what is under way is answered and the session closed, at most 3 seconds later.
    Raises a WorkshopError where it cannot begin; the session is closed then too.
    """
    told = threading.Event()
    before = {number: signal.signal(number, lambda *_: told.set()) for number in SIGNALS}
    try:
        server = ParticipantServer(session, host=host, port=port, public=public, limits=limits)
        serve_until(told, session, server, out or sys.stdout)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0


def serve_until(told: threading.Event, session: Session, server: ParticipantServer, out: TextIO) -> None:
    """Serve until told to stop."""
    try:
        server.start()
        join = server.join
        out.write(json.dumps({"join": join.url, "code": join.code, "port": join.port}) + "\n")
        out.flush()
        while not told.wait(LOOK_SECONDS):    # in short steps, or Windows would not hear Ctrl+C
            pass
    finally:
        server.stop(STOP_SECONDS)
        session.close(CLOSE_SECONDS)
