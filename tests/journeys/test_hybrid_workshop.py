"""The hybrid strategy workshop: seventy people in a room, at home and on paper, from the form to the votes.

Told three times: by a facilitator with a mouse, by one who has none, and by one who hears the outline. The first goes
on to the record at the door, the letters, and six weeks later what has changed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from core.base.clock import utc_now
from core.base.join import Way
from core.base.mail import MailServer
from core.domain.board import NoteState
from core.domain.terms import Mode
from core.session import Session
from tests.core.post.mailboxes import Mailboxes, mail_server
from tests.core.record.boards import squeezed
from tests.journeys import way_back
from tests.journeys.facilitators import ByEar, Facilitator, WithMouse, themes, without_a_mouse
from tests.journeys.guests import Guest, Guests, coming
from tests.journeys.way_back import BY_POST, Written
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import CTRL, Key
from ui.app import sessions_of
from ui.panes.status_line import BalanceLine

pytestmark = pytest.mark.slow

NewDesk = Callable[..., DeskUnderTest]
TITLE = "How we involve people"
QUESTIONS = ("What gets in the way of taking part?", "What has worked well?", "What should we do first?")
PROMISE = "We will write to you by 13 December."
SAID = {
    "Getting there": "The last bus home goes {n} minutes before the end",
    "Plain words": "Page {n} of the leaflet has words nobody uses",
    "Time of day": "A meeting at {n} is no good for people who work",
    "Being heard": "I said this {n} times and nobody wrote it down",
    "Costs": "Nobody paid back my {n} pounds for the child minder",
    "Online": "The link broke {n} times before I was in",
}
ROOM, TYPED, HOME, PAPER, ALOUD = 45, 3, 10, 9, 3
HEARD = PAPER + ALOUD
NO_SUCH, UNCLEAR = {"person5@example.org", "person10@example.org"}, "person16@example.org"
PAID = "Child minders are paid back within a week."
PRIVATE = "Ring me about the ramp on 020 7946 0123"


def sentences(count: int, first: int = 1) -> list[str]:
    """So many notes, about all six things in turn."""
    said = list(SAID.values())
    return [said[number % len(said)].format(n=number) for number in range(first, first + count)]


def topic(text: str) -> str:
    """What a note is about."""
    return next(name for name, words in SAID.items() if text.startswith(words.partition("{n}")[0]))


@pytest.fixture
def desk(new_desk: NewDesk) -> DeskUnderTest:
    started = new_desk()
    started.begin(size=(1920, 1080))
    started.wait(started.window.isActiveWindow)
    return started


def test_with_a_mouse_to_the_last_answer(desk: DeskUnderTest, new_desk: NewDesk, tmp_path: Path) -> None:
    her: Facilitator = WithMouse(desk)
    post = Mailboxes(refused=frozenset(NO_SUCH), hangs_up_in={UNCLEAR}, dies_after=17)
    with mail_server(post) as server:
        with coming() as guests:
            the_workshop(her, guests)
            people = way_back.people_leave_addresses(guests.all, sentences(58))
            slips = way_back.slips_of_those_typed_for(her, HEARD)
        the_record_is_at_the_door(her, tmp_path / "door")
        letters_go_until_the_server_dies(her, post, server)
        her = comes_back(her, new_desk, timedelta(days=1))
        people += an_address_comes_late(her, slips[0])
        the_rest_goes_and_nobody_gets_two(her, post, people)
        those_without_email_are_answered_too(her, tmp_path / "letters", slips[1])
        her = comes_back(her, new_desk, timedelta(weeks=6))
        only_what_has_changed_goes_to_those_it_concerns(her, post)


def test_with_the_keyboard_only(desk: DeskUnderTest, qapp: QApplication) -> None:
    with without_a_mouse(qapp), coming() as guests:
        the_workshop(Facilitator(desk), guests)


def test_with_the_outline_alone(desk: DeskUnderTest, qapp: QApplication) -> None:
    her = ByEar(desk)
    with without_a_mouse(qapp), coming() as guests:
        the_workshop(her, guests)
    heard = her.hears()
    for text in (*sentences(58), *sentences(HEARD, first=101)):
        (row,) = [row for row in heard if row.startswith(f"{text},")]
        assert f", {topic(text)}, " in row
        assert row.endswith(", Shown")


def the_workshop(her: Facilitator, guests: Guests) -> None:
    """The whole day. Each part ends with what people see."""
    makes_it(her)
    opens_the_doors(her, guests)
    nobody_sees_the_others_while_all_write(her, guests)
    types_for_those_without_a_phone(her)
    reads_what_is_held(her)
    reveals_the_notes(her, guests)
    groups_while_more_arrive(her, guests)
    asks_whether_she_got_it_right(her, guests)
    everything_adds_up(her)


def makes_it(her: Facilitator) -> None:
    """Title, purpose, promise, three questions, and an agenda of three steps."""
    her.presses("New workshop")
    her.fills_in("What is it called?", TITLE)
    her.fills_in("What is it for?", "To find out how to do it better.")
    her.fills_in("What do you promise?", PROMISE)
    for number, question in enumerate(QUESTIONS, 1):
        if number > 1:
            her.presses("Add a question")
        her.fills_in(f"Question {number}", question)
    for number, (kind, minutes) in enumerate((("Write", "5"), ("Group", "20"), ("Vote", "10")), 1):
        her.presses("Add a step")
        her.picks(f"Step {number}: what happens", kind)
        her.picks(f"Step {number}: its question", "Question 1")
        her.fills_in(f"Step {number}: minutes", minutes)
    assert "35 minutes in all" in her.reads()
    her.desk.keys(Key.Key_Return, CTRL)
    her.desk.wait(lambda: her.desk.desk.open_desk is not None)
    her.settles()
    assert [her.board.text(each.words) for each in her.board.questions_in_order()] == list(QUESTIONS)
    her.chooses("Notes shown when I reveal them")
    her.desk.wait(lambda: "Next: Write" in her.desk.names(QWidget))


def opens_the_doors(her: Facilitator, guests: Guests) -> None:
    """45 scan the code on the wall, three type it, ten follow the link for people at home: she sees them come."""
    assert her.desk.door.code
    her.chooses("Join view")
    window = her.desk.open.projector.window
    assert window is not None
    guests.follow(scanned(window), ROOM)
    guests.type_code(her.desk.door.address, her.desk.door.code, TYPED)
    guests.follow(her.desk.door.link(Way.HOME), HOME)
    assert all(TITLE in guest.phone.page and PROMISE in guest.phone.page for guest in guests.all)
    her.chooses("People")
    her.desk.wait(lambda: f"{len(guests.all)} here" in her.reads())
    her.desk.wait(lambda: "Quiet so far: 58. In the room: 48 · At home: 10" in her.desk.names(QWidget))


def nobody_sees_the_others_while_all_write(her: Facilitator, guests: Guests) -> None:
    """Five silent minutes. Only the desk sees the notes."""
    her.goes_on()
    her.desk.wait(lambda: "Next: Group" in her.desk.names(QWidget))
    her.desk.keys(Key.Key_F12)
    her.fills_in("Minutes", "5")
    her.desk.keys(Key.Key_Return, CTRL)
    her.desk.wait(lambda: her.board.timer is not None)
    for guest, text in zip(guests.all, sentences(len(guests.all)), strict=True):
        assert "Thank you. We have your note." in guest.writes(text)
    guests.all[0].writes(PRIVATE)
    her.desk.wait(lambda: her.board.balance.received == 59)
    her.desk.wait(lambda: "Have sent a note: 58. In the room: 48 · At home: 10" in her.desk.names(QWidget))
    wall = guests.all[7].reads()
    projector = her.sees_on_the_wall(QUESTIONS[0])
    assert not [text for text in sentences(58) if text in wall or text in projector]
    assert "These notes are not on the wall yet." in wall


def types_for_those_without_a_phone(her: Facilitator) -> None:
    """Nine have no phone and write on paper, three tell theirs to a scribe: their words, Enter, Tab."""
    before = her.board.balance.received
    her.desk.keys(Key.Key_T, CTRL)
    her.desk.wait(lambda: her.at is her.desk.open.screen.type_row.words)
    her.picks("How their words came", "On paper")
    her.goes_to("Their words")
    for number, text in enumerate(sentences(HEARD, first=101)):
        if number == PAPER:
            her.picks("How their words came", "Said aloud")
            her.goes_to("Their words")
        her.desk.type(text)
        her.desk.keys(Key.Key_Return)
        her.desk.keys(Key.Key_Tab)
    her.desk.keys(Key.Key_Escape)
    her.desk.wait(lambda: her.board.balance.received == before + HEARD)
    her.desk.wait(lambda: (her.board.people[Mode.PAPER], her.board.people[Mode.SCRIBE]) == (PAPER, ALOUD))


def reads_what_is_held(her: Facilitator) -> None:
    """A note with a telephone number waits for her; she hides it, and says why."""
    assert her.board.balance.held == 1
    her.desk.keys(Key.Key_J, CTRL)
    her.desk.wait(lambda: her.at is her.desk.open.screen.held.view)
    her.desk.keys(Key.Key_Delete)
    her.desk.keys(Key.Key_2)
    her.desk.wait(lambda: her.board.balance.hidden == 1)


def reveals_the_notes(her: Facilitator, guests: Guests) -> None:
    """Now everybody reads everything, but for what is hidden."""
    hears = guests.all[9].hears()
    her.desk.keys(Key.Key_F7)
    her.desk.wait(lambda: her.board.is_revealed(her.board.questions_in_order()[0].id))
    first = next(frame["notes"] for frame in hears if frame.get("notes"))
    assert len(first) == 58 + HEARD    # not one was told before
    wall = guests.all[9].reads()
    assert not [text for text in (*sentences(58), *sentences(HEARD, first=101)) if text not in wall]
    assert PRIVATE not in wall


def groups_while_more_arrive(her: Facilitator, guests: Guests) -> None:
    """Seventy notes into six themes, and six more that come while she does it."""
    her.goes_on()
    her.settles()
    for name in SAID:
        her.makes_theme(name)
    late = sentences(len(SAID), first=201)
    her.groups(topic, (arrives(her, guest, text) for guest, text in zip(guests.all, late, strict=False)))
    every = (*sentences(58), *sentences(HEARD, first=101), *late)
    assert {name: sorted(in_theme(her, name)) for name in SAID} == {
        name: sorted(text for text in every if topic(text) == name) for name in SAID
    }

    # the last move is taken back, and done again
    her.desk.keys(Key.Key_Z, CTRL)
    her.desk.wait(lambda: bool(her.loose))
    text = her.board.text_of(her.loose[0])
    her.chooses("Redo")
    her.desk.wait(lambda: not her.loose)
    writer = next(guest for guest in guests.all if text in guest.reads("/mine"))
    assert f"“{topic(text)}”" in writer.phone.page


def arrives(her: Facilitator, guest: Guest, text: str) -> str:
    """One note more, seen at the desk."""
    guest.writes(text)
    her.desk.wait(lambda: text in map(her.board.text_of, her.board.notes.values()))
    return text


def in_theme(her: Facilitator, name: str) -> list[str]:
    """The words of its notes."""
    return [her.board.text_of(note) for note in her.board.notes_in(themes(her.board)[name].id)]


def asks_whether_she_got_it_right(her: Facilitator, guests: Guests) -> None:
    """“Did we get you right?” Dots from phones on the themes, hands from the tables, each on its own and together."""
    her.goes_on()
    her.chooses("Open a vote…")
    her.desk.keys(Key.Key_Return, CTRL)
    her.desk.wait(lambda: bool(her.board.rounds_in_order()))
    names = list(SAID)
    for number, guest in enumerate(guests.all):
        guest.votes_for(names[0], names[number % 3])
    counts_hands(her, {1: (5, 2), 4: (0, 6)})
    her.chooses("Close the vote")
    (votes,) = her.board.rounds_in_order()
    her.desk.wait(lambda: not her.board.is_round_open(votes.id))
    assert "2 are yours" in guests.all[3].reads("/vote")
    her.sees_on_the_wall(f"{names[0]} 83", f"{names[1]} 27")


def counts_hands(her: Facilitator, tables: dict[int, tuple[int, int]]) -> None:
    """At two tables those without a phone raise their hands for the first two themes."""
    first, second = list(SAID)[:2]
    her.chooses("Enter hands and paper dots…")
    for table, (for_first, for_second) in tables.items():
        her.fills_in("Table", f"{table}")
        her.fills_in(first, f"{for_first}")
        her.fills_in(second, f"{for_second}")
        her.desk.keys(Key.Key_Return, CTRL)
        her.desk.wait(lambda table=table: f"Kept for table {table}." in " ".join(her.reads()))    # type: ignore[misc]
    her.desk.keys(Key.Key_Escape)
    hands = [label for label in her.reads() if "hands 13 (tables 1, 4)" in label]
    assert hands
    her.desk.keys(Key.Key_Escape)


def everything_adds_up(her: Facilitator) -> None:
    """Received = on the board + held + hidden + taken back."""
    told = "All safe on this laptop. Received 77 = on the board 76 + held 0 + hidden 1 + taken back 0"
    her.desk.wait(lambda: told in her.desk.names(BalanceLine))
    (hidden,) = (note for note in her.board.notes.values() if note.state is NoteState.HIDDEN)
    assert her.board.text_of(hidden) == PRIVATE


def the_record_is_at_the_door(her: Facilitator, folder: Path) -> None:
    """While people put on their coats: every note is in it but the one that is hidden."""
    told = way_back.makes_the_record(her, folder)
    assert not [text for text in (*sentences(58), *sentences(HEARD, first=101)) if squeezed(text) not in told]
    assert squeezed(PRIVATE) not in told


def letters_go_until_the_server_dies(her: Facilitator, post: Mailboxes, server: MailServer) -> None:
    """One theme is answered; then each letter goes with its reader's own record. After 17 the server is gone."""
    her.desk.keys(Key.Key_8, CTRL)
    her.answers("Getting there", "In progress", {"Your answer": "We ask the bus company."})
    view = way_back.goes_there(her)
    way_back.says_who_takes_the_letters(her, server)
    way_back.sends(her, again_by=utc_now().date() + timedelta(weeks=8))
    her.desk.wait(lambda: "Nothing is lost." in her.desk.notice, seconds=way_back.PATIENCE)
    way_back.sees(her, view, "Answered 17 of 70 people.")
    assert len(post.taken) == 17


