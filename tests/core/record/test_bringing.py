"""What another desk did, brought in from a stick: merged by id, told before, and no file believed that was bent (A40,
A41)."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.base.errors import NotAWorkshop
from core.base.ids import VenueId, new_id
from core.domain.commands import HideNotes, MoveNotes, NewTheme, RewordNote
from core.domain.events import Author
from core.domain.places import at_venue
from core.domain.preparing import DescribeWorkshop
from core.domain.terms import ONLINE, Reason
from core.domain.venues import AddVenue, PlaceDesk
from core.record.bringing import Found, OtherWorkshop, bring, look, told
from core.record.writing import write
from core.session import Session
from core.store.check import check
from core.store.parcels import Parcels
from tests.core.table import person
from tests.core.workshops import BEN, SECONDS, Remembered, first_question, made, note, rows, say


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Session]:
    """The first desk, which gives the order."""
    with made(tmp_path / "first.sayback") as session:
        say(session, "said before")
        yield session


@pytest.fixture
def second(first: Session, tmp_path: Path) -> Iterator[Session]:
    """Another desk of the same workshop, which has been without a network since."""
    session = Session.join(tmp_path / "second.sayback", first.workshop_id, BEN, memory=Remembered())
    try:
        parcel = first.parcels.after(0, 1000)
        session.merge(parcel.events, parcel.words).result(SECONDS)
        yield session
    finally:
        session.close()


def on_a_stick(session: Session, folder: Path) -> Path:
    """A copy as "Save a copy" makes it."""
    folder.mkdir()
    return session.save_copy(folder / "park.sayback").result(SECONDS)


def as_json(session: Session, folder: Path) -> Path:
    folder.mkdir()
    write(session.path, folder, ["json"])
    return folder / "workshop.json"


def placed(session: Session) -> set[tuple[str, object]]:
    """Each note and where it lies; their order is final once the home has numbered them."""
    return {(session.board.text_of(note), note.spot) for note in session.board.notes.values()}


def texts(session: Session) -> set[str]:
    return {session.board.text_of(note) for note in session.board.notes.values()}


@pytest.mark.parametrize("saved", [on_a_stick, as_json])
def test_what_was_done_elsewhere_comes_in_and_goes_back_and_both_are_one(
    saved: Callable[[Session, Path], Path], first: Session, second: Session, tmp_path: Path
) -> None:
    note = say(second, "said at the second").note_id
    second.do(NewTheme(first_question(second), "Benches", (note,))).result(SECONDS)
    say(first, "said at the first")
    found = look(first, saved(second, tmp_path / "to the first"))
    assert told(found) == ["1 note comes in.", "2 other changes are made."]
    bring(first, found)
    assert texts(first) == {"said before", "said at the second", "said at the first"}
    bring(second, look(second, saved(first, tmp_path / "to the second")))
    assert placed(second) == placed(first)
    for session in (first, second):
        assert check(session.path).ok


def test_twice_is_as_once(first: Session, second: Session, tmp_path: Path) -> None:
    say(second, "said at the second")
    stick = on_a_stick(second, tmp_path / "stick")
    found = look(first, stick)
    bring(first, found)
    bring(first, found)
    assert look(first, stick) == Found((), found.words)
    assert len(first.board.notes) == 2


def test_numbers_in_a_file_are_not_believed(first: Session, second: Session, tmp_path: Path) -> None:
    """Somebody numbered their own copy as they liked: here it comes after what is here."""
    say(second, "said at the second")
    stick = on_a_stick(second, tmp_path / "stick")
    with closing(sqlite3.connect(stick)) as connection, connection:
        connection.execute("UPDATE event SET seq = 2 + rowid * 1000, state = 'confirmed' WHERE seq IS NULL")
    mark = first.parcels.mark()
    bring(first, look(first, stick))
    numbers = first.parcels.numbers()
    assert first.parcels.mark(mark.seq) == mark
    assert numbers == list(range(1, len(numbers) + 1))


def test_what_it_would_erase_or_change_for_all_is_said_before(
    first: Session, second: Session, tmp_path: Path
) -> None:
    second.erase(person("Ada")).result(SECONDS)
    second.do(DescribeWorkshop(title="Another name")).result(SECONDS)
    found = look(first, on_a_stick(second, tmp_path / "stick"))
    assert told(found)[1:] == [
        "Everything of 1 person is erased for good.", "It also changes what the workshop is, or ends it."
    ]  # fmt: skip
    assert "said before" in texts(first)    # only looked at


def test_words_of_somebody_who_was_erased_here_do_not_come_back(
    first: Session, second: Session, tmp_path: Path
) -> None:
    say(second, "more of Ada")
    stick = on_a_stick(second, tmp_path / "stick")
    first.erase(person("Ada")).result(SECONDS)
    bring(first, look(first, stick))
    assert texts(first) == {""}
    assert b"more of Ada" not in first.path.read_bytes()


def test_both_wordings_are_there_where_both_changed_the_same(first: Session, second: Session, tmp_path: Path) -> None:
    note = next(iter(first.board.notes))
    first.do(RewordNote(note, "here")).result(SECONDS)
    second.do(RewordNote(note, "there")).result(SECONDS)
    second.do(HideNotes((note,), Reason.OFF_TOPIC)).result(SECONDS)
    second.do(MoveNotes((note,), None)).result(SECONDS)
    bring(first, look(first, on_a_stick(second, tmp_path / "stick")))
    assert len(first.board.conflict_list()) == 1
    assert not first.board.notes[note].is_on_board


def test_a_file_of_another_workshop_is_not_brought_in(first: Session, tmp_path: Path) -> None:
    with made(tmp_path / "other.sayback") as other, pytest.raises(OtherWorkshop):
        look(first, on_a_stick(other, tmp_path / "stick"))


def bent(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = body || ' ' WHERE kind = 'note.said'",
        "UPDATE event SET actor = 'facilitator', subject = 'x' WHERE kind = 'note.said'",
        "UPDATE event SET hash = lower(hex(randomblob(32))) WHERE rowid = (SELECT max(rowid) FROM event)",
        "UPDATE event SET origin_seq = origin_seq + 5 WHERE rowid = (SELECT max(rowid) FROM event)",
        "UPDATE words SET text = '<script>alert(1)</script>'",
        "UPDATE words SET text = 'a' || char(0) || 'b'",
        "DELETE FROM event WHERE rowid = (SELECT min(rowid) FROM event)",
    ],
)
def test_a_copy_that_was_bent_is_refused_whole(
    statement: str, first: Session, second: Session, tmp_path: Path
) -> None:
    say(second, "said at the second")
    stick = on_a_stick(second, tmp_path / "stick")
    bent(stick, statement)
    before = first.parcels.mark()
    with pytest.raises(NotAWorkshop):
        look(first, stick)
    assert first.parcels.mark() == before


def test_tables_triggers_and_views_of_a_stranger_do_nothing(first: Session, second: Session, tmp_path: Path) -> None:
    """A40: only known columns are read, and nothing is written into their file."""
    say(second, "said at the second")
    stick = on_a_stick(second, tmp_path / "stick")
    bent(stick, "CREATE TABLE more (what TEXT)")
    bent(stick, "CREATE TRIGGER evil AFTER INSERT ON words BEGIN DELETE FROM event; END")
    bent(stick, "CREATE VIEW also AS SELECT * FROM event")
    there = stick.read_bytes()
    bring(first, look(first, stick))
    assert "said at the second" in texts(first)
    assert stick.read_bytes() == there
    kinds = rows(first.path, "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view') OR name = 'more'")
    assert kinds == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zip", b"SQLite format 3\x00 and nothing", b"{}", b"[" * 100_000])
def test_what_is_no_workshop_at_all_is_refused(content: bytes, first: Session, tmp_path: Path) -> None:
    path = tmp_path / "evil.sayback"
    path.write_bytes(content)
    with pytest.raises(NotAWorkshop):
        look(first, path)
    with pytest.raises(NotAWorkshop):
        look(first, tmp_path / "not there")


def test_bent_json_is_refused_whole(first: Session, second: Session, tmp_path: Path) -> None:
    say(second, "said at the second")
    path = as_json(second, tmp_path / "stick")
    content = json.loads(path.read_text("utf-8"))
    content["events"][-1]["subject"] = content["events"][0]["subject"]
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(NotAWorkshop):
        look(first, path)


def test_at_a_desk_that_is_no_home_it_waits_for_its_number(first: Session, second: Session, tmp_path: Path) -> None:
    say(first, "said at the first")
    stick = on_a_stick(first, tmp_path / "stick")
    shutil.copyfile(second.path, tmp_path / "third.sayback")
    bring(second, look(second, stick))
    assert second.parcels.count_waiting() == 1
    assert Parcels(first.path).count_waiting() == 0
    assert texts(second) == {"said before", "said at the first"}


@pytest.mark.parametrize("saved", [on_a_stick, as_json])
def test_what_comes_on_a_stick_keeps_its_venue(
    saved: Callable[[Session, Path], Path], first: Session, second: Session, tmp_path: Path
) -> None:
    york = VenueId(new_id())
    for command in (AddVenue("York", york), PlaceDesk(second.desk, york)):
        first.do(command).result(SECONDS)
    by_its_desk = say(second, "said at York").note_id
    named = replace(note(second, "said on the way"), venue=ONLINE)
    by_its_link = second.do(named, Author(second.desk, named.contributor or "")).result(SECONDS).note_id
    bring(first, look(first, saved(second, tmp_path / "stick")))
    board = first.board
    assert [board.venue_of(board.notes[each]) for each in (by_its_desk, by_its_link)] == [york, ONLINE]
    assert at_venue(board, york).balance.received == 1
