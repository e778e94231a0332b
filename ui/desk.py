"""The desk goes from screen to screen: start, new workshop, workshop; opens and closes files; quits."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from core.base.clock import Clock, utc_now
from core.base.errors import AlreadyOpen, NotAWorkshop, WorkshopError
from core.base.join import new_code
from core.base.language import _
from core.base.names import file_name, free_path
from core.base.settings import SettingsFile
from core.base.wifi import Wifi
from core.domain.commands import Command
from core.session import Session
from ui.acting.any_time import AnyTime
from ui.files import AskFile, ask_file, knowing
from ui.jobs import Jobs
from ui.leaving import Leaving
from ui.main_window import MainWindow
from ui.making.save_copy import SUFFIX, AskTarget, SaveCopy, ask_target
from ui.open_desk import OpenDesk
from ui.remember import keep, remember
from ui.running import Running
from ui.sessions import Sessions
from ui.together.sharing import Sharing
from ui.watching.laptop import Check, Laptop, look_at_laptop
from ui.watching.notices import Choice, Notice, Urgency

if TYPE_CHECKING:
    from core.domain.planning import Plan
    from core.sync.known import Home
    from ui.planner.planning import Planning
    from ui.planner.templates import Found
    from ui.screens.start import StartScreen

PRACTICE = "practice"
OPENING = "opening"


class Desk(QObject):
    """One window, one workshop at a time."""

    loading = Signal()    # a workshop is read
    loaded = Signal()     # it is on the screen, or will not be
    closed = Signal()     # it is off the screen

    def __init__(
        self,
        window: MainWindow,
        settings: SettingsFile,
        sessions: Sessions,
        folder: Path,
        *,
        clock: Clock = utc_now,
        ask: AskFile = ask_file,
        ask_target: AskTarget = ask_target,
        laptop: Laptop = Laptop(),    # noqa: B008 - frozen
    ) -> None:
        super().__init__(window)
        self.window = window
        self.open_desk: OpenDesk | None = None
        self.sessions = sessions
        self._settings, self._usual_folder = settings, folder
        self._clock, self._ask, self._ask_target, self._laptop = clock, ask, ask_target, laptop
        self._jobs = Jobs(self)
        self._fresh: Session | None = None    # open, but not on the screen yet
        self._behind: list[Running] = []    # off the screen, but not closed yet
        self._leaving = Leaving(window)
        self._start: StartScreen | None = None
        self._plans: Planning | None = None
        self._screens = laptop.screens(self)
        self._screens.changed.connect(self._on_screens)
        self._connect_actions()
        AnyTime(window, self._running, self._show_ready, self._ask_for_settings)

    @property
    def _folder(self) -> Path:
        """Where new workshops go."""
        chosen = self._settings.settings.workshops
        return Path(chosen).expanduser() if chosen else self._usual_folder

    def begin(self, file: Path | None = None) -> None:
        """Show the window as it stood last time, at this file or at the start screen."""
        self.window.restore_geometry_text(self._settings.settings.geometry)
        if file is None:
            self.show_start()
        else:
            self.open(file)
        self.window.show()
        if self._settings.aside is not None:
            from ui.preferences import tell_damaged

            tell_damaged(self.window, self._settings)

    @Slot()
    def _on_screens(self) -> None:
        """A screen came or went, maybe the one that the desk stood on (faults.md F53)."""
        self.window.keep_in_sight([place.area for place in self._screens.places()])

    def end(self) -> None:
        """Close what is open and let every thread end. Blocks; the window is gone by then."""
        self._jobs.close()
        if self._fresh is not None:
            self._fresh.close()
        if self.open_desk is not None:
            recent = self.open_desk.put_away(self._clock())
            keep(self._settings, self._settings.settings.with_recent(recent))
            self.open_desk.running.shut()
        for running in list(self._behind):
            self._shut(running)

    @Slot()
    def show_start(self) -> None:
        """The first screen, and what this laptop is ready for."""
        from ui.screens.start import StartScreen  # not where a workshop is opened at once

        screen = self._start = StartScreen(self._settings.settings.recent, self._clock().astimezone().date())
        screen.new_wanted.connect(lambda: self.show_form())
        screen.template_wanted.connect(self.show_form)
        screen.open_wanted.connect(self.ask_and_open)
        screen.practice_wanted.connect(self.practise)
        screen.join_wanted.connect(self.ask_to_join)
        screen.ready_wanted.connect(self.window.actions_["ready"].trigger)
        screen.workshop_wanted.connect(self.open_path)
        self.window.actions_.allow(())
        self.window.show_screen(screen, "", least=screen.LEAST)
        screen.focus_first()
        QTimer.singleShot(0, self, self._look_at_laptop)

    @Slot()
    def show_form(self, template: "Plan | None" = None) -> None:
        """The form of a new workshop. What is open is closed first, and safe."""
        form = self._planning().new_form(template)
        form.made.connect(self.make)
        form.left.connect(self.show_start)
        self._put_away()
        self.window.actions_.allow(())
        self.window.show_screen(form, _("New workshop"))
        form.focus_first()

    @Slot(object, object)
    def make(self, plan: "Plan", wifi: Wifi | None) -> None:
        """A new workshop in a new file of its name; only that file knows the room's Wi-Fi."""
        from core.domain.planning import MakePlanned  # after the first paint

        command = MakePlanned(plan=plan, code=new_code())
        name = file_name(plan.title, _("Workshop"))
        self._create(command, self._folder, name, wifi, self._planning().forget_new)

    @Slot()
    def change_workshop(self) -> None:
        """The same form for the workshop that is open."""
        if self.open_desk is not None:
            self._planning().change(self.open_desk.running)

    @Slot()
    def practise(self) -> None:
        """A fresh workshop that pretend people come into."""
        from core.rehearsal.practice import practice_workshop  # after the first paint

        self._create(practice_workshop(new_code()), self._folder / PRACTICE, _("Practice"))

    @Slot()
    def ask_to_join(self) -> None:
        """Ask for the address and the code that stand on the first desk."""
        from ui.dialogs.join_desk import JoinDeskPanel  # after the first paint

        panel = JoinDeskPanel(self._settings.settings.desk, self._jobs, self.window)
        panel.let_in.connect(self.join)
        panel.open()

    @Slot(object)
    def join(self, home: "Home") -> None:
        """Fetch the workshop of the desk that has let this one in. What is open is closed first: it may be that one."""
        self._put_away()
        self._open_by(lambda: self.sessions.join(home, self._folder), self._on_not_joined)

    def _on_not_joined(self, error: WorkshopError) -> None:
        self.window.notices.tell_error(error)
        self.show_start()

    @Slot()
    def rehearse(self) -> None:
        """A workshop planned as the open one is, in a file of its own, that pretend people come into."""
        if self.open_desk is None or self._must_ask(self.rehearse):
            return
        from core.rehearsal.practice import rehearsal_of  # after the first paint

        running = self.open_desk.running
        command = rehearsal_of(running.bridge.board, new_code())
        then = partial(self._tell_of_rehearsal, running.session.path)
        self._create(command, self._folder / PRACTICE, file_name(command.plan.title, _("Practice")), then=then)

    def _tell_of_rehearsal(self, real: Path) -> None:
        back = Choice(_("Back to the real workshop"), partial(self.open, real))
        told = _("This is a rehearsal, in a file of its own. Nothing here comes into the real workshop.")
        self.window.notices.tell(Notice(what=told, choices=(back,), topic="rehearsal"))

    @Slot()
    def ask_and_open(self) -> None:
        """Ask which file."""
        chosen = self._ask(self.window, str(self._folder))
        if chosen:
            self.open(Path(chosen))

    @Slot(str)
    def open_path(self, path: str) -> None:
        """Open a workshop of the list."""
        self.open(Path(path))

    def open(self, path: Path) -> None:
        """Open a file; what is wrong with it is said in a notice, and it is not changed."""
        if self.open_desk is not None and self.open_desk.running.session.path == path.resolve():
            return
        self._open_by(partial(self.sessions.open, path), partial(self._on_refused, path))

    @Slot(object)
    def reopen(self, told: Notice | None) -> None:
        """Close the workshop and open it again as its file now says; then say this."""
        if self.open_desk is not None:
            path = self.open_desk.running.session.path
            self._put_away()
            opened = partial(self._on_reopened, told)
            self._open_by(partial(self.sessions.open, path), partial(self._on_refused, path), opened)

    def _on_reopened(self, told: Notice | None, session: Session) -> None:
        self._on_opened(session)
        if told is not None:
            self.window.notices.tell(told)

    @Slot()
    def leave(self) -> None:
        """Close the workshop and go back to the start screen."""
        if self.open_desk is not None and not self._must_ask(self.leave):
            self._put_away()
            self.show_start()

    @Slot()
    def close_window(self) -> None:
        """Quit, having asked once where people are taking part."""
        if not self._must_ask(self.quit_now):
            self.quit_now()

    @Slot()
    def quit_now(self) -> None:
        """Close the window; `end` does the rest."""
        remember(self._settings, geometry=self.window.geometry_text())
        self.window.may_close = True
        self.window.close()
        QApplication.quit()

    def _create(
        self, command: Command, folder: Path, name: str, wifi: Wifi | None = None,
        then: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        def work() -> Session:
            return knowing(wifi, self.sessions.create(free_path(folder, name, SUFFIX), command))

        def opened(session: Session) -> None:
            self._on_opened(session)
            then()

        self._open_by(work, self.window.notices.tell_error, opened)

    def _open_by(
        self, work: Callable[[], Session], refused: Callable[[WorkshopError], None],
        opened: Callable[[Session], None] | None = None,
    ) -> None:  # fmt: skip
        def work_and_hold() -> Session:
            self._fresh = work()
            return self._fresh

        self.window.notices.settle(OPENING)
        self.loading.emit()
        self._jobs.run(work_and_hold, opened or self._on_opened, refused, over=self.loaded.emit)

    def _on_opened(self, session: Session) -> None:
        self._fresh = None
        self._put_away()
        self._leaving.forget()
        practice = session.path.parent.name == PRACTICE and session.path.is_relative_to(self._folder.resolve())
        running = Running(session, self._jobs, practice=practice, addresses=self._laptop.addresses)
        if not practice and not session.is_view_only:
            running.sharing = Sharing(session, self._jobs, self.sessions.known, running)
        copies = SaveCopy(running, self.window, self._folder, self._ask_target)
        copies.open_wanted.connect(self.open_path)
        self.open_desk = OpenDesk(running, self.window, self._settings, self._laptop, copies, self._clock)
        self.open_desk.left.connect(self.leave)
        self.open_desk.reopen_wanted.connect(self.reopen)
        self.open_desk.show()
        keep(self._settings, self._settings.settings.with_recent(running.recent(self._clock())))

    def _on_refused(self, path: Path, error: WorkshopError) -> None:
        choices = () if isinstance(error, AlreadyOpen) else (*self._bringing_back(path, error), *self._forgetting(path))
        notice = Notice(
            what=str(error), advice=error.advice, urgency=Urgency.WARN, choices=choices, topic=OPENING
        )
        self.window.notices.tell(notice)
        if self.window.screen_shown is None:
            self.show_start()

    def _bringing_back(self, path: Path, error: WorkshopError) -> tuple[Choice, ...]:
        """A button that opens the newest copy of a file that is damaged or gone, in a file of its own."""
        newest = Session.newest_copy(path) if isinstance(error, NotAWorkshop) else None
        if newest is None:
            return ()
        words = _("Open the copy of {when}").format(when=f"{newest.made:%Y-%m-%d %H:%M}")
        return (Choice(words, partial(self._bring_back, path)),)

    def _bring_back(self, path: Path) -> None:
        self._open_by(lambda: self.sessions.open(Session.bring_back(path)), self.window.notices.tell_error)

    def _forgetting(self, path: Path) -> tuple[Choice, ...]:
        """A button that takes a file out of the list, where it is in it; the file itself stays."""
        if all(Path(each.path) != path for each in self._settings.settings.recent):
            return ()
        return (Choice(_("Take it off the list"), partial(self._forget, path)),)

    def _forget(self, path: Path) -> None:
        keep(self._settings, self._settings.settings.without_recent(str(path)))
        self.window.notices.settle(OPENING)
        if self.open_desk is None:
            self.show_start()

    def _put_away(self) -> None:
        """Take the open workshop off the screen at once; its file is closed behind it."""
        if self.open_desk is None:
            return
        gone, self.open_desk = self.open_desk, None
        recent = gone.put_away(self._clock())
        keep(self._settings, self._settings.settings.with_recent(recent))
        self.window.notices.clear()
        self.closed.emit()
        self._behind.append(gone.running)
        self._jobs.run(partial(self._shut, gone.running), lambda _nothing: gone.deleteLater())

    def _shut(self, running: Running) -> None:
        """On the thread of jobs; here, where the desk ended before that had its turn."""
        running.shut()
        self._behind.remove(running)

    def _must_ask(self, act: Callable[[], None]) -> bool:
        return self._leaving.must_ask(self.open_desk, act)

    @Slot()
    def _look_at_laptop(self) -> None:
        screens = len(QGuiApplication.screens())
        self._planning().look_for_templates(self._show_templates)
        self._jobs.run(partial(look_at_laptop, self._folder, screens, self._laptop.addresses), self._show_checks)

    def _show_checks(self, checks: list[Check]) -> None:
        if self._start is not None and self._start is self.window.screen_shown:
            self._start.show_checks(checks)

    def _show_templates(self, found: "Found") -> None:
        if self._start is not None and self._start is self.window.screen_shown:
            self._start.show_templates(found.templates)

    def _planning(self) -> "Planning":
        """What plans workshops; made when it is needed first."""
        from ui.planner.planning import Planning  # after the first paint

        if self._plans is None:
            ask = partial(self._ask, self.window, str(self._folder))
            self._plans = Planning(self.window, self._settings.path.parent / "templates", self._jobs, ask=ask)
        return self._plans

    def _connect_actions(self) -> None:
        actions = self.window.actions_
        slots = {
            "new": lambda: self.show_form(),
            "change-workshop": self.change_workshop,
            "open": self.ask_and_open,
            "practise": self.practise,
            "join-desk": self.ask_to_join,
            "quit": self.close_window,
            "next-part": partial(self.window.go_on, 1),
            "part-before": partial(self.window.go_on, -1),
            "rehearse": self.rehearse,
        }
        for id, slot in slots.items():
            actions[id].triggered.connect(slot)
        self.window.close_wanted.connect(self.close_window)

    def _running(self) -> Running | None:
        return self.open_desk.running if self.open_desk is not None else None

    @Slot()
    def _show_ready(self) -> None:
        from ui.watching.ready import show_ready  # after the first paint

        show_ready(self.window, self._jobs, self._folder, self._laptop, self._running())

    @Slot()
    def _ask_for_settings(self) -> None:
        from ui.preferences import ask_for_settings  # after the first paint

        ask_for_settings(self.window, self._settings, self._usual_folder)
