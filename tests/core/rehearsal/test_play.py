"""Simulated phones take part over real HTTP as people do: they wait when asked, and try again until thanked."""

import asyncio
import socket
import threading
import urllib.parse
from collections.abc import Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_hex

import pytest

from core.rehearsal.phone import NoWorkshop
from core.rehearsal.play import play
from core.rehearsal.script import Line

LINES = (
    Line(0.0, 0, "The ramp is steep"),
    Line(0.01, 1, "A <b>bench</b> & a lamp"),
    Line(0.02, 0, "More   light,\nplease"),
)


class Hall(ThreadingHTTPServer):
    """A workshop as small as can be, that can be slow, deaf and forgetful."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visitor)
        self.notes: dict[str, tuple[str, str]] = {}
        self.phones: set[str] = set()
        self.listening: set[str] = set()
        self.full = 0
        self.deaf = 0
        self.forgets = False
        self.closing = threading.Event()

    @property
    def address(self) -> str:
        return f"HTTP://127.0.0.1:{self.server_port}/ABC234"

    def texts(self) -> list[str]:
        return sorted(text for _, text in self.notes.values())


class Visitor(BaseHTTPRequestHandler):
    server: Hall
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        phone = self.headers.get("Cookie", "")
        if self.path == "/ABC234/live":
            self.listen()
        elif self.path == "/ABC234/mine":
            mine = [text for writer, text in self.server.notes.values() if writer == phone]
            self.answer("".join(f"<li>{escape(text)}</li>" for text in mine if not self.server.forgets))
        elif self.path == "/ABC234":
            self.answer(
                "<form action=/leave><input type=hidden name=wrong value=1></form>"
                f'<form method="post" action="/ABC234"><input type="hidden" name="id" value="{token_hex(16)}">'
                '<textarea name="text"></textarea></form>'
            )
        else:
            self.answer("nothing here", 404)

    def do_POST(self) -> None:
        fields = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        assert self.headers["Origin"] == f"http://127.0.0.1:{self.server.server_port}"
        assert "wrong" not in fields
        if self.server.full:
            self.server.full -= 1
            self.answer("a short breath", 429, **{"Retry-After": "1"})
            return
        phone = self.headers.get("Cookie") or f"me={token_hex(8)}"
        self.server.phones.add(phone)
        self.server.notes[fields["id"]] = (phone, fields["text"])
        if self.server.deaf:
            self.server.deaf -= 1
            self.close_connection = True    # the note is kept, the thanks are lost on the way
            return
        self.answer("", 303, Location="/ABC234", **{"Set-Cookie": phone})

    def listen(self) -> None:
        self.server.listening.add(self.headers.get("Cookie", ""))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b": hello\n\n")
        self.wfile.flush()
        self.server.closing.wait(10)
        self.close_connection = True

    def answer(self, text: str, status: int = 200, **headers: str) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def hall() -> Iterator[Hall]:
    hall = Hall()
    serving = threading.Thread(target=hall.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    yield hall
    hall.closing.set()
    hall.shutdown()
    hall.server_close()
    serving.join()


def test_everything_is_said_by_its_own_phone_with_the_stream_open(hall: Hall) -> None:
    tally = asyncio.run(play(hall.address, LINES))
    assert hall.texts() == sorted(line.text for line in LINES)
    assert (tally.sent, tally.thanked, tally.lost) == (3, 3, 0)
    assert len(hall.phones) == 2
    assert hall.listening


def test_a_phone_that_is_asked_to_wait_waits_and_sends_again(hall: Hall) -> None:
    hall.full = 1
    tally = asyncio.run(play(hall.address, LINES))
    assert (tally.thanked, tally.slowed, tally.lost) == (3, 1, 0)


def test_a_note_whose_thanks_were_lost_is_sent_again_under_the_same_id(hall: Hall) -> None:
    hall.deaf = 1
    tally = asyncio.run(play(hall.address, LINES[:1]))
    assert (tally.thanked, tally.resent, tally.lost) == (1, 1, 0)
    assert hall.texts() == ["The ramp is steep"]


def test_a_note_that_is_not_among_my_notes_counts_as_lost(hall: Hall) -> None:
    hall.forgets = True
    assert asyncio.run(play(hall.address, LINES)).lost == 3


def test_it_is_told_how_it_stands_after_each_note(hall: Hall) -> None:
    heard: list[int] = []
    asyncio.run(play(hall.address, LINES, lambda tally: heard.append(tally.thanked)))
    assert heard[-1] == 3
    assert len(heard) == 3


def test_an_address_without_a_workshop_is_refused_with_advice(hall: Hall) -> None:
    with pytest.raises(NoWorkshop) as refused:
        asyncio.run(play(f"http://127.0.0.1:{hall.server_port}/WRONG2", LINES))
    assert "code on the screen" in refused.value.advice


def test_an_address_where_nobody_answers_is_refused_before_long() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NoWorkshop):
        asyncio.run(play(f"http://127.0.0.1:{port}/ABC234", LINES))
