"""How this desk and its online home stand: what waits, where people at home take part; for an organiser invitations
and the addresses that people left there."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QWidget

from core.base.errors import WorkshopError
from core.base.join import Way, link
from core.base.language import _, ngettext
from core.domain.venues import venue_name, venues_in_order
from core.sync.ledger import erasures_told
from core.sync.roles import AT_A_HOME, Role
from ui.dialogs.form import choice, labelled
from ui.dialogs.panel import EDGE, Panel
from ui.dialogs.second_desk import role_name
from ui.look.parts import Button, Icon, Kind, Label, Tone
from ui.look.theme import Text
from ui.running import Running
from ui.together.sharing import Sharing

WIDTH = 600
LEDGER_LEAST, LEDGER_HEIGHT, INSET = 24, 64, 24


class OnlineHomePanel(Panel):
    """Follows the link while it is open."""

    def __init__(self, running: Running, sharing: Sharing, window: QWidget) -> None:
        super().__init__(_("Online home"), window, WIDTH)
        self._running, self._sharing = running, sharing
        self._state, self._icon = Label("", bold=True, wrap=True), Icon("house", "good")
        self._url = QLineEdit(self._link())
        self._url.setReadOnly(True)
        self._url.setAccessibleName(_("People at home take part here"))
        self._role = choice(
            _("What may they do?"), [(role.value, role_name(role)) for role in AT_A_HOME], Role.VENUE.value
        )
        self._venue: QComboBox | None = None
        self._erased = Label("", tone=Tone.SECOND, wrap=True)
        self._ledger = _scrolling(self._erased)
        self._code = Label("", 28.0, bold=True)
        self._how, self._told = (Label("", tone=Tone.SECOND, wrap=True) for _label in range(2))
        self._close = Button(_("Close"), keys="Esc", kind=Kind.MAIN)
        self._close.clicked.connect(self.leave)
        self._lay_out()
        sharing.changed.connect(self._show)
        running.bridge.changed.connect(self._show)
        running.bridge.was_reset.connect(self._show)
        self._show()

    def open(self) -> None:
        """Show it, ready to be closed."""
        super().open()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_organiser(self) -> bool:
        home = self._sharing.home
        return home is not None and home.role is Role.ORGANISER

    def _link(self) -> str:
        home, workshop = self._sharing.home, self._running.session.board.workshop
        return link(home.public, workshop.code, Way.HOME) if home is not None and workshop is not None else ""

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self._state, 1)
        self.column.addLayout(head)
        copy = Button(_("Copy"), icon="link", name=_("Copy the link for people at home"))
        copy.clicked.connect(self._copy)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addLayout(labelled(self._url.accessibleName(), self._url), 1)
        where.addWidget(copy, 0, Qt.AlignmentFlag.AlignBottom)
        self.column.addLayout(where)
        if self._is_organiser:
            self._lay_out_for_organisers()
        self.column.addWidget(self._ledger)
        self.column.addWidget(self._told)
        self._told.hide()
        self.column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)

    def _lay_out_for_organisers(self) -> None:
        self.column.addWidget(Label(_("Another venue, or somebody who helps"), Text.SUBHEADING, bold=True))
        as_whom = QHBoxLayout()
        as_whom.setSpacing(8)
        as_whom.addLayout(labelled(self._role.accessibleName(), self._role), 1)
        self._offer_venues(as_whom)
        self.column.addLayout(as_whom)
        invite = Button(_("Make an invitation code"), icon="code")
        invite.clicked.connect(self._invite)
        invited = QHBoxLayout()
        invited.setSpacing(16)
        invited.addWidget(invite)
        invited.addWidget(self._code)
        invited.addStretch(1)
        self.column.addLayout(invited)
        self.column.addWidget(self._how)
        self._code.hide()
        self._how.hide()
        self.column.addWidget(Label(_("Addresses that people left at the home"), Text.SUBHEADING, bold=True))
        why = _("They lie there until you fetch them, and are erased there then. No other desk can.")
        self.column.addWidget(Label(why, tone=Tone.SECOND, wrap=True))
        fetch = Button(_("Fetch the addresses"), icon="tray")
        fetch.clicked.connect(self._fetch)
        self.column.addWidget(fetch, 0, Qt.AlignmentFlag.AlignLeft)

    def _offer_venues(self, row: QHBoxLayout) -> None:
        """A desk that runs a venue is there from the moment it comes in."""
        board = self._running.session.board
        if board.venues:
            venues = [(str(id), venue_name(board, id)) for id in venues_in_order(board)]
            self._venue = choice(_("At which venue is it?"), [("", _("at none")), *venues], "")
            row.addLayout(labelled(self._venue.accessibleName(), self._venue), 1)

    @Slot()
    def _show(self) -> None:
        told = erasures_told(self._running.session.board, self._running.session.desk)
        self._erased.setText("\n".join(told))
        self._ledger.setVisible(bool(told))
        if told:
            self._ledger.setMaximumHeight(min(LEDGER_HEIGHT, self._erased.heightForWidth(WIDTH - 2 * EDGE - INSET)))
        self._state.setText(self._sharing.link_words)
        self._state.set_tone(Tone.INK if self._sharing.is_well else Tone.WARN)
        self._icon.show_icon("house", "good" if self._sharing.is_well else "warn")
        self._centre()

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._url.text())
        self._tell(_("The link for people at home is copied."))

    @Slot()
    def _invite(self) -> None:
        venue = self._venue.currentData() if self._venue is not None else ""
        self._sharing.invite(Role(self._role.currentData()), venue, self._on_code, self._on_refused)

    def _on_code(self, code: str) -> None:
        """An invitation that nobody has seen ends by itself."""
        if self.is_left:
            return
        self._code.setText(code)
        self._code.setAccessibleName(_("Code: {code}").format(code=" ".join(code.replace("-", ""))))
        self._code.show()
        address = self._sharing.home.address if self._sharing.home is not None else ""
        how = _(
            "On the other laptop choose “Join another desk’s workshop…” and type {address} and this code. It works "
            "once, for 24 hours."
        )
        self._how.setText(how.format(address=address))
        self._how.show()
        self._tell("")

    @Slot()
    def _fetch(self) -> None:
        self._sharing.fetch_addresses(self._on_fetched, self._on_refused)

    def _on_fetched(self, count: int) -> None:
        if self.is_left:
            return
        told = ngettext("{n} address is on this laptop now.", "{n} addresses are on this laptop now.", count)
        self._tell(told.format(n=count) if count else _("Nobody has left an address there since."))

    def _on_refused(self, error: WorkshopError) -> None:
        if self.is_left:
            self._sharing.refused.emit(error)
        else:
            self._tell(f"{error} {error.advice}", Tone.WARN)

    def _tell(self, words: str, tone: Tone = Tone.SECOND) -> None:
        """What came of it, also for those who do not see it."""
        self._told.set_tone(tone)
        self._told.setText(words)
        self._told.setVisible(bool(words))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self._centre()


def _scrolling(told: Label) -> QScrollArea:
    """As many erasures as there were: beyond a few lines they are scrolled through, in a small window beyond one."""
    area = QScrollArea()
    area.setMinimumHeight(LEDGER_LEAST)
    area.setAccessibleName(_("How far each erasure has come"))
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(told)
    return area
