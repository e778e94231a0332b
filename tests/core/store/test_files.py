"""What is no workshop of ours, or of a newer Sayback, is refused kindly and left exactly as it was."""

import hashlib
import random
import shutil
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from core.base.errors import NewerWorkshop, NotAWorkshop, WorkshopError
from core.session import Session
from core.store import backup, layout, seal
from core.store.check import check, salvage
from core.store.engine import of_a_desk
from core.store.files import APPLICATION_ID, USER_VERSION, seal_file
from core.store.log import HIGHEST
from core.store.reader import read_board, read_log
from tests.core.model import picture
from tests.core.workshops import ANN, SECONDS, made, opened, rows, say

FIXTURES = Path(__file__).parent / "layouts"


def a_diary(path: Path) -> None:
    path.write_text("Dear diary")


def nothing(path: Path) -> None:
    path.touch()


def noise(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(100_000))


def another_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE cats (name); INSERT INTO cats VALUES ('Tom');")


def another_database_in_use(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode = WAL; CREATE TABLE cats (name);")


def a_folder(path: Path) -> None:
    path.mkdir()


def nowhere(path: Path) -> None:
    assert not path.exists()


OTHERS = [a_diary, nothing, noise, another_database, another_database_in_use, a_folder, nowhere]


@pytest.mark.parametrize("make", OTHERS)
def test_what_is_no_workshop_is_refused_and_not_changed(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "park.sayback"
    make(path)
    before = digest(path)
    for read in (lambda: Session.open(path, ANN), lambda: read_board(path), lambda: check(path)):
        with pytest.raises(NotAWorkshop) as error:
            read()
        assert error.value.advice
    assert digest(path) == before


def digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def test_a_newer_workshop_is_refused_and_says_which_version_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path):
        pass
    with path.open("rb+") as file:
        file.seek(60)
        file.write(struct.pack(">I", USER_VERSION + 1))
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    for read in (lambda: Session.open(path, ANN), lambda: read_board(path), lambda: check(path)):
        with pytest.raises(NewerWorkshop) as error:
            read()
        assert str(USER_VERSION + 1) in error.value.advice
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert backup.copies(path) == []


def test_the_header_alone_says_whose_file_it_is_and_how_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        header = path.read_bytes()[:100]
        assert struct.unpack_from(">I", header, 68)[0] == APPLICATION_ID
        assert struct.unpack_from(">I", header, 60)[0] == USER_VERSION
        connection = of_a_desk(session._book.log)._connection
        wanted = {
            "journal_mode": "wal", "synchronous": 2, "fullfsync": 1, "checkpoint_fullfsync": 1, "secure_delete": 1,
            "trusted_schema": 0, "foreign_keys": 1, "cell_size_check": 1,
        }  # fmt: skip
        for name, value in wanted.items():
            found = session._writer.alone(lambda name=name: connection.execute(f"PRAGMA {name}").fetchone()[0])  # type: ignore[misc]
            assert found.result(SECONDS) == value, name


def test_events_stand_in_the_one_order_numbered_first(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        say(session, "one")
    with opened(path, is_home=False) as session:
        say(session, "two")
        say(session, "three")
    found = [row.seq for row in read_log(path)[0]]
    numbered = [seq for seq in found if seq is not None]
    assert found == [*range(1, len(numbered) + 1), None, None]
    assert texts_in_order(path) == ["one", "two", "three"]


def texts_in_order(path: Path) -> list[str]:
    board = read_board(path)
    notes = sorted(board.notes.values(), key=lambda note: note.arrival)
    return [board.text_of(note) for note in notes]


def test_no_free_text_is_in_the_events(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        say(session, "The ramp is steep")
    for kind, body, was in rows(path, "SELECT kind, body, was FROM event"):
        assert "ramp" not in f"{kind}{body}{was}"
        assert "park" not in f"{kind}{body}{was}"


# -- damage


def closed_workshop(path: Path, notes: int = 40) -> None:
    with made(path) as session:
        for number in range(notes):
            say(session, f"note {number} " + "about the ramp " * 5, by=f"person {number % 7}")


@pytest.mark.parametrize("size", [0, 100, 2048, -4096, -1])
def test_a_truncated_file_is_said_to_be_damaged_and_is_not_changed(tmp_path: Path, size: int) -> None:
    path = tmp_path / "park.sayback"
    closed_workshop(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:size])
    before = path.read_bytes()
    assert is_damaged(path)
    with suppress(NotAWorkshop):
        read_board(path)
    assert path.read_bytes() == before


@pytest.mark.slow
def test_damage_anywhere_in_a_closed_file_is_found(tmp_path: Path) -> None:
    """200 of 200: SQLite's own checks find 22 to 162 of them (faults.md F16)."""
    path, chance = tmp_path / "park.sayback", random.Random(16)
    closed_workshop(path)
    whole, sealed = path.read_bytes(), seal_file(path).read_bytes()
    missed = []
    for _ in range(200):
        offset = chance.randrange(len(whole) - 16)
        path.write_bytes(whole[:offset] + bytes(b ^ 0xA5 for b in whole[offset : offset + 16]) + whole[offset + 16 :])
        seal_file(path).write_bytes(sealed)
        if not is_damaged(path):
            missed.append(offset)
    assert missed == []


def is_damaged(path: Path) -> bool:
    try:
        return not check(path).ok
    except WorkshopError:
        return True


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("a body", "UPDATE event SET body = replace(body, 'contributor', 'Contributor') WHERE rowid = 9"),
        ("who said it", "UPDATE event SET actor = 'facilitator' WHERE rowid = 9"),
        ("when", "UPDATE event SET said_at = said_at + 1 WHERE rowid = 9"),
        ("what it is about", "UPDATE event SET subject = hex(randomblob(16)) WHERE rowid = 9"),
        ("a hash", "UPDATE event SET hash = lower(hex(randomblob(32))) WHERE rowid = 9"),
        ("words", "UPDATE words SET text = text || '!' WHERE rowid = 9"),
        ("words gone", "DELETE FROM words WHERE rowid = 9"),
        ("an event gone", "DELETE FROM event WHERE rowid = 9"),
    ],
)
def test_what_somebody_changed_by_hand_is_found(tmp_path: Path, what: str, change: str) -> None:
    path = tmp_path / "park.sayback"
    closed_workshop(path, 20)
    seal.take_off(path)
    assert check(path).ok
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(change).rowcount == 1
        connection.commit()
    report = check(path)
    assert not report.ok, what
    assert report.damage


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE event SET received_at = 9e18 WHERE rowid = 9",
        "UPDATE event SET state = 'lost' WHERE rowid = 9",
        "UPDATE event SET said_at = 'noon' WHERE rowid = 9",
        "UPDATE words SET text = CAST(x'ff' AS TEXT) WHERE rowid = 9",
    ],
)
def test_a_row_that_can_be_none_of_ours_is_found_and_the_rest_is_salvaged(tmp_path: Path, change: str) -> None:
    path = tmp_path / "park.sayback"
    closed_workshop(path, 20)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(change)
        connection.commit()
    assert not check(path).ok
    with pytest.raises(NotAWorkshop):
        Session.open(path, ANN)
    good = salvage(path)
    saved = Session.create_from(tmp_path / "salvaged.sayback", good.events, good.words, ANN)
    saved.close()
    assert len(saved.board.notes) >= 19


