"""A workshop at the desk: top bar, new notes, board or outline, people, status line, put together."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.base.ids import NoteId, QuestionId, StepId
from core.base.language import _
from core.domain.bodies import QuestionAsked
from core.session import Change, Health
from ui.acting.actions import Actions
from ui.acting.acts import Acts
from ui.acting.conduct import Conduct
from ui.acting.doing import Doing
from ui.acting.typed_for import TypedFor
from ui.panes.held import HeldPane
from ui.panes.new_notes import NewNotesPane
from ui.panes.rail import Rail
from ui.panes.status_line import StatusLine
from ui.panes.suggestions import SuggestionsPane
from ui.panes.tool_row import ToolRow
from ui.panes.top_bar import TopBar
from ui.pictures import has_picture
from ui.running import Door, Running
from ui.screens.beside import Beside
from ui.screens.sides import HISTORY, LIVE, PEOPLE, PLEDGES, Sides
from ui.screens.views import Views
from ui.watching.announce import Announcer
from ui.watching.left_behind import LeftBehind
from ui.watching.notices import Choice, Notice, Notices, Urgency
from ui.watching.too_fast import TooFast
from ui.watching.troubles import troubles
from ui.words.undo_words import describe

if TYPE_CHECKING:
    from ui.outline.view import OutlineView
    from ui.panes.find import FindPane
    from ui.panes.history import HistoryPane
    from ui.panes.live_questions import LiveQuestions
    from ui.panes.people import PeoplePane
    from ui.panes.pledges import Pledges
    from ui.panes.type_row import TypeRow

DISK = "disk"
TIMER = "timer"


class WorkshopScreen(QFrame):
    """Everything below the menus while a workshop is open; `top` goes above the notice bar."""

    left = Signal()
    join_view_wanted = Signal()
    time_is_up = Signal()

    def __init__(
        self, running: Running, actions: Actions, notices: Notices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "page")
        self._running, self._actions, self._notices = running, actions, notices
        self._bridge, self._selection = running.bridge, running.selection
        self._safe = True
        self.top = TopBar()
        self.acts = Acts(self._bridge, self._selection, self)
        self.conduct = Conduct(self._bridge, self)
        self.views = Views(running, self.acts, actions)
        self.board = self.views.board
        self._announcer = Announcer(self._bridge, self)
        self._make_panes(actions)
        self.tools = ToolRow(actions)
        self.status = StatusLine()
        self.rail = Rail(actions)
        self._lay_out()
        self.doing = Doing(running, self.acts, self.conduct, actions, notices, self)
        self.too_fast = TooFast(running, self.conduct, notices, self)
        who = Choice(_("Show the people"), partial(actions["people"].setChecked, True), keys="Ctrl+3")
        self.left_behind = LeftBehind(running, notices, who, self)
        self._listen()
        self._connect_actions()
        self._show_all()

    def _make_panes(self, actions: Actions) -> None:
        """What stands beside and below board and outline."""
        self.held = HeldPane(self._bridge)
        self.new_notes = NewNotesPane(self._bridge, above=self.held)
        self.beside = Beside(self.new_notes, self._make_find, actions)
        self.typed_for = TypedFor(self._bridge, self._selection, self)
        self.suggestions = SuggestionsPane(self._bridge, self._selection, self.board)

    # panes that are made when they are first shown

    @property
    def find_pane(self) -> "FindPane":
        """What is looked for."""
        return self.beside.find_pane

    def _make_find(self) -> "FindPane":
        from ui.panes.find import FindPane  # after the first paint

        pane = FindPane(self._bridge, self._selection)
        pane.note_wanted.connect(self._show_note)
        return pane

    @cached_property
    def people(self) -> "PeoplePane":
        """Who is here, and who is heard."""
        from ui.panes.people import PeoplePane  # after the first paint
        from ui.panes.seat import Seat

        pane = PeoplePane(self._bridge, self)
        pane.show_here(self._running.here, self._running.present)
        pane.foot.addWidget(Seat(self._bridge, self._selection, self._actions["seat"]))
        self._running.looked.connect(self._on_look)
        return pane

    @cached_property
    def history(self) -> "HistoryPane":
        """All that was done."""
        from ui.panes.history import HistoryPane  # after the first paint

        pane = HistoryPane(self._running, self)
        pane.undo_wanted.connect(self._actions["undo"].trigger)
        return pane

    @cached_property
    def live(self) -> "LiveQuestions":
        """Questions to those in front."""
        from ui.panes.live_questions import LiveQuestions  # after the first paint

        answer, merge = (self._actions[id].trigger for id in ("answer", "merge"))
        pane = LiveQuestions(self._running, self.conduct, answer, merge, self)
        pane.left.connect(self.sides.leave)
        return pane

    @cached_property
    def pledges(self) -> "Pledges":
        """What will be done."""
        from ui.panes.pledges import Pledges  # after the first paint

        pane = Pledges(self._bridge, self._selection, self.conduct, self)
        pane.left.connect(self.sides.leave)
        return pane

    @cached_property
    def type_row(self) -> "TypeRow":
        """Below board and outline, where notes are typed."""
        from ui.panes.type_row import TypeRow  # after the first paint

        row = TypeRow(self._bridge, self.typed_for)
        row.left.connect(self.views.go_back)
        row.slips_wanted.connect(self.doing.show_slips)
        self._middle.addWidget(row)
        return row

    def begin(self, *, outline: bool, people: bool) -> None:
        """Stand as the desk remembers."""
        self._actions["outline" if outline else "board"].trigger()
        self.sides.begin(people=people)

    @property
    def outline(self) -> "OutlineView":
        """The same notes as a list."""
        return self.views.outline

    @property
    def shows_people(self) -> bool:
        """Whether the people are shown beside the board."""
        return self.sides.wanted == PEOPLE

    def only_look(self) -> None:
        """Nobody can join, and nothing can be changed: what would do so is grey."""
        self.top.show_closed()

    def close_down(self) -> None:
        """Hear nothing more from the bridge."""
        self._announcer.close()
        self.suggestions.suggesting.close()
        self.views.close_down()

    def show_projector(self, words: str, *, join: bool) -> None:
        """What the projector shows now, and whether that is the join view."""
        self.top.show_projector(words, join=join)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sides.fit(self.width(), self.height() - self.status.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes away what has slid over the board."""
        if event.key() == Qt.Key.Key_Escape and self.sides.is_narrow:
            self.sides.put_away()
            self.views.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self._middle = middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.tools)
        middle.addLayout(self.suggestions.beside(self.views), 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.beside)
        row.addLayout(middle, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        right: dict[str, Callable[[], QWidget]] = {
            PEOPLE: lambda: self.people, HISTORY: lambda: self.history,
            LIVE: lambda: self.live, PLEDGES: lambda: self.pledges,
        }  # fmt: skip
        self.sides = Sides(row, self.rail, self.beside, right, self._actions, self)

    @Slot(bool)
    def _shorten(self, narrow: bool) -> None:
        """Fewer words where there is little room."""
        self.top.shorten(short=narrow)
        self.tools.shorten(short=narrow)
        self.status.shorten(short=narrow)

    def _listen(self) -> None:
        self._bridge.changed.connect(self._on_change)
        self._bridge.was_reset.connect(self._show_all)
        self._bridge.refused.connect(self._notices.tell_error)
        self._bridge.health_changed.connect(self._on_health)
        self._selection.question_changed.connect(self._show_question)
        self._running.door_opened.connect(self._on_door)
        self._running.door_changed.connect(self._on_door)
        self._running.door_failed.connect(self._notices.tell_error)
        for each in (self.beside, self.sides, self.held, self.suggestions):
            each.left.connect(self._go_back)
        self.sides.narrowed.connect(self._shorten)
        self._running.here_changed.connect(self._count)
        self.new_notes.note_wanted.connect(self._show_note)
        self.new_notes.unread_changed.connect(self.rail.new_notes.show_count)
        self.held.held_changed.connect(self.rail.held.show_count)
        self.tools.question_wanted.connect(self._choose_question)
        self.top.left.connect(self.left)
        self.top.join_view_wanted.connect(self.join_view_wanted)
        self.top.projector_wanted.connect(self._actions["projector"].trigger)
        self.board.zoom_changed.connect(self.status.show_zoom)
        self.views.note_opened.connect(self._open_note)
        self.views.looked_at.connect(self._on_looked_at)
        self.board.join_view_wanted.connect(self.join_view_wanted)
        self.board.typing_wanted.connect(self._type)
        self.typed_for.changed.connect(self.doing.allow)
        self.conduct.told.connect(self._tell)
        self.top.course.capsule.time.time_is_up.connect(self._on_time_up)
        self.top.course.next_wanted.connect(self._actions["next-step"].trigger)
        self.top.course.step_wanted.connect(self._go_to_step)
        told = (self.acts.done, self.acts.undone, self.conduct.done, self.held.deciding.done)
        for done in (*told, self.suggestions.suggesting.told):
            done.connect(self._say)

    def _connect_actions(self) -> None:
        """To methods of this widget only: such connections end with it, the actions do not."""
        actions = self._actions
        actions["held"].triggered.connect(self._go_to_held)
        actions["type"].triggered.connect(self._type)
        self.status.undo_wanted.connect(actions["undo"].trigger)
        actions["history"].triggered.connect(self._go_to_history)
        actions["what-happened"].triggered.connect(self._what_happened)
        self.status.fit_wanted.connect(actions["fit"].trigger)
        self.status.bigger_wanted.connect(actions["bigger"].trigger)
        self.status.smaller_wanted.connect(actions["smaller"].trigger)

    @Slot(object)
    def _on_change(self, change: Change) -> None:
        self._selection.forget_gone(change.board)
        self._count()
        if any(isinstance(event.body, QuestionAsked) for event in change.events):
            self._show_question()

    @Slot()
    def _show_all(self) -> None:
        self._selection.forget_gone(self._bridge.board)
        self.top.show_workshop(self._bridge.board)
        self._show_question()
        self._count()
        self.rail.held.show_count(self.held.model.page.all)

    @Slot()
    def _count(self) -> None:
        board = self._bridge.board
        self.status.balance.show_balance(board.balance, safe=self._safe)
        history = board.history(self._running.session.desk)
        self.status.show_undo(describe(history.undo[-1], board) if history.undo else "")
        self.top.show_course(board)
        self.tools.show_vote(board)
        self.top.join_box.show_counts(self._running.here, board.balance.received)

    @Slot()
    def _show_question(self) -> None:
        self.tools.show_question(self._bridge.board, self._selection.question)

    @Slot(str)
    def _choose_question(self, question: str) -> None:
        self._selection.set_question(QuestionId(question))

    @Slot(object)
    def _on_door(self, door: Door) -> None:
        self.top.join_box.show_join(door.address, door.code, door.squares, door.others)
        self.top.allow_join(allowed=True)

    @Slot()
    def _on_look(self) -> None:
        self.people.show_here(self._running.here, self._running.present)

    @Slot(object)
    def _on_health(self, health: Health) -> None:
        self._safe = health is Health.GOOD
        self._notices.settle(DISK)
        if health in (told := troubles()):
            what, advice = told[health]
            copy = Choice(_("Save a copy…"), self._actions["save-copy"].trigger, keys="Ctrl+S")
            self._notices.tell(
                Notice(what=what, advice=advice, urgency=Urgency.BAD, choices=(copy,), topic=DISK, can_close=False)
            )
        self._count()

    @Slot(str)
    def _say(self, done: str) -> None:
        """For those who do not see the board; the status line shows it to the others."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, done))

    @Slot(str)
    def _tell(self, done: str) -> None:
        """What everybody in the room notices is told to everybody at the desk, too."""
        undo = Choice(_("Undo"), self._actions["undo"].trigger, keys="Ctrl+Z")
        self._notices.tell(Notice(what=done, urgency=Urgency.GOOD, choices=(undo,), topic="act"))

    @Slot(str)
    def _go_to_step(self, step: str) -> None:
        if self._bridge.may_act():
            self.conduct.begin_step(StepId(step))

    @Slot()
    def _on_time_up(self) -> None:
        """Said once; nothing closes by itself."""
        self.time_is_up.emit()
        more = Choice(_("One more minute"), self._actions["more-time"].trigger, keys="Shift+F12")
        self._notices.tell(Notice(what=_("The time is up."), urgency=Urgency.INFO, choices=(more,), topic=TIMER))
        self.doing.allow()

    @Slot()
    def _go_to_held(self) -> None:
        self.beside.show_new_notes()
        self.held.go_to()

    @Slot(str)
    def _show_note(self, note_id: str) -> None:
        note = self._bridge.board.notes.get(NoteId(note_id))
        if note is not None:
            self.views.bring_view()
            self._selection.set_question(note.question)
            self._selection.set_focus(note.id)
            self.board.bring_into_view(note.id)
            if self.sides.is_narrow and not self.beside.is_finding:
                self._actions["new-notes"].setChecked(False)

    @Slot(str)
    def _open_note(self, note_id: str) -> None:
        """A note with a picture is looked at in large; any other is all there already."""
        note = self._bridge.board.notes.get(NoteId(note_id))
        if note is not None and has_picture(note):
            from ui.dialogs.picture import PicturePanel  # after the first paint

            PicturePanel(self, self._bridge.board, note, self.board.pictures).open()

    @Slot(bool)
    def _on_looked_at(self, outline: bool) -> None:
        self.tools.show_view(outline=outline)
        self.status.show_about_zoom(wanted=not outline)

    @Slot()
    def _type(self) -> None:
        self.sides.clear_the_board()
        self.type_row.start()

    @Slot()
    def _go_back(self) -> None:
        """The keyboard goes back to what is looked at."""
        self.views.go_back()

    @Slot(bool)
    def _go_to_history(self, wanted: bool) -> None:
        if wanted:
            self.history.show_all()
        else:
            self._go_back()

    @Slot()
    def _what_happened(self) -> None:
        notes = self._selection.acted_on
        if notes:
            self._actions["history"].setChecked(True)
            self.history.show_note(notes[0])
