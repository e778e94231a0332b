"""An open workshop with everything the desk shows of it: its screen, its projector, its pretend people."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal, Slot

from core.base.clock import Clock, utc_now
from core.base.language import _
from core.base.names import file_name
from core.base.settings import Recent, SettingsFile
from core.domain.easy import written
from core.domain.reminding import reminder
from core.domain.venues import venue_name, venues_in_order
from ui.answering.desk import Answers
from ui.main_window import MainWindow
from ui.making.child import Child
from ui.making.save_copy import SaveCopy
from ui.post.desk import WayBack
from ui.projector.control import Projector
from ui.projector.menu import ProjectorMenu
from ui.projector.shown import What
from ui.remember import remember
from ui.running import Door, Running
from ui.screens.workshop import WorkshopScreen
from ui.together.joining import Joining
from ui.together.other_desks import OtherDesks
from ui.venues.desk import Venues
from ui.watching.laptop import Laptop
from ui.watching.notices import Choice, Notice, Urgency
from ui.watching.reminding import notice
from ui.watching.watches import BATTERY, ROOM, Watch, battery_left, room_left

if TYPE_CHECKING:
    from ui.making.printing import Printing

UNPLUGGED, BEHIND = "projector", "behind"


class OpenDesk(QObject):
    """`show` puts it into the window, `put_away` takes it out; `running.shut` then ends the slow parts."""

    left = Signal()
    reopen_wanted = Signal(object)    # what is said then: Notice | None

    def __init__(
        self, running: Running, window: MainWindow, settings: SettingsFile, laptop: Laptop, copies: SaveCopy,
        clock: Clock = utc_now,
    ) -> None:  # fmt: skip
        super().__init__(window)
        running.setParent(self)
        copies.setParent(self)
        self._ring = laptop.ring
        self.joining = Joining(running, window, laptop.now, self)
        self.running = running
        self._window, self._settings = window, settings
        self._title = running.bridge.board.title()
        self._watches = self._watched(laptop)
        self.screen = WorkshopScreen(running, window.actions_, window.notices)
        self._clock = clock
        self.answers = Answers(running, window.actions_, window.notices, self.screen, clock)
        self.venues = Venues(running, window.actions_, window.notices, self.screen)
        self.way_back = WayBack(running, window, settings, self.screen, clock, self._record_folder)
        self.way_back.answer_wanted.connect(self.answers.answer)
        self.other_desks = self._other_desks()
        self.projector = Projector(
            running, window, self.screen.board.pictures, laptop.screens(self),
            remembered=settings.settings.projector, parent=self,
        )  # fmt: skip
        ProjectorMenu(window.actions_, self.projector)
        self._connect_projector()
        self._is_away = False
        self.people: Child | None = None
        self._printing: Printing | None = None
        self.screen.left.connect(self.left)
        running.door_opened.connect(self._on_door)
        self._connect_actions(copies)

    def _connect_actions(self, copies: SaveCopy) -> None:
        actions, running = self._window.actions_, self.running
        actions["export"].triggered.connect(self.ask_for_record)
        actions["easy-read"].triggered.connect(self.ask_for_easy_words)
        actions["print"].triggered.connect(self.ask_to_print)
        actions["save-copy"].triggered.connect(copies.start)
        running.bridge.only_viewed.connect(self._tell_only_viewed)
        actions["leave"].triggered.connect(self.left)
        actions["sound"].setChecked(self._settings.settings.sound)
        actions["sound"].toggled.connect(self._keep_sound)
        self.screen.time_is_up.connect(self._on_time_up)

    def _other_desks(self) -> OtherDesks | None:
        """What is said of other desks, where this one may work with any."""
        sharing = self.running.sharing
        if sharing is None:
            return None
        others = OtherDesks(self.running, sharing, self._window, self.screen.status, self)
        others.reopen_wanted.connect(self.reopen_wanted)
        return others

    def _watched(self, laptop: Laptop) -> tuple[Watch, ...]:
        """What comes to an end on this laptop while people write."""
        notices, jobs = self._window.notices, self.running.jobs
        room = Watch(ROOM, room_left(self.running.session.path.parent, laptop.free), notices, jobs, self)
        battery = Watch(BATTERY, battery_left(laptop.battery), notices, jobs, self)
        battery.worsened.connect(self._bring_together)
        return (room, battery)

    @Slot()
    def _bring_together(self) -> None:
        """The laptop may go off at any moment: the file alone shall be whole then, without what lies beside it."""
        gathered = self.running.session.bring_together
        self.running.in_background(lambda: gathered().result(), lambda _nothing: None, self.running.bridge.refused.emit)

    def _connect_projector(self) -> None:
        self.joining.join_view_wanted.connect(self.projector.toggle_join)
        self.screen.join_view_wanted.connect(self.projector.toggle_join)
        self.projector.toggled.connect(self.joining.reach.show_projector)
        self.projector.changed.connect(self._on_projector)
        self.projector.placed.connect(self._keep_screen)
        self.projector.went_away.connect(self._on_unplugged)
        self.projector.toggled.connect(self._on_toggled)
        self.running.door_opened.connect(self.projector.show_door)
        self.running.door_changed.connect(self.projector.show_door)
        self.running.here_changed.connect(self.projector.show_here)

    def show(self) -> None:
        """Into the window, standing as last time; then the door opens."""
        self._window.show_screen(self.screen, self._title, self.screen.top)
        settings = self._settings.settings
        self.screen.begin(outline=settings.outline, people=settings.people)
        if self.running.session.is_view_only:
            self.screen.only_look()
            self._tell_only_viewed()
            return
        if self.running.session.is_behind:
            self._tell_behind()
        self._remind()
        QTimer.singleShot(0, self, self._begin_the_rest)

    @Slot()
    def _begin_the_rest(self) -> None:
        """What need not be there when the board is first painted, and would hold that up."""
        if self._is_away:
            return
        self.running.open_door()
        if self.running.sharing is not None:
            self.running.sharing.begin()
        for each in self._watches:
            each.begin()

    def _remind(self) -> None:
        """Of what people were promised, where it is due."""
        today = self._clock().astimezone().date()
        found = reminder(self.running.bridge.board, today.toordinal())
        told = notice(found, today, Choice(_("Answer them"), self._window.actions_["replies"].trigger, keys="Ctrl+8"))
        if told is not None:
            self._window.notices.tell(told)

    def put_away(self, now: datetime) -> Recent:
        """Stop what is on the screen; how the list of workshops remembers this one."""
        self._is_away = True
        if self.people is not None:
            self.people.stop_and_wait()
        if self._printing is not None:
            self._printing.close()
        self.way_back.close()
        self.projector.close()
        self.running.hush()
        for each in self._watches:
            each.end()
        self.screen.close_down()
        remember(self._settings, outline=self.screen.views.shows_outline, people=self.screen.shows_people)
        return self.running.recent(now)

    @Slot()
    def ask_for_record(self) -> None:
        """Where to and in which forms."""
        from ui.dialogs.export import ExportPanel  # after the first paint

        board = self.running.session.board
        asked = [board.text(question.words) for question in board.questions_in_order()]
        venues = [(str(id), venue_name(board, id)) for id in venues_in_order(board)]
        panel = ExportPanel(
            self.running.session.path, self._record_folder(), self._window, questions=asked, venues=venues
        )
        panel.folder_chosen.connect(self._keep_folder)
        panel.open()

    @Slot()
    def ask_for_easy_words(self) -> None:
        """The record in a facilitator's short words; first words of ours where there are none."""
        from core.record.easy_words import starter  # after the first paint
        from core.record.plan import plan
        from ui.dialogs.easy_read import EasyReadPanel

        board = self.running.session.board
        lines = written(board)
        EasyReadPanel(
            lines or starter(plan(board, None)), self.screen.conduct.write_easy, self._window, are_ours=not lines
        ).open()

    @Slot()
    def ask_to_print(self) -> None:
        """Posters, cards, slips, sheets."""
        from ui.making.printing import Printing  # after the first paint

        if self._printing is None:
            self._printing = Printing(self.running, self._window, self.running.jobs, self)
        self._printing.ask(self._record_folder())

    def _record_folder(self) -> Path:
        kept = self._settings.settings.folder
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(kept) if kept else Path(documents) / file_name(self._title, _("Record"))

    @Slot(str)
    def _keep_folder(self, folder: str) -> None:
        remember(self._settings, folder=folder)

    @Slot(bool)
    def _keep_sound(self, on: bool) -> None:
        remember(self._settings, sound=on)

    @Slot()
    def _on_time_up(self) -> None:
        if self._settings.settings.sound:
            self._ring()

    def _tell_behind(self) -> None:
        what = _("This file is older than what this laptop last wrote in this workshop.")
        advice = _("Is there a newer copy, or a file with the same name and “-wal”? Nothing new is lost in this one.")
        self._window.notices.tell(Notice(what=what, advice=advice, urgency=Urgency.WARN, topic=BEHIND))
        for came in (self.running.bridge.changed, self.running.bridge.was_reset):
            came.connect(self._look_if_caught_up)

    @Slot()
    def _look_if_caught_up(self) -> None:
        """Another desk may have sent again what the file lacked."""
        if not self.running.session.is_behind:
            self._window.notices.settle(BEHIND)

    @Slot()
    def _tell_only_viewed(self) -> None:
        """Stands as long as the workshop is open; said again when something is tried."""
        notice = Notice(
            what=_("You can look at this workshop, but not change it."),
            advice=_("Nothing can be written where it lies. To go on, save a copy and open that."),
            choices=(Choice(_("Save a copy…"), self._window.actions_["save-copy"].trigger, keys="Ctrl+S"),),
            topic="only viewed",
            can_close=False,
        )
        self._window.notices.tell(notice)

    @Slot()
    def _on_projector(self) -> None:
        shows_join = self.projector.is_on and self.projector.what is What.JOIN
        self.screen.show_projector(self.projector.words, join=shows_join)

    @Slot(str)
    def _keep_screen(self, screen: str) -> None:
        remember(self._settings, projector=screen)

    @Slot()
    def _on_unplugged(self) -> None:
        what, advice = _("The projector went away."), _("Plug it in again. It will come back on its own.")
        self._window.notices.tell(Notice(what=what, advice=advice, urgency=Urgency.WARN, topic=UNPLUGGED))

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        if on or not self.projector.is_away:
            self._window.notices.settle(UNPLUGGED)

    @Slot(object)
    def _on_door(self, door: Door) -> None:
        if door.busy:
            what = _("Port {busy} is busy, so we use {port}.").format(busy=door.busy, port=door.port)
            advice = _("The code on the projector is already right. Printed posters are not.")
            self._window.notices.tell(Notice(what=what, advice=advice, urgency=Urgency.WARN, topic="port"))
        if self.running.practice and not self.running.session.board.balance.received:
            self._let_pretend_people_in(door)

    def _let_pretend_people_in(self, door: Door) -> None:
        from core.rehearsal.practice import COMMENTS  # after the first paint

        self.people = Child(["rehearse", "--join", f"{door.here}/{door.code}", str(COMMENTS)], self)
        self.people.ended.connect(self._on_people_gone)
        self.people.start()
        told = _("Pretend people are coming in. Their notes arrive within a minute.")
        self._window.notices.tell(Notice(what=told, topic="practice"))

    @Slot(int, str)
    def _on_people_gone(self, code: int, said: str) -> None:
        if code == 0:
            told = Notice(
                what=_("All pretend people have written."),
                advice=_("Now group their notes: drag them into themes, or type."),
                urgency=Urgency.GOOD,
                topic="practice",
            )
        else:
            told = Notice(
                what=_("The pretend people could not come in."),
                advice=said.splitlines()[-1] if said else "",
                urgency=Urgency.WARN,
                topic="practice",
            )
        self._window.notices.tell(told)
