"""Type for someone: each person is a contributor of their own, two keys a note, and their code leads to their notes."""

import stat
from pathlib import Path

import httpx2
import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QListWidget, QSpinBox

from core.base.identity import contributor_of, read_receipt
from core.domain.board import Note
from core.domain.terms import Mode
from core.domain.words import NOTE_LIMIT
from core.record.slips import OWNER_ONLY
from tests.ui.hall import CTRL, Hall, Key

SLIPS = "Slips for the people you typed for"


def typed(room: Hall) -> list[Note]:
    """What was typed and kept, the oldest first."""
    return sorted(room.board.notes.values(), key=lambda note: note.arrival)


def type_and_keep(room: Hall, *texts: str) -> None:
    """Several notes of one person."""
    for text in texts:
        before = len(room.board.notes)
        room.desk.type(text)
        room.desk.keys(Key.Key_Return)
        room.desk.wait(lambda before=before: len(room.board.notes) == before + 1)    # type: ignore[misc]


def open_row(room: Hall) -> None:
    """Ctrl+T, anywhere."""
    room.desk.keys(Key.Key_T, CTRL)
    room.desk.wait(lambda: room.screen.type_row.words.hasFocus())


def test_enter_stays_with_the_person_and_tab_on_the_empty_field_goes_to_the_next(room: Hall) -> None:
    open_row(room)
    type_and_keep(room, "Sit us at round tables", "Bring the maps")
    room.desk.keys(Key.Key_Tab)
    type_and_keep(room, "Begin later")
    people = [note.contributor for note in typed(room)]
    assert people[0] == people[1] != people[2]
    assert None not in people
    assert {note.mode for note in typed(room)} == {Mode.SCRIBE}
    assert room.board.people[Mode.SCRIBE] == 2


def test_two_keys_a_note_are_enough_for_a_table_of_people(room: Hall) -> None:
    open_row(room)
    for number in range(5):
        room.desk.type(f"Note {number}")
        room.desk.keys(Key.Key_Return)
        room.desk.keys(Key.Key_Tab)
    room.desk.wait(lambda: len(room.board.notes) == 5)
    assert len({note.contributor for note in typed(room)}) == 5
    assert [room.board.text_of(note) for note in typed(room)] == [f"Note {number}" for number in range(5)]


def test_table_and_way_stay_for_the_next_person_and_one_undo_takes_a_note_back(room: Hall) -> None:
    open_row(room)
    room.desk.find(QSpinBox, "Table").setValue(4)
    ways = room.desk.find(QComboBox, "How their words came")
    ways.setCurrentIndex(ways.findText("On paper"))
    ways.activated.emit(ways.currentIndex())
    room.screen.type_row.words.setFocus()
    type_and_keep(room, "Sit us at round tables")
    room.desk.keys(Key.Key_Tab)
    type_and_keep(room, "Begin later")
    assert {(note.mode, room.board.table(note.contributor)) for note in typed(room)} == {(Mode.PAPER, 4)}
    room.desk.do("undo")
    room.desk.wait(lambda: typed(room)[1].withdrawn)
    assert not typed(room)[0].withdrawn


def test_somebody_earlier_is_typed_for_again_and_seated_elsewhere(room: Hall) -> None:
    open_row(room)
    type_and_keep(room, "First of Ada")
    room.desk.keys(Key.Key_Tab)
    type_and_keep(room, "First of Ben")
    people = room.desk.find(QComboBox, "Who it is typed for")
    assert [people.itemText(row) for row in range(people.count())] == ["Person 1", "Person 2"]
    people.setCurrentIndex(0)
    people.activated.emit(0)
    type_and_keep(room, "Second of Ada")
    room.desk.find(QSpinBox, "Table").setValue(7)
    first = typed(room)[0].contributor
    room.desk.wait(lambda: room.board.table(first) == 7)
    assert typed(room)[2].contributor == first


def test_words_that_cannot_be_kept_come_back_into_the_field(room: Hall) -> None:
    open_row(room)
    row = room.screen.type_row
    row.words.setPlainText("x" * (NOTE_LIMIT + 1))
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: len(row.words.toPlainText()) == NOTE_LIMIT + 1)
    assert room.desk.notice
    assert not room.board.notes


def test_ctrl_enter_begins_a_line_and_the_field_grows(room: Hall) -> None:
    open_row(room)
    row = room.screen.type_row
    before = row.words.height()
    room.desk.type("One")
    room.desk.keys(Key.Key_Return, CTRL)
    room.desk.type("Two")
    room.desk.wait(lambda: row.words.height() > before)
    room.desk.keys(Key.Key_Return)
    room.desk.wait(lambda: len(room.board.notes) == 1)
    assert room.board.text_of(typed(room)[0]) == "One\nTwo"


