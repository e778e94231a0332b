"""Several instances of a home over one database: each has its turn, sees what the others wrote, and none can do more to
the log than add to it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest

from core.base.errors import NotSaved, WasErased
from core.domain.board import Board
from core.domain.commands import MoveNotes, NewTheme, RewordNote
from core.domain.events import EPOCH_SIZE
from core.domain.words import Words
from core.session import Change, Health, Session
from core.store.check import check
from core.store.exchange import Answer
from core.store.postgres.database import Database
from core.store.postgres.missing import Missing
from tests.core.model import picture
from tests.core.store.engines import EVERYTHING, InADatabase, copy_of
from tests.core.sync.desks import until
from tests.core.table import name_of, person
from tests.core.workshops import BEN, SECONDS, first_question, say

NOTE = name_of("sent twice")


@pytest.fixture
def shared(common: str, tmp_path: Path) -> InADatabase:
    engine = InADatabase(common)
    engine.brings(tmp_path)
    return engine


@pytest.fixture
def two(shared: InADatabase) -> Iterator[tuple[Session, Session]]:
    with ExitStack() as stack:
        yield stack.enter_context(shared.opened()), stack.enter_context(shared.opened(BEN))


def in_step(*sessions: Session) -> list[Board]:
    for session in sessions:
        session.follow().result(SECONDS)
    return [session.board for session in sessions]


def test_each_adds_to_what_the_other_wrote_and_the_numbers_have_no_gaps(
    two: tuple[Session, Session], tmp_path: Path
) -> None:
    one, other = two
    with ThreadPoolExecutor(2) as pool:
        for _ in pool.map(lambda at: [say(at, f"note {n}") for n in range(20)], two):
            pass
    ours, theirs = in_step(one, other)
    assert picture(ours) == picture(theirs)
    assert len(ours.notes) == 40
    given = [number for number in one.parcels.numbers() if number > EPOCH_SIZE]
    assert given == list(range(EPOCH_SIZE + 1, EPOCH_SIZE + 41))
    assert check(copy_of(one, tmp_path)).ok


def test_what_is_checked_is_checked_against_what_the_other_has_just_written(two: tuple[Session, Session]) -> None:
    one, other = two
    one.erase(person("Ada")).result(SECONDS)
    with pytest.raises(WasErased):
        say(other, "too late", by="Ada")
    assert other.board.erased == one.board.erased


def test_the_same_note_sent_to_two_instances_at_once_is_one_note(two: tuple[Session, Session]) -> None:
    with ThreadPoolExecutor(10) as pool:
        said = list(pool.map(lambda n: say(two[n % 2], "The ramp is steep", id=NOTE), range(10)))
    assert [each.repeated for each in said].count(False) == 1
    assert {each.note_id for each in said} == {NOTE}
    assert [len(board.notes) for board in in_step(*two)] == [1, 1]


def test_a_batch_that_two_instances_take_is_kept_once_and_answered_the_same(
    two: tuple[Session, Session], shared: InADatabase
) -> None:
    events, words = shared.parcel.events, shared.parcel.words
    first, second = (at.take(events * 2, words) for at in two)
    known = [Answer(event.id, event.seq, already=True) for event in events * 2]
    assert first.result(SECONDS) == second.result(SECONDS) == known
    assert two[0].parcels.numbers() == [event.seq for event in events]


def test_listeners_are_told_in_order_what_the_other_wrote(two: tuple[Session, Session]) -> None:
    one, other = two
    told: list[Change] = []
    other.subscribe(told.append)
    first = say(one, "first").events
    second = say(other, "second").events
    third = say(one, "third").events
    in_step(other)
    assert [change.events for change in told if change.events] == [(*first, *second), third]
    assert not any(change.reset for change in told)


def test_an_act_of_one_is_taken_further_by_the_other(two: tuple[Session, Session]) -> None:
    one, other = two
    said = say(one, "The ramp is steep")
    in_step(other)
    theme = NewTheme(first_question(other), "Ways in", (said.note_id,))
    other.do(theme).result(SECONDS)
    one.do(RewordNote(said.note_id, "The ramp is too steep")).result(SECONDS)
    one.do(MoveNotes((said.note_id,), None)).result(SECONDS)
    ours, theirs = in_step(one, other)
    assert picture(ours) == picture(theirs)
    assert theirs.text_of(theirs.notes[said.note_id]) == "The ramp is too steep"


def test_words_that_come_late_to_one_reach_the_other(two: tuple[Session, Session], shared: InADatabase) -> None:
    one, other = two
    said = say(one, "The ramp is steep")
    late = one.parcels.after((said.events[0].seq or 0) - 1, EVERYTHING).words
    with shared.owner() as connection:
        connection.execute("DELETE FROM sayback.words WHERE hash = %s", (late[0].hash,))
    one.bring_words([*late, Words.of("never asked for")]).result(SECONDS)
    told: list[Change] = []
    other.subscribe(told.append)
    in_step(other)
    assert other.board.text_of(other.board.notes[said.note_id]) == "The ramp is steep"


def test_where_nothing_is_new_the_log_is_not_read_again_for_words_that_are_missing(
    two: tuple[Session, Session], shared: InADatabase
) -> None:
    """A word that leaves the table though the log does not say so is not noticed: only what is new was looked at."""
    one, other = two
    say(one, "The ramp is steep")
    with shared.owner() as connection:
        first = Missing().now(connection, shared.workshop)
        assert first.now(connection, shared.workshop) is first
        connection.execute("DELETE FROM sayback.words WHERE text = 'The ramp is steep'")
        say(other, "The door is heavy")
        second = first.now(connection, shared.workshop)
        assert second.position.last > first.position.last
        assert second.hashes == frozenset()
        assert len(Missing().now(connection, shared.workshop).hashes) == 1


def test_erased_words_leave_the_boards_of_all(two: tuple[Session, Session]) -> None:
    one, other = two
    say(one, "my secret")
    in_step(other)
    one.erase(person("Ada")).result(SECONDS)
    in_step(other)
    assert not any("secret" in text for text in other.board.texts.values())
    assert other.parcels.after(0, EVERYTHING).words == one.parcels.after(0, EVERYTHING).words


class LosesAnswers(Database):
    """The line breaks after the commit, before its answer is here, where it was told to."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.breaks = False

    @contextmanager
    def begun(self, begin: LiteralString, *values: object) -> Iterator[tuple[psycopg.Connection[Any], Any]]:
        with super().begun(begin, *values) as found:
            yield found
        if self.breaks and "take_turn" in begin:
            self.breaks = False
            raise NotSaved("the line broke", "try again")


