"""The one writer: what it thanks for is on disk, and what it refuses harms nobody else."""

import threading
import time
from concurrent.futures import Future, wait
from pathlib import Path

import pytest

from core.base.errors import (
    AlreadyThere,
    Closed,
    EmptyNote,
    NoteTooLong,
    NothingToUndo,
    NotThere,
    Refused,
    WasErased,
    WorkshopError,
)
from core.base.ids import NoteId, ThemeId, new_id
from core.domain.board import NoteState
from core.domain.bodies import NoteMoved, NoteSaid
from core.domain.commands import (
    ErasePerson,
    MakeWorkshop,
    MoveNotes,
    NewTheme,
    Redo,
    RenameTheme,
    RewordNote,
    Undo,
    WithdrawNote,
)
from core.domain.events import Author, Draft, sign
from core.domain.terms import Spot
from core.domain.words import Words
from core.session import Change, Health, Saved, Session
from core.store.reader import read_board
from tests.core.table import name_of, person
from tests.core.workshops import ANN, SECONDS, Clockwork, first_question, made, note, opened, rows, say, texts_on_disk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "park.sayback"


def test_a_note_that_was_thanked_for_is_on_disk(path: Path) -> None:
    with made(path) as session:
        saved = say(session, "The ramp is steep")
        assert "The ramp is steep" in texts_on_disk(path)
        assert rows(path, "SELECT seq FROM event WHERE id = ?", saved.note_id) == [(saved.events[0].seq,)]
        assert saved.text == "The ramp is steep"
        assert not saved.repeated
        assert session.board.text_of(session.board.notes[saved.note_id]) == "The ramp is steep"


def test_the_answer_shows_the_words_as_they_are_on_disk(path: Path) -> None:
    with made(path) as session:
        assert say(session, "  cafe\N{COMBINING ACUTE ACCENT}\r\n ").text == "café"


def test_a_workshop_opened_again_is_as_it_was(path: Path) -> None:
    with made(path) as session:
        one, two = say(session, "one"), say(session, "two", by="Ben")
        session.do(NewTheme(first_question(session), "Ways in", (two.note_id, one.note_id))).result(SECONDS)
        session.do(RewordNote(one.note_id, "one ramp")).result(SECONDS)
        board = session.board
    with opened(path) as session:
        assert session.board == board
        assert read_board(path) == board


def test_undo_and_redo_survive_a_restart(path: Path) -> None:
    with made(path) as session:
        theme = ThemeId(new_id())
        session.do(NewTheme(first_question(session), "Ways in", theme_id=theme)).result(SECONDS)
        session.do(RenameTheme(theme, "Getting in")).result(SECONDS)
        session.do(RenameTheme(theme, "Doors")).result(SECONDS)
        session.do(Undo(session.desk)).result(SECONDS)
    with opened(path) as session:
        session.do(Undo(session.desk)).result(SECONDS)
        assert name_of_theme(session, theme) == "Ways in"
        session.do(Redo(session.desk)).result(SECONDS)
        session.do(Redo(session.desk)).result(SECONDS)
        assert name_of_theme(session, theme) == "Doors"


def name_of_theme(session: Session, theme: ThemeId) -> str:
    return session.board.text(session.board.themes[theme].name)


def test_undo_pressed_twice_at_once_takes_back_two_acts(path: Path) -> None:
    clock = Clockwork()
    with made(path, clock=clock) as session:
        theme = ThemeId(new_id())
        session.do(NewTheme(first_question(session), "one", theme_id=theme)).result(SECONDS)
        session.do(RenameTheme(theme, "two")).result(SECONDS)
        session.do(RenameTheme(theme, "three")).result(SECONDS)
        clock.stop()
        undone = [session.do(Undo(session.desk)) for _ in range(2)]
        clock.go_on()
        wait(undone, SECONDS)
        assert name_of_theme(session, theme) == "one"
        session.do(Redo(session.desk)).result(SECONDS)
        assert name_of_theme(session, theme) == "two"


