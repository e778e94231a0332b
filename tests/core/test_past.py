"""What was done is read back from the file: act by act, who and when, also after a restart."""

from pathlib import Path

import pytest

from core.base.ids import NoteId
from core.domain.bodies import NoteMoved, NoteSaid, ThemeMade
from core.domain.commands import ErasePerson, MoveNotes, NewTheme, Redo, RenameTheme, RewordNote, Undo
from core.domain.events import Author
from core.domain.past import Deed
from core.session import Session
from tests.core.table import person
from tests.core.workshops import SECONDS, first_question, made, opened, say

ALL = 10_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "park.sayback"


def kinds(deed: Deed) -> list[str]:
    return [type(event.body).__name__ for event in deed.events]


def group(session: Session, *notes: NoteId) -> None:
    session.do(NewTheme(first_question(session), "Ways in", notes)).result(SECONDS)


def test_acts_come_newest_first_and_what_people_do_between_them_is_one(path: Path) -> None:
    with made(path) as session:
        notes = [say(session, f"Note {number}").note_id for number in range(3)]
        group(session, *notes[:2])
        say(session, "One more")
        newest, themed, people = session.past(ALL)[:3]
        assert kinds(newest) == ["NoteSaid"]
        assert kinds(themed) == ["ThemeMade", "NoteMoved", "NoteMoved"]
        assert kinds(people) == ["NoteSaid"] * 3
        assert (people.is_by_contributors, themed.is_by_contributors) == (True, False)
        assert themed.desk == session.desk


def test_a_restart_keeps_it(path: Path) -> None:
    with made(path) as session:
        group(session, say(session, "The ramp is steep").note_id)
        before = session.past(ALL)
    with opened(path) as session:
        assert [kinds(deed) for deed in session.past(ALL)] == [kinds(deed) for deed in before]


def test_an_undone_act_is_told_so_until_it_is_done_again(path: Path) -> None:
    with made(path) as session:
        group(session, say(session, "The ramp is steep").note_id)
        act = session.past(ALL)[0].act
        for command, gone in ((Undo, True), (Redo, False), (Undo, True)):
            session.do(command(session.desk)).result(SECONDS)
            newest = session.past(ALL)[0]
            assert newest.root.act == act
            assert newest.is_redo is (command is Redo)
            assert next(deed for deed in session.past(ALL) if deed.act == act).taken_back is gone


def test_only_the_newest_are_read_where_so_many_are_asked_for(path: Path) -> None:
    with made(path) as session:
        for number in range(5):
            session.do(NewTheme(first_question(session), f"Theme {number}")).result(SECONDS)
        assert [kinds(deed) for deed in session.past(3)] == [["ThemeMade"]] * 2    # the third might be cut short


def test_what_happened_to_one_note_is_told_step_by_step_and_nothing_else(path: Path) -> None:
    with made(path) as session:
        note, other = (say(session, text).note_id for text in ("The ramp is steep", "There is no bus"))
        session.do(RewordNote(note, "The ramp is too steep"), Author(session.desk, person("Ada"))).result(SECONDS)
        group(session, note, other)
        session.do(MoveNotes((other,), None)).result(SECONDS)
        told = session.past(ALL, note)
        grouped = ["ThemeMade", "NoteMoved", "NoteMoved"]
        assert [kinds(deed) for deed in told] == [grouped, ["NoteReworded"], ["NoteSaid"]]


def test_what_was_erased_is_told_without_words(path: Path) -> None:
    with made(path) as session:
        note = say(session, "My number is 07700 900417").note_id
        group(session, note)
        session.do(RenameTheme(next(iter(session.board.themes)), "Ways out")).result(SECONDS)
        session.erase(person("Ada")).result(SECONDS)
        past = session.past(ALL)
        assert isinstance(past[0].events[0].subject, str)
        assert not any("07700" in repr(deed) for deed in past)
        assert session.board.text_of(session.board.notes[note]) == ""
        bodies = [event.body for deed in past for event in deed.events]
        assert {NoteSaid, NoteMoved, ThemeMade} <= {type(body) for body in bodies}


def test_it_can_be_read_while_the_writer_is_at_work(path: Path) -> None:
    with made(path) as session:
        waiting = [session.do(NewTheme(first_question(session), f"Theme {number}")) for number in range(50)]
        seen = [len(session.past(ALL)) for _ in range(5)]
        for each in waiting:
            each.result(SECONDS)
        assert seen == sorted(seen)
        assert len([deed for deed in session.past(ALL) if kinds(deed) == ["ThemeMade"]]) == 50
        assert session.do(ErasePerson(person("Ben"))).result(SECONDS).events
