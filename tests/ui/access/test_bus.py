"""What a screen reader hears and can do, over a real AT-SPI bus (access.md D1, D2; journey 1 by the outline alone)."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.base.ids import DeskId, new_id
from core.domain.board import Board, Note, NoteState
from core.domain.commands import HideNotes, HoldNotes, MakeWorkshop, NewTheme
from core.domain.running import OpenVote
from core.domain.terms import Reason, VoteOn
from core.rehearsal.practice import QUESTION
from core.session import Session
from core.store.reader import read_board
from tests.house.project import HOUSE
from tests.ui.london import THEMES, say_all
from ui.words.names import reason_name

pytestmark = pytest.mark.slow

SECONDS = 150
SCREEN = ("xvfb-run", "-a", "-s", "-screen 0 1920x1080x24")
BUS = ("dbus-run-session", "--")
EARS = ("/usr/bin/python3", str(HOUSE / "tests/ui/access/ears.py"))
MODES = {"room": "In the room", "remote": "At home", "paper": "On paper"}


@dataclass(frozen=True, slots=True)
class Heard:
    """Every row of the outline before and after, and the roles of what has no name."""

    before: list[str]
    after: list[str]
    unnamed: list[str]


def hear(path: Path, moves: Sequence[tuple[str, str]] = ()) -> Heard:
    """Open the desk on this file with a screen reader at it, which then puts these notes into these themes."""
    plan = path.with_suffix(".plan")
    plan.write_text(json.dumps({"desk": [sys.executable, str(HOUSE / "main.py"), str(path)], "moves": moves}))
    at_home = {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "XDG_RUNTIME_DIR": str(path.parent)}
    command = [*SCREEN, *BUS, *EARS, str(plan)]
    with subprocess.Popen(
        command, env=os.environ | at_home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as session:
        try:
            said, complaints = session.communicate(timeout=SECONDS)
        finally:
            if session.poll() is None:
                os.killpg(session.pid, signal.SIGKILL)
    assert session.returncode == 0, complaints.decode()
    return Heard(**json.loads(said.decode().splitlines()[-1]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The London session as it came in: nothing grouped."""
    path = tmp_path / "london.sayback"
    made = MakeWorkshop(title="Young people and local policing", questions=(QUESTION,), code="HKW735")
    session = Session.create(path, made, DeskId(new_id()))
    say_all(session)
    session.close()
    return path


def test_each_note_is_heard_with_theme_author_votes_and_state(path: Path) -> None:
    with_states(path)
    board = read_board(path)
    heard = hear(path)
    assert heard.unnamed == []
    expected = [spoken(board, note) for note in board.notes.values()]
    assert sorted(row for row in heard.before if row in expected) == sorted(expected)
    assert len(heard.before) == len(board.notes) + len(("question", "theme", "loose", "held", "hidden"))


def test_the_london_notes_are_grouped_with_the_outline_alone(path: Path) -> None:
    wanted = grouping(read_board(path))
    heard = hear(path, wanted)
    board = read_board(path)
    themes = {board.text(theme.name): board.notes_in(theme.id) for theme in board.themes.values()}
    assert sorted((board.text_of(note), name) for name, notes in themes.items() for note in notes) == sorted(wanted)
    for words, theme in wanted:
        assert any(row.startswith(" ".join(words.split("\n"))) and f", {theme}," in row for row in heard.after)
    assert len(wanted) >= 9


def with_states(path: Path) -> None:
    """A theme, a note that is held, one that is hidden, a vote on notes."""
    session = Session.open(path, DeskId(new_id()))
    (question,) = session.board.questions_in_order()
    first, second, third, fourth = [note.id for note in session.board.notes.values()][:4]
    for command in (
        NewTheme(question.id, "Trust and talking", (first, second)),
        HoldNotes((third,), Reason.PERSONAL_FACTS),
        HideNotes((fourth,), Reason.OFF_TOPIC),
        OpenVote(question.id, VoteOn.NOTES, 3),
    ):
        session.do(command).result(10)
    session.close()


def spoken(board: Board, note: Note) -> str:
    """What access.md asks to be read out: text, group, author label, votes, state."""
    theme, reason = board.theme_of(note), note.standing.reason
    places = {NoteState.HELD: "Held", NoteState.HIDDEN: "Hidden"}
    loose = "Not in a theme yet" if theme is None else board.text(theme.name)
    state = f"{places[note.state]}: {reason_name(reason).lower()}" if note.state in places and reason else "Shown"
    text = " ".join(board.text_of(note).split("\n"))
    return ", ".join((text, places.get(note.state, loose), MODES[note.mode.value], "0 votes", state))


def grouping(board: Board) -> list[tuple[str, str]]:
    """Which note goes into which theme: as the London session is grouped, by words that stand in them."""
    left = [board.text_of(note) for note in board.notes.values()]
    moves = []
    for theme, signs in THEMES:
        fitting = [text for text in left if any(sign in text for sign in signs)]
        left = [text for text in left if text not in fitting]
        moves += [(text, theme) for text in fitting]
    return moves