# -- many at once


def test_what_waits_together_reaches_the_disk_together(path: Path) -> None:
    clock = Clockwork()
    with made(path, clock=clock) as session:
        changes: list[Change] = []
        session.subscribe(changes.append)
        clock.stop()
        first = session.do(note(session, "first"))
        assert clock.writer_waits.wait(SECONDS)
        others = [session.do(note(session, f"note {number}")) for number in range(300)]
        clock.go_on()
        wait([first, *others], SECONDS)
        session.do(note(session, "last")).result(SECONDS)
        assert [len(change.events) for change in changes[:2]] == [1, 300]
        assert len(session.board.notes) == 302


def test_a_commit_carries_at_most_500(path: Path) -> None:
    clock = Clockwork()
    with made(path, clock=clock) as session:
        changes: list[Change] = []
        session.subscribe(changes.append)
        clock.stop()
        first = session.do(note(session, "first"))
        assert clock.writer_waits.wait(SECONDS)
        others = [session.do(note(session, f"note {number}")) for number in range(501)]
        clock.go_on()
        wait([first, *others], SECONDS)
        assert len(session.board.notes) == 502
    assert [len(change.events) for change in changes] == [1, 500, 1]


def test_a_refused_act_fails_alone(path: Path) -> None:
    clock = Clockwork()
    with made(path, clock=clock) as session:
        clock.stop()
        waiting: list[Future[Saved]] = [
            session.do(note(session, "before")),
            session.do(note(session, "   ")),
            session.do(note(session, "x" * 501)),
            session.do(MoveNotes((NoteId("0" * 32),), None)),
            session.do(note(session, "after")),
        ]
        clock.go_on()
        wait(waiting, SECONDS)
        failed = [type(each.exception()) for each in waiting]
        assert failed == [type(None), EmptyNote, NoteTooLong, NotThere, type(None)]
        assert sorted(session.board.text_of(each) for each in session.board.notes.values()) == ["after", "before"]
        assert session.health is Health.GOOD
        assert "x" * 501 not in texts_on_disk(path)


def test_all_events_of_a_submission_are_kept_or_none(path: Path) -> None:
    with made(path) as session:
        said = say(session, "The ramp is steep")
        place = session.board.notes[said.note_id].spot
        theme, words = ThemeId(new_id()), Words.of("Ways in")
        drafts = [
            *NewTheme(first_question(session), "Ways in", theme_id=theme).drafts(session.board),
            Draft(said.note_id, NoteMoved(to=Spot(ThemeId("0" * 32), "V"), was=place)),
        ]
        events = sign(drafts, Author(session.desk), session.board.seen, Clockwork()())
        with pytest.raises(NotThere):
            session.submit(*events).result(SECONDS)
        assert theme not in session.board.themes
        assert words.text not in texts_on_disk(path)
        before = len(rows(path, "SELECT 1 FROM event"))
        session.submit(*events[:1]).result(SECONDS)
        assert len(rows(path, "SELECT 1 FROM event")) == before + 1


def test_a_refusal_comes_through_the_future_never_at_once(path: Path) -> None:
    with made(path) as session:
        future = session.do(Undo(session.desk))
        with pytest.raises(NothingToUndo):
            future.result(SECONDS)


