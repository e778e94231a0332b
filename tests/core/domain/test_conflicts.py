"""Unseen overwrites: the later value is on the board, the earlier stays reachable, somebody is asked to choose."""

from collections.abc import Callable

import pytest

from core.base.ids import NoteId, OriginId, QuestionId, ThemeId, WordsHash
from core.domain.board import Board, NoteState
from core.domain.bodies import NoteReworded
from core.domain.commands import (
    Command,
    ErasePerson,
    HideNotes,
    HoldNotes,
    MoveNotes,
    NewTheme,
    PutBackNote,
    RemoveTheme,
    RenameTheme,
    RestoreTheme,
    RewordNote,
    ShowNotes,
    WithdrawNote,
)
from core.domain.conflicts import saw
from core.domain.events import EPOCH_SIZE, Base, Event
from core.domain.terms import Reason
from core.domain.values import changed
from tests.core.table import Seat, Table, a_table, event_of, name_of, person, say, texts

NOTE = NoteId("a" * 32)
WAYS, SEATS, LIGHT = (ThemeId(name_of(name)) for name in ("ways", "seats", "light"))


@pytest.fixture
def room() -> tuple[Table, list[Seat]]:
    """Three desks that have all seen one note of Ada's, and three themes."""
    table, question, seats = a_table("Ann", "Ben", "Cem")
    fill(seats[0], question)
    for seat in seats:
        seat.catches_up()
    return table, seats


def fill(seat: Seat, question: QuestionId) -> None:
    say(seat, question, "The ramp is steep", note_id=NOTE)
    for theme_id, name in [(WAYS, "Ways in"), (SEATS, "Seats"), (LIGHT, "Light")]:
        seat.does(NewTheme(question, name, theme_id=theme_id))


def everyone_reads(*seats: Seat) -> None:
    for seat in seats:
        seat.catches_up()


def kept_and_lost(board: Board) -> list[tuple[str, str, list[str]]]:
    return [(c.name, c.kept.id, [event.id for event in c.lost]) for c in board.conflict_list()]


OVERWRITES: list[tuple[str, Command, Command, Command]] = [
    ("words", RewordNote(NOTE, "Ann's words"), RewordNote(NOTE, "Ben's words"), RewordNote(NOTE, "Ann's words")),
    ("theme", MoveNotes((NOTE,), WAYS), MoveNotes((NOTE,), SEATS), MoveNotes((NOTE,), LIGHT)),
    ("visibility", HoldNotes((NOTE,), Reason.OTHER), HideNotes((NOTE,), Reason.HURTFUL), ShowNotes((NOTE,))),
    ("name", RenameTheme(WAYS, "Ann's name"), RenameTheme(WAYS, "Ben's name"), RenameTheme(WAYS, "Getting in")),
]


@pytest.mark.parametrize(("name", "anns", "bens", "choice"), OVERWRITES, ids=[row[0] for row in OVERWRITES])
def test_an_overwrite_that_its_author_had_not_seen_is_listed_with_both_until_someone_who_saw_both_chooses(
    room: tuple[Table, list[Seat]], name: str, anns: Command, bens: Command, choice: Command
) -> None:
    table, [ann, ben, cem] = room
    [first], [second] = ann.does(anns), ben.does(bens)
    assert kept_and_lost(table.board) == [(name, second.id, [first.id])]
    cem.sees_and_does(choice)
    assert kept_and_lost(table.board) == []


@pytest.mark.parametrize(("name", "anns", "bens", "choice"), OVERWRITES, ids=[row[0] for row in OVERWRITES])
def test_an_overwrite_that_its_author_had_seen_is_no_conflict(
    room: tuple[Table, list[Seat]], name: str, anns: Command, bens: Command, choice: Command
) -> None:
    table, [ann, ben, cem] = room
    for seat, command in [(ann, anns), (ben, bens), (cem, choice)]:
        seat.sees_and_does(command)
        assert kept_and_lost(table.board) == []


