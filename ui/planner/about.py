"""What a plan says about the workshop: its name, who asks, what for, what is promised, where, for whom."""

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from core.base.language import LANGUAGES, _
from core.base.wifi import Wifi, wrong_name, wrong_password
from core.domain.planning import Plan
from core.domain.values import changed
from core.domain.words import LINE_LIMIT, NOTE_LIMIT
from ui.dialogs.form import box, choice, labelled, number
from ui.planner.fields import Field, one_line, several_lines, too_long

PEOPLE_AT_MOST = 100_000
DAYS_TO_REPLY = 28


class RoomWifi(QWidget):
    """The room's Wi-Fi, which is no part of the plan: only one copy of the file knows it."""

    def __init__(self, wifi: Wifi | None) -> None:
        super().__init__()
        self.name, self.code = one_line(_("Hall Guest")), one_line("")
        self.network = Field(_("The room’s Wi-Fi"), self.name)
        self.password = Field(_("Its password"), self.code)
        if wifi is not None:
            self.name.setText(wifi.name)
            self.code.setText(wifi.password)
        row = _beside(self.network, self.password)
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)

    @property
    def wifi(self) -> Wifi | None:
        """As it was typed: a password may begin with a space."""
        typed = self.code.text()
        return Wifi(self.network.text, typed) if self.network.text or typed else None

    def problems(self) -> dict[Field, str]:
        """What is wrong with which field; nothing where it is right."""
        wifi = self.wifi
        name, password = (wrong_name(wifi.name), wrong_password(wifi.password)) if wifi is not None else ("", "")
        return {self.network: name, self.password: password}


class About(QFrame):
    """The left side of the form; the room's Wi-Fi stands there, too, where it is asked for."""

    def __init__(self, today: date, room: RoomWifi | None = None) -> None:
        super().__init__()
        self.setProperty("part", "page")
        self._was = Plan()
        self.title = Field(_("What is it called?"), one_line(_("A better town square")))
        self.host = Field(_("Who is asking?"), one_line(_("The council")))
        purpose_hint = _("People read this before they write.")
        self.purpose = Field(_("What is it for?"), several_lines(66), purpose_hint)
        promise_hint = _("People see this before they write. Say what will come of their words.")
        self.promise = Field(_("What do you promise?"), several_lines(58), promise_hint)
        self.replies = box(_("We will write to everyone by"), on=False)
        self.reply_by = QDateEdit(_day(today.toordinal() + DAYS_TO_REPLY))
        self.reply_by.setDisplayFormat("d MMMM yyyy")
        self.reply_by.setCalendarPopup(True)
        self.reply_by.setAccessibleName(_("The day by which you write to everyone"))
        self.reply_by.setEnabled(False)
        self.replies.toggled.connect(self.reply_by.setEnabled)
        self.venue = Field(_("Where?"), one_line(_("Public library, hall 2")))
        self.telephone = Field(_("Telephone for help"), one_line(_("01234 567890")), _("Phones show it under Help."))
        self._room = room
        self.expected = number(_("People expected"), 0, least=0, most=PEOPLE_AT_MOST, none=_("Not known"))
        self.language = choice(_("Language"), [(each.code, each.name) for each in LANGUAGES], LANGUAGES[0].code)
        self._lay_out()

    @property
    def plan(self) -> Plan:
        """What it says now; questions and agenda are not its own."""
        return changed(
            self._was, title=self.title.text, host=self.host.text, purpose=self.purpose.text,
            promise=self.promise.text, venue=self.venue.text, telephone=self.telephone.text,
            language=self.language.currentData(),
            expected=self.expected.value(),
            reply_by=_ordinal(self.reply_by.date()) if self.replies.isChecked() else None,
        )  # fmt: skip

    @property
    def stops(self) -> list[QWidget]:
        """Where the keyboard stops, in order."""
        lines = [self.title.entry, self.host.entry, self.purpose.entry, self.promise.entry]
        return [
            *lines, self.replies, self.reply_by, self.venue.entry, self.telephone.entry, self.expected, self.language,
            *((self._room.name, self._room.code) if self._room else ()),
        ]  # fmt: skip

    def fill(self, plan: Plan) -> None:
        """Begin with this plan."""
        self._was = plan
        texts = (
            (self.title, plan.title), (self.host, plan.host), (self.purpose, plan.purpose),
            (self.promise, plan.promise), (self.venue, plan.venue), (self.telephone, plan.telephone),
        )  # fmt: skip
        for field, text in texts:
            field.fill(text)
            field.say("")
        self.replies.setChecked(plan.reply_by is not None)
        if plan.reply_by is not None:
            self.reply_by.setDate(_day(plan.reply_by))
        self.expected.setValue(plan.expected)
        if self.language.findData(plan.language) < 0:
            self.language.addItem(plan.language, plan.language)    # one that we do not speak, from another desk
        self.language.setCurrentIndex(self.language.findData(plan.language))

    def problems(self) -> dict[Field, str]:
        """What is wrong with which field; nothing where it is right."""
        found = {field: too_long(field, LINE_LIMIT) for field in (self.title, self.host, self.venue, self.telephone)}
        found |= {field: too_long(field, NOTE_LIMIT) for field in (self.purpose, self.promise)}
        if self._room is not None:
            found |= self._room.problems()
        if not self.title.text:
            found[self.title] = _("Give the workshop a name.")
        return found

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(14)
        column.addLayout(_beside(self.title, self.host))
        column.addWidget(self.purpose)
        column.addWidget(self._promise())
        column.addLayout(_beside(self.venue, self.telephone))
        column.addLayout(self._people())
        if self._room is not None:
            column.addWidget(self._room)
        column.addStretch(1)

    def _promise(self) -> QFrame:
        card = QFrame()
        card.setProperty("part", "soft")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.promise)
        by = QHBoxLayout()
        by.setSpacing(10)
        by.addWidget(self.replies)
        by.addWidget(self.reply_by, 1)
        column.addLayout(by)
        return card

    def _people(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(labelled(_("People expected"), self.expected), 1)
        row.addLayout(labelled(_("Language"), self.language), 1)
        return row


def _beside(first: Field, second: Field) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(first, 5, Qt.AlignmentFlag.AlignTop)
    row.addWidget(second, 3, Qt.AlignmentFlag.AlignTop)
    return row


def _day(ordinal: int) -> QDate:
    day = date.fromordinal(ordinal)
    return QDate(day.year, day.month, day.day)


def _ordinal(day: QDate) -> int:
    return date(day.year(), day.month(), day.day()).toordinal()
