"""Erasing a person is real: their words leave every file and never come back, and the chain still verifies."""

import shutil
import sqlite3
from concurrent.futures import Future
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.base.errors import NotSaved
from core.base.ids import NoteId, ThemeId, new_id
from core.domain.board import NoteState
from core.domain.bodies import NoteReworded
from core.domain.commands import HideNotes, NewTheme, RewordNote, SayNote
from core.domain.events import Event
from core.domain.terms import Mode, Reason
from core.session import Saved, Session
from core.store import backup
from core.store.check import check
from core.store.reader import read_log
from tests.core.sync.desks import until
from tests.core.table import person
from tests.core.workshops import BEN, SECONDS, everything_on_disk, first_question, made, note, opened, rows, say

SECRET = "I sleep in my blue car"
SECRETS = [SECRET, "I sleep in my red van", "names her sister Rosalind", "he said he is Mr Peabody"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "park.sayback"


def tell_secrets(session: Session) -> None:
    """What Ada said, what was made of it, and what a scribe and an import wrote down for her."""
    said = say(session, SECRETS[0])
    session.do(RewordNote(said.note_id, SECRETS[1])).result(SECONDS)
    session.do(HideNotes((said.note_id,), Reason.NAMES_SOMEONE, SECRETS[2])).result(SECONDS)
    typed = note(session, SECRETS[3])
    session.do(
        SayNote(
            question=typed.question, text=typed.text, contributor=typed.contributor, note_id=typed.note_id,
            mode=Mode.SCRIBE,
        )
    ).result(SECONDS)  # fmt: skip
    say(session, "Ben stays", by="Ben")


def found(folder: Path) -> list[str]:
    on_disk = everything_on_disk(folder)
    return [secret for secret in SECRETS if secret.encode() in on_disk]


def test_nothing_of_an_erased_person_is_left_in_any_file_while_open_and_when_closed(path: Path) -> None:
    with made(path) as session:
        tell_secrets(session)
        backup.make(path, datetime(2026, 3, 14, tzinfo=UTC))
        assert found(path.parent) == SECRETS
        session.erase(person("Ada")).result(SECONDS)
        assert found(path.parent) == []
        assert [session.board.text_of(each) for each in session.board.notes_by(person("Ada"))] == ["", ""]
        assert {each.state for each in session.board.notes_by(person("Ada"))} == {NoteState.ERASED}
        assert not any(secret in session.board.texts.values() for secret in SECRETS)
        say(session, "after", by="Ben")
    assert found(path.parent) == []
    assert check(path).ok
    assert check(backup.copies(path)[0]).ok
    assert b"Ben stays" in everything_on_disk(path.parent)


def test_the_chain_and_the_balance_hold_after_erasing(path: Path) -> None:
    with made(path) as session:
        tell_secrets(session)
        before = rows(path, "SELECT id, hash FROM event ORDER BY rowid")
        session.erase(person("Ada")).result(SECONDS)
        assert rows(path, "SELECT id, hash FROM event ORDER BY rowid")[: len(before)] == before
        assert session.board.balance.erased == 2
        assert session.board.balance.received == 3
    report = check(path)
    assert report.ok, report
    assert report.balance.erased == 2


def test_erasing_twice_is_erasing_once(path: Path) -> None:
    with made(path) as session:
        tell_secrets(session)
        session.erase(person("Ada")).result(SECONDS)
        events = len(rows(path, "SELECT 1 FROM event"))
        session.erase(person("Ada")).result(SECONDS)
        assert len(rows(path, "SELECT 1 FROM event")) == events


def test_who_reads_the_file_meanwhile_is_waited_for_and_the_erasure_is_finished_later(path: Path) -> None:
    with made(path) as session:
        tell_secrets(session)
        with closing(sqlite3.connect(path)) as reader:
            reader.execute("BEGIN")
            assert reader.execute("SELECT count(*) FROM words").fetchone()
            with pytest.raises(NotSaved) as error:
                session.erase(person("Ada")).result(SECONDS)
            assert error.value.advice
        assert session.board.balance.erased == 2
        session.erase(person("Ada")).result(SECONDS)
        assert found(path.parent) == []


def test_erasing_waits_for_somebody_who_is_just_looking(path: Path) -> None:
    with made(path) as session:
        tell_secrets(session)
        with closing(sqlite3.connect(path)) as reader:
            reader.execute("BEGIN")
            assert reader.execute("SELECT count(*) FROM words").fetchone()
            erasing = session.erase(person("Ada"))
            until(lambda: session.board.balance.erased == 2)
            reader.execute("ROLLBACK")
            erasing.result(SECONDS)
        assert found(path.parent) == []


def test_an_erasure_that_a_crash_interrupted_is_finished_when_the_file_is_opened(path: Path, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed" / "park.sayback"
    crashed.parent.mkdir()
    with made(path) as session:
        tell_secrets(session)
        with closing(sqlite3.connect(path)) as reader:
            reader.execute("BEGIN")
            assert reader.execute("SELECT count(*) FROM words").fetchone()
            assert isinstance(session.erase(person("Ada")).exception(SECONDS), NotSaved)
            for name in ("park.sayback", "park.sayback-wal"):
                shutil.copyfile(path.with_name(name), crashed.with_name(name))
    assert found(crashed.parent) != []
    with opened(crashed) as session:
        session.unsent().result(SECONDS)
        assert found(crashed.parent) == []


# -- what comes from elsewhere


def taken_to(path: Path, elsewhere: Path) -> tuple[list[Event], NoteId]:
    """Ada's notes, written at a desk whose copy knows nothing of her erasure; returns what it would send."""
    shutil.copyfile(path, elsewhere)
    with opened(elsewhere, BEN, is_home=False) as desk:
        late = say(desk, SECRETS[0])
        reworded = desk.do(RewordNote(late.note_id, SECRETS[1])).result(SECONDS)
        assert isinstance(reworded.events[0].body, NoteReworded)
        desk.do(NewTheme(first_question(desk), "Cars", (late.note_id,), theme_id=ThemeId(new_id()))).result(SECONDS)
        return desk.unsent().result(SECONDS), late.note_id


@pytest.mark.parametrize("way", ["take", "merge", "together"])
def test_a_late_note_of_an_erased_person_brings_no_words_back(path: Path, tmp_path: Path, way: str) -> None:
    elsewhere = tmp_path / "elsewhere" / "park.sayback"
    elsewhere.parent.mkdir()
    with made(path) as session:
        say(session, "first")
    events, late = taken_to(path, elsewhere)
    words = read_log(elsewhere)[1]
    shutil.rmtree(elsewhere.parent)
    with opened(path, is_home=way == "take") as session:
        if way != "together":
            session.erase(person("Ada")).result(SECONDS)
        if way == "take":
            session.take(events, words).result(SECONDS)
        else:
            erased = [] if way == "merge" else erasure_of_ada(path, tmp_path / "third" / "park.sayback")
            session.merge([*events, *erased], words).result(SECONDS)
        assert session.board.notes[late].state is NoteState.ERASED
        assert found(path.parent) == []
        assert [session.board.text(theme.name) for theme in session.board.themes_of(first_question(session))] == [
            "Cars"
        ]
    assert check(path).ok


def erasure_of_ada(path: Path, third: Path) -> list[Event]:
    third.parent.mkdir()
    for name in (path.name, path.name + "-wal"):
        shutil.copyfile(path.with_name(name), third.with_name(name))
    with opened(third, BEN, is_home=False) as desk:
        erased: Future[Saved] = desk.erase(person("Ada"))
        return list(erased.result(SECONDS).events)


def test_words_that_are_not_what_their_hash_says_are_not_taken(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.sayback"
    with made(path) as session:
        say(session, "first")
    shutil.copyfile(path, elsewhere)
    with opened(elsewhere, BEN, is_home=False) as desk:
        say(desk, "The ramp is steep")
        events = desk.unsent().result(SECONDS)
    true = [each for each in read_log(elsewhere)[1] if each.text == "The ramp is steep"]
    lies = [type(each)(each.hash, each.salt, "The ramp is gentle") for each in true]
    with opened(path) as session:
        session.take(events, lies).result(SECONDS)
        assert "The ramp is gentle" not in session.board.texts.values()
        session.take(events, true).result(SECONDS)
        assert "The ramp is steep" in session.board.texts.values()
