"""Ready-made plans as cards on the first screen: pressing one opens the form with it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QTextOption
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.base.language import _
from core.domain.templates import Template
from ui.look.parts import Label, Tone
from ui.look.theme import Text, font, tokens_of

HEIGHT = 104
ACROSS = 5


class PlanCard(QAbstractButton):
    """One plan: its name, and in a few words what it is for."""

    def __init__(self, template: Template) -> None:
        super().__init__()
        self._name, self._says = _(template.name), _(template.says) if template.says else ""
        self.setAccessibleName(_("Begin from the plan {name}").format(name=self._name))
        self.setAccessibleDescription(self._says)
        self.setToolTip(self._says)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self.palette())
        lit = self.underMouse() or self.isDown()
        painter.setPen(QPen(colours.accent if lit else colours.line, 1))
        painter.setBrush(colours.accent_soft if lit else colours.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        wrapped = QTextOption()
        wrapped.setWrapMode(QTextOption.WrapMode.WordWrap)
        room = QRectF(self.rect()).adjusted(12, 10, -8, -8)
        painter.setPen(colours.ink)
        painter.setFont(font(Text.BASE, bold=True))
        painter.drawText(room, self._name, wrapped)
        name = painter.boundingRect(room, self._name, wrapped)
        painter.setPen(colours.ink_2)
        painter.setFont(font(Text.SMALL))
        painter.drawText(room.adjusted(0, name.height() + 2, 0, 0), self._says, wrapped)


class ReadyMade(QWidget):
    """Nothing at all until there are plans to show."""

    chosen = Signal(object)    # Plan

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(Label(_("Begin from a ready-made plan"), Text.SUBHEADING, bold=True))
        head.addStretch(1)
        head.addWidget(Label(_("You can change everything later."), Text.SMALL, tone=Tone.QUIET))
        column.addLayout(head)
        self._cards = QGridLayout()
        self._cards.setSpacing(10)
        column.addLayout(self._cards)
        self.hide()

    def show_templates(self, templates: Sequence[Template]) -> None:
        """Show these as cards."""
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, template in enumerate(templates):
            card = PlanCard(template)
            card.clicked.connect(partial(self.chosen.emit, template.plan))
            self._cards.addWidget(card, place // ACROSS, place % ACROSS)
        self.setVisible(bool(templates))
