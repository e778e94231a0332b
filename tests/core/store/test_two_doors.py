"""Sending twice: the same id at one door, many times at once, by other people, and at two doors."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.base.errors import WasErased
from core.base.ids import NoteId
from core.domain.board import Board
from core.domain.commands import MoveNotes
from core.domain.events import Author
from core.session import Saved, Session
from core.store.check import check
from core.store.reader import read_log
from tests.core.store.engines import EVERYTHING, Engine, copy_of
from tests.core.table import name_of, person
from tests.core.workshops import BEN, SECONDS, note, opened, say

NOTE = name_of("sent twice")


def notes_on(board: Board) -> list[tuple[str | None, str]]:
    return sorted((note.contributor, board.text_of(note)) for note in board.notes.values())


# -- at one door


@pytest.mark.parametrize("again", ["The ramp is steep", "  The ramp is steep\r\n", "The ramp is steep "])
def test_the_same_words_sent_twice_are_one_note_and_the_same_answer(kept: Engine, again: str) -> None:
    with kept.opened() as session:
        first = say(session, "The ramp is steep", id=NOTE)
        second = say(session, again, id=NOTE)
        assert (first.repeated, second.repeated) == (False, True)
        assert second == Saved(first.events, first.text, repeated=True)
        assert notes_on(session.board) == [(person("Ada"), "The ramp is steep")]


def test_composed_and_decomposed_letters_are_the_same_words(kept: Engine) -> None:
    with kept.opened() as session:
        first = say(session, "cafe\N{COMBINING ACUTE ACCENT}", id=NOTE)
        assert say(session, "caf\N{LATIN SMALL LETTER E WITH ACUTE}", id=NOTE).events == first.events


def test_other_words_under_the_same_id_are_a_second_note_and_are_never_dropped(kept: Engine) -> None:
    with kept.opened() as session:
        first = say(session, "The ramp is steep", id=NOTE)
        second = say(session, "The ramp is very steep", id=NOTE)
        assert second.text == "The ramp is very steep"
        assert not second.repeated
        assert second.note_id != first.note_id
        third = say(session, "The ramp is very steep", id=NOTE)
        assert third.repeated
        assert third.note_id == second.note_id
        assert [text for _, text in notes_on(session.board)] == ["The ramp is steep", "The ramp is very steep"]


def test_the_id_of_another_person_counts_as_none(kept: Engine) -> None:
    with kept.opened() as session:
        first = say(session, "The ramp is steep", id=NOTE)
        second = say(session, "The ramp is steep", by="Ben", id=NOTE)
        assert second.note_id != first.note_id
        assert say(session, "The ramp is steep", by="Ben", id=NOTE).note_id == second.note_id
        assert notes_on(session.board) == [
            (person("Ada"), "The ramp is steep"),
            (person("Ben"), "The ramp is steep"),
        ]


def test_nobodys_note_sent_twice_is_one_and_with_other_words_two(kept: Engine) -> None:
    with kept.opened() as session:
        say(session, "The ramp is steep", by=None, id=NOTE)
        assert say(session, "The ramp is steep", by=None, id=NOTE).repeated
        assert not say(session, "The door is heavy", by=None, id=NOTE).repeated
        assert len(session.board.notes) == 2


def test_a_note_sent_again_after_a_restart_is_the_same_note(kept: Engine) -> None:
    with kept.opened() as session:
        first = say(session, "The ramp is steep", id=NOTE)
    with kept.opened() as session:
        again = say(session, "The ramp is steep", id=NOTE)
        assert again.repeated
        assert [event.id for event in again.events] == [event.id for event in first.events]


def test_a_note_that_was_reworded_since_is_still_known_by_the_words_it_was_sent_with(kept: Engine) -> None:
    with kept.opened() as session:
        first = say(session, "The ramp is steep", id=NOTE)
        session.do(MoveNotes((first.note_id,), None)).result(SECONDS)
        assert say(session, "The ramp is steep", id=NOTE).repeated


def test_a_note_of_an_erased_person_does_not_come_back(kept: Engine) -> None:
    with kept.opened() as session:
        say(session, "The ramp is steep", id=NOTE)
        session.erase(person("Ada")).result(SECONDS)
        again = say(session, "The ramp is steep", id=NOTE)
        assert again.repeated
        assert again.text == ""
        with pytest.raises(WasErased):
            say(session, "Something new")
        assert session.board.balance.received == 1


def test_fifty_at_once_are_one_note(kept: Engine) -> None:
    with kept.opened() as session:
        sent = note(session, "The ramp is steep", id=NOTE)
        author = Author(session.desk, person("Ada"))
        with ThreadPoolExecutor(50) as pool:
            waiting = list(pool.map(lambda _: session.do(sent, author), range(50)))
            answers = [each.result(SECONDS) for each in waiting]
        assert {(answer.note_id, answer.text) for answer in answers} == {(NOTE, "The ramp is steep")}
        assert [answer.repeated for answer in answers].count(False) == 1
        assert len(session.board.notes) == 1


def test_fifty_different_notes_under_one_id_at_once_are_fifty_notes(kept: Engine) -> None:
    with kept.opened() as session:
        author = Author(session.desk, person("Ada"))
        with ThreadPoolExecutor(50) as pool:
            sent = [note(session, f"note {number:02}", id=NOTE) for number in range(50)]
            waiting = list(pool.map(lambda each: session.do(each, author), sent))
            answers = [each.result(SECONDS) for each in waiting]
        assert [answer.text for answer in answers] == [f"note {number:02}" for number in range(50)]
        assert len({answer.note_id for answer in answers}) == len(session.board.notes) == 50


# -- at two doors


@dataclass
class Doors:
    """A home and a desk that took a note each under one id while they could not reach each other."""

    home: Session
    desk: Session

    def push(self) -> None:
        events = self.desk.unsent().result(SECONDS)
        self.home.take(events, read_log(self.desk.path)[1]).result(SECONDS)

    def pull(self) -> None:
        parcel = self.home.parcels.after(0, EVERYTHING)
        self.desk.merge(parcel.events, parcel.words).result(SECONDS)


@pytest.mark.parametrize("first", ["push", "pull"])
@pytest.mark.parametrize(
    ("who", "words", "found"),
    [
        ("Ada", "The ramp is steep", [("Ada", "The ramp is steep")]),
        ("Ada", "The door is heavy", [("Ada", "The door is heavy"), ("Ada", "The ramp is steep")]),
        ("Ben", "The ramp is steep", [("Ada", "The ramp is steep"), ("Ben", "The ramp is steep")]),
    ],
)
def test_one_id_at_two_doors_loses_and_doubles_nothing(
    kept: Engine, tmp_path: Path, first: str, who: str, words: str, found: list[tuple[str, str]]
) -> None:
    elsewhere = tmp_path / "elsewhere.sayback"
    with kept.opened() as home:
        home.save_copy(elsewhere).result(SECONDS)
    with kept.opened() as home, opened(elsewhere, BEN, is_home=False) as desk:
        say(home, "The ramp is steep", id=NOTE)
        said = say(desk, words, by=who, id=NOTE)
        assert said.note_id == NoteId(NOTE)
        say(desk, "and one more", by="Cy")
        doors = Doors(home, desk)
        for way in [first, "push", "push", "pull", "push", "pull"]:
            getattr(doors, way)()
        expected = sorted([*((person(name), text) for name, text in found), (person("Cy"), "and one more")])
        assert notes_on(home.board) == expected
        assert notes_on(desk.board) == expected
        assert desk.unsent().result(SECONDS) == []
        assert desk.parcels.mark() == home.parcels.mark()
        assert check(copy_of(home, tmp_path)).ok
    assert check(elsewhere).ok
