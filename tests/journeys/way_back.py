"""What follows a workshop: the record at the door, a letter to everybody who left an address, whatever becomes of the
mail server, and weeks later what has changed. Each part ends with what people have in their hands."""

import time
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import cast

from pypdf import PdfReader
from PySide6.QtWidgets import QLineEdit

from core.base.mail import FASTEST, MailServer
from tests.core.post.mailboxes import Mailboxes
from tests.core.record.boards import squeezed
from tests.journeys.facilitators import Facilitator
from tests.journeys.guests import Guest
from tests.ui.hall import CTRL, SHIFT, Key
from tests.web.phones import Phone, phone_at
from ui.dialogs.slips import SlipsPanel
from ui.post.view import WayBackView

AT_THE_DOOR = 30.0    # seconds
PATIENCE = 120.0
BY_EMAIL, BY_POST = 40, 3
RECORD, CHANGES = "your-record.pdf", "What has changed"


@dataclass(frozen=True)
class Written:
    """Somebody with an address: where they read their letters, and what they said."""

    address: str
    said: str


def people_leave_addresses(guests: Sequence[Guest], said: Sequence[str]) -> list[Written]:
    """After the votes most leave an e-mail address, a few one on a street, the rest nothing."""
    written = [Written(f"person{number}@example.org", text) for number, text in enumerate(said, 1)][:BY_EMAIL]
    for guest, each in zip(guests, written, strict=False):
        leaves(guest.phone, way="email", email=each.address)
    for number, guest in enumerate(guests[BY_EMAIL : BY_EMAIL + BY_POST], 1):
        leaves(guest.phone, way="post", postal=f"Person in number {number}\n{number} Ockham Park\nLONDON SW1A 0AA")
    return written


def leaves(phone: Phone, **address: str) -> None:
    """By the form of the page; their address is shown to them."""
    page = f"/{phone.code}/address"
    phone.open(page)
    answer = phone.post(page, **phone.form, **address, agreed="1")
    assert answer.status_code == 303, answer.text
    phone.open(page)
    assert list(address.values())[-1].splitlines()[0] in phone.page


def slips_of_those_typed_for(her: Facilitator, people: int) -> list[str]:
    """From the slips at the desk: the code of each person who has no phone."""
    her.desk.keys(Key.Key_T, CTRL)
    her.presses(f"Slips ({people} new)…")
    (panel,) = her.desk.visible(SlipsPanel)
    rows = [panel.list.item(row).text().split("   ") for row in range(panel.list.count())]
    her.desk.keys(Key.Key_Escape)
    her.desk.keys(Key.Key_Escape)
    return [code for _who, code, *_new in rows]


@contextmanager
def opened_by_code(base: str, code: str) -> Iterator[Phone]:
    """Somebody's phone that has never been here, after the code of a slip was typed into it."""
    with phone_at(base) as phone:
        phone.open("/claim")
        answer = phone.post("/claim", code=code)
        assert answer.status_code == 303, answer.text
        page = answer.headers["location"]
        phone.open(page)
        phone.code = page.split("/")[1]
        yield phone


def makes_the_record(her: Facilitator, folder: Path) -> str:
    """While people put on their coats; what stands in it, without white space."""
    her.chooses("Make the record…")
    her.fills_in("Folder", str(folder))
    began = time.monotonic()
    her.presses("Make the record")
    her.desk.wait(lambda: "The record is ready." in her.reads(), seconds=PATIENCE)
    assert time.monotonic() - began < AT_THE_DOOR
    her.desk.keys(Key.Key_Escape)
    return words_of((folder / "record.pdf").read_bytes())


def words_of(pdf: bytes) -> str:
    """What a text extractor finds, without white space."""
    return squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def goes_there(her: Facilitator) -> WayBackView:
    """From the board to the view with the one honest number, which is counted anew."""
    her.desk.keys(Key.Key_1, CTRL)
    her.desk.keys(Key.Key_E, CTRL | SHIFT)
    back = her.desk.open.way_back
    her.desk.wait(lambda: back.view is not None and back.view.isVisible() and back.view.number.text() != "")
    assert back.view is not None
    assert back.room is not None
    back.room.rest = 0.0    # nobody here waits half a minute before a line is opened anew
    return back.view


