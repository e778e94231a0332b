"""A small panel over the window to choose one of a few things: a field, a list, Enter and Escape."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from ui.board.look import with_alpha
from ui.look.parts import KeyCaps, Label, Tone
from ui.look.theme import Text, tokens_of
from ui.page import page_of

WIDTH = 560
SIDE = 16
TALLEST = 320
SHADOW = 10


class ChoicePanel(QFrame):
    """A child of the window, not a pop-up: the order of focus stays, and no compositor is needed. It deletes itself."""

    def __init__(self, over: QWidget, title: str, way_out: str, field_name: str) -> None:
        super().__init__(page_of(over))
        self._over = over
        self.setProperty("part", "choice")
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit()
        self.field.setAccessibleName(field_name)
        self.field.setClearButtonEnabled(False)
        self.list = QListView()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self.take(index.row()))
        self.field.installEventFilter(self)
        self._title = Label(title, Text.BASE, bold=True)
        self._lay_out(way_out)

    def say_title(self, title: str) -> None:
        """What is asked."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def _lay_out(self, way_out: str) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch()
        top.addWidget(KeyCaps("Esc"))
        top.addWidget(Label(way_out, 13.0, tone=Tone.SECOND))
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW, SHADOW + 12, SHADOW, SHADOW + 8)
        column.setSpacing(10)
        for row in (top, self.field):
            line = QHBoxLayout()
            line.setContentsMargins(SIDE, 0, SIDE, 0)
            line.addLayout(top) if row is top else line.addWidget(self.field)
            column.addLayout(line)
        column.addWidget(self.list)

    def start(self, typed: str = "") -> None:
        """Show it over its widget, with the keyboard in its field."""
        self.field.setText(typed)
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.deselect()
        self.field.end(False)

    def fit_list(self, height: int) -> None:
        """Be as high as the list needs."""
        self.list.setFixedHeight(min(TALLEST, height))
        self._place()

    def chosen(self, row: int) -> None:
        """Do what a row stands for."""
        raise NotImplementedError

    def other_key(self, event: QKeyEvent) -> bool:
        """A key besides arrows, Enter and Escape; whether it was used."""
        return False

    def take(self, row: int) -> None:
        """Choose a row and go."""
        self.leave()
        self.chosen(row)

    def leave(self) -> None:
        """Go, and give the keyboard back."""
        self.field.removeEventFilter(self)
        self.close()
        self._over.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()    # Escape and Enter belong to the panel while it is open
            return False
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self._leave_if_left)
        return False

    @Slot()
    def _leave_if_left(self) -> None:
        if self.isVisible() and not self.field.hasFocus():
            self.close()

    def _on_key(self, event: QKeyEvent) -> bool:
        if self.other_key(event):
            return True
        row, last = self.list.currentIndex().row(), self.list.model().rowCount() - 1
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.take(max(0, row))
            case Qt.Key.Key_Down:
                self._go_to(min(last, row + 1))
            case Qt.Key.Key_Up:
                self._go_to(max(0, row - 1))
            case _:
                return False
        return True

    def _go_to(self, row: int) -> None:
        index = self.list.model().index(row, 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _place(self) -> None:
        """In the middle of the widget it is for, in its upper third."""
        window, over = page_of(self._over), self._over
        self.setFixedWidth(min(WIDTH, window.width() - 40))
        self.adjustSize()
        corner = over.mapTo(window, over.rect().topLeft())
        x = corner.x() + (over.width() - self.width()) // 2
        y = corner.y() + max(0, (over.height() - self.height()) // 3)
        self.move(max(0, min(x, window.width() - self.width())), max(0, min(y, window.height() - self.height())))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self.palette())
        sheet = self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        painter.setPen(Qt.PenStyle.NoPen)
        for out in range(SHADOW, 0, -2) if not colours.is_plain else ():
            painter.setBrush(with_alpha(QColor("#000000"), 0.02))
            painter.drawRoundedRect(sheet.adjusted(-out, -out + 3, out, out).intersected(self.rect()), 12, 12)
        painter.setPen(colours.edge)
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(sheet, 10, 10)
