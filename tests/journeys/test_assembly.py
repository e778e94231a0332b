"""An assembly that tracks change: in May people say what is wrong, what they tried and what could be; they are
answered, and answer back. In June the themes carry on, and decision-makers read what was said and what changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from core.base.join import Way
from core.domain.board import Note
from core.domain.terms import NoteKind
from tests.core.cli.program import do
from tests.journeys.facilitators import Facilitator, themes
from tests.journeys.guests import Guest, coming
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import CTRL, Key

pytestmark = pytest.mark.slow

NewDesk = Callable[..., DeskUnderTest]
QUESTION = "How do we get around?"
SAID = {
    NoteKind.PROBLEM: "The buses stop at six.",
    NoteKind.STORY: "My sister walks home along the road.",
    NoteKind.IDEA: "Let the school bus take others, too.",
    NoteKind.EXPERIMENT: "We shared a minibus for a month.",
    NoteKind.QUESTION: "Who decides about the buses?",
}
LATE, MORE = "Buses that run late", "Ways to share"
THEME_OF = {
    NoteKind.PROBLEM: LATE, NoteKind.STORY: LATE, NoteKind.IDEA: MORE, NoteKind.EXPERIMENT: MORE,
    NoteKind.QUESTION: MORE,
}  # fmt: skip
ANSWER, NO = "The last bus runs at nine from May on.", "The council may not lend its buses."
DONE = "Buses run until ten."
MAY, JUNE = (datetime(2026, month, 12, 12, tzinfo=UTC) for month in (5, 6))


def test_with_the_keyboard_only(new_desk: NewDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    may = in_may(Facilitator(started(new_desk)))
    june = in_june(Facilitator(started(new_desk, may)), may)
    the_decision_makers_read_it(june, tmp_path / "out", capsys)


def started(new_desk: NewDesk, earlier: Path | None = None) -> DeskUnderTest:
    """A desk of that month; who asks for an earlier workshop gets that of May."""
    when = JUNE if earlier else MAY
    desk = new_desk(clock=lambda: when, ask=lambda _window, _folder: str(earlier))
    desk.begin(size=(1920, 1080))
    desk.wait(desk.window.isActiveWindow)
    return desk


def in_may(her: Facilitator) -> Path:
    """Said, grouped, answered, answered back; the file that it is in."""
    her.presses("New workshop")
    her.fills_in("What is it called?", "May assembly")
    her.fills_in("Question 1", QUESTION)
    her.desk.keys(Key.Key_Return, CTRL)
    her.desk.wait(lambda: her.desk.desk.open_desk is not None)
    her.chooses("Ask what kind of note it is")
    her.desk.wait(lambda: bool(her.board.asking(her.board.questions_in_order()[0].id).kinds))
    with coming() as guests:
        people = guests.follow(her.desk.door.link(Way.ROOM), len(SAID))
        for guest, (kind, text) in zip(people, SAID.items(), strict=True):
            says(guest, text, kind)
        her.desk.wait(lambda: len(her.board.notes) == len(SAID))
        assert {note.kind for note in her.board.notes.values()} == set(NoteKind)
        for name in (LATE, MORE):
            her.makes_theme(name)
        kinds = {text: kind for kind, text in SAID.items()}
        her.groups(lambda text: THEME_OF[kinds[text]], iter(()))
        she_answers_both(her)
        they_read_it_and_one_says_that_we_got_it_wrong(her, people[0], people[1], people[4])
    path = her.desk.open.running.session.path
    her.desk.close()
    return path


def says(guest: Guest, text: str, kind: NoteKind) -> None:
    """A note of a kind, by the form of the page."""
    guest.phone.open(f"/{guest.phone.code}/q/1")
    answer = guest.phone.send(text, sure="1", kind=kind.value)
    assert answer.status_code == 303, answer.text


def she_answers_both(her: Facilitator) -> None:
    """One theme is in progress; for the other there is a reason why not."""
    her.desk.keys(Key.Key_8, CTRL)
    her.desk.wait(lambda: "Answered 0 of 5 people" in her.reads())
    her.answers(LATE, "In progress", {"Your answer": ANSWER, "Who decides or does it": "Bus team"})
    her.answers(MORE, "We cannot", {"Because": NO})
    her.desk.wait(lambda: "Answered 5 of 5 people" in her.reads())


def mine(guest: Guest) -> str:
    return unescape(guest.reads("/mine"))


def they_read_it_and_one_says_that_we_got_it_wrong(her: Facilitator, first: Guest, second: Guest, asker: Guest) -> None:
    """Each reads the answer to what they said. Who asked belongs elsewhere, says so, and hears what came of it."""
    for guest in (first, second):
        assert all(words in mine(guest) for words in ("In progress", ANSWER, "Bus team"))
    assert all(words in mine(asker) for words in ("We cannot", "Because:", NO))
    note = note_of(her, SAID[NoteKind.QUESTION])
    page = asker.reads("/mine").partition("/answer-back")[0].rpartition('href="')[2]
    asker.phone.open(f"{page}/answer-back")
    sent = asker.phone.post(f"{page}/answer-back", **asker.phone.form, text="I asked about the late buses.")
    assert sent.status_code == 303, sent.text
    her.desk.wait(lambda: "1 person says that we got a note wrong." in her.reads())
    her.presses("Read it")
    about = her.desk.find(QPlainTextEdit, "What it is about").toPlainText()
    assert about == f"The note: {SAID[NoteKind.QUESTION]}\nIn the theme “{MORE}”."
    her.answers("I asked about the late buses.", "Done", {"Your answer": "You are right. We moved it."})
    her.desk.keys(Key.Key_1, CTRL)
    her.desk.open.running.selection.choose((note.id,))
    her.desk.open.screen.acts.move((note.id,), themes(her.board)[LATE].id)
    her.desk.wait(lambda: note_of(her, SAID[NoteKind.QUESTION]).spot.theme == themes(her.board)[LATE].id)
    assert all(words in mine(asker) for words in ("You are right. We moved it.", ANSWER))
    assert NO not in mine(asker)


def note_of(her: Facilitator, text: str) -> Note:
    return next(note for note in her.board.notes.values() if her.board.text_of(note) == text)


def in_june(her: Facilitator, may: Path) -> Path:
    """The next assembly goes on where the last one ended."""
    her.presses("New workshop")
    her.presses("Carry on from an earlier workshop…")
    her.desk.wait(lambda: f"2 themes carry on: {LATE}, {MORE}." in plain(her))
    her.fills_in("What is it called?", "June assembly")
    her.desk.keys(Key.Key_Return, CTRL)
    her.desk.wait(lambda: her.desk.desk.open_desk is not None)
    assert her.board.title() == "June assembly"
    frame = her.desk.open.screen.board.board_scene.theme_frame(themes(her.board)[LATE].id)
    assert frame is not None
    assert frame.heading.below == "Heard 1 time before, last time: In progress"
    with coming() as guests:
        [guest] = guests.follow(her.desk.door.link(Way.ROOM), 1)
        guest.writes("Nine is still too early.")
        her.desk.wait(lambda: len(her.board.notes) == 1)
        her.groups(lambda _text: LATE, iter(()))
        her.desk.wait(lambda: frame.heading.below == "2nd time heard, last time: In progress")
        her.desk.keys(Key.Key_8, CTRL)
        her.answers(LATE, "Done", {"Your answer": DONE})
        assert DONE in mine(guest)
    path = her.desk.open.running.session.path
    her.desk.close()
    assert may.is_file()
    return path


def plain(her: Facilitator) -> list[str]:
    """What the screen says, without the signs that keep the order of writing."""
    return [words.replace("\u2068", "").replace("\u2069", "") for words in her.reads()]


def the_decision_makers_read_it(june: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the record: what was said, that it came up again, and what changed."""
    assert do(capsys, "record", june, "--out", folder, "--formats", "html").code == 0
    [page] = folder.glob("*.html")
    told = unescape(page.read_text("utf-8"))
    for words in (LATE, "Nine is still too early.", "Heard in 2 workshops. Last time: In progress.", DONE, "Done"):
        assert words in told
