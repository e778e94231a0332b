"""The thread, at the desk: from the start screen to the record, with real phones, a real mouse and a real kill."""

import csv
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from html import unescape
from pathlib import Path

import httpx2
import pypdf
import pytest
from PySide6.QtCore import QModelIndex, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from core.base.ids import NoteId, QuestionId
from core.domain.board import Board, NoteState
from core.rehearsal.practice import COMMENTS, QUESTION
from core.store.reader import read_board
from tests.ui.at_the_desk import DeskUnderTest
from tests.web.phones import NO_TLS
from ui.look.parts import Label
from ui.screens.start import WorkshopRow

pytestmark = pytest.mark.slow

MAIN = Path(__file__).parents[2] / "main.py"
SECONDS = 120
FIRST_PORT = 8000
LEFT, NONE, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
NewDesk = Callable[[], DeskUnderTest]


def test_from_the_start_screen_to_the_record(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk()
    desk.begin(size=(1920, 1080))

    # a workshop is made from the start screen
    desk.make_workshop("Young people and local policing", QUESTION)
    path = desk.open.running.session.path

    # the London session is rehearsed by its phones over HTTP into the running desk
    rehearse_into(desk)
    said = comments()
    desk.wait(lambda: desk.board.balance.received == len(said), seconds=60)

    # every note is on the board and in the outline
    assert sorted(texts(desk.board)) == sorted(said)
    assert sorted(on_the_board(desk)) == sorted(said)
    assert sorted(in_the_outline(desk)) == sorted(said)

    # three themes are made and filled, by drag and by keyboard
    make_theme(desk, "Trust and talking")
    make_theme(desk, "Schools and training")
    make_theme(desk, "A real say")
    loose = [note.id for note in desk.board.loose_notes(question(desk))]
    drag_into(desk, loose[0], "Trust and talking")
    drag_into(desk, loose[1], "Trust and talking")
    drag_into(desk, loose[2], "Schools and training")
    move_by_letters(desk, loose[3:6], "sc")
    move_by_letters(desk, loose[6:9], "ar")
    assert sizes(desk.board) == {"Trust and talking": 2, "Schools and training": 4, "A real say": 3}

    # undo and redo
    desk.do("undo")
    desk.wait(lambda: sizes(desk.board)["A real say"] == 0)
    desk.do("redo")
    desk.wait(lambda: sizes(desk.board)["A real say"] == 3)

    # the desk is killed and opened again, and nothing is missing
    before, grouped = sorted(texts(desk.board)), sizes(desk.board)
    port, code = desk.door.port, desk.door.code
    desk.close()
    thanked = write_until_the_desk_is_killed(path, port, code)
    assert thanked
    again = new_desk()
    again.begin(path, (1920, 1080))
    after = texts(again.board)
    assert sorted(text for text in after if text in before) == before
    assert {text: after.count(text) for text in thanked} == dict.fromkeys(thanked, 1)
    assert sizes(again.board) == grouped
    assert sorted(on_the_board(again)) == sorted(after)

    # the record is exported, and every note's text is in it
    out = tmp_path / "record"
    export(again, out)
    in_pdf = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(out / "record.pdf").pages))
    in_html = squeezed(without_tags((out / "record.html").read_text("utf-8")))
    for text in after:
        assert squeezed(text) in in_pdf
        assert squeezed(text) in in_html
    again.close()

    # check balances
    report = json.loads(run("check", str(path)).stdout)
    assert report["ok"] is True


def test_practising_fills_the_desk_while_one_watches(new_desk: NewDesk) -> None:
    desk = new_desk()
    desk.begin()
    desk.press("Practise with pretend people")
    assert desk.door.code
    desk.wait(lambda: desk.board.balance.received >= 2, seconds=60)
    desk.wait(lambda: desk.open.running.here >= 2)
    assert desk.open.running.practice
    assert not desk.open.running.is_reached    # pretend people are no phones
    desk.desk.leave()
    desk.press("Close all the same")
    (row,) = desk.visible(WorkshopRow)
    assert row.accessibleName().endswith("Not a real workshop")


def comments() -> list[str]:
    rows = csv.DictReader(COMMENTS.read_text("utf-8-sig").splitlines())
    return [row["comment-body"].strip() for row in rows]