def test_escape_goes_back_to_the_board_and_the_text_is_kept(room: Hall) -> None:
    open_row(room)
    room.desk.type("Half a tho")
    room.desk.keys(Key.Key_Escape)
    room.desk.wait(lambda: room.screen.board.hasFocus())
    assert room.screen.type_row.isVisible()
    open_row(room)
    assert room.screen.type_row.words.toPlainText() == "Half a tho"
    room.screen.type_row.words.clear()
    room.desk.keys(Key.Key_Escape)
    room.desk.wait(lambda: not room.screen.type_row.isVisible())


def test_tab_leaves_the_field_where_the_person_has_said_nothing(room: Hall) -> None:
    open_row(room)
    room.desk.keys(Key.Key_Tab)
    room.desk.wait(lambda: not room.screen.type_row.words.hasFocus())
    assert len(room.screen.typed_for.people) == 1


def test_the_code_on_a_slip_leads_to_that_persons_notes_and_is_in_no_file_of_the_workshop(room: Hall) -> None:
    open_row(room)
    type_and_keep(room, "Sit us at round tables")
    room.desk.keys(Key.Key_Tab)
    type_and_keep(room, "Begin later")
    room.desk.press("Slips (2 new)…")
    rows = room.desk.find(QListWidget, "People and their codes")
    codes = [rows.item(row).text().split("   ")[1] for row in range(rows.count())]
    secrets = [read_receipt(code) for code in codes]
    assert None not in secrets
    assert [contributor_of(secret) for secret in secrets if secret] == [note.contributor for note in typed(room)]
    written = b"".join(file.read_bytes() for file in room.session.path.parent.glob("town*") if file.is_file())
    assert b"Begin later" in written
    for code, secret in zip(codes, secrets, strict=True):
        assert secret is not None
        assert bytes(secret) not in written
        assert code.encode() not in written
        assert code.replace(" ", "").encode() not in written


def test_a_phone_that_types_the_code_has_the_notes(room: Hall) -> None:
    open_row(room)
    type_and_keep(room, "Sit us at round tables")
    room.desk.do("slips")
    rows = room.desk.find(QListWidget, "People and their codes")
    code = rows.item(0).text().split("   ")[1]
    base = f"http://127.0.0.1:{room.desk.door.port}"
    with httpx2.Client(base_url=base, follow_redirects=True, trust_env=False, timeout=10) as phone:
        page = phone.post("/claim", data={"code": code}, headers={"Origin": base})
    assert page.status_code == 200
    assert "Sit us at round tables" in page.text


def test_pages_to_print_lie_beside_the_workshop_for_their_owner_only(room: Hall) -> None:
    open_row(room)
    type_and_keep(room, "Sit us at round tables")
    room.desk.do("slips")
    room.desk.press("Make pages to print")
    room.desk.wait(lambda: room.desk.notice.startswith("The slips are ready."))
    pages = room.session.path.parent / "Our town slips.pdf"
    assert pages.read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE(pages.stat().st_mode) == OWNER_ONLY
    room.desk.wait(lambda: "Slips…" in room.desk.names(QAbstractButton))


def test_pages_that_cannot_be_written_are_told_of_and_the_codes_stay(
    room: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes, mode: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ui.dialogs.slips.write_atomically", full)
    open_row(room)
    type_and_keep(room, "Sit us at round tables")
    room.desk.do("slips")
    room.desk.press("Make pages to print")
    room.desk.wait(lambda: room.desk.notice.startswith("The slips could not be written"))
    assert room.screen.typed_for.without_slip == 1


def test_who_closes_with_slips_that_nobody_has_is_asked_once(room: Hall) -> None:
    open_row(room)
    type_and_keep(room, "Sit us at round tables")
    room.desk.do("leave")
    room.desk.wait(lambda: room.desk.notice.startswith("1 person has no slip yet."))
    room.desk.press("Show the slips…")
    room.desk.press("They have theirs")
    assert room.screen.typed_for.without_slip == 0
    room.desk.do("leave")
    room.desk.wait(lambda: room.desk.desk.open_desk is None)


def test_nobody_was_typed_for_yet(room: Hall) -> None:
    assert not room.can("slips")
    assert room.desk.window.actions_["slips"].toolTip() == "Nobody was typed for yet."
    assert room.screen.type_row.accessibleName() == "Type for someone"
