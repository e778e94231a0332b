"""The board on the screen: notes on frames of themes, moved by mouse and by keyboard."""

from collections.abc import Callable, Sequence
from enum import Enum, auto
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from core.base.ids import NoteId, ThemeId
from core.base.language import _
from core.sense.themes import Suggestion
from ui.acting.actions import Actions
from ui.acting.acts import Acts
from ui.acting.selection import Selection
from ui.board import keys, menus
from ui.board.canvas import Canvas
from ui.board.editing import NameField, WordsField
from ui.board.empty import EmptyBoard
from ui.board.flow import Card
from ui.board.frame_item import FrameItem, Part
from ui.board.gestures import Band, FrameDrag, FrameResize, Gesture, NoteDrag, Pan
from ui.board.ghosts import Ghosts
from ui.board.live import Live
from ui.board.place_panel import PlacingPanel
from ui.board.sizes import NOTE_WIDTH
from ui.bridge import Bridge
from ui.look.focus import OWN_RINGS
from ui.picking.hide_why import HideWhy
from ui.picking.move_to import MoveTo
from ui.pictures import Pictures

EDGE = 36
EDGE_STEP = 18
"""Near the edge the board scrolls under what is dragged, by so many pixels a tick."""
TICK_MS = 16


class Space(Enum):
    """The space bar chooses a note, and moves the board while the mouse is used with it."""

    UP = auto()
    DOWN = auto()
    USED = auto()


