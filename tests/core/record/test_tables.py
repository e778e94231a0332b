"""Tables from other tools: read whatever tool wrote them, or refused with what to do; brought in as one act."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.base.errors import WorkshopError
from core.domain.board import EMPTY, NoteState
from core.domain.commands import Undo
from core.domain.events import Author
from core.domain.terms import Mode
from core.record.plan import plan
from core.record.spreadsheet import notes_csv
from core.record.tables import UnreadableTable, decode, events_of, import_table, moment, parse, read_table, rows_of
from tests.core.record.boards import LONDON, london
from tests.core.table import NOON
from tests.core.workshops import ANN, made, opened

WORDS = ["The café is closed", "Naïve – but true", "£20 for “travel”"]
WITH_COMMAS = "author,text\n" + "".join(f'{number},"{text}"\n' for number, text in enumerate(WORDS))


def texts(raw: bytes | str, mapping: dict[str, str] | None = None) -> list[str]:
    text = raw if isinstance(raw, str) else decode(raw)
    return [row.text for row in rows_of(parse(text), mapping or {})]


def table(folder: Path, text: str) -> Path:
    file = folder / "table.csv"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_spelling_of_a_table_is_read(encoding: str, separator: str, end: str) -> None:
    text = WITH_COMMAS.replace(",", separator).replace("\n", end)
    assert texts(text.encode(encoding)) == WORDS


def test_the_line_by_which_excel_names_its_separator_is_no_row() -> None:
    assert texts("sep=;\r\ntext;author\r\nA note;1\r\n") == ["A note"]


def test_old_line_ends_of_the_mac_are_read() -> None:
    assert texts("text,author\rOne,1\rTwo,2\r") == ["One", "Two"]


@pytest.mark.parametrize("heading", ["text", "Comment-Body", "comment body", "BODY", "Content", "Note", "  note "])
def test_the_column_of_the_notes_is_known_by_many_names(heading: str) -> None:
    assert texts(f"id,{heading},x\n1,The ramp is steep,2\n") == ["The ramp is steep"]


def test_the_column_can_be_named() -> None:
    assert texts("Was wünschen Sie?,id\nMehr Bänke,1\n", {"text": "Was wünschen Sie?"}) == ["Mehr Bänke"]


def test_a_list_with_one_note_a_line_needs_no_heading() -> None:
    assert texts("A bench\nMore light, please\n\nA bin\n") == ["A bench", "More light, please", "A bin"]


def test_rows_without_words_are_left_out_and_short_rows_are_read() -> None:
    assert texts("text,author\nOne\n,2\n  ,3\nTwo,4,5,6\n") == ["One", "Two"]


def test_notes_come_in_the_order_in_which_they_were_said() -> None:
    assert texts("text,timestamp\nthird,1658934633363\nfirst,1658934589213\nsecond,1658934593316\n") == [
        "first", "second", "third",
    ]  # fmt: skip
    assert texts("text,timestamp\nthird,1658934633363\nfirst,\n") == ["third", "first"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1658934589213", datetime(2022, 7, 27, 15, 9, 49, 213000, UTC)),
        ("1658934589", datetime(2022, 7, 27, 15, 9, 49, tzinfo=UTC)),
        ("2022-07-27T15:09:49Z", datetime(2022, 7, 27, 15, 9, 49, tzinfo=UTC)),
        ("2022-07-27 17:09:49+02:00", datetime(2022, 7, 27, 15, 9, 49, tzinfo=UTC)),
        ("27/07/2022 15:09", datetime(2022, 7, 27, 15, 9, tzinfo=UTC)),
        ("27/07/2022", datetime(2022, 7, 27, tzinfo=UTC)),
        ("Wed Jul 27 22:09:49 WIB 2022", None),
        ("99/99/2022", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("", None),
    ],
)
def test_times_are_understood_or_left_out(cell: str, expected: datetime | None) -> None:
    assert moment(cell) == expected


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"id,colour\n1,red\n", "No column"),
        (b"text,author\n,1\n", "no words"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00", "no table of text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "no table of text"),
        (b'{\n"format": "sayback workshop",\n"version": 1', "no table"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', "no table"),
        (b"<!doctype html><p>text", "no table"),
        (b"\x81\x8d\x8f\xff text", "no table of text"),
        (b"text,author\n" + b"x" * 200_000 + b",1\n", "Line 2"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(raw: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes(raw)
    with pytest.raises(UnreadableTable, match=told) as refused:
        rows_of(read_table(file), {})
    assert refused.value.advice


def test_the_advice_names_the_columns_there_are(tmp_path: Path) -> None:
    for mapping in ({}, {"text": "Missing"}, {"texts": "colour"}):
        with pytest.raises(UnreadableTable) as refused:
            rows_of(read_table(table(tmp_path, "id,colour\n1,red\n")), mapping)
        assert "id, colour" in refused.value.advice
        assert "--map text=COLUMN" in refused.value.advice


def test_a_missing_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTable) as refused:
        read_table(tmp_path / "none.csv")
    assert refused.value.advice


def test_a_table_comes_in_as_notes_of_people_whom_nobody_knows(tmp_path: Path) -> None:
    with LONDON.open(encoding="utf-8", newline="") as file:
        authors = {row["author-id"] for row in csv.DictReader(file)}
    with made(tmp_path / "park.sayback") as session:
        told: list[tuple[int, int, str]] = []
        assert import_table(session, LONDON, None, lambda *each: told.append(each)) == 39
        board = session.board
        assert board.people.get(Mode.IMPORTED) == len(board.by_contributor) == len(authors)
        assert not authors & set(board.by_contributor)
        first = min(board.notes.values(), key=lambda note: note.arrival)
        assert first.said.said_at < datetime(2022, 7, 28, tzinfo=UTC)
        assert board.balance.received == 39
    assert (told[0][:2], told[-1][:2]) == ((39, 39), (39, 39))


def test_it_is_one_act_and_one_undo(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        import_table(session, table(tmp_path, WITH_COMMAS))
        assert session.board.balance.board == 3
        session.do(Undo(ANN)).result(10)
        assert session.board.balance.board == 0
        assert session.board.balance.withdrawn == 3


def test_notes_that_were_held_back_come_in_held(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        import_table(session, table(tmp_path, "text,moderated\nshown,1\nheld,-1\nnot looked at,0\n"))
        states = {session.board.text_of(note): note.state for note in session.board.notes.values()}
    assert states == {"shown": NoteState.BOARD, "held": NoteState.HELD, "not looked at": NoteState.BOARD}


def test_rows_go_to_the_question_they_name(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        import_table(session, table(tmp_path, "question,text\nwhat  ELSE?,no\nWhat else?,two\n,one\n"))
        first, second = session.board.questions_in_order()
        found = [[session.board.text_of(note) for note in session.board.notes_of(each.id)] for each in (first, second)]
    assert found == [["no", "one"], ["two"]]


def test_a_note_that_is_too_long_stops_all_and_is_named(tmp_path: Path) -> None:
    long = table(tmp_path, 'text\nshort\n"two\nlines"\n' + "x" * 501 + "\n")
    with made(tmp_path / "park.sayback") as session:
        with pytest.raises(UnreadableTable, match="line 5"):
            import_table(session, long)
        assert session.board.balance.received == 0


def test_a_workshop_without_a_question_takes_no_table() -> None:
    with pytest.raises(WorkshopError, match="no question"):
        events_of(EMPTY, [], Author(ANN), lambda: NOON)


@pytest.mark.slow
def test_ten_thousand_notes_come_in_with_progress(tmp_path: Path) -> None:
    lines = "".join(f"note {number} of many,{number % 700}\n" for number in range(10_000))
    file = table(tmp_path, "text,author\n" + lines)
    told: list[tuple[int, int, str]] = []
    with made(tmp_path / "park.sayback") as session:
        assert import_table(session, file, None, lambda *each: told.append(each)) == 10_000
        assert len(session.board.by_contributor) == 700
    assert len({done for done, total, _what in told if total == 10_000}) >= 20
    with opened(tmp_path / "park.sayback") as session:
        assert session.board.balance.board == 10_000


def test_our_own_table_comes_back_with_the_same_words(tmp_path: Path) -> None:
    hall = london()
    (tmp_path / "notes.csv").write_bytes(notes_csv(plan(hall.board)))
    with made(tmp_path / "park.sayback") as session:
        import_table(session, tmp_path / "notes.csv")
        again = sorted(card.text for card in plan(session.board).questions[0].alone)
    assert again == sorted(hall.board.text_of(note) for note in hall.board.notes.values())