def test_every_refusal_says_what_to_do(path: Path) -> None:
    with made(path) as session:
        mine = say(session, "mine").note_id
        session.erase(person("Eve")).result(SECONDS)
        theirs = Author(session.desk, person("Ben"))
        refusals: list[tuple[Future[Saved], type[Refused]]] = [
            (session.do(note(session, "")), EmptyNote),
            (session.do(RewordNote(mine, "x" * 501)), NoteTooLong),
            (session.do(RewordNote(mine, "not Ben's"), theirs), NotThere),
            (session.do(WithdrawNote(mine), theirs), NotThere),
            (session.do(NewTheme(first_question(session), "Mine"), theirs), NotThere),
            (session.do(ErasePerson(person("Ada")), theirs), NotThere),
            (session.do(note(session, "as Ada"), theirs), NotThere),
            (session.do(note(session, "again", by="Eve")), WasErased),
            (session.do(RenameTheme(ThemeId("0" * 32), "?")), NotThere),
            (session.do(NewTheme(first_question(session), "x" * 201)), Refused),
            (session.do(NewTheme(first_question(session), " ")), Refused),
            (session.do(MakeWorkshop(title="Another", questions=(), code="XYZ789")), Refused),
        ]
        for future, kind in refusals:
            error = future.exception(SECONDS)
            assert isinstance(error, kind), (error, kind)
            assert isinstance(error, WorkshopError)
            assert str(error)
            assert error.advice
        assert [session.board.text_of(each) for each in session.board.notes.values()] == ["mine"]


def test_exactly_500_signs_fit_however_they_were_composed(path: Path) -> None:
    with made(path) as session:
        assert say(session, "e\N{COMBINING ACUTE ACCENT}" * 500).text == "é" * 500


# -- the board, the answers, the listeners: in this order


def test_listeners_are_told_after_the_board_is_published_and_the_answers_are_given(path: Path) -> None:
    with made(path) as session:
        seen: list[tuple[bool, bool]] = []
        future: Future[Saved] = Future()
        ready = threading.Event()

        def listen(change: Change) -> None:
            ready.wait(SECONDS)
            seen.append((future.done(), session.board is change.board and bool(change.board.notes)))

        session.subscribe(listen)
        future = session.do(note(session, "one"))
        ready.set()
        future.result(SECONDS)
        session.do(note(session, "two")).result(SECONDS)
        assert seen[0] == (True, True)


def test_who_gets_an_answer_finds_it_on_the_board(path: Path) -> None:
    with made(path) as session:
        for number in range(50):
            saved = session.do(note(session, f"note {number}")).result(SECONDS)
            assert saved.note_id in session.board.notes
        numbered = session.take([]).result(SECONDS)
        assert numbered == []


