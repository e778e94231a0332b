"""What a record would look like: its first pages, before any file is written."""

import json
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTemporaryDir, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.base.language import _
from ui.look.parts import Button, Label, Tone
from ui.look.theme import tokens_of
from ui.making.child import Child
from ui.making.export import Wanted, failure

PAGES = 12
"""No more are drawn: whoever wants to read it all makes it."""
WAIT_MS = 300
"""Somebody who goes on choosing within this time is not done yet."""
PAPER = QSize(595, 842)
WIDE = 340


@dataclass(frozen=True, slots=True)
class Shown:
    """One page: which of how many, its picture, and its words."""

    page: int
    of: int
    file: Path
    says: str


class Page(QWidget):
    """The picture of a page; the arrow keys turn it, and a screen reader is told its words."""

    turned = Signal(int)    # 1 or -1

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(WIDE)
        self.setMinimumHeight(WIDE // 2)

    def sizeHint(self) -> QSize:
        return QSize(WIDE, WIDE * PAPER.height() // PAPER.width())

    def put(self, shown: Shown | None, words: str) -> None:
        """Show a page, or (None) an empty one."""
        self._picture = QPixmap(str(shown.file)) if shown else QPixmap()
        self.setAccessibleName(words)
        self.setAccessibleDescription(shown.says if shown else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = PAPER.scaled(self.size() - QSize(4, 4), Qt.AspectRatioMode.KeepAspectRatio)
        colours = tokens_of(self.palette())
        left, top = (self.width() - size.width()) // 2, 2
        painter.fillRect(left, top, size.width(), size.height(), Qt.GlobalColor.white)
        painter.drawPixmap(left, top, size.width(), size.height(), self._picture)
        pen = painter.pen()
        pen.setColor(colours.focus_line if self.hasFocus() else colours.line)
        pen.setWidth(3 if self.hasFocus() else 1)
        painter.setPen(pen)
        painter.drawRect(left, top, size.width(), size.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Down | Qt.Key.Key_PageDown:
                self.turned.emit(1)
            case Qt.Key.Key_Left | Qt.Key.Key_Up | Qt.Key.Key_PageUp:
                self.turned.emit(-1)
            case _:
                super().keyPressEvent(event)


class Preview(QFrame):
    """The pages of what is chosen, made anew when that changes."""

    def __init__(self, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._wanted: Wanted | None = None
        self._child: Child | None = None
        self._folder = QTemporaryDir()
        self._pages: list[Shown] = []
        self._at = 0
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._begin)
        self._page = Page()
        self._page.turned.connect(self._turn)
        self._told = Label("", tone=Tone.SECOND, wrap=True)
        self._before = Button("", icon="left", name=_("Page before"))
        self._after = Button("", icon="right", name=_("Next page"))
        self._before.clicked.connect(lambda: self._turn(-1))
        self._after.clicked.connect(lambda: self._turn(1))
        self._lay_out()
        self._tell()

    @property
    def pages(self) -> list[Shown]:
        """What there is so far."""
        return list(self._pages)

    def want(self, wanted: Wanted) -> None:
        """Show this, once nothing more is chosen."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._wait.start()

    def end(self) -> None:
        """Stop what is being made, and take its pictures away."""
        self._wait.stop()
        if self._child is not None:
            self._child.stop_and_wait()
            self._child = None
        self._folder.remove()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever does not see it needs it no longer; also where the desk closes around it."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.end()

    @Slot()
    def _begin(self) -> None:
        if self._child is not None:
            self._child.stop_and_wait()
        self._folder.remove()
        self._folder = QTemporaryDir()
        self._pages, self._at = [], 0
        self._tell()
        wanted = self._wanted or Wanted(forms=())
        large = ["--large-print"] if "large-print" in wanted.forms and "pdf" not in wanted.forms else []
        into = ["--out", self._folder.path(), "--preview", str(PAGES)]
        self._child = Child(["record", str(self._file), *into, *wanted.options, *large], self)
        self._child.line_came.connect(self._hear)
        self._child.ended.connect(self._end)
        self._child.start()

    @Slot(str)
    def _hear(self, line: str) -> None:
        shown = parse_page(line)
        if shown is not None:
            self._pages.append(shown)
            self._tell()

    @Slot(int, str)
    def _end(self, code: int, said: str) -> None:
        self._child = None
        if code != 0 and not self._pages:
            told = failure(code, said, _("There is no preview."))
            self._told.setText(f"{told.what} {told.advice}")

    @Slot(int)
    def _turn(self, by: int) -> None:
        if 0 <= self._at + by < len(self._pages):
            self._at += by
            self._tell()

    def _tell(self) -> None:
        shown = self._pages[self._at] if self._pages else None
        words = _("The preview is being made…")
        if shown is not None:
            words = _("Page {n} of {all}").format(n=shown.page, all=shown.of)
            if shown.of > PAGES and shown.page == PAGES:
                words = _("{page}. The others are in the record.").format(page=words)
        self._told.setText(words)
        self._page.put(shown, words)
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at + 1 < len(self._pages))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._page, 1, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._before)
        row.addWidget(self._after)
        row.addWidget(self._told, 1)
        column.addLayout(row)


def parse_page(line: str) -> Shown | None:
    """A line of `--preview`; None for a line that is none."""
    try:
        told = json.loads(line)
        return Shown(int(told["page"]), int(told["of"]), Path(told["file"]), str(told["says"]))
    except (ValueError, TypeError, KeyError):
        return None
