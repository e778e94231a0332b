"""Everything you can do with a note or a theme, as a menu under the pointer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

from core.base.language import _
from ui.acting.offered import FOR_A_NOTE, FOR_A_THEME
from ui.board import keys
from ui.board.frame_item import FrameItem

if TYPE_CHECKING:
    from ui.board.view import BoardView


def show(view: "BoardView", event: QContextMenuEvent) -> None:
    """The menu of what is under the pointer; by the keyboard, of the note with the focus."""
    if event.reason() == QContextMenuEvent.Reason.Mouse:
        at = view.mapToScene(event.pos())
        frame = view.board_scene.frame_at(at)
        if view.board_scene.card_at(at) is None:
            if frame is not None and frame.is_theme:
                show_for_frame(view, frame, event.globalPos())
            return
        place = event.globalPos()
    else:
        focus, theme = view.selection.focus, view.selection.theme
        frame = view.board_scene.theme_frame(theme) if theme else None
        if focus is None and frame is not None:
            header = view.mapFromScene(frame.pos() + QPointF(40, frame.header_height))
            show_for_frame(view, frame, view.viewport().mapToGlobal(header))
        if focus is None:
            return
        centre = view.mapFromScene(view.board_scene.area_of(focus).center())
        place = view.viewport().mapToGlobal(centre)
    show_for_notes(view, place)


def show_for_notes(view: "BoardView", at: QPoint) -> None:
    """What can be done with the chosen notes."""
    menu = _menu(view)
    menu.addAction(_("Move to a theme…") + "\t" + _("its letters"), view.move_to)
    menu.addAction(_("New theme from these") + "\tCtrl+G", view.new_theme)
    menu.addAction(_("Change the words") + "\tF2", view.edit)
    menu.addAction(_("Copy the words") + "\tCtrl+C", lambda: keys.copy_words(view))
    menu.addSeparator()
    menu.addAction(_("Hide, with a reason…") + "\tDel", view.hide_why)
    view.offer(menu, FOR_A_NOTE)
    menu.popup(at)


def show_for_frame(view: "BoardView", frame: FrameItem, at: QPoint) -> None:
    """What can be done with a theme."""
    theme = frame.place.theme
    if theme is None:
        return
    view.selection.set_theme(theme)
    menu = _menu(view)
    view.offer(menu, FOR_A_THEME)
    menu.popup(at)


def _menu(view: "BoardView") -> QMenu:
    menu = QMenu(view)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