@pytest.mark.parametrize(("name", "anns", "bens", "choice"), OVERWRITES, ids=[row[0] for row in OVERWRITES])
def test_three_who_had_not_seen_each_other_leave_two_values_to_choose_from(
    room: tuple[Table, list[Seat]], name: str, anns: Command, bens: Command, choice: Command
) -> None:
    table, [ann, ben, cem] = room
    [first], [second], [third] = ann.does(anns), ben.does(bens), cem.does(choice)
    found = kept_and_lost(table.board)
    if name == "visibility":  # Cem's showing does not undo hidings that he had not seen
        assert found == [(name, second.id, [first.id, third.id])]
    else:
        assert found == [(name, third.id, [first.id, second.id])]


def test_one_who_saw_only_one_of_two_values_leaves_the_other_on_the_list(room: tuple[Table, list[Seat]]) -> None:
    table, [ann, ben, cem] = room
    ann.does(RewordNote(NOTE, "Ann's words"))
    cem.catches_up()
    [bens] = ben.does(RewordNote(NOTE, "Ben's words"))
    [cems] = cem.does(RewordNote(NOTE, "Cem's words"))
    assert kept_and_lost(table.board) == [("words", cems.id, [bens.id])]


def test_the_same_value_chosen_twice_is_no_conflict(room: tuple[Table, list[Seat]]) -> None:
    table, [ann, ben, _] = room
    ann.does(HideNotes((NOTE,), Reason.HURTFUL))
    ben.does(HideNotes((NOTE,), Reason.HURTFUL))
    assert kept_and_lost(table.board) == []


def test_ones_own_earlier_value_is_never_unseen(room: tuple[Table, list[Seat]]) -> None:
    table, [ann, *_] = room
    ann.does(RewordNote(NOTE, "one"), RewordNote(NOTE, "two"), MoveNotes((NOTE,), WAYS), MoveNotes((NOTE,), SEATS))
    assert kept_and_lost(table.board) == []


def test_a_contributor_and_their_desk_are_two_authors(room: tuple[Table, list[Seat]]) -> None:
    """A phone sees only what it was sent: its base is clamped to that."""
    table, [ann, *_] = room
    board = ann.board
    ann.does(RewordNote(NOTE, "Ann's words"))
    old = Base(board.seen.seq)
    words = ann.made[-1]
    late = event_of(
        NOTE, NoteReworded(words=board.notes[NOTE].words, was=board.notes[NOTE].words), actor=person("Ada"),
        origin="origin Ann", origin_seq=len(ann.made) + 1, desk="Ann", base=old,
    )  # fmt: skip
    table.takes(late)
    assert kept_and_lost(table.board) == [("words", late.id, [words.id])]


# -- hiding is sticky


@pytest.mark.parametrize("hiding", [HideNotes((NOTE,), Reason.NAMES_SOMEONE), HoldNotes((NOTE,), Reason.OTHER)])
def test_a_hiding_is_not_undone_by_one_who_had_not_seen_it(room: tuple[Table, list[Seat]], hiding: Command) -> None:
    table, [ann, ben, cem] = room
    ben.does(HoldNotes((NOTE,), Reason.OFF_TOPIC))
    cem.catches_up()
    [hidden] = ann.does(hiding)
    [shown] = cem.does(ShowNotes((NOTE,)))
    assert table.board.notes[NOTE].state is not NoteState.BOARD
    [(name, kept, lost)] = kept_and_lost(table.board)
    assert (name, kept) == ("visibility", hidden.id)
    assert shown.id in lost
    ben.sees_and_does(ShowNotes((NOTE,)))
    assert table.board.notes[NOTE].state is NoteState.BOARD
    assert kept_and_lost(table.board) == []


def test_every_hiding_counts_also_one_that_a_second_hiding_covered(room: tuple[Table, list[Seat]]) -> None:
    table, [ann, ben, cem] = room
    ben_hides = HideNotes((NOTE,), Reason.HURTFUL)
    ben.does(ben_hides)
    cem.catches_up()
    table.events.insert(-1, only(ann.does(HideNotes((NOTE,), Reason.HURTFUL)), table))
    cem.does(ShowNotes((NOTE,)))
    assert table.board.notes[NOTE].state is NoteState.HIDDEN


def only(events: tuple[Event, ...], table: Table) -> Event:
    """Take the newest event off the home again, to be put where it belongs; the numbers follow."""
    newest = table.events.pop()
    last = table.events[-1]
    table.events[-1] = changed(last, seq=newest.seq)
    assert [event.id for event in events] == [newest.id]
    return changed(newest, seq=last.seq)


