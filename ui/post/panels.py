"""What is asked before letters go: which ones and how, the mail server, and the text of the letters."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from core.base.days import day_words
from core.base.errors import WorkshopError
from core.base.language import LANGUAGES, _
from core.base.mail import FASTEST, PORTS, MailServer, Security
from core.domain.delivery import Kind
from core.post import templates
from core.post.message import address
from core.post.templates import Text
from ui.dialogs.form import FormPanel, OneOf, box, choice, labelled, number
from ui.look.parts import Label, Tone
from ui.look.theme import Text as Size
from ui.words.days import NoSuchDay, read_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which letters go, and what they promise."""

    kind: Kind
    again_by: date | None
    with_record: bool


class SendPanel(FormPanel):
    """Which letters; whether each person's own record comes along; when everybody is written to again."""

    def __init__(
        self, window: QWidget, concerned: int, again_by: date | None, today: date, then: Callable[[Wanted], None]
    ) -> None:  # fmt: skip
        super().__init__(_("Send the letters"), window, 560)
        self._today, self._then = today, then
        kinds = [
            (Kind.RECORD, _("To everybody with an address: where their notes went")),
            (Kind.CHANGES, _("Only what has changed since their last letter, to those it concerns")),
        ]
        self._kind = OneOf(_("Which letters?"), kinds, Kind.CHANGES if concerned else Kind.RECORD)
        self._record = box(_("Make each person’s own record, and send it along"), on=True)
        self._again = _line(_("We write once more by"))
        self._again.setPlaceholderText(_("12 May, or empty"))
        self._again.setText(day_words(again_by) if again_by else "")
        kept = Label(_("Addresses are deleted 30 days after the last letter."), tone=Tone.SECOND, wrap=True)
        self._problem = _problem()
        self.column.addWidget(self._kind)
        self.column.addWidget(self._record)
        self.column.addLayout(labelled(_("We write once more by"), self._again, kept))
        self.column.addWidget(self._problem)
        self.first = self._kind.focus()
        self.finish(_("Send"))

    def keep(self) -> bool:
        """Let them go."""
        try:
            day = read_day(self._again.text(), self._today)
        except NoSuchDay as error:
            return _say(self._problem, error)
        self._then(Wanted(kind=self._kind.value, again_by=day, with_record=self._record.isChecked()))
        return True


class ServerPanel(FormPanel):
    """How letters are handed in. The password goes into the keyring of the system, or stays in memory."""

    def __init__(self, window: QWidget, server: MailServer, then: Callable[[MailServer, str], None]) -> None:
        super().__init__(_("The mail server"), window, 560)
        self._then, self._server = then, server
        self._host = _line(_("Server"), server.host)
        self._security = choice(_("Safe line"), security_names(), server.security)
        self._port = number(_("Port"), server.port, least=1, most=65535)
        self._security.activated.connect(self._on_security)
        self._user = _line(_("Your name there"), server.user)
        self._password = _line(_("Password"))
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.setPlaceholderText(_("Empty: as it was"))
        self._sender = _line(_("The letters come from"), server.sender)
        self._name = _line(_("Who that is, in words"), server.name)
        self._reply_to = _line(_("Answers go to"), server.reply_to)
        self._pace = number(_("Letters a minute"), server.pace, least=1, most=FASTEST)
        self._problem = _problem()
        for fields in self.rows():
            row = QHBoxLayout()
            row.setSpacing(12)
            for field in fields:
                row.addLayout(labelled(field.accessibleName(), field), 1)
            self.column.addLayout(row)
        self.column.addWidget(self._problem)
        self.first = self._host
        self.finish(_("Keep"))

    def rows(self) -> tuple[tuple[QWidget, ...], ...]:
        """What is asked, in order."""
        return (
            (self._host,), (self._security, self._port), (self._user, self._password), (self._sender, self._name),
            (self._reply_to, self._pace),
        )  # fmt: skip

    def keep(self) -> bool:
        """Keep it, where the addresses are some."""
        server = replace(
            self._server, host=self._host.text().strip(), security=self._security.currentData(),
            port=self._port.value(), user=self._user.text().strip(), sender=self._sender.text().strip(),
            name=self._name.text().strip(), reply_to=self._reply_to.text().strip(), pace=self._pace.value(),
        )  # fmt: skip
        try:
            for spec in filter(None, (server.sender, server.reply_to)):
                address(spec)
        except WorkshopError as error:
            return _say(self._problem, error)
        self._then(server, self._password.text())
        return True

    def _on_security(self, _at: int) -> None:
        self._port.setValue(PORTS[self._security.currentData()])


class TextPanel(FormPanel):
    """The text of the letters in one language, with what is filled in in braces."""

    def __init__(
        self, window: QWidget, kind: Kind, texts: dict[str, Text], then: Callable[[Kind, str, str | None], None]
    ) -> None:  # fmt: skip
        super().__init__(_("The text of the letters"), window, 720)
        self._kind, self._texts, self._then = kind, texts, then
        languages: list[tuple[object, str]] = [(each.code, each.name) for each in LANGUAGES]
        self._language = choice(_("Language"), languages, "en")
        self._language.activated.connect(self._show)
        self._words = QPlainTextEdit()
        self._words.setAccessibleName(_("Text"))
        self._words.setTabChangesFocus(True)
        self._words.setMinimumHeight(320)
        self._usual = QCheckBox(_("Use the text that Sayback comes with"))
        filled = ", ".join(f"{{{name}}}" for name in sorted(templates.KNOWN))
        self._problem = _problem()
        self.column.addWidget(self._language)
        self.column.addWidget(self._words, 1)
        self.column.addWidget(Label(_("Filled in for each person: {all}").format(all=filled), Size.SMALL, wrap=True))
        self.column.addWidget(self._usual)
        self.column.addWidget(self._problem)
        self.first = self._words
        self.finish(_("Keep"))
        self._show()

    def keep(self) -> bool:
        """Keep the text; one that no letter can be made from is said, and stays to be mended."""
        spoken = str(self._language.currentData())
        typed = None if self._usual.isChecked() else self._words.toPlainText()
        try:
            if typed is not None:
                templates.read_text(typed)
        except WorkshopError as error:
            return _say(self._problem, error)
        self._then(self._kind, spoken, typed)
        return True

    def _show(self, _at: int = 0) -> None:
        from core.base import language  # the text comes in its own language, the desk stays in its own

        spoken, desk = str(self._language.currentData()), language.spoken()
        language.use(spoken)
        usual = templates.usual(self._kind)
        language.use(desk)
        own = self._texts.get(spoken)
        self._words.setPlainText((own or usual).as_typed)
        self._usual.setChecked(False)


def security_names() -> list[tuple[object, str]]:
    """How the way to the server is kept from being read."""
    return [
        (Security.STARTTLS, _("STARTTLS (usual)")),
        (Security.TLS, _("TLS from the start")),
        (Security.NONE, _("None: only to this computer itself")),
    ]


def _line(name: str, text: str = "") -> QLineEdit:
    field = QLineEdit(text)
    field.setAccessibleName(name)
    return field


def _problem() -> Label:
    label = Label("", tone=Tone.BAD, wrap=True)
    label.hide()
    return label


def _say(label: Label, error: WorkshopError) -> bool:
    label.setText(f"{error} {error.advice}")
    label.show()
    return False