class BoardView(Canvas):
    """What people do here becomes commands; what is shown comes back from what was saved."""

    note_opened = Signal(str)       # NoteId
    join_view_wanted = Signal()
    typing_wanted = Signal()
    ghost_pressed = Signal(int, object)    # its number, Part

    def __init__(
        self, bridge: Bridge, selection: Selection, acts: Acts, parent: QWidget | None = None,
        *, actions: Actions | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.bridge, self.selection, self.acts = bridge, selection, acts
        self._actions = actions
        self._gesture: Gesture | None = None
        self._pressed: QPoint | None = None
        self._hovered: NoteId | None = None
        self._space = Space.UP
        self._last = QPoint()
        self._edge_timer = QTimer(self, interval=TICK_MS)
        self._edge_timer.timeout.connect(self._scroll_at_edge)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(OWN_RINGS, True)
        self.setAccessibleName(_("Board"))
        self.setAccessibleDescription(_("Notes as pictures. The outline has the same notes as a list: Ctrl+2."))
        self.empty = EmptyBoard(self.viewport())
        self.empty.join_view_wanted.connect(self.join_view_wanted)
        self.empty.typing_wanted.connect(self.typing_wanted)
        self.board_scene.relaid.connect(self._show_if_empty)
        self.pictures = Pictures(bridge.session.picture, self)
        self.pictures.came.connect(self.board_scene.picture_came)
        self.look.small_picture = self.pictures.small
        self.ghosts = Ghosts(self.look, self.board_scene)
        self.live = Live(bridge, selection, self)
        self.live.read_anew()

    def close_down(self) -> None:
        """Hear nothing more from the bridge."""
        self._drop_gesture()
        self.live.close()
        self.pictures.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.empty.place()
        self._bring_ghost_into_view()

    @Slot()
    def _show_if_empty(self) -> None:
        """Before the first note there is no frame to look at, but what to do."""
        is_empty = not self.board_scene.cards and len(self.board_scene.frames) <= 1
        is_empty = is_empty and not self.bridge.session.is_view_only
        self.board_scene.show_papers(not is_empty and not self.is_overview)
        self.empty.setVisible(is_empty)

    # what can be asked of the board

    def move_to(self, typed: str = "") -> None:
        """Ask which theme the chosen notes go to."""
        notes = self.board_scene.in_order(self.selection.acted_on)
        if notes and self.selection.question is not None and self.bridge.may_act():
            panel = MoveTo(self, lambda: self.bridge.board, self.selection.question, notes, self.acts)
            panel.start(typed)

    def show_ghosts(self, suggestions: Sequence[Suggestion], current: int) -> None:
        """Show suggested themes below the frames, and bring one into view."""
        self.ghosts.show_them(suggestions, current)
        self.take_bounds()
        self._bring_ghost_into_view()

    def _bring_ghost_into_view(self) -> None:
        area = self.ghosts.current_area
        if not area.isEmpty():
            self.ensureVisible(area, 14, 14)

    def hide_why(self) -> None:
        """Ask why the chosen notes are hidden."""
        notes = self.board_scene.in_order(self.selection.acted_on)
        if notes and self.bridge.may_act():
            HideWhy(self, notes, self.acts).start()

    def offer(self, menu: QMenu, ids: Sequence[str]) -> None:
        """Add what else makes sense now to a menu of the board."""
        if self._actions is not None:
            self._actions.offer(menu, ids)

    def join_themes(self) -> None:
        """Ask which theme the one with the focus is joined with."""
        if self._actions is not None:
            self._actions["join-themes"].trigger()

    def new_theme(self) -> None:
        """A new theme with the chosen notes in it, to be named at once."""
        if not self.bridge.may_act():
            return
        notes = self.board_scene.in_order(self.selection.chosen)
        self.acts.new_theme(notes, then=self.name_theme)

    def edit(self) -> None:
        """Change the words of the note that has the focus, where it lies."""
        focus = self.selection.focus
        card = self.board_scene.cards.get(focus) if focus else None
        if card is None or not self.bridge.may_act():
            return
        self.bring_into_view(card.note_id)
        area = self.board_scene.area_of(card.note_id)
        place = self._on_screen(area).adjusted(0, 0, 0, 24)
        place.setWidth(max(place.width(), NOTE_WIDTH))
        text = self.bridge.board.text_of(self.bridge.board.notes[card.note_id])
        field = WordsField(
            self.viewport(), place, text, self.look.note_font, lambda words: self.acts.reword(card.note_id, words)
        )
        field.setAccessibleName(_("The words of the note"))

    def edit_or_name(self) -> None:
        """The words of the note, or the name of the theme, that has the focus; else of the theme under the pointer."""
        if self.selection.focus is None and self.selection.theme is not None:
            self.name_theme(self.selection.theme)
            return
        frame = self.board_scene.frame_at(self.mapToScene(self.viewport().mapFromGlobal(self.cursor().pos())))
        if self.selection.focus is not None:
            self.edit()
        elif frame is not None and frame.place.theme:
            self.name_theme(frame.place.theme)

    def name_theme(self, theme: ThemeId) -> None:
        """Change the name of a theme, where it stands."""
        frame = self.board_scene.theme_frame(theme)
        if frame is None or not self.bridge.may_act():
            return
        title = frame.title_rect().translated(frame.pos())
        self.ensureVisible(title, 24, 24)
        place = self._on_screen(title)
        place.setSize(place.size().expandedTo(QRect(0, 0, 160, 32).size()))
        name = frame.heading.name
        NameField(self.viewport(), place, name, _("Name of the theme"), lambda to: self._renamed(theme, name, to))

    def _renamed(self, theme: ThemeId, was: str, name: str) -> None:
        if name != was:
            self.acts.rename_theme(theme, name)

    def place_theme(self, theme: ThemeId, ended: Callable[[], None]) -> None:
        """Let a theme be moved without dragging; one at a time."""
        frame = self.board_scene.theme_frame(theme)
        is_open = any(panel.isVisible() for panel in self.findChildren(PlacingPanel))
        if frame is not None and self.bridge.may_act() and not is_open:
            PlacingPanel(self, theme, frame, ended).open()

    def choose_all(self) -> None:
        """Choose all notes of the frame that has the focus; of the first frame where none has."""
        focus, theme, scene = self.selection.focus, self.selection.theme, self.board_scene
        in_hand = scene.theme_frame(theme) if theme else scene.where.get(focus or NoteId(""))
        frame = in_hand or scene.loose_frame
        if frame is not None:
            self.selection.choose(card.note_id for card in frame.flow.cards)

    def go_to(self, note_id: NoteId | None) -> None:
        """Give a note the focus, and bring it into view."""
        if note_id is not None:
            self.selection.set_focus(note_id)
            self.bring_into_view(note_id)

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        at = self.mapToScene(self._pressed)
        if event.button() == Qt.MouseButton.MiddleButton or self._space is not Space.UP:
            self._space = Space.UP if self._space is Space.UP else Space.USED
            self._begin(Pan(self, self._pressed))
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        card = self.board_scene.card_at(at)
        ghost = self.ghosts.at(at)
        if ghost is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = None
            self.ghost_pressed.emit(*ghost)
        elif card is not None:
            self._press_note(card, event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._press_frame(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        self._last = at
        pressed = self._pressed if event.buttons() & Qt.MouseButton.LeftButton else None
        far = QApplication.startDragDistance()
        if self._gesture is None and pressed is not None and (at - pressed).manhattanLength() >= far:
            self._begin(self._gesture_at(pressed, event))
        if self._gesture is None:
            self._hover(at)
            return
        self._gesture.move(self.mapToScene(at), at)
        if not self._edge_step(at).isNull():
            self._edge_timer.start()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        gesture = self._gesture
        if gesture is not None:
            self._end_gesture()
            gesture.finish()
            self.live.let_in()
        elif pressed is not None and event.button() == Qt.MouseButton.LeftButton:
            self._click(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.mapToScene(event.position().toPoint())
        card, frame = self.board_scene.card_at(at), self.board_scene.frame_at(at)
        if self.is_overview:
            self.go_in(at)
        elif card is not None:
            self.note_opened.emit(card.note_id)
        elif frame is not None and frame.place.theme and frame.part_at(at - frame.pos()) is Part.HEADER:
            self.name_theme(frame.place.theme)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hovered(None)
        self.live.pointer_over(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menus.show(self, event)

    def _press_note(self, card: Card, event: QMouseEvent) -> None:
        """A note that is chosen stays so until the button is let go: the chosen ones may be about to be dragged."""
        modifiers, note_id = event.modifiers(), card.note_id
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.selection.toggle(note_id)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.selection.add(self._up_to(card))
        elif note_id not in self.selection.chosen:
            self.selection.choose((note_id,))
        self.selection.set_focus(note_id)

    def _press_frame(self, event: QMouseEvent) -> None:
        at = self.mapToScene(event.position().toPoint())
        frame = self.board_scene.frame_at(at)
        if frame is not None and frame.part_at(at - frame.pos()) is Part.MENU:
            self._pressed = None
            menus.show_for_frame(self, frame, event.globalPosition().toPoint())

    def _up_to(self, card: Card) -> list[NoteId]:
        """The notes from the one with the focus to this one, where both are in one frame."""
        focus = self.selection.focus
        frame = self.board_scene.where.get(focus or NoteId(""))
        if focus is None or frame is None or card.is_copy or self.board_scene.where.get(card.note_id) is not frame:
            return [card.note_id]
        ends = sorted((frame.flow.index(card), frame.flow.index(self.board_scene.cards[focus])))
        return [each.note_id for each in frame.flow.cards[ends[0] : ends[1] + 1]]

    def _gesture_at(self, pressed: QPoint, event: QMouseEvent) -> Gesture:
        at = self.mapToScene(pressed)
        take = self._takes(at)
        if take is not None and self.bridge.may_act():
            return take()
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        return Band(self, at, adds=bool(event.modifiers() & both))

    def _takes(self, at: QPointF) -> Callable[[], Gesture] | None:
        """Takes what is here into the hand: a note, or a frame by its header or its corner."""
        card, frame = self.board_scene.card_at(at), self.board_scene.frame_at(at)
        if card is not None:
            return partial(NoteDrag, self, card, at)
        part = frame.part_at(at - frame.pos()) if frame is not None else Part.GROUND
        if frame is not None and frame.is_theme and part is Part.HEADER:
            return partial(FrameDrag, self, frame, at)
        return partial(FrameResize, self, frame) if frame is not None and part is Part.CORNER else None

    def _click(self, event: QMouseEvent) -> None:
        """A click without dragging: on a note choose it alone, on a header its theme, elsewhere choose none."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            return
        at = self.mapToScene(event.position().toPoint())
        card, frame = self.board_scene.card_at(at), self.board_scene.frame_at(at)
        self.selection.choose((card.note_id,) if card is not None else ())
        if card is None and frame is not None and frame.part_at(at - frame.pos()) is Part.HEADER:
            self.selection.set_theme(frame.place.theme)

    def _begin(self, gesture: Gesture) -> None:
        self._set_hovered(None)
        self._gesture = gesture

    def _end_gesture(self) -> None:
        self._gesture = None
        self._edge_timer.stop()
        self.viewport().unsetCursor()

    def _drop_gesture(self) -> bool:
        """Give up what is being dragged; whether anything was."""
        gesture, self._pressed = self._gesture, None
        if gesture is None:
            return False
        self._end_gesture()
        gesture.cancel()
        self.live.let_in()
        return True

    def notes_went(self) -> None:
        """Some notes are gone: let go of those in the hand."""
        if isinstance(self._gesture, NoteDrag) and not self._gesture.forget_gone():
            self._drop_gesture()

    @property
    def is_dragging(self) -> bool:
        """Whether something is in the hand."""
        return self._gesture is not None

    def _hover(self, at: QPoint) -> None:
        point = self.mapToScene(at)
        card, frame = self.board_scene.card_at(point), self.board_scene.frame_at(point)
        self._set_hovered(card.note_id if card is not None else None)
        self.live.pointer_over(frame)
        self.viewport().setCursor(_cursor(frame, frame.part_at(point - frame.pos()) if frame else Part.GROUND))

    def _set_hovered(self, note_id: NoteId | None) -> None:
        if note_id != self._hovered:
            self.board_scene.hover(note_id, self._hovered)
            self._hovered = note_id

    def _edge_step(self, at: QPoint) -> QPoint:
        """How far to scroll while something is dragged near the edge."""
        room = self.viewport().rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        across = EDGE_STEP * ((at.x() > room.right()) - (at.x() < room.left()))
        down = EDGE_STEP * ((at.y() > room.bottom()) - (at.y() < room.top()))
        return QPoint(across, down) if not isinstance(self._gesture, Pan) else QPoint(0, 0)

    @Slot()
    def _scroll_at_edge(self) -> None:
        step = self._edge_step(self._last)
        if self._gesture is None or step.isNull():
            self._edge_timer.stop()
            return
        self.scroll_by(step)
        self._gesture.move(self.mapToScene(self._last), self._last)

    # the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._drop_gesture():
            return
        if event.key() == Qt.Key.Key_Space:
            self._space = Space.DOWN if self._space is Space.UP else self._space
        elif not keys.press(self, event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space chooses a note when it is let go, unless it was held to move the board."""
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            super().keyReleaseEvent(event)
            return
        if self._space is Space.DOWN and self.selection.focus is not None:
            self.selection.toggle(self.selection.focus)
        self._space = Space.UP

    def _on_screen(self, area: QRectF) -> QRect:
        return self.mapFromScene(area).boundingRect()


def _cursor(frame: FrameItem | None, part: Part) -> Qt.CursorShape:
    if frame is None or not frame.is_theme:
        return Qt.CursorShape.ArrowCursor
    shapes = {
        Part.HEADER: Qt.CursorShape.SizeAllCursor,
        Part.CORNER: Qt.CursorShape.SizeFDiagCursor,
        Part.MENU: Qt.CursorShape.PointingHandCursor,
    }
    return shapes.get(part, Qt.CursorShape.ArrowCursor)