# -- deletes are soft


def test_a_withdrawal_is_not_undone_by_one_who_had_not_seen_it(room: tuple[Table, list[Seat]]) -> None:
    table, [ann, ben, cem] = room
    ann.sees_and_does(WithdrawNote(NOTE))
    ben.catches_up()
    ann.sees_and_does(PutBackNote(NOTE))
    [again] = ann.does(WithdrawNote(NOTE))
    [back] = ben.does(PutBackNote(NOTE))
    assert table.board.notes[NOTE].state is NoteState.WITHDRAWN
    assert kept_and_lost(table.board) == [("withdrawn", again.id, [back.id])]
    cem.sees_and_does(PutBackNote(NOTE))
    assert table.board.notes[NOTE].state is NoteState.BOARD
    assert kept_and_lost(table.board) == []


def test_a_removed_theme_is_restored_by_one_who_saw_the_removal_only(room: tuple[Table, list[Seat]]) -> None:
    table, [ann, ben, cem] = room
    ann.sees_and_does(MoveNotes((NOTE,), WAYS))
    ann.sees_and_does(RemoveTheme(WAYS))
    ben.catches_up()
    ann.sees_and_does(RestoreTheme(WAYS))
    ann.does(RemoveTheme(WAYS))
    ben.does(RestoreTheme(WAYS))
    assert table.board.themes[WAYS].removed
    assert [note.id for note in table.board.loose_notes(table.board.notes[NOTE].question)] == [NOTE]
    cem.sees_and_does(RestoreTheme(WAYS))
    assert texts(table.board, WAYS) == ["The ramp is steep"]


def test_what_is_erased_leaves_nothing_to_choose(room: tuple[Table, list[Seat]]) -> None:
    table, [ann, ben, cem] = room
    ann.does(RewordNote(NOTE, "Ann's words"), MoveNotes((NOTE,), WAYS))
    ben.does(RewordNote(NOTE, "Ben's words"), MoveNotes((NOTE,), SEATS))
    ann.sees_and_does(ErasePerson(person("Ada")))
    assert kept_and_lost(table.board) == []
    cem.does(RewordNote(NOTE, "Cem's words"), HideNotes((NOTE,), Reason.OTHER))
    assert kept_and_lost(table.board) == []
    assert table.board.text_of(table.board.notes[NOTE]) == ""


# -- what an author had seen

SECOND = EPOCH_SIZE * 2
ELSEWHERE = OriginId(name_of("elsewhere"))
REWORDED = NoteReworded(words=WordsHash("c" * 64), was=None)


def numbered(seq: int, origin_seq: int = 99) -> Event:
    return event_of(NOTE, REWORDED, origin="elsewhere", origin_seq=origin_seq, seq=seq, desk="there")


def waiting(origin_seq: int) -> Event:
    return event_of(NOTE, REWORDED, origin="elsewhere", origin_seq=origin_seq, desk="there")


SEEN: list[tuple[str, Base, Callable[[], Event], bool]] = [
    ("a number up to mine", Base(7), lambda: numbered(7), True),
    ("a number after mine", Base(7), lambda: numbered(8), False),
    ("nothing at all", Base(), lambda: numbered(1), False),
    ("an unconfirmed one of another desk", Base(7, (), ((ELSEWHERE, 3),)), lambda: waiting(3), True),
    ("a later one of that desk", Base(7, (), ((ELSEWHERE, 3),)), lambda: waiting(4), False),
    ("one seen unconfirmed, numbered since", Base(7, (), ((ELSEWHERE, 3),)), lambda: numbered(9, 3), True),
    ("the end of an epoch that I never saw", Base(SECOND + 1, (7,)), lambda: numbered(8), False),
    ("the part of an epoch that I did see", Base(SECOND + 1, (7,)), lambda: numbered(7), True),
    ("an epoch that I know nothing of", Base(SECOND + 1, ()), lambda: numbered(1), False),
]


@pytest.mark.parametrize(("what", "base", "earlier", "seen"), SEEN, ids=[row[0] for row in SEEN])
def test_an_author_had_seen(what: str, base: Base, earlier: Callable[[], Event], seen: bool) -> None:
    mine = event_of(NOTE, REWORDED, base=base)
    assert saw(mine, earlier()) is seen
