"""At the first desk: the code for a second desk, who asks, yes or no; and who was let in."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.base.join import host_with_port
from core.base.language import _
from core.sync.code import as_shown
from core.sync.known import Guest
from core.sync.pairing import Pairing, Stage
from core.sync.roles import IN_THE_ROOM, Role
from ui.dialogs.form import OneOf
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Icon, Kind, Label, Tone
from ui.look.theme import Text
from ui.running import Running
from ui.together.sharing import Sharing

WIDTH = 560
TICK_MS = 1000


def role_name(role: Role) -> str:
    """What somebody at another desk may do."""
    return {
        Role.FACILITATOR: _("Everything"),
        Role.ORGANISER: _("Everything, and the addresses"),
        Role.VENUE: _("Run a venue"),
        Role.MODERATOR: _("Notes and themes"),
        Role.READER: _("Only look"),
    }[role]


class SecondDeskPanel(Panel):
    """Opens a pairing when it is shown, and ends it when it is left."""

    def __init__(self, running: Running, sharing: Sharing, window: QWidget) -> None:
        super().__init__(_("Let a second desk join"), window, WIDTH)
        self._running, self._sharing = running, sharing
        self._pairing: Pairing | None = None
        self._told = Label(_("One moment…"), tone=Tone.SECOND, wrap=True)
        self._told.setMinimumWidth(WIDTH - 40)
        self._address, self._code = Label("", 22.0, bold=True), Label("", 34.0, bold=True)
        self._time = Label("", Text.SMALL, tone=Tone.SECOND)
        self._role = OneOf(
            _("What may they do?"), [(role, role_name(role)) for role in IN_THE_ROOM], Role.FACILITATOR, across=True
        )
        self._yes = Button(_("Let them in"), icon="check", kind=Kind.MAIN)
        self._yes.clicked.connect(self._say_yes)
        self._no = Button(_("No"), kind=Kind.PLAIN)
        self._no.clicked.connect(self._say_no)
        self._again = Button(_("Show a new code"), kind=Kind.MAIN)
        self._again.clicked.connect(self._begin)
        self._guests = QVBoxLayout()
        self._lay_out()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._show)
        sharing.pairing_changed.connect(self._show)
        sharing.changed.connect(self._list_guests)

    def open(self) -> None:
        """Show it, with a code."""
        super().open()
        self._begin()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """The code works no more."""
        self._timer.stop()
        self._sharing.end_pairing()
        super().leave()

    def _lay_out(self) -> None:
        self._close = Button(_("Close"), keys="Esc", kind=Kind.QUIET)
        self._close.clicked.connect(self.leave)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self._yes, self._no, self._again, self._close):
            foot.addWidget(button)
        foot.addStretch(1)
        parts: tuple[QWidget, ...] = (self._told, self._address, self._code, self._time, self._role)
        for part in parts:
            self.column.addWidget(part)
        self._guests.setSpacing(4)
        self.column.addLayout(self._guests)
        self.column.addLayout(foot)
        self._show()
        self._list_guests()

    @Slot()
    def _begin(self) -> None:
        self._sharing.open_pairing(self._begun)

    def _begun(self, pairing: Pairing) -> None:
        if self.is_left:    # before there was a code: nobody sees it, it lets nobody in
            self._sharing.end_pairing()
            return
        self._pairing = pairing
        door = self._running.door
        hosts = [each.host for each in door.found] if door is not None else []
        self._address.setText("\n".join(host_with_port(host, self._sharing.port) for host in hosts[:3]))
        self._code.setText(as_shown(pairing.code))
        self._code.setAccessibleName(_("Code: {code}").format(code=" ".join(pairing.code)))
        self._timer.start()
        self._show()

    @Slot()
    def _show(self) -> None:
        """What is so now."""
        pairing = self._pairing
        stage = pairing.stage if pairing is not None else None
        is_shown = stage is Stage.SHOWN
        for label in (self._address, self._code, self._time):
            label.setVisible(is_shown)
        answers: tuple[QWidget, ...] = (self._role, self._yes, self._no)
        for answer in answers:
            answer.setVisible(stage is Stage.ASKED)
        self._again.setVisible(stage in (Stage.LET_IN, Stage.SENT_AWAY, Stage.OVER))
        if pairing is not None and stage is not None:
            self._say(told(stage, pairing))
            minutes, seconds = divmod(round(pairing.seconds_left), 60)
            left = f"{minutes}:{seconds:02}"
            self._time.setText(_("The code works once, for another {time}.").format(time=left))
        self._centre()

    def _say(self, words: str) -> None:
        """Where the pairing stands, also for those who do not see it."""
        if words != self._told.text():
            self._told.setText(words)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    @Slot()
    def _say_yes(self) -> None:
        self._sharing.answer(self._role.value)
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _say_no(self) -> None:
        self._sharing.answer(None)
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _list_guests(self) -> None:
        while (item := self._guests.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for guest, is_here in self._sharing.guests:
            self._guests.addWidget(self._row(guest, is_here=is_here))
        self._centre()

    def _row(self, guest: Guest, *, is_here: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(8)
        line.addWidget(Icon("check" if is_here else "info", "good" if is_here else "ink_2"))
        state = _("on") if is_here else _("not here")
        words = _("{name}: {state}. May do: {role}").format(
            name=guest.name, state=state, role=role_name(guest.role).lower()
        )
        line.addWidget(Label(words, wrap=True), 1)
        away = Button(
            _("Send away"), kind=Kind.QUIET, height=28, name=_("Send {name} away").format(name=guest.name)
        )
        away.clicked.connect(partial(self._sharing.send_away, guest))
        line.addWidget(away)
        return row


def told(stage: Stage, pairing: Pairing) -> str:
    """Where the pairing stands."""
    name = pairing.asking.called if pairing.asking is not None else ""
    return {
        Stage.SHOWN: _("On the other laptop choose “Join another desk’s workshop…”, and type this address and code."),
        Stage.ASKED: _("{name} asks to join this workshop.").format(name=name),
        Stage.LET_IN: _("{name} works on this workshop with you now.").format(name=name),
        Stage.SENT_AWAY: _("{name} was not let in.").format(name=name),
        Stage.OVER: _("This code does not work any more."),
    }[stage]
