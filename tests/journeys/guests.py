"""The people of a workshop, each with a phone: they come in by what the desk shows, and do what their pages offer."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from core.base.join import Way
from tests.web.phones import Frame, Phone, frames, phone_at


class Guest:
    """One person with a phone, whose page stays live as a browser's does."""

    def __init__(self, phone: Phone, way: Way, leaving: ExitStack) -> None:
        self.phone, self.way = phone, way
        self._page = leaving.enter_context(ExitStack())

    def comes_in(self) -> str:
        """Opens the welcome; what it says."""
        self.phone.open(self._at(""))
        self._lives()
        return self.phone.page

    def writes(self, text: str, *, question: int = 1) -> str:
        """Opens the question's page, sends a note as somebody who is sure, and reads the answer."""
        self.phone.open(self._at(f"/q/{question}"))
        return self._sends(text)

    def asks(self, text: str) -> str:
        """Asks the panel a question."""
        self.phone.open(self._at("/ask"))
        return self._sends(text)

    def reads(self, page: str = "/wall") -> str:
        """What a page says now."""
        self.phone.open(self._at(page))
        return self.phone.page

    def votes_for(self, *themes: str) -> None:
        """Opens the page of the vote and puts a dot on each of these; without a script, so each tap loads it anew."""
        for theme in themes:
            self._presses("/vote", theme, wanted=-1)

    def supports(self, question: str) -> None:
        """Presses “I want to know this too” below a question."""
        self._presses("/ask", question, wanted=0, to="/support")

    def hears(self) -> Iterator[Frame]:
        """What the live page is told from now on."""
        return frames(self._live.iter_lines())

    def _sends(self, text: str) -> str:
        answer = self.phone.send(text, sure="1")
        assert answer.status_code == 303, answer.text
        self.phone.open(answer.headers["location"])
        self._lives()    # from now on as the person who wrote this: nobody is counted twice
        return self.phone.page

    def _presses(self, page: str, row: str, *, wanted: int, to: str = "") -> None:
        """The button of the row with these words."""
        said = self.reads(page)
        (found,) = [part for part in said.split("<li ") if f">{row}</bdi>" in part]
        value = found.split('name="put" value="')[1:][wanted].partition('"')[0]
        answer = self.phone.post(f"/{self.phone.code}{to or page}", **self.phone.form, put=value)
        assert answer.status_code == 303, answer.text

    def _at(self, page: str) -> str:
        return f"/{self.phone.code}{page}" + (f"?m={self.way.value}" if self.way.value else "")

    def _lives(self) -> None:
        self._page.close()
        self._live = self._page.enter_context(self.phone.http.stream("GET", self.phone.base + self._at("/live")))
        assert self._live.status_code == 200


class Guests:
    """All of them; who has come in stays until the workshop is over."""

    def __init__(self, leaving: ExitStack) -> None:
        self._leaving = leaving
        self.all: list[Guest] = []

    def follow(self, link: str, count: int) -> Sequence[Guest]:
        """So many people open this link: the QR code on the wall, or what was sent to those at home."""
        base, _slash, rest = link.rpartition("/")
        code, _mark, way = rest.partition("?m=")
        return [self._come(base.lower(), code, Way(way)) for _ in range(count)]

    def type_code(self, address: str, code: str, count: int) -> Sequence[Guest]:
        """So many people type the address and then the code."""
        return [self._type(address, code) for _ in range(count)]

    def _type(self, address: str, code: str) -> Guest:
        with phone_at(address) as phone:
            assert 'name="code"' in phone.open("/").text
            answer = phone.post("/", code=code.lower())
        assert answer.status_code == 303, answer.text
        return self._come(address, answer.headers["location"].strip("/"), Way.ROOM)

    def _come(self, base: str, code: str, way: Way) -> Guest:
        guest = Guest(self._leaving.enter_context(phone_at(base, code=code)), way, self._leaving)
        guest.comes_in()
        self.all.append(guest)
        return guest


@contextmanager
def coming() -> Iterator[Guests]:
    """Nobody is here yet; at the end everybody leaves."""
    with ExitStack() as leaving:
        yield Guests(leaving)
