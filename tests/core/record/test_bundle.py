"""workshop.json: the whole workshop and back, and nothing believed that does not verify (A40, A41)."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from core.base.errors import NewerWorkshop, NotAWorkshop
from core.domain.board import Board
from core.domain.commands import HideNotes, MoveNotes, NewTheme, RewordNote, Undo, WithdrawNote
from core.domain.terms import Reason
from core.record.bundle import COUNT_LIMIT, DEPTH_LIMIT, parse, read_bundle
from core.record.plan import plan
from core.record.writing import write
from core.session import Session
from core.store.check import check
from tests.core.table import person
from tests.core.workshops import ANN, BEN, first_question, made, opened, say

Content = dict[str, Any]    # JSON that a test bends
SECONDS = 10


def a_lived_workshop(path: Path) -> None:
    """Two desks' openings, themes, hidden, reworded, withdrawn and erased notes, and an undo."""
    with made(path) as session:
        notes = [say(session, f"note {number}", by=f"p{number}").note_id for number in range(8)]
        question = first_question(session)
        session.do(NewTheme(question, "Benches <b>", tuple(notes[:4]))).result(SECONDS)
        session.do(NewTheme(question, "Licht ☀", (notes[5],))).result(SECONDS)
        session.do(HideNotes((notes[1],), Reason.HURTFUL, "typed by hand")).result(SECONDS)
        session.do(RewordNote(notes[2], "other words")).result(SECONDS)
        session.do(Undo(ANN)).result(SECONDS)
    with opened(path, BEN) as session:
        session.do(WithdrawNote(notes[3])).result(SECONDS)
        session.do(MoveNotes((notes[0],), None)).result(SECONDS)
        session.erase(person("p7")).result(SECONDS)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    a_lived_workshop(tmp_path / "park.sayback")
    return tmp_path / "park.sayback"


@pytest.fixture
def content(source: Path) -> Content:
    write(source, source.parent, ["json"])
    loaded: Content = json.loads((source.parent / "workshop.json").read_text("utf-8"))
    return loaded


@contextmanager
def copied(bundle: Path, path: Path) -> Iterator[Session]:
    read = read_bundle(bundle)
    session = Session.create_from(path, read.events, read.words, ANN)
    try:
        yield session
    finally:
        session.close()


def what_everybody_sees(board: Board) -> object:
    """The board without what is only this file's."""
    themes = {each.id: (board.text(each.name), each.colour, each.removed) for each in board.themes.values()}
    notes = {
        each.id: (board.text_of(each), each.contributor, each.state, each.spot, each.arrival, each.mode)
        for each in board.notes.values()
    }
    others = (board.workshop, board.balance, board.people, board.by_contributor, board.conflicts, board.seen)
    return themes, notes, set(board.erased), others


def test_a_new_file_from_it_has_the_same_board(source: Path, tmp_path: Path) -> None:
    write(source, tmp_path, ["json"])
    with opened(source) as session:
        before = session.board
    with copied(tmp_path / "workshop.json", tmp_path / "copy.sayback") as session:
        assert what_everybody_sees(session.board) == what_everybody_sees(before)
        assert plan(session.board) == plan(before)
    assert check(tmp_path / "copy.sayback").ok


def test_the_copy_of_a_copy_is_the_same_file(source: Path, tmp_path: Path) -> None:
    write(source, tmp_path / "one", ["json"])
    with copied(tmp_path / "one" / "workshop.json", tmp_path / "copy.sayback"):
        pass
    write(tmp_path / "copy.sayback", tmp_path / "two", ["json"])
    one, two = (json.loads((tmp_path / name / "workshop.json").read_text("utf-8")) for name in ("one", "two"))
    assert one["words"] == two["words"]
    assert one["board"] == two["board"]
    assert [event["hash"] for event in one["events"]] == [event["hash"] for event in two["events"]]


def test_people_can_read_the_board_in_it(content: Content) -> None:
    board = content["board"]
    assert board["title"] == "The park"
    assert board["notes"] == {"received": 8, "board": 5, "held": 0, "hidden": 1, "withdrawn": 1, "erased": 1}
    themes = [theme["theme"] for theme in board["questions"][0]["themes"]]
    assert sorted(themes) == ["Benches <b>", "Licht ☀"]


