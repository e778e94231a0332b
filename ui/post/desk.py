"""The way back at the desk: its view in the place of the board, and what has to be asked before letters go."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from core.base.clock import Clock
from core.base.errors import WorkshopError
from core.base.ids import ThemeId
from core.base.language import _, ngettext
from core.base.mail import MailServer
from core.base.settings import SettingsFile
from core.domain.delivery import Kind
from ui.jobs import T
from ui.main_window import MainWindow
from ui.remember import remember
from ui.running import Running
from ui.watching.notices import Notice, Urgency

if TYPE_CHECKING:
    from core.post.account import Person
    from core.post.office import Office
    from core.post.sending import Tally
    from core.post.templates import Text
    from ui.making.export import Export, Failure
    from ui.post.mailroom import Mailroom, Standing
    from ui.post.panels import Wanted
    from ui.post.view import WayBackView
    from ui.screens.workshop import WorkshopScreen

TOPIC = "letters"
AskFor = Callable[[QWidget, str], str]
"""Asks for a folder or a file; empty when nothing was chosen."""


def ask_folder(parent: QWidget, begin: str) -> str:
    """The system's own way to choose where letters go."""
    return QFileDialog.getExistingDirectory(parent, _("Where should the letters go?"), begin)


def ask_bounce(parent: QWidget, begin: str) -> str:
    """The system's own way to choose a saved message."""
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("The message that came back"), begin, _("E-mails (*.eml)"))
    return chosen