# -- copies and older layouts


def test_a_copy_is_whole_under_its_own_name_and_opens_as_the_workshop(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        say(session, "one")
        copy = backup.make(path, session._clock())
        assert picture(read_board(copy)) == picture(session.board)
        say(session, "two")
    assert [each.name for each in copy.parent.iterdir()] == [copy.name]
    assert check(copy).ok
    lone = tmp_path / "lone" / "copy.sayback"
    lone.parent.mkdir()
    shutil.copyfile(copy, lone)
    with opened(lone) as session:
        assert len(session.board.notes) == 1


def test_a_workshop_of_the_first_layout_opens_and_is_the_same(tmp_path: Path) -> None:
    """The file was written when layout 1 was new; every later Sayback must open it."""
    path = tmp_path / "park.sayback"
    shutil.copyfile(FIXTURES / "layout-1.sayback", path)
    assert check(path).ok
    board = read_board(path)
    assert board.title() == "The park"
    assert [board.text_of(note) for note in board.notes_in(next(iter(board.themes)))] == ["Shade", "Benches"]
    assert board.balance.received == 5
    with opened(path) as session:
        assert picture(session.board) == picture(board)
        say(session, "one more", by="Eve")
    assert check(path).ok


def test_a_file_of_the_first_layout_gets_the_index_that_came_later(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    shutil.copyfile(FIXTURES / "layout-1.sayback", path)
    assert "idx_event_waiting" not in indexes(path)
    with opened(path) as session:
        session.parcels.count_waiting()
    assert "idx_event_waiting" in indexes(path)
    [(*_, plan)] = rows(path, "EXPLAIN QUERY PLAN SELECT count(*) FROM event WHERE state = 'pending'")
    assert "idx_event_waiting" in str(plan)
    assert check(path).ok


def test_the_highest_number_is_found_without_reading_the_log(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with made(path) as session:
        say(session, "one")
    [(*_, plan)] = rows(path, f"EXPLAIN QUERY PLAN {HIGHEST}")
    assert "idx_event_seq" in str(plan)
    assert rows(path, HIGHEST) == rows(path, "SELECT max(seq) FROM event")


def test_a_file_on_a_full_disk_opens_without_that_index(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    shutil.copyfile(FIXTURES / "layout-1.sayback", path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        [(pages,)] = connection.execute("PRAGMA page_count")
        connection.execute(f"PRAGMA max_page_count = {pages}")
        layout.complete(connection)
        assert not connection.in_transaction
    assert "idx_event_waiting" not in indexes(path)
    assert check(path).ok


def indexes(path: Path) -> set[str]:
    return {str(name) for (name,) in rows(path, "SELECT name FROM sqlite_master WHERE type = 'index'")}


def test_a_file_of_an_older_layout_is_copied_before_anything_changes(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    closed_workshop(path, 5)
    with path.open("rb+") as file:
        file.seek(60)
        file.write(struct.pack(">I", 0))
    older = path.read_bytes()
    before = [row[:3] for row in rows(path, "SELECT id, hash, body FROM event ORDER BY rowid")]
    with opened(path) as session:
        assert len(session.board.notes) == 5
    [copy] = backup.copies(path)
    assert copy.read_bytes() == older
    assert [row[:3] for row in rows(path, "SELECT id, hash, body FROM event ORDER BY rowid")] == before
    assert struct.unpack_from(">I", path.read_bytes(), 60)[0] == USER_VERSION
