"""The way back: the one honest number and everybody on the left; on the right what goes, and what a letter says."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QProgressBar, QVBoxLayout

from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.contact import Way
from core.post import telling
from core.post.account import ANSWERED, UNREACHED, Account, Person
from core.post.account import Standing as Stands
from core.post.drafts import as_copied
from core.post.letters import Letter
from core.post.sending import Progress
from ui.bridge import Bridge
from ui.dialogs.form import choice
from ui.look.parts import Button, Kind, Label, Rule, Tone
from ui.look.theme import Text
from ui.panes.following import InPlaceOfBoard
from ui.panes.rows import Row, RowList, Rows
from ui.post.mailroom import Mailroom, Standing
from ui.words.modes import people_name
from ui.words.names import notes_count

PACE_MS = 500
LOOK_MS = 10_000
"""So often it is counted anew while it is looked at: who reads their own page changes no board."""
PASSAGE = 120
NO_KEYS = Qt.KeyboardModifier.NoModifier
ORDER = (
    Stands.UNSURE, Stands.REFUSED, Stands.NO_ADDRESS, Stands.WAITING, Stands.SENT, Stands.PRINTED, Stands.COLLECTED
)  # fmt: skip
"""Who needs somebody comes first."""
IN_BETWEEN = (Stands.WAITING, Stands.UNSURE)
GROUPS = {"all": tuple(Stands), "unreached": UNREACHED, "waiting": IN_BETWEEN, "answered": ANSWERED}


class WayBackView(InPlaceOfBoard):
    """In the place of the board. What is done here is told by signals; the desk asks what has to be asked."""

    send_wanted = Signal()
    decided = Signal(object, bool)    # Person, whether their letter went

    def __init__(self, bridge: Bridge, room: Mailroom) -> None:
        super().__init__(bridge, PACE_MS)
        self.setProperty("part", "page")
        self.setAccessibleName(_("The way back"))
        self._room = room
        self._account = Account(())
        self._people: list[Person] = []
        self.number = Label("", Text.SUBHEADING, bold=True, wrap=True)
        self.unreached = Label("", tone=Tone.SECOND, wrap=True)
        self.only = choice(_("Which are listed"), groups(Account(())), "all")
        self.model = Rows(self)
        self.list = RowList(self.model, _("Everybody who took part"))
        self.told = Label("", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How many letters have gone"))
        self.send = Button(_("Send the letters…"), icon="record", kind=Kind.MAIN)
        self.pause = Button(_("Pause"))
        self.stop = Button(_("Stop"), icon="cross")
        self.went = Button(_("It went"), keys="1")
        self.again = Button(_("Send it again"), keys="2")
        self.copy = Button(_("Copy the words"), icon="sheet")
        self.letter = QPlainTextEdit()
        self.letter.setReadOnly(True)
        self.letter.setTabChangesFocus(True)
        self.letter.setAccessibleName(_("What their letter says"))
        self.about = Label("", bold=True, wrap=True)
        self.others = QGridLayout()
        self.lay_out((self.number, self.unreached, self.only), self.list, self._right())
        self.setFocusProxy(self.list)
        self._look = QTimer(self, interval=LOOK_MS)
        self._connect()
        self.show_sending(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()

    @Slot()
    def show_board(self) -> None:
        """Count anew, in the background; `show_standing` follows."""
        self._room.count()

    @property
    def person(self) -> Person | None:
        """Whom the list stands on."""
        at = self.list.currentIndex().row()
        return self._people[at] if 0 <= at < len(self._people) else None

    def words_of(self, person: Person) -> str:
        """What its row says of somebody."""
        return row_of(self._bridge.board, person).spoken

    def add_act(self, words: str, act: Callable[[], None], icon: str = "") -> None:
        """One more thing that can be done with the letters."""
        button = Button(words, icon=icon, height=32)
        button.clicked.connect(act)
        at = self.others.count()
        self.others.addWidget(button, at // 3, at % 3)

    @Slot(object)
    def show_standing(self, standing: Standing) -> None:
        """The number and the people as they stand now."""
        self._account = standing.account
        self.number.setText(telling.number(standing.account))
        said = (telling.unreached(standing.account), telling.nobodys(standing.account))
        self.unreached.setText(" ".join(part for part in said if part))
        for at, (_group, words) in enumerate(groups(standing.account)):
            self.only.setItemText(at, words)
        if not self._room.is_sending:
            self.told.setText(waiting_words(standing))
        self._show_people()

    @Slot(object)
    def show_sending(self, progress: Progress | None) -> None:
        """How far it is; None while nothing is sent."""
        is_sending = self._room.is_sending
        self.send.setVisible(not is_sending)
        for widget in (self.pause, self.stop, self.bar):
            widget.setVisible(is_sending)
        self.pause.set_words(_("Go on") if self._room.is_paused else _("Pause"))
        if progress is not None:
            self.bar.setRange(0, max(1, progress.total))
            self.bar.setValue(progress.done)
            self.told.setText(progress_words(progress))

    @Slot()
    def _show_people(self) -> None:
        board, before = self._bridge.board, self.person
        wanted = GROUPS[self.only.currentData()]
        found = [person for person in self._account.people if person.standing in wanted]
        self._people = sorted(found, key=lambda person: ORDER.index(person.standing))
        self.model.show_rows([row_of(board, person) for person in self._people])
        row = self.model.row_of(before.contributor) if before else None
        if self._people and (row is not None or not self.list.currentIndex().isValid()):
            self.list.setCurrentIndex(self.model.index(row or 0))
        self._on_person()

    @Slot()
    def _on_person(self) -> None:
        person = self.person
        may_decide = person is not None and person.standing in (Stands.UNSURE, Stands.REFUSED)
        for button in (self.went, self.again):
            button.setVisible(may_decide)
        self.copy.setVisible(person is not None)
        self.about.setText(about_words(person) if person else "")
        if person is None:
            self.letter.setPlainText("")
        elif self.isVisible():
            self._room.letter_of(person, partial(self._show_letter, person))

    def _show_letter(self, person: Person, letter: Letter) -> None:
        if self.person is not None and self.person.contributor == person.contributor:
            text = as_copied(letter)
            if text != self.letter.toPlainText():
                self.letter.setPlainText(text)

    def _decide(self, *, went: bool) -> None:
        if self.person is not None and self.went.isVisible():
            self.decided.emit(self.person, went)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.letter.toPlainText())

    @Slot()
    def _toggle_pause(self) -> None:
        (self._room.resume if self._room.is_paused else self._room.pause)()
        self.show_sending(None)

    def _connect(self) -> None:
        self._room.counted.connect(self.show_standing)
        self._room.moved_on.connect(self.show_sending)
        self._room.moved_on.connect(self.soon)
        self._look.timeout.connect(self.soon)
        self.only.activated.connect(self._show_people)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.send.clicked.connect(self.send_wanted)
        self.pause.clicked.connect(self._toggle_pause)
        self.stop.clicked.connect(self._room.stop)
        self.went.clicked.connect(partial(self._decide, went=True))
        self.again.clicked.connect(partial(self._decide, went=False))
        self.copy.clicked.connect(self._copy)
        self.list.keys = {
            (NO_KEYS, Qt.Key.Key_1): partial(self._decide, went=True),
            (NO_KEYS, Qt.Key.Key_2): partial(self._decide, went=False),
        }

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._on_person()

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setContentsMargins(20, 8, 14, 14)
        right.setSpacing(10)
        right.addLayout(self.head("record", _("The way back")))
        right.addWidget(self.told)
        right.addWidget(self.bar)
        right.addLayout(_in_a_row(self.send, self.pause, self.stop))
        self.others.setSpacing(8)
        right.addLayout(self.others)
        right.addWidget(Rule())
        right.addWidget(self.about)
        right.addWidget(self.letter, 1)
        right.addLayout(_in_a_row(self.went, self.again, self.copy))
        return right


def groups(account: Account) -> list[tuple[object, str]]:
    """What the list can be narrowed to, each with its number."""
    names = {
        "all": _("Everybody: {n}"), "unreached": _("Cannot be reached: {n}"), "waiting": _("Waiting or unsure: {n}"),
        "answered": _("Answered: {n}"),
    }  # fmt: skip
    return [(group, words.format(n=account.count(*GROUPS[group]))) for group, words in names.items()]


def row_of(board: Board, person: Person) -> Row:
    """One person as a row: by what they said, for nobody else's eyes; how they came; how it stands."""
    notes = board.notes_by(person.contributor)
    said = next((text for note in notes if (text := " ".join(board.text_of(note).split()))), "")
    words = said[:PASSAGE] + ("…" if len(said) > PASSAGE else "") if said else _("Voted, and wrote no note")
    foot = f"{people_name(person.mode)} · {notes_count(person.notes)}"
    side = telling.standing_name(person.standing)
    return Row(id=person.contributor, words=words, foot=foot, side=side, is_quiet=person.standing in ANSWERED)