class WayBack(QObject):
    """Lives as long as the workshop's screen, its parent; nothing of the post is loaded before it is looked at."""

    answer_wanted = Signal(str)    # what it is an answer to

    def __init__(
        self, running: Running, window: MainWindow, settings: SettingsFile, screen: "WorkshopScreen", clock: Clock,
        folder: Callable[[], Path],
    ) -> None:  # fmt: skip
        super().__init__(screen)
        self._running, self._window, self._settings = running, window, settings
        self._screen, self._clock, self._folder = screen, clock, folder
        self.ask_folder: AskFor = ask_folder
        self.ask_bounce: AskFor = ask_bounce
        self.room: Mailroom | None = None
        self.view: WayBackView | None = None
        self._standing: Standing | None = None
        self._export: Export | None = None
        window.actions_["way-back"].triggered.connect(self.show)
        screen.views.currentChanged.connect(self._on_view)

    def name_theme(self, theme: ThemeId) -> None:
        """Change its name where it stands."""
        self._window.actions_["board"].trigger()
        self._screen.doing.name_theme(theme)

    def answer(self, subject: str) -> None:
        """Go to the answer to this."""
        self.answer_wanted.emit(subject)

    @Slot()
    def show(self) -> None:
        """In the place of board and outline."""
        view = self.view or self._made()
        self._screen.views.setCurrentWidget(view)
        self._window.actions_["way-back"].setChecked(True)
        view.setFocus()

    def close(self) -> None:
        """Let no further letter go."""
        if self._export is not None:
            self._export.close()
        if self.room is not None:
            self.room.stop()

    def _made(self) -> "WayBackView":
        from core.post.passwords import Passwords
        from ui.post.mailroom import Mailroom
        from ui.post.view import WayBackView

        passwords = Passwords.of_this_system()
        self.room = room = Mailroom(self._running.session, self._clock, self, passwords=passwords)
        self._running.when_shut(room.close)
        self.view = view = WayBackView(self._running.bridge, room)
        self._screen.views.addWidget(view)
        view.left.connect(self._window.actions_["board"].trigger)
        view.send_wanted.connect(self.ask_to_send)
        view.decided.connect(self._decide)
        room.counted.connect(self._on_counted)
        room.ended.connect(self._on_ended)
        room.failed.connect(self._on_failed)
        acts: tuple[tuple[str, Callable[[], None], str], ...] = (
            (_("Mail server…"), self.ask_for_server, "wifi"), (_("A letter to myself"), self.try_it, "check"),
            (_("Text of the letters…"), self.ask_for_text, "pencil"), (_("For the post…"), self.print_letters, "sheet"),
            (_("Drafts…"), self.write_drafts, "folder"), (_("A letter came back…"), self.take_bounce, "undo"),
            (_("What one person asks…"), self.ask_about_person, "people"),
        )  # fmt: skip
        for words, act, icon in acts:
            view.add_act(words, act, icon)
        return view

    @Slot(int)
    def _on_view(self, _at: int) -> None:
        """What board and outline have above and below them is of no use here."""
        if self.view is not None and self._screen.views.currentWidget() is self.view:
            self._screen.tools.hide()
            self._screen.status.show_about_zoom(wanted=False)

    @Slot()
    def ask_to_send(self) -> None:
        """Which letters go; the mail server first, where there is none yet."""
        if not self._server.is_set:
            self.ask_for_server()
            return
        from ui.post.panels import SendPanel

        def asked(again: date | None) -> None:
            today = self._clock().astimezone().date()
            concerned = self._standing.concerned if self._standing else 0
            SendPanel(self._window, concerned, again, today, self._begin).open()

        self._do(lambda office: office.again_by(), asked)

    @Slot()
    def ask_for_server(self) -> None:
        """How letters are handed in."""
        from ui.post.panels import ServerPanel

        ServerPanel(self._window, self._server, self._keep_server).open()

    @Slot()
    def ask_for_text(self) -> None:
        """What the letters say."""
        from ui.post.panels import TextPanel

        kind = Kind.RECORD

        def asked(texts: "dict[str, Text]") -> None:
            TextPanel(self._window, kind, texts, self._keep_text).open()

        self._do(lambda office: office.texts(kind), asked)

    @Slot()
    def try_it(self) -> None:
        """A test letter to the address that the letters come from."""
        from core.post.trying import try_it

        server, room = self._server, self.room
        if not server.is_set or room is None:
            self.ask_for_server()
            return
        told = _("A test letter went to {address}.").format(address=server.sender)
        self._do(
            lambda office: try_it(office, Kind.RECORD, server.sender, server, room.password(server)),
            lambda _nothing: self._tell(told, good=True),
        )

    @Slot()
    def print_letters(self) -> None:
        """Letters and labels for those with a postal address."""
        from core.post.paper import write_letters

        self._write(lambda office, folder: len(write_letters(office, folder)), _("Nobody waits for a letter by post."))

    @Slot()
    def write_drafts(self) -> None:
        """A draft for each letter, and a table for mail merge."""
        from core.post.drafts import write_drafts

        server = self._server
        self._write(
            lambda office, folder: len(write_drafts(office, folder, server)), _("Nobody waits for a letter by email.")
        )

    @Slot()
    def take_bounce(self) -> None:
        """A saved message about a letter that came back."""
        from core.post.bounces import saved_message, take_bounce

        chosen = self.ask_bounce(self._window, str(self._folder()))
        if chosen:
            self._do(
                lambda office: take_bounce(office, saved_message(Path(chosen))),
                lambda _delivery: self._tell(_("It is noted that this letter came back.")),
            )

    @Slot()
    def ask_about_person(self) -> None:
        """All they gave for them to take along; or they are erased."""
        from core.post.finding import Found
        from ui.post.one_person import OnePerson

        if self.room is None or self.view is None:
            return
        marked = self.view.person
        first = [Found(marked.contributor, self.view.words_of(marked))] if marked else []
        lead = OnePerson(self.room, self._window, self._window.notices, self, self.ask_folder, self._folder)
        lead.ask(first)

    @property
    def _server(self) -> MailServer:
        return self._settings.settings.mail

    def _begin(self, wanted: "Wanted") -> None:
        """First what comes along, then the letters."""
        self._do(lambda office: office.promise_again(wanted.again_by), lambda _nothing: self._make_records(wanted))

    def _make_records(self, wanted: "Wanted") -> None:
        if not wanted.with_record or wanted.kind is Kind.CHANGES:
            self._send(wanted)
            return
        from ui.making.export import Export
        from ui.making.export import Wanted as WantedRecord

        what = WantedRecord(forms=("pdf",), editions=True)
        self._export = export = Export(self._running.session.path, self._folder(), what, self)
        export.made.connect(lambda _made: self._send(wanted))
        export.failed.connect(self._on_no_records)
        self._tell(_("Each person’s own record is being made…"))
        export.start()

    def _send(self, wanted: "Wanted") -> None:
        if self.room is None or self.view is None:
            return
        self._export = None
        self._window.notices.settle(TOPIC)
        self.room.records = self._folder() if wanted.with_record else None
        self.room.send(self._server, wanted.kind)
        self.view.show_sending(None)

    def _write(self, work: "Callable[[Office, Path], int]", nobody: str) -> None:
        chosen = self.ask_folder(self._window, str(self._folder()))
        if not chosen:
            return

        def written(office: "Office") -> int:
            office.begin()
            return work(office, Path(chosen))

        def told(count: int) -> None:
            done = ngettext("{n} file is in {folder}.", "{n} files are in {folder}.", count)
            self._tell(done.format(n=count, folder=chosen) if count else nobody, good=bool(count))

        self._do(written, told)

    def _keep_server(self, server: MailServer, password: str) -> None:
        remember(self._settings, mail=server)
        room = self.room
        if room is not None and password:
            self._do(lambda _office: room.passwords.keep(server, password), self._on_password)

    def _on_password(self, kept: bool) -> None:
        if not kept:
            told = _("This system keeps no passwords. It is kept until you close Sayback.")
            self._tell(told)

    def _keep_text(self, kind: Kind, language: str, typed: str | None) -> None:
        self._do(
            lambda office: office.keep_text(kind, language, typed),
            lambda _nothing: self._tell(_("The letters say so from now on."), good=True),
        )

    @Slot(object, bool)
    def _decide(self, person: "Person", went: bool) -> None:
        delivery = person.delivery
        if delivery is not None:
            self._do(lambda office: office.decide(delivery, went=went), lambda _done: None)

    @Slot(object)
    def _on_counted(self, standing: "Standing") -> None:
        self._standing = standing

    @Slot(object)
    def _on_ended(self, tally: "Tally") -> None:
        if self.view is not None:
            self.view.show_sending(None)
        went = ngettext("{n} letter went.", "{n} letters went.", tally.sent).format(n=tally.sent)
        self._tell(went, good=not (tally.refused or tally.unsure))

    @Slot(object)
    def _on_failed(self, error: WorkshopError) -> None:
        if self.view is not None:
            self.view.show_sending(None)
        self._window.notices.tell_error(error)

    @Slot(object)
    def _on_no_records(self, failure: "Failure") -> None:
        self._export = None
        notice = Notice(what=failure.what, advice=failure.advice, urgency=Urgency.WARN, topic=TOPIC)
        self._window.notices.tell(notice)

    def _do(self, work: "Callable[[Office], T]", then: Callable[[T], None]) -> None:
        if self.room is not None:
            self.room.do(work, then)

    def _tell(self, what: str, *, good: bool = False) -> None:
        urgency = Urgency.GOOD if good else Urgency.INFO
        self._window.notices.tell(Notice(what=what, urgency=urgency, topic=TOPIC))

