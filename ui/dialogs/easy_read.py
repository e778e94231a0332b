"""Write the record in Easy Read: for each idea a picture and a few words. First words of ours stand there to begin."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from core.base.language import _
from core.domain.easy import Written
from core.domain.terms import EasyPicture
from core.domain.words import LINE_LIMIT
from core.record.easy_words import MOST_WORDS, longest_sentence, names
from ui.dialogs.form import FormPanel, choice
from ui.look.parts import Button, Label, Tone

Keep = Callable[[Sequence[Written]], None]
WIDTH, TALLEST = 760, 380


class Line(QFrame):
    """One idea: its picture, its words, and a way to take it out."""

    def __init__(self, number: int, picture: EasyPicture, text: str) -> None:
        super().__init__()
        self.picture: QComboBox = choice("", list(names().items()), picture)
        self.words = QLineEdit(text)
        self.words.setMaxLength(LINE_LIMIT)
        self.out = Button("", icon="cross")
        self.count(number)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.picture)
        row.addWidget(self.words, 1)
        row.addWidget(self.out)

    def count(self, number: int) -> None:
        """Say which line it is."""
        self.picture.setAccessibleName(_("Picture {n}").format(n=number))
        self.words.setAccessibleName(_("Words {n}").format(n=number))
        self.out.setAccessibleName(_("Take line {n} out").format(n=number))
        self.out.setToolTip(self.out.accessibleName())

    @property
    def written(self) -> Written:
        """What stands in it."""
        return self.picture.currentData(), self.words.text().strip()


class EasyReadPanel(FormPanel):
    """`keep` gets the lines that have words, in order; a line without any is taken out."""

    def __init__(self, lines: Sequence[Written], keep: Keep, window: QWidget, *, are_ours: bool) -> None:
        super().__init__(_("Easy Read"), window, WIDTH)
        self._keep_lines = keep
        self._lines: list[Line] = []
        ours = _("These first words are ours. Put them into your own, and choose the pictures.")
        self.column.addWidget(Label(ours if are_ours else _("One idea a line, in short words."), wrap=True))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        for picture, text in lines:
            self._add(picture, text)
        self._told = Label("", tone=Tone.SECOND, wrap=True)
        self.column.addWidget(self._told)
        self.finish(_("Keep these words"))
        self.first = self._lines[0].words if self._lines else self._more
        self._judge()

    @property
    def written(self) -> list[Written]:
        """The lines with words."""
        return [line.written for line in self._lines if line.written[1]]

    def keep(self) -> bool:
        """Write them down."""
        self._keep_lines(self.written)
        return True

    def _lay_out(self) -> None:
        inside = QFrame()
        inside.setLayout(self._rows)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumHeight(TALLEST)
        scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._scroll = scroll
        self.column.addWidget(scroll)
        self._more = Button(_("Add a line"), icon="plus")
        self._more.clicked.connect(self._add_empty)
        row = QHBoxLayout()
        row.addWidget(self._more)
        row.addStretch(1)
        self.column.addLayout(row)
        self._rows.addStretch(1)

    def _add(self, picture: EasyPicture, text: str) -> Line:
        line = Line(len(self._lines) + 1, picture, text)
        line.words.textChanged.connect(self._judge)
        line.out.clicked.connect(lambda: self._take_out(line))
        self._lines.append(line)
        self._rows.insertWidget(self._rows.count() - 1, line)
        return line

    @Slot()
    def _add_empty(self) -> None:
        line = self._add(EasyPicture.TALK, "")
        line.show()
        line.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(line)

    def _take_out(self, line: Line) -> None:
        self._lines.remove(line)
        line.hide()
        line.deleteLater()
        for number, each in enumerate(self._lines, 1):
            each.count(number)
        after = self._lines[-1].words if self._lines else self._more
        after.setFocus(Qt.FocusReason.OtherFocusReason)
        self._judge()

    @Slot()
    def _judge(self) -> None:
        """Say which line is too long to be easy; that is advice, and stops nobody."""
        long = [at for at, line in enumerate(self._lines, 1) if longest_sentence(line.written[1]) > MOST_WORDS]
        told = _("Line {n} has a sentence of more than {most} words. Make two of it.")
        self._told.setText(told.format(n=long[0], most=MOST_WORDS) if long else "")
