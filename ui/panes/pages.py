"""Pages of a long list: which part of it is shown, and the row of buttons that turns them."""

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout

from core.base.language import _
from ui.look.parts import Button, Kind, Label, Tone
from ui.look.theme import Text


@dataclass(frozen=True, slots=True)
class Page:
    """So many of all, from `first` on, which counts from 0."""

    first: int = 0
    size: int = 100
    all: int = 0

    @property
    def is_all(self) -> bool:
        """Whether nothing stands on another page."""
        return self.all <= self.size

    @property
    def end(self) -> int:
        """The first that is not shown any more."""
        return min(self.first + self.size, self.all)

    @property
    def kept(self) -> "Page":
        """The same page, or the last one where there are fewer now."""
        last = max(0, (self.all - 1) // self.size) * self.size
        return replace(self, first=min(self.first, last))

    def with_row(self, at: int) -> "Page":
        """The page on which this one stands."""
        return replace(self, first=at // self.size * self.size)


class Pages(QFrame):
    """Below a list; away while all of it is there."""

    turned = Signal(int)    # the first row that is wanted

    def __init__(self) -> None:
        super().__init__()
        self._page = Page()
        self._told = Label("", Text.SMALL, tone=Tone.SECOND)
        self._back = Button(_("Before"), icon="left", kind=Kind.QUIET, height=30)
        self._on = Button(_("After"), icon="right", kind=Kind.QUIET, height=30)
        self._back.setAccessibleName(_("The page before"))
        self._on.setAccessibleName(_("The page after"))
        self._back.clicked.connect(self._go_back)
        self._on.clicked.connect(self._go_on)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 2, 8, 2)
        row.setSpacing(4)
        row.addWidget(self._told, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._back)
        row.addWidget(self._on)
        self.hide()

    def show_page(self, page: Page) -> None:
        """Say which part it is."""
        self._page = page
        told = _("{first} to {last} of {all}")
        numbers = (f"{number:,}" for number in (page.first + 1, page.end, page.all))
        self._told.setText(told.format(**dict(zip(("first", "last", "all"), numbers, strict=True))))
        self._back.setEnabled(page.first > 0)
        self._on.setEnabled(page.end < page.all)
        self.setVisible(not page.is_all)

    @Slot()
    def _go_back(self) -> None:
        self.turned.emit(self._page.first - self._page.size)

    @Slot()
    def _go_on(self) -> None:
        self.turned.emit(self._page.first + self._page.size)