def test_a_faulty_listener_harms_nobody(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with made(path) as session:
        told: list[Change] = []

        def faulty(change: Change) -> None:
            raise RuntimeError("broken")

        session.subscribe(faulty)
        session.subscribe(told.append)
        say(session, "one")
        say(session, "two")
    assert len(told) == 2
    assert "A listener failed." in caplog.text
    assert "one" not in caplog.text


def test_who_has_unsubscribed_hears_nothing_more(path: Path) -> None:
    with made(path) as session:
        told: list[Change] = []
        end = session.subscribe(told.append)
        say(session, "one")
        end()
        end()
        say(session, "two")
    assert [len(change.events) for change in told] == [1]


def test_a_change_names_what_was_made_and_nothing_that_was_there_already(path: Path) -> None:
    with made(path) as session:
        told: list[Change] = []
        session.subscribe(told.append)
        said = say(session, "one")
        say(session, "one", id=said.note_id)
        say(session, "two")
    assert [[event.subject for event in change.events] for change in told][:2] == [[said.note_id], []]


# -- closing


def test_closing_saves_what_is_queued(path: Path) -> None:
    clock = Clockwork()
    with made(path, clock=clock) as session:
        clock.stop()
        waiting = [session.do(note(session, f"note {number}")) for number in range(700)]
        closing = threading.Thread(target=session.close)
        closing.start()
        clock.go_on()
        closing.join(SECONDS)
        assert all(future.done() and future.exception() is None for future in waiting)
    assert len(read_board(path).notes) == 700


def test_brought_together_the_file_alone_is_whole(path: Path, tmp_path: Path) -> None:
    with made(path) as session:
        said = say(session, "The ramp is steep")
        session.bring_together().result(SECONDS)
        alone = tmp_path / "pulled-out.sayback"
        alone.write_bytes(path.read_bytes())
        assert said.note_id in read_board(alone).notes


def test_a_closed_workshop_is_one_file_and_its_seal(path: Path) -> None:
    with made(path) as session:
        say(session, "one")
    left = {each.name for each in path.parent.iterdir()}
    assert left <= {"park.sayback", "park.sayback.seal", "park.sayback.lock"}


def test_a_closed_workshop_takes_nothing_more(path: Path) -> None:
    with made(path) as session:
        waiting = note(session, "too late")
        session.close()
        with pytest.raises(Closed) as error:
            session.do(waiting).result(SECONDS)
        assert error.value.advice
        with pytest.raises(Closed):
            session.take([]).result(SECONDS)
        with pytest.raises(Closed):
            session.erase(person("Ada")).result(SECONDS)
        session.close()


def test_closing_never_takes_longer_than_it_may(path: Path) -> None:
    clock = Clockwork()
    with made(path, clock=clock) as session:
        clock.stop()
        future = session.do(note(session, "held up"))
        assert clock.writer_waits.wait(SECONDS)
        begun = time.monotonic()
        session.close(timeout=0.2)
        assert time.monotonic() - begun < 2
        assert not future.done()
        clock.go_on()
        future.result(SECONDS)


def test_a_note_whose_sender_has_gone_away_is_not_begun(path: Path) -> None:
    clock = Clockwork()
    with made(path, clock=clock) as session:
        clock.stop()
        first = session.do(note(session, "first"))
        assert clock.writer_waits.wait(SECONDS)
        gone = session.do(note(session, "gone"))
        assert gone.cancel()
        clock.go_on()
        first.result(SECONDS)
        say(session, "last")
        assert sorted(session.board.text_of(each) for each in session.board.notes.values()) == ["first", "last"]


# -- making


def test_a_new_workshop_never_takes_the_place_of_a_file(path: Path) -> None:
    path.write_bytes(b"my diary")
    with pytest.raises(AlreadyThere) as error:
        Session.create(path, MakeWorkshop(title="The park", questions=(), code="ABC234"), ANN)
    assert error.value.advice
    assert path.read_bytes() == b"my diary"


def test_a_workshop_that_could_not_be_made_leaves_no_file(path: Path) -> None:
    with pytest.raises(Refused):
        Session.create(path, MakeWorkshop(title="x" * 201, questions=(), code="ABC234"), ANN)
    with pytest.raises(Refused):
        Session.create(path, MakeWorkshop(title="T", questions=("",), code="ABC234"), ANN)
    assert list(path.parent.iterdir()) == []


def test_a_new_workshop_says_what_it_asks_and_promises(path: Path) -> None:
    command = MakeWorkshop(
        title="The park", questions=("What?", "Why?"), code="ABC234", purpose="To plan", promise="We answer by May",
        host="The council", venue="Town hall", language="cy",
    )  # fmt: skip
    session = Session.create(path, command, ANN)
    session.close()
    with opened(path) as again:
        board = again.board
        assert board.workshop is not None
        found = [board.text(words) for words in (
            board.workshop.title, board.workshop.purpose, board.workshop.promise, board.workshop.host,
            board.workshop.venue,
        )]  # fmt: skip
        assert found == ["The park", "To plan", "We answer by May", "The council", "Town hall"]
        assert (board.workshop.language, board.workshop.code) == ("cy", "ABC234")
        assert [board.text(question.words) for question in board.questions_in_order()] == ["What?", "Why?"]
        assert again.workshop_id == board.workshop.id


def test_a_withdrawn_note_counts_and_is_not_shown(path: Path) -> None:
    with made(path) as session:
        mine = say(session, "mine").note_id
        session.do(WithdrawNote(mine), Author(session.desk, person("Ada"))).result(SECONDS)
        assert session.board.notes[mine].state is NoteState.WITHDRAWN
        assert session.board.balance.received == 1
        assert [event.body for event in [session.board.notes[mine].said] if isinstance(event.body, NoteSaid)]
        assert name_of("Ada") == session.board.notes[mine].contributor
