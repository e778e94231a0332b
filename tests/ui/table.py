"""A workshop with its board and outline on the screen, and the hands of a facilitator."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from core.base.errors import WorkshopError
from core.base.ids import ContributorId, DeskId, NoteId, QuestionId, ThemeId, new_id
from core.domain.board import Board
from core.domain.commands import Command, MakeWorkshop, NewTheme, SayNote
from core.domain.events import Author
from core.domain.terms import Mode
from core.session import Saved, Session
from ui.acting.acts import Acts
from ui.acting.selection import Selection
from ui.board.view import BoardView
from ui.bridge import Bridge
from ui.outline.view import OutlineView
from ui.watching.announce import Announcer

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SIZE = (1216, 640)
STEPS = 8
QUESTION = "What should change?"


class Table:
    """Everything goes through the real session: what is seen was saved."""

    def __init__(self, path: Path, qtbot: QtBot) -> None:
        made = MakeWorkshop(title="Our town", questions=(QUESTION, "And then?"), code="ABC234")
        self.session = Session.create(path, made, DeskId(new_id()))
        self.qtbot = qtbot
        self.bridge, self.selection = Bridge(self.session), Selection()
        self.acts = Acts(self.bridge, self.selection)
        self.refused: list[WorkshopError] = []
        self.bridge.refused.connect(self.refused.append)
        self.view = BoardView(self.bridge, self.selection, self.acts)
        self.outline = OutlineView(self.bridge, self.selection, self.acts)
        self.announcer = Announcer(self.bridge, self.outline)
        self.window = QStackedWidget()
        for widget in (self.view, self.outline):
            self.window.addWidget(widget)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.activateWindow()
        self.view.setFocus()
        self.person = ContributorId(new_id())

    def close(self) -> None:
        """Put everything away."""
        self.announcer.close()
        self.view.close_down()
        self.outline.close_down()
        self.bridge.close()
        self.window.close()
        self.window.deleteLater()
        self.session.close()

    def look_at(self, widget: QWidget) -> None:
        """Board or outline."""
        self.window.setCurrentWidget(widget)
        widget.setFocus()

    @property
    def board(self) -> Board:
        """What is on disk."""
        return self.session.board

    @property
    def question(self) -> QuestionId:
        """The first question."""
        return self.board.questions_in_order()[0].id

    def do(self, command: Command, author: Author | None = None) -> Saved:
        """Do something at the session's door and see it on the screen."""
        return self.seen(self.session.do(command, author))

    def seen(self, future: "Future[Saved]") -> Saved:
        """Wait until what was saved is on the screen."""
        saved = future.result(5)
        self.wait_for_screen()
        return saved

    def wait_for_screen(self) -> None:
        """Until the screen shows what is on disk."""
        self.qtbot.waitUntil(lambda: self.bridge.board is self.session.board, timeout=5000)

    def say(self, text: str, person: ContributorId | None = None, mode: Mode = Mode.ROOM) -> NoteId:
        """A phone says something."""
        writer = person or self.person
        note_id = NoteId(new_id())
        command = SayNote(question=self.question, text=text, contributor=writer, note_id=note_id, mode=mode)
        return self.do(command, Author(self.session.desk, writer)).note_id

    def say_all(self, texts: Sequence[str]) -> list[NoteId]:
        """Several things, one after the other."""
        return [self.say(text) for text in texts]

    def make_theme(self, name: str, notes: Sequence[NoteId] = ()) -> ThemeId:
        """A theme with these notes in it."""
        theme_id = ThemeId(new_id())
        self.do(NewTheme(question=self.question, name=name, note_ids=tuple(notes), theme_id=theme_id))
        return theme_id

    def theme_of(self, note: NoteId) -> str:
        """The name of the theme a note is in, on disk; empty for none."""
        theme = self.board.theme_of(self.board.notes[note])
        return self.board.text(theme.name) if theme else ""

    def texts_in(self, theme: ThemeId) -> list[str]:
        """The words of the notes of a theme, in order, on disk."""
        return [self.board.text_of(note) for note in self.board.notes_in(theme)]

    def shown_in(self, theme: ThemeId) -> list[NoteId]:
        """The notes in the frame of a theme, in order, on the screen."""
        frame = self.view.board_scene.theme_frame(theme)
        return [card.note_id for card in frame.flow.cards] if frame else []

    def at(self, note: NoteId) -> QPoint:
        """The middle of a note, in the window."""
        self.view.bring_into_view(note)
        return self.view.mapFromScene(self.view.board_scene.area_of(note).center())

    def in_frame(self, theme: ThemeId | None, down: float = 0.0) -> QPoint:
        """The middle of a frame's header, or so far below its top."""
        scene = self.view.board_scene
        frame = scene.theme_frame(theme) if theme else scene.loose_frame
        assert frame is not None
        return self.view.mapFromScene(frame.pos() + QPointF(frame.width / 2, down or 20))

    def press(self, at: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press the button."""
        QTest.mousePress(self.view.viewport(), LEFT, modifiers, at)

    def move(self, start: QPoint, end: QPoint) -> None:
        """Go from here to there with the button down."""
        for step in range(1, STEPS + 1):
            at = start + (end - start) * step / STEPS
            QTest.mouseMove(self.view.viewport(), at)

    def release(self, at: QPoint) -> None:
        """Let go of the button."""
        QTest.mouseRelease(self.view.viewport(), LEFT, NONE, at)

    def click(self, note: NoteId, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Click a note."""
        QTest.mouseClick(self.view.viewport(), LEFT, modifiers, self.at(note))

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Drag from here to there."""
        self.press(start)
        self.move(start, end)
        self.release(end)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, on: QWidget | None = None) -> None:
        """Press a key on the board, or elsewhere."""
        QTest.keyClick(on or self.view, key, modifiers)

    def type(self, text: str, on: QWidget) -> None:
        """Type."""
        QTest.keyClicks(on, text)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until this is so."""
        self.qtbot.waitUntil(condition, timeout=5000)

    @staticmethod
    def focused() -> QWidget:
        """What has the keyboard."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget
