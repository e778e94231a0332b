"""Three facilitators who do the same at the desk: one with a mouse, one who has none, one who hears it all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QAccessible, QAction, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QRadioButton, QSpinBox, QWidget

from core.domain.board import Board, Note, Theme
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import CTRL, Key
from ui.acting.actions import plain
from ui.look.parts import Label

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
MOST_STOPS = 150


class Facilitator:
    """Works with keys only: Tab to what is wanted, Ctrl+K for what has no key of its own."""

    def __init__(self, desk: DeskUnderTest) -> None:
        self.desk = desk

    @property
    def board(self) -> Board:
        """What is saved, as the desk shows it."""
        return self.desk.board

    @property
    def at(self) -> QWidget | None:
        """Where the keyboard is; the test's screen sometimes forgets which window is in front."""
        return QApplication.focusWidget() or self.desk.window.focusWidget()

    def settles(self) -> None:
        """Looks at the board, where one begins."""

    def reads(self) -> list[str]:
        """The words on the desk's screen."""
        return [label.text() for label in self.desk.visible(Label)]

    def goes_on(self) -> None:
        """To the next step of the agenda."""
        before = self.board.step
        self.desk.keys(Key.Key_F8)
        self.desk.wait(lambda: self.board.step != before)

    def sees_on_the_wall(self, *words: str) -> str:
        """Waits until the projector shows these words; all that it says then."""
        self.desk.wait(lambda: all(each in self._wall for each in words))
        return self._wall

    @property
    def _wall(self) -> str:
        window = self.desk.open.projector.window
        layer = window.layer if window is not None else None
        return layer.accessibleName() if layer is not None else ""

    def goes_to(self, name: str) -> QWidget:
        """To what has this name, by Tab."""
        self.desk.wait(lambda: name in self.desk.names(QWidget))
        for _stop in range(MOST_STOPS):
            found = self.at
            if found is not None and found.accessibleName() == name:
                return found
            self.desk.keys(Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {name}; there is {sorted(set(self.desk.names(QWidget)))}")

    def presses(self, name: str) -> None:
        """A button."""
        self.goes_to(name)
        self.desk.keys(Key.Key_Space)

    def fills_in(self, name: str, words: str) -> None:
        """A field."""
        field = self.goes_to(name)
        if isinstance(field, QSpinBox | QLineEdit):
            field.selectAll()
        self.desk.type(words)

    def picks(self, name: str, words: str) -> None:
        """One of a list that drops down, by the arrow keys."""
        box = self.goes_to(name)
        assert isinstance(box, QComboBox)
        self.desk.keys(Key.Key_Home)
        while box.currentText() != words:
            before = box.currentIndex()
            self.desk.keys(Key.Key_Down)
            assert box.currentIndex() != before, f"{words} is not in the list"

    def chooses(self, action: str) -> None:
        """What the menus offer: Ctrl+K, its words, Enter."""
        self.desk.keys(Key.Key_K, CTRL)
        self.desk.wait(lambda: self._is_at("What do you want to do?"))
        self.desk.type(action.removesuffix("…"))    # no key of the test has that
        self.desk.keys(Key.Key_Return)

    def makes_theme(self, name: str) -> Theme:
        """An empty theme, named where it stands."""
        self.chooses("New theme")
        return self._names_it(name)

    def groups(self, about: Callable[[str], str], arrivals: Iterator[str]) -> None:
        """Each note with two letters of its theme and Enter; the next one has the focus by then. After ten of them
        something arrives."""
        for number in count():
            if not self.loose:
                return
            if number % 10 == 9:
                next(arrivals, None)
            note = self._next_loose()
            name = about(self.board.text_of(note))
            self._asks_where(name[:2].lower())
            self.desk.keys(Key.Key_Return)
            self._lie_in((note,), name)

    @property
    def loose(self) -> list[Note]:
        """The notes of the first question that are in no theme yet."""
        return self.board.loose_notes(self.board.questions_in_order()[0].id)

    def _next_loose(self) -> Note:
        """The note with the focus, or the first one that the keys come to."""
        selection, wanted = self.desk.open.running.selection, {note.id for note in self.loose}
        for _step in range(MOST_STOPS):
            if selection.focus in wanted:
                return self.board.notes[selection.focus]
            self._steps_on()
        raise AssertionError("the keys never come to a note that is in no theme")

    def _steps_on(self) -> None:
        """On the board to the first note of the next theme."""
        self.desk.keys(Key.Key_PageDown, CTRL)

    def _asks_where(self, letters: str) -> None:
        """On the board a bare letter means a theme."""
        QTest.keyClicks(self.desk.open.screen.board, letters[0])
        self.desk.type(letters[1:])

    def _lie_in(self, notes: Sequence[Note], theme: str) -> None:
        wanted = themes(self.board)[theme].id
        self.desk.wait(lambda: all(self.board.notes[note.id].spot.theme == wanted for note in notes))

    def answers(self, what: str, status: str, words: Mapping[str, str]) -> None:
        """Where answers are written: down the list to this, Enter, the status by the arrow keys, the fields by Tab."""
        view = self.desk.open.answers.view
        self.goes_to("What people said")
        self.desk.keys(Key.Key_Home)
        while view.model.rows[view.list.currentIndex().row()].words != what:
            self.desk.keys(Key.Key_Down)
        self.desk.keys(Key.Key_Return)
        while not (isinstance(self.at, QRadioButton) and self.at.text() == status):
            self.desk.keys(Key.Key_Right)
        for name, text in words.items():
            self.fills_in(name, text)
        self.desk.keys(Key.Key_Return, CTRL)
        subject = next(row.id for row in view.model.rows if row.words == what)
        self.desk.wait(lambda: self.board.reply(subject) is not None and view.list.hasFocus())

    def _names_it(self, name: str) -> Theme:
        self.desk.wait(lambda: self._is_at("Name of the theme"))
        self.desk.type(name)
        self.desk.keys(Key.Key_Return)
        self.desk.wait(lambda: name in themes(self.board))
        return themes(self.board)[name]

    def _is_at(self, name: str) -> bool:
        return self.at is not None and self.at.accessibleName() == name


class WithMouse(Facilitator):
    """Clicks and drags; types where one types."""

    def presses(self, name: str) -> None:
        self.desk.press(name)

    def fills_in(self, name: str, words: str) -> None:
        field = self.desk.find(QWidget, name)
        QTest.mouseClick(field, LEFT)
        super().fills_in(name, words)

    def chooses(self, action: str) -> None:
        """From the menus."""
        found = [each for each in self.desk.window.actions_.by_id.values() if words_of(each) == action]
        assert len(found) == 1, action
        assert found[0].isEnabled(), found[0].toolTip()
        found[0].trigger()

    def makes_theme(self, name: str) -> Theme:
        self.presses("New theme")
        return self._names_it(name)

    def groups(self, about: Callable[[str], str], arrivals: Iterator[str]) -> None:
        """All that belong to a theme at once, theme after theme; then what has come meanwhile."""
        while self.loose:
            name = about(self.board.text_of(self.loose[0]))
            self._drags([note for note in self.loose if about(self.board.text_of(note)) == name], name)
            next(arrivals, None)

    def _drags(self, notes: Sequence[Note], theme: str) -> None:
        """The whole board in sight, these notes clicked with Ctrl, and the last of them dragged."""
        view = self.desk.open.screen.board
        self.presses("Fit the board")
        frame = view.board_scene.theme_frame(themes(self.board)[theme].id)
        assert frame is not None
        to = view.mapFromScene(frame.pos() + QPointF(frame.width / 2, 20))
        places = [view.mapFromScene(view.board_scene.area_of(note.id).center()) for note in notes]
        assert all(view.viewport().rect().contains(place) for place in (to, *places))
        for place, key in zip(places, (NONE, *(CTRL,) * len(places)), strict=False):
            QTest.mouseClick(view.viewport(), LEFT, key, place)
        QTest.mousePress(view.viewport(), LEFT, NONE, places[-1])
        for step in range(1, 9):
            QTest.mouseMove(view.viewport(), places[-1] + (to - places[-1]) * step / 8)
        QTest.mouseRelease(view.viewport(), LEFT, NONE, to)
        self._lie_in(notes, theme)


class ByEar(Facilitator):
    """Has the outline alone, and knows what a screen reader is told of it."""

    def settles(self) -> None:
        self.chooses("Outline")
        self.desk.wait(lambda: self.at is self.desk.open.screen.outline.tree)

    def hears(self) -> list[str]:
        """The rows of the outline as they are read out."""
        found = QAccessible.queryAccessibleInterface(self.desk.open.screen.outline.tree)
        cells = [found.child(at) for at in range(found.childCount())]
        return [cell.text(QAccessible.Text.Name) for cell in cells]

    def _steps_on(self) -> None:
        """In the outline to the next row; at the end to the first."""
        tree = self.desk.open.screen.outline.tree
        self.desk.keys(Key.Key_Down if tree.indexBelow(tree.currentIndex()).isValid() else Key.Key_Home)

    def _asks_where(self, letters: str) -> None:
        """In the outline letters find rows, so it is Ctrl+Enter first."""
        self.desk.keys(Key.Key_Return, CTRL)
        self.desk.type(letters)


class Clicks(QObject):
    """Counts what a mouse does at the desk."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):    # few are: to ask all for their type takes a second
            self.seen += event.type() is QEvent.Type.MouseButtonPress
        return False


@contextmanager
def without_a_mouse(app: QApplication) -> Iterator[None]:
    """Nothing in here is clicked."""
    clicks = Clicks()
    app.installEventFilter(clicks)
    try:
        yield
    finally:
        app.removeEventFilter(clicks)
    assert clicks.seen == 0


def words_of(action: QAction) -> str:
    """What an action is called in the menu."""
    return plain(action.text()).partition("\t")[0]


def themes(board: Board) -> dict[str, Theme]:
    """The themes of the first question by their names."""
    return {board.text(theme.name): theme for theme in board.themes_of(board.questions_in_order()[0].id)}
