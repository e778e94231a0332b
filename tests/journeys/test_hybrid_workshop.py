"""The hybrid strategy workshop: seventy people in a room, at home and on paper, from the form to the votes.

Told three times: by a facilitator with a mouse, by one who has none, and by one who hears the outline."""

from collections.abc import Callable

import pytest
import zxingcpp
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from core.base.join import Way
from core.domain.board import NoteState
from core.domain.terms import Mode
from tests.journeys.facilitators import ByEar, Facilitator, WithMouse, themes, without_a_mouse
from tests.journeys.guests import Guest, Guests, coming
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import CTRL, Key
from ui.panes.status_line import BalanceLine

pytestmark = pytest.mark.slow

NewDesk = Callable[[], DeskUnderTest]
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
ROOM, TYPED, HOME, PAPER = 45, 3, 10, 12
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


def test_with_a_mouse(desk: DeskUnderTest) -> None:
    the_workshop(WithMouse(desk))


def test_with_the_keyboard_only(desk: DeskUnderTest, qapp: QApplication) -> None:
    with without_a_mouse(qapp):
        the_workshop(Facilitator(desk))


def test_with_the_outline_alone(desk: DeskUnderTest, qapp: QApplication) -> None:
    her = ByEar(desk)
    with without_a_mouse(qapp):
        the_workshop(her)
    heard = her.hears()
    for text in (*sentences(58), *sentences(PAPER, first=101)):
        (row,) = [row for row in heard if row.startswith(f"{text},")]
        assert f", {topic(text)}, " in row
        assert row.endswith(", Shown")


def the_workshop(her: Facilitator) -> None:
    """The whole of it. Each part ends with what people see."""
    makes_it(her)
    with coming() as guests:
        opens_the_doors(her, guests)
        nobody_sees_the_others_while_all_write(her, guests)
        types_for_those_on_paper(her)
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


def types_for_those_on_paper(her: Facilitator) -> None:
    """Twelve have no phone: their words, Enter, Tab."""
    before = her.board.balance.received
    her.desk.keys(Key.Key_T, CTRL)
    her.desk.wait(lambda: her.at is her.desk.open.screen.type_row.words)
    her.picks("How their words came", "On paper")
    her.goes_to("Their words")
    for text in sentences(PAPER, first=101):
        her.desk.type(text)
        her.desk.keys(Key.Key_Return)
        her.desk.keys(Key.Key_Tab)
    her.desk.keys(Key.Key_Escape)
    her.desk.wait(lambda: her.board.balance.received == before + PAPER)
    her.desk.wait(lambda: her.board.people[Mode.PAPER] == PAPER)


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
    assert len(first) == 58 + PAPER    # not one was told before
    wall = guests.all[9].reads()
    assert not [text for text in (*sentences(58), *sentences(PAPER, first=101)) if text not in wall]
    assert PRIVATE not in wall


def groups_while_more_arrive(her: Facilitator, guests: Guests) -> None:
    """Seventy notes into six themes, and six more that come while she does it."""
    her.goes_on()
    her.settles()
    for name in SAID:
        her.makes_theme(name)
    late = sentences(len(SAID), first=201)
    her.groups(topic, (arrives(her, guest, text) for guest, text in zip(guests.all, late, strict=False)))
    every = (*sentences(58), *sentences(PAPER, first=101), *late)
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


def scanned(window: QWidget) -> str:
    """What a phone's camera reads on the wall."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    view = memoryview(image.constBits()).cast("B", (image.height(), image.bytesPerLine()))
    (found,) = (each.text for each in zxingcpp.read_barcodes(view) if each.text.startswith("HTTP://"))
    return found

