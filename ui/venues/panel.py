"""Which venues there are, the link and the QR code of each, where this desk is, and whether they see each other."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.base.ids import VenueId
from core.base.join import qr_matrix, venue_url
from core.base.language import _
from core.domain.board import Board
from core.domain.commands import Command
from core.domain.terms import ONLINE
from core.domain.venues import (
    AddVenue,
    ChangeVenue,
    KeepVenuesApart,
    PlaceDesk,
    RemoveVenue,
    sign_of,
    venue_name,
    venues_in_order,
)
from ui.acting.conduct import Conduct
from ui.dialogs.form import box, choice, labelled, number
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Kind, Label, Tone
from ui.look.theme import Text
from ui.panes.join_box import Squares, paint_squares
from ui.running import Running

WIDTH, QR, COUNTED_AT_MOST = 760, 168, 100_000
AS_IT_COMES = 0
"""The mask: it is read from the screen, and finding the best one takes long."""


class QrCode(QWidget):
    """Dark on white, whatever the colours of the window: phones read it."""

    def __init__(self) -> None:
        super().__init__()
        self._squares: Squares = ()
        self.setFixedSize(QSize(QR, QR))

    def show_link(self, link: str) -> None:
        """Of this link; nothing where there is none."""
        self._squares = qr_matrix(link, AS_IT_COMES) if link else ()
        self.setAccessibleName(_("QR code of {link}").format(link=link) if link else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._squares:
            painter.fillRect(self.rect(), QColor("#FFFFFF"))
            paint_squares(painter, self._squares, self.rect().toRectF().adjusted(10, 10, -10, -10), QColor("#1D2433"))


class VenuesPanel(Panel):
    """What is changed is kept at once, and can be undone. Only organisers change venues; everybody may look."""

    def __init__(self, running: Running, conduct: Conduct, window: QWidget, *, may_change: bool) -> None:
        super().__init__(_("Venues"), window, WIDTH)
        self._running, self._conduct, self._may_change = running, conduct, may_change
        self._which = choice(_("Venue"), [("", "")], "")
        self._name, self._new, self._link = QLineEdit(), QLineEdit(), QLineEdit()
        self._people = number(_("People counted there"), 0, least=0, most=COUNTED_AT_MOST, none=_("not counted"))
        self._here = choice(_("This desk is at"), [("", "")], "")
        self._apart = box(_("Keep venues apart until I show them to each other"), on=False)
        self._qr = QrCode()
        self._told = Label("", tone=Tone.SECOND, wrap=True)
        self._parts: list[QWidget] = []
        self._lay_out()
        self._connect()
        self._fill()

    def open(self) -> None:
        """Show it, ready for a name."""
        super().open()
        first = self._new if self._may_change else self._close
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _board(self) -> Board:
        return self._running.session.board

    @property
    def _venue(self) -> VenueId | None:
        found = self._which.currentData()
        return VenueId(found) if found else None

    @Slot()
    def _fill(self) -> None:
        """As things are now; who is just typing a name is let finish."""
        board, venue = self._board, self._venue
        venues = [(str(id), venue_name(board, id)) for id in venues_in_order(board)]
        _offer(self._which, venues, str(venue or ""))
        here = board.venue_of_desk(self._running.session.desk)
        _offer(self._here, [("", _("at no venue: it looks after all")), *venues], str(here or ""))
        self._apart.setChecked(board.are_venues_apart)
        self._show_venue()

    @Slot()
    def _show_venue(self) -> None:
        board, venue = self._board, self._venue
        found = board.venues.get(venue) if venue is not None else None
        for part in self._parts:
            part.setVisible(venue is not None)
        for field in (self._name, self._people, self._remove):
            field.setEnabled(self._may_change and (found is not None or venue == ONLINE))
        self._remove.setEnabled(self._may_change and found is not None and venue != ONLINE)
        if venue is not None and not self._name.hasFocus():
            self._name.setText(venue_name(board, venue))
            self._people.setValue(found.people if found else 0)
        link = self._address(venue) if venue is not None else ""
        self._link.setText(link)
        self._link.setCursorPosition(0)
        self._qr.show_link(link)
        self._told.setText("" if venue is not None else _("There is one place only. Give the first venue a name."))
        self._told.setVisible(venue is None)
        self._centre()

    def _address(self, venue: VenueId) -> str:
        """The home's, where there is one: that is one door for all venues. Else this desk's."""
        door, workshop = self._running.door, self._board.workshop
        origin = (door.online or door.address) if door is not None else ""
        return venue_url(origin, workshop.code, sign_of(venue)) if origin and workshop is not None else ""

    def _do(self, command: Command, told: str) -> None:
        self._conduct.change(command, told, lambda _saved: self._fill())

    @Slot()
    def _add(self) -> None:
        name = self._new.text().strip()
        if name:
            self._new.clear()
            self._do(AddVenue(name), _("One more venue: {name}.").format(name=name))

    @Slot()
    def _change(self) -> None:
        venue, name = self._venue, self._name.text().strip()
        if venue is None or not name:
            return
        if venue in self._board.venues:
            self._do(ChangeVenue(venue, name, self._people.value()), _("The venue is changed."))
        elif name != venue_name(self._board, venue):
            self._do(AddVenue(name, venue), _("The venue is changed."))    # online, under a name of one's own

    @Slot()
    def _take_away(self) -> None:
        if self._venue is not None:
            self._do(RemoveVenue(self._venue), _("It is no venue any more. Its notes stay."))

    @Slot()
    def _place(self) -> None:
        venue = self._here.currentData()
        self._do(
            PlaceDesk(self._running.session.desk, VenueId(venue) if venue else None),
            _("What is said at this desk is said there."),
        )

    @Slot()
    def _keep_apart(self) -> None:
        self._do(KeepVenuesApart(self._apart.isChecked()), _("From now on it is so."))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._link.text())
        self._conduct.done.emit(_("The link of this venue is copied."))

    def _connect(self) -> None:
        self._which.activated.connect(self._show_venue)
        self._name.editingFinished.connect(self._change)
        self._people.editingFinished.connect(self._change)
        self._here.activated.connect(self._place)
        self._apart.clicked.connect(self._keep_apart)
        self._running.door_changed.connect(self._show_venue)
        self._running.bridge.changed.connect(self._fill)
        self._running.bridge.was_reset.connect(self._fill)

    def _lay_out(self) -> None:
        self._remove = Button(_("Take this venue away"), kind=Kind.QUIET)
        self._close = Button(_("Close"), keys="Esc", kind=Kind.MAIN)
        self._remove.clicked.connect(self._take_away)
        self._close.clicked.connect(self.leave)
        self._link.setReadOnly(True)
        for field, name in ((self._name, _("Its name")), (self._new, _("One more venue")), (self._link, _("Its link"))):
            field.setAccessibleName(name)
        self.column.addWidget(self._told)
        self.column.addLayout(self._lay_out_new())
        self.column.addWidget(self._lay_out_venue())
        self.column.addLayout(labelled(self._here.accessibleName(), self._here))
        self.column.addWidget(self._apart)
        self._apart.setEnabled(self._may_change)
        self._here.setEnabled(self._may_change)
        if not self._may_change:
            why = _("The organiser of all venues changes them.")
            self.column.addWidget(Label(why, Text.SMALL, tone=Tone.SECOND, wrap=True))
        self.column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignLeft)

    def _lay_out_new(self) -> QVBoxLayout:
        add = Button(_("Add"), keys="Return")
        add.clicked.connect(self._add)
        self._new.returnPressed.connect(self._add)
        self._new.setPlaceholderText(_("Such as: York"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(labelled(self._new.accessibleName(), self._new), 1)
        row.addWidget(add, 0, Qt.AlignmentFlag.AlignBottom)
        for part in (self._new, add):
            part.setEnabled(self._may_change)
        column = QVBoxLayout()
        column.addLayout(row)
        return column

    def _lay_out_venue(self) -> QWidget:
        copy = Button(_("Copy"), icon="link", name=_("Copy the link of this venue"))
        copy.clicked.connect(self._copy)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addLayout(labelled(self._link.accessibleName(), self._link), 1)
        where.addWidget(copy, 0, Qt.AlignmentFlag.AlignBottom)
        names = QHBoxLayout()
        names.setSpacing(8)
        names.addLayout(labelled(self._name.accessibleName(), self._name), 1)
        names.addLayout(labelled(self._people.accessibleName(), self._people))
        fields = QVBoxLayout()
        fields.setSpacing(8)
        fields.addLayout(labelled(self._which.accessibleName(), self._which))
        fields.addLayout(names)
        fields.addLayout(where)
        fields.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignLeft)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(fields, 1)
        row.addWidget(self._qr, 0, Qt.AlignmentFlag.AlignTop)
        self._parts.append(whole)
        return whole


def _offer(field: QComboBox, rows: list[tuple[str, str]], value: str) -> None:
    """Other rows, with the same one chosen."""
    if rows == [(field.itemData(at), field.itemText(at)) for at in range(field.count())]:
        found = field.findData(value)
    else:
        field.clear()
        for each, words in rows:
            field.addItem(words, each)
        found = field.findData(value)
    field.setCurrentIndex(max(0, found) if rows else -1)
