"""The fold: every kind of event does what it says, in the order of the log, and no file can make it raise."""

from functools import reduce
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.base.ids import ContributorId, NoteId, QuestionId, ThemeId, WordsHash
from core.domain.board import EMPTY, Balance, Board, NoteState
from core.domain.bodies import EventBody, NoteMoved, NoteSaid, ThemeRekeyed, Unknown
from core.domain.commands import (
    AskQuestion,
    Command,
    ErasePerson,
    HideNotes,
    HoldNotes,
    MakeWorkshop,
    MoveNotes,
    NewTheme,
    PlaceTheme,
    PutBackNote,
    Redo,
    RemoveTheme,
    RenameTheme,
    RestoreTheme,
    RewordNote,
    ShowNotes,
    Undo,
    WithdrawNote,
)
from core.domain.events import Event, State
from core.domain.fold import apply, fold, with_words, without_words
from core.domain.keys import DIGITS, is_key
from core.domain.terms import NOWHERE, Box, Mode, Reason, Spot
from core.domain.values import changed
from tests.core.table import Table, a_table, event_of, name_of, person, say, texts, theme

BOX = Box(10, 20, 300, 200)


# -- every kind


def test_a_workshop_says_what_it_is_and_asks() -> None:
    table = Table()
    desk = table.seat("desk")
    desk.does(
        MakeWorkshop(
            title="The park", questions=("What?", "Why?", "Who?"), code="ABC234", purpose="To plan",
            promise="We answer by May", language="cy",
        )
    )  # fmt: skip
    desk.does(AskQuestion("When?"))
    board = table.board
    assert board.title() == "The park"
    assert board.workshop is not None
    assert (board.workshop.code, board.workshop.language) == ("ABC234", "cy")
    assert board.text(board.workshop.promise) == "We answer by May"
    assert board.workshop.host is None
    assert [board.text(each.words) for each in board.questions_in_order()] == ["What?", "Why?", "Who?", "When?"]


def test_a_note_is_ungrouped_and_whoever_said_it_is_counted_once() -> None:
    table, question, [desk] = a_table("desk")
    first, second = say(desk, question, "one"), say(desk, question, "two")
    other = say(desk, question, "three", by="Ben")
    nobody = say(desk, question, "four", by=None)
    board = table.board
    assert [note.id for note in board.loose_notes(question)] == [first, second, other, nobody]
    assert [note.id for note in board.notes_by(person("Ada"))] == [first, second]
    assert dict(board.people) == {Mode.ROOM: 2}
    assert board.notes[nobody].contributor is None
    assert board.balance == Balance(board=4)


def test_notes_move_into_themes_between_each_other_and_out_again() -> None:
    table, question, [desk] = a_table("desk")
    notes = [say(desk, question, text) for text in "abcd"]
    ways, seats = theme(desk, question, "Ways in", notes[:3]), theme(desk, question, "Seats")
    assert texts(table.board, ways) == ["a", "b", "c"]
    desk.does(MoveNotes((notes[3],), ways, before=notes[1]))
    assert texts(table.board, ways) == ["a", "d", "b", "c"]
    desk.does(MoveNotes((notes[2], notes[0]), ways, before=notes[3]))
    assert texts(table.board, ways) == ["c", "a", "d", "b"]
    desk.does(MoveNotes((notes[1], notes[3]), seats))
    assert texts(table.board, seats) == ["b", "d"]
    desk.does(MoveNotes((notes[1], notes[0]), None))
    assert [note.id for note in table.board.loose_notes(question)] == [notes[0], notes[1]]
    assert texts(table.board, ways) == ["c"]


def test_inserting_between_equal_keys_gives_the_run_of_equals_new_ones_in_one_event() -> None:
    """Two desks put a note at the same place at the same time: equal keys, in the order of their ids."""
    table, question, [ann, ben] = a_table("Ann", "Ben")
    first, second, third = (say(ann, question, text, note_id=NoteId(name_of(text))) for text in "abc")
    ways = theme(ann, question, "Ways in")
    ben.catches_up()
    ann.does(MoveNotes((first,), ways))
    ben.does(MoveNotes((second,), ways))
    assert [key for key, _ in table.board.in_theme[ways]] == ["V", "V"]
    ann.catches_up()
    done = ann.does(MoveNotes((third,), ways, before=second))
    assert [type(event.body) for event in done] == [ThemeRekeyed, NoteMoved]
    assert texts(table.board, ways) == ["a", "c", "b"]
    keys = [key for key, _ in table.board.in_theme[ways]]
    assert keys == sorted(set(keys))


def test_a_removed_theme_leaves_its_notes_ungrouped_and_gives_them_back() -> None:
    table, question, [desk] = a_table("desk")
    notes = [say(desk, question, text) for text in "abc"]
    ways = theme(desk, question, "Ways in", notes[1:])
    desk.does(RemoveTheme(ways))
    assert table.board.themes_of(question) == []
    assert [note.id for note in table.board.loose_notes(question)] == notes
    assert table.board.theme_of(table.board.notes[notes[1]]) is None
    desk.does(MoveNotes((notes[2],), None))
    desk.does(RestoreTheme(ways))
    assert texts(table.board, ways) == ["b"]
    assert table.board.balance.board == 3