def rehearse_into(desk: DeskUnderTest) -> None:
    """Phones in a process of their own; the desk works on meanwhile."""
    address = f"{desk.door.address}/{desk.door.code}"
    command = [sys.executable, str(MAIN), "rehearse", "--join", address, str(COMMENTS), "--speed", "12"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as phones:
        desk.wait(lambda: phones.poll() is not None, seconds=SECONDS)
        assert phones.returncode == 0, phones.stdout.read() if phones.stdout else ""


def texts(board: Board) -> list[str]:
    return [board.text_of(note) for note in board.notes.values() if note.state is NoteState.BOARD]


def on_the_board(desk: DeskUnderTest) -> list[str]:
    cards = desk.open.screen.board.board_scene.cards
    return [desk.board.text_of(desk.board.notes[note_id]) for note_id in cards]


def in_the_outline(desk: DeskUnderTest) -> list[str]:
    """The words of every note of the tree, as the screen shows them."""
    model = desk.open.screen.outline.model
    found: list[str] = []

    def walk(parent: QModelIndex) -> None:
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            if model.node(index).note is not None:
                found.append(str(index.data()))
            walk(index)

    walk(QModelIndex())
    return found


def question(desk: DeskUnderTest) -> QuestionId:
    return desk.board.questions_in_order()[0].id


def sizes(board: Board) -> dict[str, int]:
    """How many notes each theme has."""
    themes = board.themes_of(board.questions_in_order()[0].id)
    return {board.text(theme.name): len(board.notes_in(theme.id)) for theme in themes}


def make_theme(desk: DeskUnderTest, name: str) -> None:
    """By its button; the name is typed where the theme stands."""
    before = len(sizes(desk.board))
    desk.press("New theme")
    desk.wait(lambda: len(sizes(desk.board)) == before + 1)
    field = desk.find(QLineEdit, "Name of the theme")
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.wait(lambda: name in sizes(desk.board))


def drag_into(desk: DeskUnderTest, note: NoteId, name: str) -> None:
    """With the mouse, from where the note lies to the header of the theme."""
    view = desk.open.screen.board
    before = sizes(desk.board)[name]
    theme = next(each for each in desk.board.themes.values() if desk.board.text(each.name) == name)
    frame = view.board_scene.theme_frame(theme.id)
    assert frame is not None
    view.bring_into_view(note)
    start = view.mapFromScene(view.board_scene.area_of(note).center())
    end = view.mapFromScene(frame.pos() + QPointF(frame.width / 2, 20))
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    for step in range(1, 9):
        QTest.mouseMove(view.viewport(), start + (end - start) * step / 8)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, end)
    desk.wait(lambda: sizes(desk.board)[name] == before + 1)


def move_by_letters(desk: DeskUnderTest, notes: Sequence[NoteId], letters: str) -> None:
    """Chosen, then two letters of the theme and Enter."""
    selection = desk.open.running.selection
    desk.open.screen.board.setFocus()
    selection.set_focus(notes[0])
    selection.choose(notes)
    QTest.keyClicks(desk.open.screen.board, letters[0])
    desk.type(letters[1:])
    desk.keys(Qt.Key.Key_Return)
    desk.wait(lambda: all(desk.board.notes[note].spot.theme for note in notes))


def write_until_the_desk_is_killed(path: Path, port: int, code: str) -> list[str]:
    """The real desk on this file, phones writing, kill -9 in the middle: what they were thanked for."""
    thanked: list[str] = []
    with the_desk(path) as desk, httpx2.Client(trust_env=False, verify=NO_TLS, follow_redirects=True) as http:
        base = f"http://127.0.0.1:{port}"
        wait_for_page(http, f"{base}/{code}")
        writer = threading.Thread(target=write_on, args=(http, base, code, thanked))
        writer.start()
        while len(thanked) < 10 and writer.is_alive():
            threading.Event().wait(0.01)
        desk.kill()
        desk.wait(10)
        writer.join(20)
    return thanked


@contextmanager
def the_desk(path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """`python main.py FILE`, as a person starts it."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([sys.executable, str(MAIN), str(path)], env=environment) as desk:
        try:
            yield desk
        finally:
            desk.kill()


def wait_for_page(http: httpx2.Client, address: str) -> None:
    for _attempt in range(600):
        with suppress(httpx2.TransportError):
            if http.get(address).status_code == 200:
                return
        threading.Event().wait(0.05)
    raise AssertionError("the desk never opened its door")


def write_on(http: httpx2.Client, base: str, code: str, thanked: list[str], most: int = 500) -> None:
    """One note after the other, until nobody answers."""
    for number in range(most):
        text = f"Written until the desk ended, number {number}"
        try:
            page = http.get(f"{base}/{code}/q/1").text
            fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
            answer = http.post(f"{base}/{code}/note", data={"text": text, **fields}, headers={"origin": base})
        except httpx2.TransportError:
            return
        if answer.status_code == 200 and text in answer.text:
            thanked.append(text)


def export(desk: DeskUnderTest, out: Path) -> None:
    """Ctrl+E, a folder, Enter."""
    desk.keys(Qt.Key.Key_E, CTRL)
    desk.find(QLineEdit, "Folder").setText(str(out))
    desk.press("Make the record")
    desk.wait(lambda: "The record is ready." in [label.text() for label in desk.visible(Label)], seconds=SECONDS)
    desk.keys(Qt.Key.Key_Escape)


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(MAIN), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS)


def squeezed(text: str) -> str:
    return "".join(text.split())


def without_tags(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", page))


def test_a_desk_told_to_end_saves_and_ends_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "town.sayback"
    run("new", str(path), "--title", "Our town", "--question", "What should change?")
    with the_desk(path) as desk, httpx2.Client(trust_env=False, verify=NO_TLS, follow_redirects=True) as http:
        address = door_of(path)
        wait_for_page(http, address)
        thanked: list[str] = []
        base, _slash, code = address.rpartition("/")
        write_on(http, base, code, thanked, most=3)
        desk.terminate()
        assert desk.wait(10) == 0
    assert len(thanked) == 3
    board = read_board(path)
    assert sorted(texts(board)) == sorted(thanked)
    assert json.loads(run("check", str(path)).stdout)["ok"] is True


def door_of(path: Path) -> str:
    """Where the desk will open: the code is in the file, the port is the usual one or one after it."""
    workshop = read_board(path).workshop
    assert workshop is not None
    for _attempt in range(600):
        for port in range(FIRST_PORT, FIRST_PORT + 20):
            address = f"http://127.0.0.1:{port}/{workshop.code}"
            with suppress(httpx2.TransportError):
                if httpx2.get(address, trust_env=False, verify=NO_TLS, follow_redirects=True).status_code == 200:
                    return address
        threading.Event().wait(0.05)
    raise AssertionError("the desk never opened its door")
