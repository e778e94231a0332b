"""Names of themes and words of notes changed where they stand: a plain field over the board."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


class NameField(QLineEdit):
    """One line. Enter keeps it, Escape leaves it, going elsewhere keeps it. It deletes itself."""

    def __init__(self, over: QWidget, place: QRect, text: str, name: str, keep: Callable[[str], None]) -> None:
        super().__init__(text, over)
        self._keep = keep
        self._is_open = True
        self.setAccessibleName(name)
        self.setMinimumHeight(0)
        self.setGeometry(place)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.returnPressed.connect(lambda: self._end(keep=True))
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self._end(keep=False)
            event.accept()
            return True
        if event.type() == QEvent.Type.FocusOut:
            self._end(keep=True)
        return False

    def _end(self, *, keep: bool) -> None:
        if not self._is_open:
            return
        self._is_open = False
        self.removeEventFilter(self)
        had_focus = self.hasFocus()
        self.hide()
        self.deleteLater()
        if keep:
            self._keep(self.text())
        if had_focus:
            _give_back(self)


class WordsField(QPlainTextEdit):
    """Several lines of plain text. Ctrl+Enter or going elsewhere keeps them, Escape leaves them. It deletes itself."""

    def __init__(self, over: QWidget, place: QRect, text: str, font: QFont, keep: Callable[[str], None]) -> None:
        super().__init__(text, over)
        self._keep = keep
        self._was = text
        self._is_open = True
        self.setFont(font)
        self.setGeometry(place)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return self._on_key(event)
        if event.type() == QEvent.Type.FocusOut:
            self._end(keep=True)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_kept = is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if not is_kept and event.key() != Qt.Key.Key_Escape:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._end(keep=is_kept)
        return True

    def _end(self, *, keep: bool) -> None:
        if not self._is_open:
            return
        self._is_open = False
        self.removeEventFilter(self)
        had_focus = self.hasFocus()
        self.hide()
        self.deleteLater()
        if keep and self.toPlainText() != self._was:
            self._keep(self.toPlainText())
        if had_focus:
            _give_back(self)


def _give_back(field: QWidget) -> None:
    """The keyboard goes back to what lies under the field."""
    under = field.parentWidget()
    while under is not None and under.focusPolicy() == Qt.FocusPolicy.NoFocus:
        under = under.parentWidget()
    if under is not None:
        under.setFocus(Qt.FocusReason.OtherFocusReason)
