"""The tree of the outline: it paints its own focus, and asks the outline first what a key stands for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView

from core.base.language import _
from ui.look.focus import OWN_RINGS
from ui.look.icons import paint_icon
from ui.look.theme import tokens_of
from ui.outline.delegate import row_ground

if TYPE_CHECKING:
    from ui.outline.view import OutlineView

BAR = 4


class Tree(QTreeView):
    """Paints its focus as two rings over the whole row, and hands keys to the outline first."""

    def __init__(self, outline: "OutlineView") -> None:
        super().__init__(outline)
        self._outline = outline
        self.setProperty(OWN_RINGS, True)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)    # and see selectionCommand
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(22)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Outline"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._outline.on_key(event):
            super().keyPressEvent(event)

    def selectionCommand(    # noqa: N802 - Qt's
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Whole rows. Were it the tree's behaviour, a screen reader that chooses a row of one theme would choose that
        of the same number from the top: Qt asks only where it stands under its parent."""
        return super().selectionCommand(index, event) | QItemSelectionModel.SelectionFlag.Rows

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        here = self.visualRect(self.currentIndex()).center()
        self._outline.show_menu(event.globalPos() if by_mouse else self.viewport().mapToGlobal(here))

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:    # noqa: N802
        """On the ground of its row; a chosen row begins with a bar."""
        colours = tokens_of(self._outline.palette())
        is_chosen = self.selectionModel().isSelected(index)
        node = self._outline.model.node(index)
        painter.fillRect(rect, row_ground(node, colours, is_chosen=is_chosen))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), colours.line)
        if is_chosen:
            painter.fillRect(QRect(0, rect.y(), BAR, rect.height()), colours.accent)
        if node.children:
            middle, side = QRectF(rect).center().y(), self.indentation()
            box = QRectF(rect.right() - side / 2 - 9, middle - 9, 18, 18)
            paint_icon(painter, "down" if self.isExpanded(index) else "right", colours.ink, box)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        current = self.currentIndex()
        if self.hasFocus() and current.isValid():
            self._paint_rings(QRectF(self.visualRect(current)))

    def _paint_rings(self, cell: QRectF) -> None:
        colours = tokens_of(self._outline.palette())
        row = QRectF(0, cell.y(), self.viewport().width(), cell.height())
        painter = QPainter(self.viewport())
        for inset, width, colour in ((1.5, 3, colours.focus), (4, 2, colours.focus_line)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(row.adjusted(inset, inset, -inset, -inset))
