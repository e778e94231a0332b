"""Between a desk and its home: numbers once given, answers that may be lost, refusals, and copies put back."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from core.base.errors import Refused
from core.base.ids import DeskId, NoteId, OriginId, ThemeId, new_id
from core.domain.board import NoteState
from core.domain.bodies import NoteSaid, ThemeRenamed
from core.domain.commands import HideNotes, MoveNotes, NewTheme, RenameTheme, RewordNote
from core.domain.events import EPOCH_SIZE, State
from core.domain.terms import Reason
from core.domain.values import changed
from core.session import Session
from core.store.check import check
from core.store.exchange import Answer
from core.store.memory import FolderMemory
from core.store.reader import read_log
from tests.core.model import picture
from tests.core.store.engines import EVERYTHING, InADatabase
from tests.core.table import name_of
from tests.core.venues import Exchange, SharedHome, Venue
from tests.core.workshops import (
    ANN,
    BEN,
    PARK,
    SECONDS,
    Clockwork,
    Remembered,
    first_question,
    made,
    note,
    opened,
    rows,
    say,
)

Three = tuple[Venue, Venue, Venue]
"""A home and two desks."""


@contextmanager
def three(folder: Path, database: str | None = None) -> Iterator[Three]:
    """A home and two desks with the same workshop, all open."""
    first = folder / "first.sayback"
    with closing(Session.create(first, PARK, DeskId(name_of("home")), clock=Clockwork())) as session:
        say(session, "first")
        shared = InADatabase(database, session.parcels.after(0, EVERYTHING)) if database else None
    with ExitStack() as stack:
        found = []
        for name in ("home", "desk Ann", "desk Ben"):
            path = folder / name / "park.sayback"
            path.parent.mkdir()
            shutil.copyfile(first, path)
            venue = Venue(path, DeskId(name_of(name)), is_home=name == "home")
            if venue.is_home and shared:
                venue = SharedHome(path, venue.desk, is_home=True, kept_in=shared)
            venue.open()
            stack.callback(venue.close)
            found.append(venue)
        if shared:
            found[0].session.take(shared.parcel.events, shared.parcel.words).result(SECONDS)
        yield found[0], found[1], found[2]


@pytest.fixture
def venues(tmp_path: Path) -> Iterator[Three]:
    """The home is a file."""
    with three(tmp_path) as found:
        yield found


@pytest.fixture(params=["a file", "a database"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Three]:
    """The home is of either kind."""
    with three(tmp_path, request.getfixturevalue("common") if request.param == "a database" else None) as found:
        yield found


def numbers(venue: Venue) -> list[int | None]:
    return [event.seq for event in venue.events()]


def test_a_desk_that_is_not_the_home_waits_for_its_numbers(anywhere: Three) -> None:
    home, desk, _ = anywhere
    saved = say(desk.session, "from the desk")
    assert saved.events[0].state is State.PENDING
    assert saved.events[0].seq is None
    assert [event.subject for event in desk.session.unsent().result(SECONDS)] == [saved.note_id]
    way = Exchange(home)
    [answer] = way.push(desk)
    assert answer == Answer(answer.id, home.session.board.seen.seq)
    way.pull(desk, [answer])
    assert desk.session.unsent().result(SECONDS) == []
    assert numbers(desk) == numbers(home)
    assert picture(desk.session.board) == picture(home.session.board)


def test_an_answer_that_was_lost_is_given_again(anywhere: Three) -> None:
    home, desk, _ = anywhere
    say(desk.session, "from the desk")
    way = Exchange(home)
    [first] = way.push(desk)
    [again] = way.push(desk)
    assert again == replace(first, already=True)
    assert len(home.session.board.notes) == 2


def test_numbers_have_no_gaps_whoever_writes(anywhere: Three) -> None:
    home, desk, other = anywhere
    way = Exchange(home)
    for number in range(4):
        say(desk.session, f"desk {number}")
        say(home.session, f"home {number}")
        say(other.session, f"other {number}")
        way.push(desk)
        way.push(other)
    given = [number or 0 for number in numbers(home)]
    assert all(after == before + 1 or after % EPOCH_SIZE == 1 for before, after in pairwise(given))
    assert len(given) == 4 + 12 + 4    # notes of Ben are held


def test_a_number_counts_only_when_all_before_it_are_here(anywhere: Three) -> None:
    """Else who saw it would seem to have seen what lies before it."""
    home, desk, _ = anywhere
    say(home.session, "unseen by the desk")
    saved = say(desk.session, "from the desk")
    answers = Exchange(home).push(desk)
    desk.session.merge([], [], answers).result(SECONDS)
    assert [event.subject for event in desk.session.unsent().result(SECONDS)] == [saved.note_id]
    Exchange(home).pull(desk)
    assert desk.session.unsent().result(SECONDS) == []


def test_an_act_that_a_role_may_not_do_is_refused_with_its_reason_and_blocks_nothing(
    anywhere: Three,
) -> None:
    home, _, ben = anywhere
    theme = ThemeId(new_id())
    ben.session.do(NewTheme(first_question(ben.session), "Ways in", theme_id=theme)).result(SECONDS)
    [renamed] = ben.session.do(RenameTheme(theme, "Getting in")).result(SECONDS).events
    ben.session.do(HideNotes((first_note(ben),), Reason.OTHER)).result(SECONDS)
    way = Exchange(home)
    answers = way.push(ben)
    assert [answer.refused is None for answer in answers] == [True, False, True]
    assert way.push(ben)[1].refused == answers[1].refused
    way.pull(ben, answers)
    for venue in (home, ben):
        assert venue.session.board.text(venue.session.board.themes[theme].name) == "Ways in"
        assert venue.session.board.balance.hidden == 1
        [(event, reason)] = venue.session.refusals().result(SECONDS)
        assert isinstance(event.body, ThemeRenamed)
        assert (event.id, reason) == (renamed.id, answers[1].refused)
    assert ben.session.unsent().result(SECONDS) == []


def first_note(venue: Venue) -> NoteId:
    return min(venue.session.board.notes.values(), key=lambda note: note.arrival).id


def test_a_note_that_was_thanked_for_is_held_never_refused(anywhere: Three) -> None:
    home, _, ben = anywhere
    saved = say(ben.session, "to be looked at")
    way = Exchange(home)
    answers = way.push(ben)
    assert [answer.refused for answer in answers] == [None]
    assert home.session.board.notes[saved.note_id].state is NoteState.HELD
    way.pull(ben, answers)
    assert ben.session.board.notes[saved.note_id].state is NoteState.HELD
    assert way.push(ben) == []
    assert home.session.board.balance.received == 2


def test_while_the_home_is_away_one_desk_passes_on_what_waits_and_nothing_is_doubled(
    anywhere: Three,
) -> None:
    home, ann, ben = anywhere
    saved = say(ann.session, "from Ann")
    way = Exchange(home)
    way.relay(ann, ben)
    assert saved.note_id in ben.session.board.notes
    ben.session.do(HideNotes((saved.note_id,), Reason.OTHER)).result(SECONDS)
    for desk in (ben, ann):
        way.pull(desk, way.push(desk))
    way.pull(ben)
    assert picture(ann.session.board) == picture(ben.session.board) == picture(home.session.board)
    assert home.session.board.conflict_list() == []
    assert home.session.board.balance.hidden == 1


def test_what_waits_is_passed_on_only_after_what_came_before_it(anywhere: Three) -> None:
    home, ann, ben = anywhere
    say(ann.session, "one")
    [second] = say(ann.session, "two").events
    words = read_log(ann.path)[1]
    ben.session.merge([second], words).result(SECONDS)
    assert second.id not in {event.id for event in ben.events()}
    Exchange(home).relay(ann, ben)
    assert second.id in {event.id for event in ben.events()}


def test_what_was_changed_on_the_way_is_not_taken(anywhere: Three) -> None:
    home, desk, _ = anywhere
    say(desk.session, "one")
    first, second = [*desk.session.unsent().result(SECONDS), say(desk.session, "two").events[0]]
    assert isinstance(second.body, NoteSaid)
    forged = changed(second, body=changed(second.body, contributor=None))
    with pytest.raises(Refused) as error:
        home.session.take([first, forged]).result(SECONDS)
    assert error.value.advice
    assert len(home.session.board.notes) == 1
    with pytest.raises(Refused):
        desk.session.merge([changed(first, origin=OriginId("0" * 32), id=forged.id, seq=99)]).result(SECONDS)


# -- epochs


def epoch(seq: int) -> int:
    return seq // EPOCH_SIZE


def test_the_same_desk_goes_on_with_its_numbers(tmp_path: Path) -> None:
    path, memory = tmp_path / "park.sayback", Remembered()
    with made(path, memory=memory) as session:
        last = say(session, "one").events[0].seq
    with opened(path, memory=memory) as session:
        assert last is not None
        assert say(session, "two").events[0].seq == last + 1
    assert len(rows(path, "SELECT DISTINCT origin FROM event")) == 2


def test_an_older_copy_put_back_goes_on_in_a_new_epoch(tmp_path: Path) -> None:
    path, older, memory = tmp_path / "park.sayback", tmp_path / "older.sayback", Remembered()
    with made(path, memory=memory) as session:
        say(session, "one")
    shutil.copyfile(path, older)
    with opened(path, memory=memory) as session:
        lost = say(session, "two").events[0].seq
    shutil.copyfile(older, path)
    with opened(path, memory=memory) as session:
        after = say(session, "three").events[0].seq
        assert lost is not None
        assert after is not None
        assert epoch(after) == epoch(lost) + 1
        assert after % EPOCH_SIZE == 1
    with opened(path, memory=memory) as session:
        assert say(session, "four").events[0].seq == after + 1


def test_another_desk_that_takes_over_begins_a_new_epoch(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        say(session, "one")
    with opened(path, BEN) as session:
        assert epoch(say(session, "two").events[0].seq or 0) == 1
    with opened(path, ANN) as session:
        assert epoch(say(session, "three").events[0].seq or 0) == 2


def test_a_desk_that_takes_over_numbers_what_waited(venues: Three) -> None:
    _, desk, _ = venues
    saved = say(desk.session, "waits")
    desk.reopen(is_home=True)
    assert desk.session.unsent().result(SECONDS) == []
    [seq] = [event.seq for event in desk.events() if event.subject == saved.note_id]
    assert seq is not None
    assert epoch(seq) == 1


def test_a_restored_home_gets_everything_back_under_the_numbers_it_had(
    venues: Three, tmp_path: Path
) -> None:
    home, desk, other = venues
    older = home.keep_copy(tmp_path / "older")
    way = Exchange(home)
    for number in range(3):
        say(home.session, f"note {number}")
    way.pull(desk)
    before = numbers(home)
    home.put_back(older)
    say(home.session, "after the restore")
    say(other.session, "from the other")
    way.pull(other, way.push(other))
    way.pull(desk, way.push(desk))
    assert numbers(home)[: len(before)] == before
    assert {epoch(seq or 0) for seq in numbers(home)[len(before) :]} == {1}
    way.pull(other)
    assert picture(desk.session.board) == picture(home.session.board) == picture(other.session.board)
    assert len(home.session.board.notes) == 6


def test_two_events_with_one_number_are_both_kept_and_the_homes_keeps_it(
    venues: Three, tmp_path: Path
) -> None:
    """Where a home has even forgotten what it remembered outside the file."""
    home, desk, _ = venues
    older = home.keep_copy(tmp_path / "older")
    lost = say(home.session, "said before")
    way = Exchange(home)
    way.pull(desk)
    home.memory.heads.clear()
    home.put_back(older)
    kept = say(home.session, "said after")
    assert lost.events[0].seq == kept.events[0].seq
    way.pull(desk)
    way.pull(desk, way.push(desk))
    found = {event.id: event.seq for event in home.events()}
    assert found[kept.events[0].id] == kept.events[0].seq
    assert found[lost.events[0].id] != kept.events[0].seq
    assert numbers(desk) == numbers(home)
    assert len(desk.session.board.notes) == 3


def test_a_note_reworded_before_the_restore_is_no_hidden_overwrite(
    venues: Three, tmp_path: Path
) -> None:
    home, desk, _ = venues
    older = home.keep_copy(tmp_path / "older")
    first = first_note(home)
    [lost] = home.session.do(RewordNote(first, "before the restore")).result(SECONDS).events
    way = Exchange(home)
    way.pull(desk)
    home.put_back(older)
    home.session.do(MoveNotes((first,), None)).result(SECONDS)
    [kept] = home.session.do(RewordNote(first, "after the restore")).result(SECONDS).events
    way.pull(desk, way.push(desk))
    [conflict] = desk.session.board.conflict_list()
    assert (conflict.kept.id, [event.id for event in conflict.lost]) == (kept.id, [lost.id])


def test_a_copy_made_from_events_and_words_gives_the_same_board_in_an_epoch_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        say(session, "one")
        session.do(note(session, "two")).result(SECONDS)
        events, words = session._book.log.events(), read_log(path)[1]
        copy = Session.create_from(tmp_path / "copy.sayback", events, words, BEN)
        try:
            assert picture(copy.board) == picture(session.board)
            assert epoch(say(copy, "three").events[0].seq or 0) == 1
        finally:
            copy.close()
    assert check(tmp_path / "copy.sayback").ok


def test_the_memory_of_a_desk_is_a_small_file_that_may_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        workshop = session.workshop_id
    memory = FolderMemory(tmp_path / "settings" / "memory")
    assert memory.recall(workshop) == 0
    memory.remember(workshop, 2**33)
    memory.remember(workshop, 2**33 + 7)
    assert FolderMemory(tmp_path / "settings" / "memory").recall(workshop) == 2**33 + 7
    for file in (tmp_path / "settings" / "memory").iterdir():
        file.write_bytes(b"\xff\x00")
    assert memory.recall(workshop) == 0