def test_themes_are_named_placed_and_coloured() -> None:
    table, question, [desk] = a_table("desk")
    made = [theme(desk, question, f"theme {number}") for number in range(8)]
    assert [each.colour for each in table.board.themes_of(question)] == [0, 1, 2, 3, 4, 5, 7, 8]    # 6: on their own
    desk.does(RemoveTheme(made[2]))
    desk.does(NewTheme(question, "takes the free colour", box=BOX))
    assert table.board.themes_of(question)[-1].colour == 2
    assert table.board.themes_of(question)[-1].box == BOX
    desk.does(RenameTheme(made[0], "Ways in"), PlaceTheme(made[0], BOX))
    assert table.board.text(table.board.themes[made[0]].name) == "Ways in"
    assert table.board.themes[made[0]].box == BOX
    desk.does(PlaceTheme(made[0], None))
    assert table.board.themes[made[0]].box is None


def test_what_is_so_already_makes_no_event() -> None:
    table, question, [desk] = a_table("desk")
    note = say(desk, question, "one")
    ways = theme(desk, question, "Ways in")
    before = len(table.events)
    desk.does(
        RewordNote(note, " one "), MoveNotes((note,), None), RenameTheme(ways, "Ways in"), PlaceTheme(ways, None),
        PutBackNote(note), RestoreTheme(ways),
    )  # fmt: skip
    assert len(table.events) == before


# -- the balance


def test_the_balance_closes_after_every_event_and_each_note_counts_once() -> None:
    table, question, [desk] = a_table("desk")
    notes = [say(desk, question, f"note {number}", by=f"person {number % 4}") for number in range(8)]
    ways = theme(desk, question, "Ways in", notes[:4])
    acts: list[Command] = [
        HoldNotes(tuple(notes[:3]), Reason.OTHER),
        HideNotes(tuple(notes[1:5]), Reason.HURTFUL, "because"),
        WithdrawNote(notes[1]),
        WithdrawNote(notes[7]),
        RemoveTheme(ways),
        ShowNotes((notes[2],)),
        ErasePerson(person("person 1")),
        PutBackNote(notes[7]),
        Undo(desk.desk),
        Redo(desk.desk),
        ErasePerson(person("person 2")),
    ]
    for act in acts:
        desk.does(act)
        assert_closes(table.board)
    assert table.board.balance == Balance(board=1, held=1, hidden=2, erased=4)
    board = EMPTY
    for event in table.events:
        board = apply(board, event)
        assert_closes(board)


def assert_closes(board: Board) -> None:
    states = [note.state for note in board.notes.values()]
    for state in NoteState:
        assert getattr(board.balance, state.value) == states.count(state)
    assert board.balance.received == len(board.notes)


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ([], NoteState.BOARD),
        (["hold"], NoteState.HELD),
        (["hold", "hide"], NoteState.HIDDEN),
        (["hide", "hold"], NoteState.HELD),
        (["hide", "withdraw"], NoteState.WITHDRAWN),
        (["withdraw", "erase"], NoteState.ERASED),
        (["hide", "erase"], NoteState.ERASED),
        (["hide", "show"], NoteState.BOARD),
        (["withdraw", "put back"], NoteState.BOARD),
        (["hide", "withdraw", "put back"], NoteState.HIDDEN),
    ],
)
def test_a_note_counts_in_the_first_that_applies(acts: list[str], state: NoteState) -> None:
    table, question, [desk] = a_table("desk")
    note = say(desk, question, "one")
    commands: dict[str, Command] = {
        "hold": HoldNotes((note,), Reason.OTHER),
        "hide": HideNotes((note,), Reason.OTHER),
        "show": ShowNotes((note,)),
        "withdraw": WithdrawNote(note),
        "put back": PutBackNote(note),
        "erase": ErasePerson(person("Ada")),
    }
    desk.does(*(commands[act] for act in acts))
    assert table.board.notes[note].state is state
    assert table.board.notes[note].is_on_board == (state is NoteState.BOARD)
    assert [each.id for each in table.board.notes_of(question, [state])] == [note]


# -- the order


def test_the_last_writer_in_the_order_of_the_log_wins_whatever_the_clocks_say() -> None:
    table, question, [ann, ben] = a_table("Ann", "Ben")
    note = say(ann, question, "one")
    for seat in (ann, ben):
        seat.catches_up()
    ann.does(RewordNote(note, "Ann's words"))
    ben.does(RewordNote(note, "Ben's words"))
    table.events[-1] = changed(table.events[-1], said_at=table.events[0].said_at)
    assert table.board.text_of(table.board.notes[note]) == "Ben's words"


