"""What a home answers is believed only where it has its form: else it is one of another version, and nothing breaks."""

import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from core.base.ids import PictureHash, WordsHash, WorkshopId
from core.session import Mark, Parcel
from core.sync.errors import NewerDesk
from core.sync.known import Home
from core.sync.line import Line, ask_once
from core.sync.roles import Role
from core.sync.wire import PROTOCOL

PARK = WorkshopId("a" * 32)
HELLO = {"protocol": PROTOCOL, "workshop": PARK, "role": "venue"}
EVENT = {"seq": 1, "id": "no id"}
WORDS = [{"hash": "0" * 64, "salt": "odd", "text": "x"}]


class Home200(ThreadingHTTPServer):
    """Says the same to whatever it is asked."""

    daemon_threads = True
    says = b""


class Saying(BaseHTTPRequestHandler):
    server: Home200

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.server.says)))
        self.end_headers()
        self.wfile.write(self.server.says)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def home() -> Iterator[Home200]:
    server = Home200(("127.0.0.1", 0), Saying)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


CASES: list[tuple[Callable[[Line], Awaitable[object]], Any]] = [
    (lambda line: line.hello(PARK), HELLO | {"seq": -1, "hash": ""}),
    (lambda line: line.hello(PARK), HELLO | {"seq": 1}),
    (lambda line: line.hello(PARK), HELLO | {"seq": 1, "hash": "0" * 63}),
    (lambda line: line.mark(1), {"seq": True, "hash": ""}),
    (lambda line: line.mark(1), [1]),
    (lambda line: line.push(Parcel()), {"answers": [{"id": "x", "seq": 1}]}),
    (lambda line: line.push(Parcel()), {"answers": [{"id": "0" * 32, "seq": 0}]}),
    (lambda line: line.push(Parcel()), {}),
    (lambda line: line.pull(Mark()), {"events": [EVENT], "words": []}),
    (lambda line: line.pull(Mark()), {"events": [], "words": WORDS}),
    (lambda line: line.pull(Mark()), {"events": [], "words": [], "mark": {"seq": 1}}),
    (lambda line: line.lacking([PictureHash("0" * 64)]), {"pictures": ["no digest"]}),
    (lambda line: line.missing_words(), {"words": ["0" * 65]}),
    (lambda line: line.words([WordsHash("0" * 64)]), {"words": WORDS}),
]


@pytest.mark.parametrize(("ask", "says"), CASES, ids=range(len(CASES)))
def test_an_answer_of_another_form_is_said_to_be_of_another_version(
    home: Home200, ask: Callable[[Line], Awaitable[object]], says: object
) -> None:
    home.says = json.dumps(says).encode()
    there = f"http://127.0.0.1:{home.server_port}"
    with pytest.raises(NewerDesk):
        ask_once(Home(PARK, "", 0, "", "token", Role.VENUE, address=there, public=there), ask)