@contextmanager
def losing(shared: InADatabase) -> Iterator[tuple[Session, LosesAnswers]]:
    line = LosesAnswers(shared.address)
    shared.connecting = lambda address: line
    with shared.opened() as session:
        yield session, line


def test_what_was_kept_though_the_answer_was_lost_is_there_once(shared: InADatabase, tmp_path: Path) -> None:
    with losing(shared) as (session, line):
        before = say(session, "before").events[0]
        line.breaks = True
        with pytest.raises(NotSaved):
            say(session, "The ramp is steep", id=NOTE)
        again = say(session, "The ramp is steep", id=NOTE)
        assert again.repeated
        after = say(session, "after").events[0]
        assert [each.seq for each in (before, *again.events, after)] == [(before.seq or 0) + n for n in range(3)]
        assert [each.origin_seq for each in (before, *again.events, after)] == [1, 2, 3]
        line.breaks = True
        with pytest.raises(NotSaved):
            session.take(shared.parcel.events).result(SECONDS)
        assert {answer.already for answer in session.take(shared.parcel.events).result(SECONDS)} == {True}
        assert session.health is Health.GOOD
        assert check(copy_of(session, tmp_path)).ok


def test_an_instance_is_well_again_once_the_database_answers_though_nobody_says_anything(shared: InADatabase) -> None:
    with losing(shared) as (session, line):
        line.breaks = True
        with pytest.raises(NotSaved):
            say(session, "nobody hears")
        until(lambda: session.health is Health.FAILING)
        session.follow().result(SECONDS)
        assert session.health.value == "good"