def test_what_was_refused_is_not_on_the_board() -> None:
    table, question, [desk] = a_table("desk")
    say(desk, question, "one")
    refused = changed(table.events[-1], state=State.REFUSED, seq=None)
    assert fold(EMPTY, [*table.events[:-1], refused]).balance.received == 0


def test_the_same_event_twice_is_one() -> None:
    table, question, [desk] = a_table("desk")
    note = say(desk, question, "one")
    desk.does(MoveNotes((note,), theme(desk, question, "Ways in")))
    twice = fold(with_words(EMPTY, table.words), [event for event in table.events for _ in range(2)])
    assert twice.balance == table.board.balance
    assert list(twice.notes) == list(table.board.notes)


def test_a_person_erased_before_their_note_arrives_is_erased() -> None:
    table, question, [desk] = a_table("desk")
    desk.does(ErasePerson(person("Ada")))
    note = say(desk, question, "too late")
    assert table.board.notes[note].state is NoteState.ERASED
    assert table.board.text_of(table.board.notes[note]) == ""
    assert table.board.balance == Balance(erased=1)


def test_a_note_without_words_is_an_empty_mark_that_counts() -> None:
    table, question, [desk] = a_table("desk")
    note = say(desk, question, "one")
    bare = fold(EMPTY, table.events)
    assert bare.text_of(bare.notes[note]) == ""
    assert bare.balance.board == 1
    assert without_words(table.board, [table.board.notes[note].words]).text_of(table.board.notes[note]) == ""


def test_boards_of_the_same_events_are_equal_and_of_others_are_not() -> None:
    table, question, [desk] = a_table("desk")
    say(desk, question, "one")
    board = table.board
    assert board == table.board
    say(desk, question, "two")
    assert board != table.board


# -- it never raises

IDS = [name_of(name) for name in ("a", "b", "c")]
KEYS = st.text(DIGITS, min_size=1, max_size=4).filter(is_key)
SPOTS = st.just(NOWHERE) | st.builds(Spot, st.sampled_from(IDS).map(ThemeId), KEYS)
BODIES: st.SearchStrategy[EventBody] = st.one_of(
    [st.from_type(kind) for kind in get_args(EventBody) if kind is not Unknown]
) | st.builds(Unknown, st.text(max_size=8), st.text(max_size=8), st.none() | st.text(max_size=4))
for kind, ids in {
    NoteId: IDS, ThemeId: IDS, QuestionId: IDS, ContributorId: IDS, WordsHash: ["a" * 64, "b" * 64],
}.items():  # fmt: skip
    st.register_type_strategy(kind, st.sampled_from(ids))
st.register_type_strategy(Spot, SPOTS)


@st.composite
def any_event(draw: st.DrawFn, bodies: st.SearchStrategy[EventBody] = BODIES) -> Event:
    """An event that some desk might have sent, sense or none."""
    return event_of(
        draw(st.sampled_from([*IDS, ""])),
        draw(bodies),
        origin=draw(st.sampled_from(["x", "y"])),
        origin_seq=draw(st.integers(-1, 5)),
        seq=draw(st.none() | st.integers(0, 2**40)),
        actor=draw(st.sampled_from(["facilitator", "", *IDS])),
        desk=draw(st.sampled_from(["Ann", "Ben"])),
        act=draw(st.sampled_from(IDS)),
    )


@pytest.mark.slow
@settings(max_examples=200)
@given(st.lists(any_event(), max_size=30))
def test_no_log_can_make_the_fold_raise_and_its_balance_closes(events: list[Event]) -> None:
    board = fold(EMPTY, events)
    assert_closes(board)
    assert board.events == len(events)
    assert board.unknown == sum(isinstance(event.body, Unknown) for event in events)
    for question in board.questions_in_order():
        shown = [note for made in board.themes_of(question.id) for note in board.notes_in(made.id)]
        shown += board.loose_notes(question.id)
        assert len({note.id for note in shown}) == len(shown)
    board.conflict_list()
    for desk in board.histories:
        for command in (Undo(desk), Redo(desk)):
            if board.history(desk).undo and board.history(desk).redo:
                command.drafts(board)


NOTES = st.from_type(NoteSaid) | st.from_type(NoteMoved)


@pytest.mark.slow
@settings(max_examples=200)
@given(st.lists(any_event(NOTES) | any_event(NOTES) | any_event(), max_size=30))
def test_many_at_once_give_the_board_that_each_after_the_other_gives(events: list[Event]) -> None:
    in_order = sorted(events, key=lambda event: (event.seq is None, event.seq or 0))
    assert fold(EMPTY, in_order) == reduce(apply, in_order, EMPTY)


def test_a_note_is_said_once_only() -> None:
    table, question, [seat] = a_table("desk")
    note = say(seat, question, "one")
    body = table.board.notes[note].said.body
    assert isinstance(body, NoteSaid)
    again = event_of(note, changed(body, words=WordsHash("f" * 64)))
    assert apply(table.board, again).notes[note].words == body.words
