"""Keeps the board on the screen up to date with what is saved, without moving what is under the pointer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from core.base.ids import NoteId, ThemeId
from core.base.language import _
from core.domain.bodies import NoteSaid, PersonErased
from core.domain.events import FACILITATOR, Event
from core.session import Change
from ui.acting.selection import Selection
from ui.board.frame_item import FrameItem
from ui.board.lit import Lit
from ui.board.motion import Motion
from ui.bridge import Bridge
from ui.pictures import words_of
from ui.places import Touched, touched
from ui.words.names import notes_count

if TYPE_CHECKING:
    from ui.board.view import BoardView

SEEN_TICKS = 6
TICK_MS = 500
"""A new note counts as seen when it has been in the window for so many ticks: three seconds."""


class Live(QObject):
    """Between the bridge and the selection on one side, and one board view on the other."""

    def __init__(self, bridge: Bridge, selection: Selection, view: "BoardView") -> None:
        super().__init__(view)
        self._bridge, self._selection, self._view = bridge, selection, view
        self.spoken = ""    # what was read out last
        self._under_pointer: FrameItem | None = None
        self._held_back: dict[NoteId, None] = {}
        self._ticks: dict[NoteId, int] = {}
        self._motion = Motion(view.board_scene, view)
        self._lit = Lit(view.look, view.board_scene, lambda: view.is_overview)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._look_at_new)
        self._links = [
            bridge.changed.connect(self._on_changed),
            bridge.was_reset.connect(self._on_reset),
            bridge.refused.connect(self._on_refused),
            selection.chosen_changed.connect(self._on_chosen),
            selection.focus_changed.connect(self._on_focus),
            selection.question_changed.connect(self.read_anew),
            selection.found_changed.connect(self._on_found),
        ]

    def close(self) -> None:
        """Hear nothing more."""
        self._motion.stop()
        self._timer.stop()
        for link in self._links:
            QObject.disconnect(link)
        self._links = []

    @Slot()
    def _on_reset(self) -> None:
        self._view.look.forget_words()
        self.read_anew()

    @Slot()
    def read_anew(self) -> None:
        """Everything from the board as it is now."""
        before = self._selection.question
        self._selection.forget_gone(self._bridge.board)
        if self._selection.question != before:
            return    # the selection has told, and all was read
        self._motion.stop()
        self._held_back.clear()
        self._under_pointer = None
        view = self._view
        view.board_scene.read(self._bridge.board, self._selection.question)
        view.notes_went()
        view.overview.refresh()
        self._on_chosen()
        view.overlay.set_focus(self._selection.focus, self._selection.theme)

    def pointer_over(self, frame: FrameItem | None) -> None:
        """Where the pointer is: others do not move the notes there."""
        if frame is not self._under_pointer:
            self._under_pointer = frame
            self.let_in()

    @Slot()
    def let_in(self) -> None:
        """Show what was held back."""
        if self._held_back and not self._view.is_dragging:
            held, self._held_back = self._held_back, {}
            self._update(Touched(held))

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        found = touched(change.board, change.events)
        if any(isinstance(event.body, PersonErased) for event in change.events):
            self._view.look.forget_words()
        if found.questions:
            self._selection.forget_gone(change.board)
        own = any(self._is_own(event) for event in change.events)
        if not own:
            self._hold_back(found)
        self._note_new(change)
        self._update(found)
        if own:
            self.let_in()

    def _is_own(self, event: Event) -> bool:
        return event.actor == FACILITATOR and event.desk == self._bridge.session.desk

    def _hold_back(self, found: Touched) -> None:
        """What would move other notes under the pointer waits until it goes elsewhere. New ones come at the end of a
        frame; only the frame on its own, below that of the notes in no theme, would go down before them."""
        scene, under = self._view.board_scene, self._under_pointer
        if under is None:
            return
        goes_down = under.is_aside and under.is_theme and under.box is None
        for note_id in list(found.notes):
            where = scene.where.get(note_id)
            if where is under or (goes_down and where in (None, scene.loose_frame)):
                del found.notes[note_id]
                self._held_back[note_id] = None

    def _update(self, found: Touched) -> None:
        view = self._view
        moves = bool(found.themes) or any(note_id in view.board_scene.where for note_id in found.notes)
        before = self._motion.places() if moves and not view.is_overview else {}
        frames = view.board_scene.update_from(self._bridge.board, found)
        if before:
            self._motion.settle(before)
        self._selection.forget_gone(self._bridge.board)
        self._leave_folded()
        view.notes_went()
        if view.is_overview:
            for frame in frames:
                view.overview.refresh(frame)
        view.overlay.follow()

    def _leave_folded(self) -> None:
        """The focus of a note goes to its theme when that is folded."""
        focus = self._selection.focus
        note = self._bridge.board.notes.get(focus) if focus else None
        theme = self._bridge.board.theme_of(note) if note else None
        if theme is not None and theme.folded and note is not None and note.is_on_board and self._view.isVisible():
            self._selection.set_theme(theme.id)

    def _note_new(self, change: Change) -> None:
        scene = self._view.board_scene
        said = [event for event in change.events if isinstance(event.body, NoteSaid)]
        scene.unseen.update(NoteId(event.subject) for event in said if not self._is_own(event))
        if scene.unseen and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _look_at_new(self) -> None:
        """Notes that were in the window for three seconds are new no more."""
        scene, view = self._view.board_scene, self._view
        seen = view.seen
        for note_id in list(scene.unseen):
            if note_id not in scene.where:
                scene.unseen.discard(note_id)
            elif view.isVisible() and not view.is_overview and seen.intersects(scene.area_of(note_id)):
                self._ticks[note_id] = self._ticks.get(note_id, 0) + 1
                if self._ticks[note_id] >= SEEN_TICKS:
                    self.mark_seen(note_id)
        if not scene.unseen:
            self._timer.stop()

    def mark_seen(self, note_id: NoteId) -> None:
        """A note is new no more."""
        self._view.board_scene.unseen.discard(note_id)
        self._ticks.pop(note_id, None)
        self._view.board_scene.repaint_note(note_id)

    @Slot()
    def _on_chosen(self) -> None:
        self._view.overlay.set_chosen(frozenset(self._selection.chosen))

    @Slot()
    def _on_found(self) -> None:
        self._lit.show_found(self._selection.found)

    @Slot()
    def _on_focus(self) -> None:
        focus = self._selection.focus
        self._view.overlay.set_focus(focus, self._selection.theme)
        if focus is None and self._selection.theme is not None:
            self._on_theme(self._selection.theme)
        if focus is not None:
            if focus in self._view.board_scene.unseen:
                self.mark_seen(focus)
            if not self._view.is_dragging and self._view.isVisible():
                self._view.bring_into_view(focus)
            if self._view.hasFocus():
                self._read_out(focus)

    def _on_theme(self, theme: ThemeId) -> None:
        frame = self._view.board_scene.theme_frame(theme)
        if frame is None:
            return
        if self._view.isVisible() and not self._view.is_dragging:
            self._view.bring_frame_into_view(frame)
        if self._view.hasFocus():
            self._speak(", ".join((frame.heading.name, notes_count(frame.count), *([_("folded")] * frame.is_folded))))

    def _speak(self, words: str) -> None:
        self.spoken = words
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, words))

    def _read_out(self, note_id: NoteId) -> None:
        """A picture has no rows for screen readers to follow: the note that has the focus is told."""
        frame = self._view.board_scene.where.get(note_id)
        if frame is not None:
            words = words_of(self._bridge.board, self._bridge.board.notes[note_id])
            self._speak(f"{words}, {frame.heading.name}")

    @Slot(object)
    def _on_refused(self, _error: object) -> None:
        """What was dragged goes back to where it is on disk."""
        self._view.board_scene.stand_where_saved()