def says_who_takes_the_letters(her: Facilitator, server: MailServer) -> None:
    """The mail server of the house, by its form."""
    her.presses("Mail server…")
    her.fills_in("Server", server.host)
    her.picks("Safe line", "None: only to this computer itself")
    her.fills_in("Port", str(server.port))
    her.fills_in("The letters come from", server.sender)
    her.fills_in("Letters a minute", str(FASTEST))
    her.desk.keys(Key.Key_Return, CTRL)
    her.desk.wait(lambda: her.desk.settings.settings.mail.port == server.port)


def sends(her: Facilitator, again_by: date | None = None) -> None:
    """With each person's own record, made now."""
    her.presses("Send the letters…")
    her.desk.wait(lambda: "We write once more by" in her.desk.names(QLineEdit))
    if again_by is not None:
        her.fills_in("We write once more by", again_by.isoformat())
    her.desk.keys(Key.Key_Return, CTRL)


def sees(her: Facilitator, view: WayBackView, number: str) -> None:
    """What she is told stands over the list."""
    her.desk.wait(lambda: view.number.text() == number, seconds=PATIENCE)


def stand(her: Facilitator, view: WayBackView, how: str, many: int) -> None:
    """So many people stand like this in her list."""
    her.desk.wait(lambda: sum(row.side == how for row in view.model.rows) == many, seconds=PATIENCE)


def sends_the_unclear_one_again(her: Facilitator, view: WayBackView) -> None:
    """She has rung them: nothing came."""
    view.list.setFocus()
    her.desk.keys(Key.Key_Home)
    her.desk.wait(view.again.isVisible)
    her.presses("Send it again")
    her.desk.wait(lambda: view.told.text() == f"1 letter can go. {BY_POST} letters are for the post: print them.")
    sends(her)


def prints_letters(her: Facilitator, folder: Path) -> None:
    """A page for each, its address where the window of an envelope is."""
    her.desk.open.way_back.ask_folder = lambda _window, _begin: str(folder)
    her.presses("For the post…")
    her.desk.wait((folder / "labels.pdf").exists, seconds=PATIENCE)
    pages = PdfReader(folder / "letters.pdf").pages
    assert all("Ockham Park" in page.extract_text() for page in pages)
    assert len(pages) == BY_POST


def each_has_one_letter(post: Mailboxes, people: Sequence[Written], without: Set[str]) -> None:
    """Nobody two, nobody none, but for these; and nobody whom nobody knows."""
    assert post.count == {each.address: 1 for each in people if each.address not in without}


def each_letter_is_about_its_reader(post: Mailboxes, people: Sequence[Written]) -> None:
    """Their words, and nobody else's; their record comes along."""
    said = {each.address: each.said for each in people}
    for to, letter in post.taken:
        told = plain_part(letter)
        assert said[to] in told
        assert not [text for other, text in said.items() if other != to and f"{text}\n" in told]
        assert [part.get_filename() for part in letter.iter_attachments()] == [RECORD]


def record_in(post: Mailboxes, address: str) -> str:
    """The words of the record that came with somebody's letter."""
    letter = next(letter for to, letter in post.taken if to == address)
    (enclosed,) = letter.iter_attachments()
    return words_of(cast(bytes, enclosed.get_payload(decode=True)))


def plain_part(letter: EmailMessage) -> str:
    """The words of a letter."""
    part = letter.get_body(("plain",))
    assert part is not None
    return cast(str, part.get_content())


def told_of_changes(post: Mailboxes) -> Mapping[str, str]:
    """Who got a letter about what has changed, and its words."""
    return {to: plain_part(letter) for to, letter in post.taken if CHANGES in plain_part(letter)}