def about_words(person: Person) -> str:
    """How it stands with somebody, and why."""
    why = telling.why(person.delivery.why) if person.delivery else ""
    return " ".join(part for part in (f"{telling.standing_name(person.standing)}.", why) if part)


def waiting_words(standing: Standing) -> str:
    """What there is to do now."""
    account = standing.account
    unsure = account.count(Stands.UNSURE)
    ways = Counter(person.way for person in account.of(Stands.WAITING))
    said = []
    if waiting := ways[Way.EMAIL]:
        said.append(ngettext("{n} letter can go.", "{n} letters can go.", waiting).format(n=waiting))
    if printed := ways[Way.POST]:
        posted = ngettext("{n} letter is for the post: print it.", "{n} letters are for the post: print them.", printed)
        said.append(posted.format(n=printed))
    if unsure:
        unsure_words = ngettext("{n} is unsure: say whether it went.", "{n} are unsure: say whether they went.", unsure)
        said.append(unsure_words.format(n=unsure))
    if standing.concerned:
        news = ngettext("{n} person can be told what has changed.", "{n} people can be told what has changed.",
                        standing.concerned)  # fmt: skip
        said.append(news.format(n=standing.concerned))
    return " ".join(said) or _("No letter waits.")


def progress_words(progress: Progress) -> str:
    """How far it is, and how long the rest takes."""
    done = _("{n} of {all} letters have gone.").format(n=progress.done, all=progress.total)
    if progress.left <= timedelta():
        return done
    return f"{done} {_('The rest takes {time}.').format(time=telling.how_long(progress.left))}"


def _in_a_row(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