def test_words_of_erased_people_are_not_in_it(content: Content) -> None:
    assert "note 7" not in json.dumps(content)
    assert "note 6" in json.dumps(content)


def test_the_readable_board_is_never_believed(content: Content) -> None:
    honest = parse(json.dumps(content).encode())
    content["board"] = {"title": "Another", "questions": "x" * 1000}
    content["owner"] = {"desk": "someone else", "approved": True}
    content["events"][0]["approved"] = True
    assert parse(json.dumps(content).encode()) == honest


def change_text(content: Content) -> None:
    content["words"][0]["text"] += " (they never said this)"


def change_salt(content: Content) -> None:
    content["words"][0]["salt"] = "00" * 16


def change_kind(content: Content) -> None:
    content["events"][3]["kind"] = "note.withdrawn"


def change_actor(content: Content) -> None:
    content["events"][3]["actor"] = "facilitator"


def drop_event(content: Content) -> None:
    del content["events"][3]


def repeat_event(content: Content) -> None:
    content["events"].append(content["events"][3])


def same_number(content: Content) -> None:
    content["events"][3]["seq"] = content["events"][4]["seq"]


def other_workshop(content: Content) -> None:
    content["events"][3]["workshop"] = "a" * 32


def number_as_text(content: Content) -> None:
    content["events"][3]["origin_seq"] = "4"


def true_as_number(content: Content) -> None:
    content["events"][3]["schema"] = True


def far_future(content: Content) -> None:
    content["events"][3]["received_at"] = 10**17


def no_events(content: Content) -> None:
    content["events"] = []


def events_of_another_kind(content: Content) -> None:
    content["events"] = {"0": content["events"][0]}


def words_without_salt(content: Content) -> None:
    del content["words"][0]["salt"]


def unknown_state(content: Content) -> None:
    content["events"][3]["state"] = "owner"


def strange_id(content: Content) -> None:
    content["events"][3]["id"] = "../../etc/passwd"


def another_format(content: Content) -> None:
    content["format"] = "other"


@pytest.mark.parametrize(
    "bend",
    [
        change_text, change_salt, change_kind, change_actor, drop_event, repeat_event, same_number, other_workshop,
        number_as_text, true_as_number, far_future, no_events, events_of_another_kind, words_without_salt,
        unknown_state, strange_id, another_format,
    ],
)  # fmt: skip
def test_a_file_that_was_changed_is_refused(content: Content, bend: Callable[[Content], None]) -> None:
    bend(content)
    with pytest.raises(NotAWorkshop) as refused:
        parse(json.dumps(content).encode())
    assert refused.value.advice


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"[]", b"null", b"\xff\xfe", b"PK\x03\x04", b"SQLite format 3\x00", b'{"format":', b'{"format":NaN}',
        b"[" * 100_000, b'{"a":' * (DEPTH_LIMIT + 1) + b"1" + b"}" * (DEPTH_LIMIT + 1),
        b'{"format": 1' + b"0" * 6000 + b"}", '"\ud800"'.encode("utf-8", "surrogatepass"),
        b'{"format":"sayback workshop","version":1,"events":{},"words":[]}',
    ],
)  # fmt: skip
def test_what_is_no_bundle_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAWorkshop) as refused:
        parse(raw)
    assert refused.value.advice


def test_more_events_than_fit_are_refused_before_they_are_read() -> None:
    raw = b'{"format":"sayback workshop","version":1,"words":[],"events":[' + b"0," * COUNT_LIMIT + b"0]}"
    with pytest.raises(NotAWorkshop):
        parse(raw)


def test_a_newer_file_is_refused_kindly(content: Content) -> None:
    content["version"] = 2
    with pytest.raises(NewerWorkshop) as refused:
        parse(json.dumps(content).encode())
    assert refused.value.advice


def test_a_missing_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotAWorkshop) as refused:
        read_bundle(tmp_path / "none.json")
    assert refused.value.advice