def test_a_turn_that_nobody_ends_is_ended_and_the_others_go_on(
    two: tuple[Session, Session], shared: InADatabase
) -> None:
    """As if an instance were stopped in the middle: the database takes its turn away."""
    with psycopg.connect(shared.address) as stopped:
        stopped.execute("SET idle_in_transaction_session_timeout = '100ms'")
        stopped.execute("SELECT * FROM sayback.take_turn(%s, 0)", (shared.workshop,))
        assert say(two[0], "goes on").events
        with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
            stopped.execute("SELECT 1")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sayback.event SET body = '{}'",
        "DELETE FROM sayback.event",
        "INSERT INTO sayback.event SELECT * FROM sayback.event",
        "DELETE FROM sayback.words",
        "UPDATE sayback.words SET text = ''",
        "UPDATE sayback.workshop SET head = 0",
        "UPDATE sayback.secret SET value = ''",
        "TRUNCATE sayback.contact",
        "DROP SCHEMA sayback CASCADE",
        "CREATE TABLE sayback.mine (n int)",
        "CREATE OR REPLACE FUNCTION sayback.lineage() RETURNS text LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_the_role_of_the_instances_can_change_nothing_that_was_said(shared: InADatabase, statement: str) -> None:
    with psycopg.connect(shared.address) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def test_words_of_people_who_are_not_erased_cannot_be_erased(shared: InADatabase) -> None:
    with shared.opened() as session:
        say(session, "stays")
        hashes = [words.hash for words in session.parcels.after(0, EVERYTHING).words]
        assert session._writer.alone(lambda: session._book.log.delete_words(hashes)).result(SECONDS) == 0


def test_another_history_of_the_database_begins_a_new_epoch(two: tuple[Session, Session], shared: InADatabase) -> None:
    """A standby that was promoted, or a back-up that was restored."""
    one, other = two
    last = say(one, "before").events[0].seq or 0
    with shared.owner() as connection:
        connection.execute("UPDATE sayback.workshop SET lineage = 'as it was' WHERE id = %s", (shared.workshop,))
    assert say(other, "after").events[0].seq == (last // EPOCH_SIZE + 1) * EPOCH_SIZE + 1
    assert say(one, "and on").events[0].seq == (last // EPOCH_SIZE + 1) * EPOCH_SIZE + 2
    ours, theirs = in_step(one, other)
    assert picture(ours) == picture(theirs)


def test_an_instance_that_knows_of_more_than_the_database_begins_a_new_epoch(
    two: tuple[Session, Session], shared: InADatabase
) -> None:
    """It lost what it had taken: a standby that lagged behind. Nobody gets a number that somebody else had."""
    one, _ = two
    lost = say(one, "lost").events[0].seq or 0
    with shared.owner() as connection:
        connection.execute("DELETE FROM sayback.event WHERE workshop = %s AND seq = %s", (shared.workshop, lost))
        connection.execute(
            "UPDATE sayback.workshop SET head = head - 1, last = last - 1 WHERE id = %s", (shared.workshop,)
        )
    after = say(one, "after").events[0].seq or 0
    assert after // EPOCH_SIZE == lost // EPOCH_SIZE + 1
    assert [one.board.text_of(each) for each in one.board.notes.values()] == ["after"]


def test_a_back_up_that_others_went_on_from_is_noticed_where_the_log_has_become_as_long_again(
    two: tuple[Session, Session], shared: InADatabase
) -> None:
    one, other = two
    lost = say(one, "lost").events[0]
    with shared.owner() as connection:
        connection.execute("DELETE FROM sayback.event WHERE id = %s", (lost.id,))
        connection.execute(
            "UPDATE sayback.workshop SET head = head - 1, last = last - 1 WHERE id = %s", (shared.workshop,)
        )
    assert say(other, "went on").events[0].seq == lost.seq
    assert say(one, "and on").events[0].origin != lost.origin    # its numbers are not given again
    assert {board.text_of(each) for board in in_step(one, other) for each in board.notes.values()} == {
        "went on", "and on"
    }  # fmt: skip
