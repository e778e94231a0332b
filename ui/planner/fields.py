"""Fields of the form: a label above, room for one kind sentence about what is wrong below."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from core.base.language import _
from core.domain.words import tidy
from ui.look.parts import Label, Tone
from ui.look.theme import Text


class Field(QWidget):
    """A labelled field with room for one kind sentence about what is wrong."""

    def __init__(self, label: str, entry: QLineEdit | QPlainTextEdit, hint: str = "") -> None:
        super().__init__()
        self.entry = entry
        self._label = Label(label, bold=True)
        self._label.setBuddy(entry)
        self._hint = hint
        self._below = Label(hint, Text.SMALL, tone=Tone.QUIET, wrap=True)
        entry.setAccessibleName(label)
        entry.setAccessibleDescription(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for widget in (self._label, entry, self._below):
            column.addWidget(widget)
        self._label.setVisible(bool(label))    # only now: without a parent it would be a window that flashes up
        self._below.setVisible(bool(hint))

    @property
    def text(self) -> str:
        """The words as they will be kept."""
        entry = self.entry
        return tidy(entry.text() if isinstance(entry, QLineEdit) else entry.toPlainText())

    def fill(self, text: str) -> None:
        """Begin with these words."""
        entry = self.entry
        if isinstance(entry, QLineEdit):
            entry.setText(text)
            entry.setCursorPosition(0)
        else:
            entry.setPlainText(text)

    def say(self, problem: str) -> None:
        """Say what is wrong, to eyes and ears; an empty problem takes it away."""
        self._below.setText(problem or self._hint)
        self._below.set_tone(Tone.BAD if problem else Tone.QUIET)
        self._below.setVisible(bool(problem or self._hint))
        self.entry.setAccessibleDescription(problem or self._hint)
        self.entry.setProperty("wrong", bool(problem))
        self.entry.style().unpolish(self.entry)
        self.entry.style().polish(self.entry)


def one_line(example: str) -> QLineEdit:
    """A field of one line, with an example in it (the label stands above)."""
    entry = QLineEdit()
    entry.setPlaceholderText(example)
    return entry


def several_lines(height: int) -> QPlainTextEdit:
    """A field of several lines that Tab leaves."""
    entry = QPlainTextEdit()
    entry.setTabChangesFocus(True)
    entry.setFixedHeight(height)
    return entry


def too_long(field: Field, limit: int) -> str:
    """What is said of a field that holds more than it may; nothing where it does not."""
    over = len(field.text) - limit
    return _("That is too long by {n}. Make it shorter.").format(n=over) if over > 0 else ""