def comes_back(her: Facilitator, new_desk: NewDesk, after: timedelta) -> Facilitator:
    """The desk is shut, and opened again so much later."""
    def clock() -> datetime:
        return utc_now() + after

    path, settings = her.desk.open.running.session.path, her.desk.settings
    her.desk.close()
    known = sessions_of(settings)
    later = replace(known, open=lambda file: Session.open(file, settings.settings.desk, clock=clock, keeps_copies=True))
    desk = new_desk(later, clock=clock)
    desk.begin(path, size=(1920, 1080))
    desk.wait(desk.window.isActiveWindow)
    assert desk.door.code    # it is open
    return type(her)(desk)


def an_address_comes_late(her: Facilitator, slip: str) -> list[Written]:
    """Somebody who wrote on paper types the code of their slip at home, finds their note, and wants a letter."""
    text = sentences(1, first=101)[0]
    with way_back.opened_by_code(her.desk.door.address, slip) as phone:
        assert text in phone.page
        assert f"“{topic(text)}”" in phone.page
        late = Written("late@example.org", text)
        way_back.leaves(phone, way="email", email=late.address)
    return [late]


def the_rest_goes_and_nobody_gets_two(her: Facilitator, post: Mailboxes, people: Sequence[Written]) -> None:
    """What waited goes. Two addresses are wrong; of one letter nobody knows, until she asks its reader."""
    post.dies_after = None
    view = way_back.goes_there(her)
    way_back.sends(her)
    way_back.sees(her, view, "Answered 38 of 70 people.")
    way_back.each_has_one_letter(post, people, {*NO_SUCH, UNCLEAR})
    way_back.stand(her, view, "Address does not work", 2)
    way_back.stand(her, view, "Unsure whether it went", 1)
    way_back.sends_the_unclear_one_again(her, view)
    way_back.sees(her, view, "Answered 39 of 70 people.")
    way_back.each_has_one_letter(post, people, NO_SUCH)
    way_back.each_letter_is_about_its_reader(post, people)
    for each in people[:2]:
        assert squeezed(f"Your note {each.said}") in way_back.record_in(post, each.address)
        assert squeezed(f"Your note {people[2].said}") not in way_back.record_in(post, each.address)


def those_without_email_are_answered_too(her: Facilitator, folder: Path, slip: str) -> None:
    """Letters for the post; and who left no address reads on their own page, by the code of their slip."""
    view = way_back.goes_there(her)
    way_back.prints_letters(her, folder)
    way_back.sees(her, view, f"Answered {39 + BY_POST} of 70 people.")
    with way_back.opened_by_code(her.desk.door.address, slip) as phone:
        assert sentences(1, first=102)[0] in phone.page
        way_back.goes_there(her)
        way_back.sees(her, view, f"Answered {39 + BY_POST + 1} of 70 people.")
    assert view.unreached.text() == "27 people cannot be reached."
    way_back.stand(her, view, "Left no address", 25)


def only_what_has_changed_goes_to_those_it_concerns(her: Facilitator, post: Mailboxes) -> None:
    """Costs are paid back now. Who spoke of costs and had a letter hears it; nobody else, and nobody twice."""
    her.desk.keys(Key.Key_8, CTRL)
    her.answers("Costs", "Done", {"Your answer": PAID})
    view = way_back.goes_there(her)
    her.desk.wait(lambda: view.told.text() == "7 people can be told what has changed.")
    way_back.sends(her)
    her.desk.wait(lambda: view.told.text() == "No letter waits.", seconds=way_back.PATIENCE)
    changes = way_back.told_of_changes(post)
    assert sorted(changes) == sorted(f"person{number}@example.org" for number in (2, 4, 16, 22, 28, 34, 40))
    assert all(PAID in words and "We ask the bus company." not in words for words in changes.values())


def scanned(window: QWidget) -> str:
    """What a phone's camera reads on the wall."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    view = memoryview(image.constBits()).cast("B", (image.height(), image.bytesPerLine()))
    (found,) = (each.text for each in zxingcpp.read_barcodes(view) if each.text.startswith("HTTP://"))
    return found

