"""Simulated phones: what a browser does without JavaScript, or what the page's script does, over real HTTP."""

import json
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from threading import Event
from typing import Any

import httpx2

from core.base.ids import DeskId
from core.domain.commands import MakeWorkshop
from core.session import Session
from core.web.limits import Limits
from core.web.server import ParticipantServer
from tests.core.table import name_of

CODE = "ABC234"
DESK = DeskId(name_of("Ann"))
WORKSHOP = MakeWorkshop(
    title="Young Londoners and the police",
    questions=("What is the best way to engage more young people?", "What else?"),
    code=CODE, promise="We will write back by 7 September.", host="Youth Involvement Team",
)  # fmt: skip
SECONDS = 10.0
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="(\w*)">')
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)    # reading the system's certificates takes longer than a test
Frame = dict[str, Any]    # JSON
SCRIPT = {"accept": "application/json"}


@dataclass(frozen=True)
class Place:
    """A workshop that is being served."""

    session: Session
    server: ParticipantServer

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server.join.port}"

    def texts(self) -> list[str]:
        """The words of all notes, in the order they came."""
        board = self.session.board
        return [board.text_of(note) for note in sorted(board.notes.values(), key=lambda note: note.arrival)]


@contextmanager
def serving(
    path: Path, *, limits: Limits | None = None, public: str | None = None, workshop: MakeWorkshop = WORKSHOP
) -> Iterator[Place]:
    """A new workshop, or the one in that file, served on loopback until the test is done with it."""
    session = Session.open(path, DESK) if path.exists() else Session.create(path, workshop, DESK)
    server = ParticipantServer(session, host="127.0.0.1", port=0, limits=limits, public=public)
    try:
        server.start()
        yield Place(session, server)
    finally:
        server.stop()
        session.close()


@dataclass
class Phone:
    """One browser: its cookies, and the page it looks at."""

    http: httpx2.Client
    base: str
    page: str = ""
    form: dict[str, str] = field(default_factory=dict)
    code: str = CODE

    @property
    def origin(self) -> dict[str, str]:
        return {"origin": self.base}

    def open(self, path: str = "") -> httpx2.Response:
        """Load a page, that of the first question where none is named, and remember its form."""
        response = self.http.get(self.base + (path or f"/{self.code}/q/1"))
        self.page = unescape(response.text)
        self.form = dict(HIDDEN.findall(response.text))
        return response

    def send(self, text: str, *, script: bool = False, **fields: str) -> httpx2.Response:
        """Send the form of the page, as it is."""
        headers = {**self.origin, **(SCRIPT if script else {})}
        data = {"text": text, **self.form, **fields}
        return self.http.post(f"{self.base}/{self.code}/note", data=data, headers=headers, follow_redirects=False)

    def say(self, text: str, *, question: int = 1) -> httpx2.Response:
        """Open the question's page (a live one has another), write, send as somebody who is sure, and follow where the
        answer leads."""
        page = self.open(f"/{self.code}/q/{question}")
        if page.is_redirect:
            self.open(page.headers["location"])
        response = self.send(text, sure="1")
        assert response.status_code == 303, response.text
        return self.open(response.headers["location"])

    def post(self, path: str, **data: str) -> httpx2.Response:
        """Send another form."""
        return self.http.post(self.base + path, data=data, headers=self.origin, follow_redirects=False)


@contextmanager
def phone(place: Place) -> Iterator[Phone]:
    """A phone that has never been here."""
    with phone_at(place.base) as phone:
        yield phone


@contextmanager
def phone_at(base: str, own: str | None = None, code: str = CODE) -> Iterator[Phone]:
    """The same, at an address of one's own choice, and with an address of its own."""
    transport = httpx2.HTTPTransport(local_address=own, verify=NO_TLS)
    with httpx2.Client(timeout=SECONDS, trust_env=False, transport=transport) as http:
        yield Phone(http, base, code=code)


def until(true: Callable[[], object], what: str = "it") -> None:
    """Wait for something that comes by itself."""
    for _ in range(int(SECONDS / 0.02)):
        if true():
            return
        Event().wait(0.02)
    raise AssertionError(f"waited in vain for {what}")


@contextmanager
def listening(phone: Phone, place: str = "") -> Iterator[Iterator[Frame]]:
    """What the live stream tells a page: each frame as the script reads it, a bare event as {"reload": True}."""
    with phone.http.stream("GET", f"{phone.base}/{phone.code}/live", params={"at": place}) as response:
        assert response.status_code == 200
        yield frames(response.iter_lines())


def frames(lines: Iterator[str]) -> Iterator[Frame]:
    kind = ""
    for line in lines:
        if line.startswith("event: "):
            kind = line[7:]
        elif line.startswith("data: "):
            yield {kind: True} if kind else json.loads(line[6:])
            kind = ""
