"""The way back at the desk: the honest number at all times, letters sent and stopped by keyboard, doubts decided."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit

from core.base.mail import MailServer
from core.domain.contact import Consent, Contact, Way
from core.domain.delivery import Kind, State
from core.post.office import Office
from tests.core.post.mailboxes import Mailboxes, mail_server
from tests.core.table import NOON
from tests.ui.hall import CTRL, SHIFT, Hall, Key
from ui.look.parts import Button, Label
from ui.post.one_person import PersonPanel
from ui.post.view import WayBackView
from ui.remember import remember

WHO = "Their code, their address, or words of theirs"


def keep(room: Hall, name: str, *, way: Way = Way.EMAIL) -> None:
    address = f"{name.lower()}@example.org" if way is Way.EMAIL else f"{name}\n14 Example Road"
    consent = Consent(version=1, language="en", at=NOON)
    contact = Contact(contributor=room.person(name), way=way, address=address, consent=consent)
    room.desk.open.running.session.with_contacts(lambda contacts: contacts.keep(contact)).result()


def opened(room: Hall) -> WayBackView:
    """The view, opened by its keys."""
    room.desk.keys(Key.Key_E, CTRL | SHIFT)
    back = room.desk.open.way_back
    room.desk.wait(lambda: back.view is not None and back.view.isVisible() and back.view.number.text() != "")
    assert back.view is not None
    return back.view


def crowd(room: Hall, count: int = 3) -> None:
    for number in range(count):
        room.say(f"Note of person {number}", by=f"P{number}")
        keep(room, f"P{number}")
    room.say("I left nothing", by="Cai")


def serve(room: Hall, server: MailServer) -> None:
    remember(room.desk.open.way_back._settings, mail=server)


def test_the_number_and_everybody_stand_there_and_what_their_letter_says(room: Hall) -> None:
    crowd(room, 1)
    view = opened(room)
    room.desk.wait(lambda: view.number.text() == "Answered 0 of 2 people.")
    assert view.unreached.text() == "1 person cannot be reached."
    assert [row.spoken for row in view.model.rows] == [
        "I left nothing, In the room, on phones · 1 note, Left no address",
        "Note of person 0, In the room, on phones · 1 note, Waiting for their letter",
    ]
    room.desk.keys(Key.Key_Down)
    room.desk.wait(lambda: "What you said: Note of person 0" in view.letter.toPlainText())
    assert room.desk.find(QPlainTextEdit, "What their letter says") is view.letter
    only = room.desk.find(QComboBox, "Which are listed")
    assert [only.itemText(at) for at in range(only.count())] == [
        "Everybody: 2", "Cannot be reached: 1", "Waiting or unsure: 1", "Answered: 0",
    ]  # fmt: skip
    room.say("One more", by="Dee")
    room.desk.wait(lambda: view.number.text() == "Answered 0 of 3 people.")


def test_letters_go_by_keyboard_and_the_number_follows(room: Hall) -> None:
    crowd(room, 2)
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as server:
        serve(room, server)
        view = opened(room)
        room.desk.wait(lambda: view.told.text() == "2 letters can go.")
        view.send.setFocus()
        room.desk.keys(Key.Key_Return)
        room.desk.wait(lambda: len(room.desk.visible(QCheckBox)) == 1)
        [record] = room.desk.visible(QCheckBox)
        record.setFocus()
        room.desk.keys(Key.Key_Space)
        room.desk.write("We write once more by", "2099-05-12")
        room.desk.keys(Key.Key_Return, CTRL)
        room.desk.wait(lambda: view.number.text() == "Answered 2 of 3 people.", seconds=20)
    assert mailboxes.count == {"p0@example.org": 1, "p1@example.org": 1}
    assert "by 12 May 2099" in mailboxes.taken[0][1].get_body(("plain",)).get_content()    # type: ignore[union-attr]
    assert "2 letters went." in room.desk.notice


def test_what_is_unsure_is_decided_with_one_key(room: Hall) -> None:
    crowd(room, 1)
    office = Office(room.desk.open.running.session)
    office.begin()
    ready = office.ready(office.deliveries()[0])
    assert ready is not None
    office.claim(ready)
    view = opened(room)
    room.desk.wait(lambda: view.told.text() == "1 is unsure: say whether it went.")
    assert view.model.rows[0].side == "Unsure whether it went"
    view.list.setFocus()
    view.list.setCurrentIndex(view.model.index(0))
    room.desk.wait(lambda: view.went.isVisible())
    assert "Sayback ended while it went." in view.about.text()
    room.desk.keys(Key.Key_2)
    room.desk.wait(lambda: view.told.text() == "1 letter can go.")
    assert office.deliveries()[0].state is State.QUEUED


def test_letters_stop_and_the_rest_waits(room: Hall) -> None:
    crowd(room, 3)
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as server:
        serve(room, server)
        view = opened(room)
        mail = room.desk.open.way_back.room
        assert mail is not None
        mail.send(server, Kind.RECORD)
        room.desk.wait(lambda: len(mailboxes.taken) == 1)
        room.desk.wait(lambda: view.stop.isVisible())
        room.desk.press("Pause")
        room.desk.wait(lambda: view.pause.text() == "Go on")
        room.desk.press("Stop")
        room.desk.wait(lambda: not mail.is_sending)
        room.desk.wait(lambda: view.number.text() == "Answered 1 of 4 people.")
    assert len(mailboxes.taken) == 1


def test_without_a_server_it_is_asked_for_and_a_wrong_address_is_said(room: Hall) -> None:
    crowd(room, 1)
    view = opened(room)
    view.send.click()
    room.desk.write("Server", "mail.example.org")
    room.desk.write("The letters come from", "nobody at all")
    room.desk.press("Keep")
    assert room.desk.find(QLineEdit, "Server").isVisible()
    entry = room.desk.find(QLineEdit, "The letters come from")
    entry.setText("team@example.org")
    room.desk.press("Keep")
    room.desk.wait(lambda: room.desk.open.way_back._server.is_set)
    assert room.desk.open.way_back._server.port == 587


def test_letters_for_the_post_and_drafts_are_written_where_one_says(room: Hall, tmp_path: Path) -> None:
    crowd(room, 1)
    room.say("By post please", by="Eve")
    keep(room, "Eve", way=Way.POST)
    room.desk.open.way_back.ask_folder = lambda _window, _begin: str(tmp_path / "letters")
    view = opened(room)
    room.desk.press("For the post…")
    room.desk.wait(lambda: (tmp_path / "letters" / "labels.pdf").exists(), seconds=20)
    room.desk.wait(lambda: view.number.text() == "Answered 1 of 3 people.")
    room.desk.press("Drafts…")
    room.desk.wait(lambda: view.told.text() == "1 is unsure: say whether it went.")
    assert (tmp_path / "letters" / "001 p0.eml").exists()


def test_the_words_of_the_letters_can_be_changed_and_a_wrong_change_is_said(room: Hall) -> None:
    crowd(room, 1)
    view = opened(room)
    room.desk.press("Text of the letters…")
    words = room.desk.find(QPlainTextEdit, "Text")
    assert words.toPlainText().startswith("Subject: Your notes from {day}")
    words.setPlainText("Subject: Our park\nno notes here")
    room.desk.press("Keep")
    assert words.isVisible()
    words.setPlainText("Subject: Our park\n{notes}")
    room.desk.press("Keep")
    room.desk.wait(lambda: view.letter.toPlainText().startswith("Our park"))


def test_one_person_is_handed_all_they_gave_and_then_erased_after_a_plain_question(room: Hall, tmp_path: Path) -> None:
    crowd(room, 2)
    room.theme("Note of person 1")
    back = room.desk.open.way_back
    back.ask_folder = lambda _window, _begin: str(tmp_path / "for-them")
    view = opened(room)
    asks(room, "person 1")
    room.desk.press("Hand over all they gave…")
    room.desk.wait(lambda: (tmp_path / "for-them" / "about-you.html").exists())
    asks(room, "p1@example.org")
    room.desk.press("Erase this person…")
    room.desk.wait(lambda: "Cancel" in room.desk.names(Button))
    said = words_on(room)
    assert "This cannot be undone." in said
    assert f"  {tmp_path / 'for-them' / 'about-you.json'}" in said
    room.desk.keys(Key.Key_Escape)
    assert len(room.desk.board.notes_by(room.person("P1"))) == 1
    asks(room, "p1@example.org")
    room.desk.press("Erase this person…")
    room.desk.press("Erase")
    room.desk.wait(lambda: "Erased here, and in the copies that Sayback keeps." in room.desk.notice)
    room.desk.wait(lambda: all(each.erased for each in room.desk.board.notes_by(room.person("P1"))))
    room.desk.wait(lambda: view.number.text() == "Answered 0 of 2 people.")

    # their words stand in the name of a theme: one click, and it is changed where it stands
    room.desk.wait(lambda: "Their words stand in 1 text of yours. Change it:" in words_on(room))
    room.desk.press("Change it: Note of person 1")
    room.desk.wait(lambda: "Name of the theme" in room.desk.names(QLineEdit))


def test_whoever_left_no_address_is_handed_their_own_record(room: Hall, tmp_path: Path) -> None:
    room.say("I left nothing", by="Cai")
    room.desk.open.way_back.ask_folder = lambda _window, _begin: str(tmp_path / "for-cai")
    opened(room)
    asks(room, "left nothing")
    room.desk.press("Their own record…")
    room.desk.wait(lambda: "2 files are in" in room.desk.notice, seconds=60)
    assert "I left nothing" in (tmp_path / "for-cai" / "your-record.html").read_text("utf-8")


def test_only_an_address_is_erased_and_whoever_nobody_knows_is_said(room: Hall) -> None:
    crowd(room, 1)
    opened(room)
    asks(room, "a person who was never here", found=False)
    assert "Nobody in this workshop fits." in " ".join(words_on(room))
    assert not room.desk.find(Button, "Erase this person…").isEnabled()
    room.desk.find(QLineEdit, WHO).setText("p0@")
    room.desk.press("Look for them")
    room.desk.wait(lambda: room.desk.find(Button, "Erase only their address").isEnabled())
    room.desk.press("Erase only their address")
    room.desk.wait(lambda: "No letter goes there any more." in room.desk.notice)
    assert Office(room.desk.open.running.session).contacts() == []


def asks(room: Hall, who: str, *, found: bool = True) -> None:
    """Open the panel and look for somebody."""
    room.desk.press("What one person asks…")
    room.desk.write(WHO, who)
    room.desk.press("Look for them")
    [panel] = room.desk.visible(PersonPanel)
    room.desk.wait(lambda: len(panel.model.rows) == 1 if found else panel.problem.isVisible())


def words_on(room: Hall) -> list[str]:
    """What the labels say."""
    return [label.text() for label in room.desk.visible(Label)]


def test_letters_for_the_post_are_not_counted_among_those_that_can_go(room: Hall) -> None:
    crowd(room, 1)
    for name in ("Dee", "Eli"):
        room.say(f"Note of {name}", by=name)
        keep(room, name, way=Way.POST)
    view = opened(room)
    room.desk.wait(lambda: view.told.text() == "1 letter can go. 2 letters are for the post: print them.")
