"""The post office of one workshop: who gets a letter in which round, what stands in it, what became of it.

Every method but `write` waits for the disk, and none may be called on the screen's thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from pathlib import Path

from core.base.clock import Clock, utc_now
from core.base.errors import Refused
from core.base.ids import ContributorId
from core.base.language import LANGUAGES, _
from core.domain.board import Board
from core.domain.contact import Contact, Way
from core.domain.contact import Letter as Told
from core.domain.delivery import Delivery, Kind, Round, State
from core.post import news, templates
from core.post.account import Account, account
from core.post.letters import Letter, Writer
from core.post.message import Enclosed
from core.post.templates import Text
from core.record.model import Cover
from core.record.plan import plan
from core.session import Session

AGAIN_BY = "again by"
PDF = "application/pdf"
EDITIONS = "editions"
RECORD = "record.pdf"
ENCLOSED = "your-record.pdf"


class NothingToTell(Refused):
    """There is nothing new for anybody."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing has changed since the last letters."), _("Write what came of the notes first.")
        )


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter that can go: to whom it goes, what stands in it, and how far it tells."""

    delivery: Delivery
    contact: Contact
    letter: Letter
    enclosed: tuple[Enclosed, ...]
    told: str


class Office:
    """What the desk and the commands ask of the post. `records` is the folder the record was made into, for what comes
    with each letter; None where nothing comes with it. `online` is an address that stays up; empty where there is none:
    then nothing is linked to."""

    def __init__(
        self, session: Session, *, records: Path | None = None, online: str = "", clock: Clock = utc_now,
        zone: tzinfo | None = None,
    ) -> None:  # fmt: skip
        self.session, self.clock = session, clock
        self.records, self.online = records, online
        self.zone = zone
        self._cover: tuple[Board, Cover] | None = None

    @property
    def board(self) -> Board:
        """The board as it is now."""
        return self.session.board

    def host(self) -> str:
        """Who ran the workshop, as they call themselves."""
        return self.board.text(self.board.workshop.host) if self.board.workshop else ""

    def account(self) -> Account:
        """The one honest number."""
        return account(self.board, self.contacts(), self.deliveries())

    def contacts(self) -> list[Contact]:
        """Everybody who wants to be written to."""
        return self.session.with_contacts(lambda contacts: contacts.all()).result()

    def contact(self, who: ContributorId) -> Contact | None:
        """Where this person wants to be written to, as it is now."""
        return self.session.with_contacts(lambda contacts: contacts.of(who)).result()

    def deliveries(self) -> list[Delivery]:
        """All letters of all rounds."""
        return self.session.with_deliveries(lambda post: post.all()).result()

    def rounds(self) -> list[Round]:
        """All rounds of letters."""
        return self.session.with_deliveries(lambda post: post.rounds()).result()

    def again_by(self) -> date | None:
        """The day by which everybody is written to once more."""
        kept = self.session.with_deliveries(lambda post: post.setting(AGAIN_BY)).result()
        return date.fromisoformat(kept) if kept else None

    def promise_again(self, day: date | None) -> None:
        """Letters say so from now on, and addresses are kept until 30 days after it."""
        kept = day.isoformat() if day else None
        self.session.with_deliveries(lambda post: post.set(AGAIN_BY, kept)).result()

    def texts(self, kind: Kind) -> dict[str, Text]:
        """The organiser's own texts, by language."""
        names = {each.code: _name_of(kind, each.code) for each in LANGUAGES}
        kept = self.session.with_deliveries(lambda post: {code: post.setting(n) for code, n in names.items()}).result()
        return {code: templates.read_text(typed) for code, typed in kept.items() if typed}

    def keep_text(self, kind: Kind, language: str, typed: str | None) -> None:
        """Letters in this language say this from now on; None brings our own text back. Raises WrongText."""
        if typed is not None:
            templates.read_text(typed)
        self.session.with_deliveries(lambda post: post.set(_name_of(kind, language), typed)).result()

    def begin(self, kind: Kind = Kind.RECORD) -> Round:
        """Put everybody whom it concerns in the queue: of the record one round is enough, and later addresses come into
        it by themselves; of what changed each round is a new one. It begins also where nobody left an address: from
        then on whoever reads what came of their notes counts as answered. Raises NothingToTell."""
        self.own_up()
        rounds = self.rounds()
        record = next((each for each in rounds if each.kind is Kind.RECORD), None)
        if kind is Kind.RECORD or record is None:
            found = record or self._new(Kind.RECORD)
            self._queue(found, [contact.contributor for contact in self.contacts()])
            return found
        concerned = self.concerned()
        if not concerned:
            raise NothingToTell
        found = self._new(Kind.CHANGES)
        self._queue(found, concerned)
        return found

    def concerned(self) -> list[ContributorId]:
        """Those who had a letter, whose address is still here, and for whom something has changed since."""
        told = self._told()
        waiting = {each.contributor for each in self.deliveries() if each.state in (State.QUEUED, State.SENDING)}
        writer = self.writer(Kind.CHANGES)
        return [
            contact.contributor for contact in self.contacts()
            if contact.contributor in told and contact.contributor not in waiting
            and writer.write(contact.contributor, contact, news.read_point(told[contact.contributor])).about
        ]  # fmt: skip

    def own_up(self) -> int:
        """What was in hand when the program died is unsure; a person decides. Returns how many are."""
        now = self.clock()
        return self.session.with_deliveries(lambda post: post.own_up(now)).result()

    def waiting(self, way: Way) -> list[Delivery]:
        """The letters that wait and go this way."""
        people = {contact.contributor for contact in self.contacts() if contact.way is way}
        return [each for each in self.deliveries() if each.state is State.QUEUED and each.contributor in people]

    def writer(self, kind: Kind) -> Writer:
        """What writes letters of this kind."""
        board = self.board
        if self._cover is None or self._cover[0] is not board:
            self._cover = board, plan(board, self.zone).cover
        return Writer(
            board=board, cover=self._cover[1], kind=kind, texts=self.texts(kind), again_by=self.again_by(),
            online=self.online, zone=self.zone, has_record=kind is Kind.RECORD and self._is_made(),
        )  # fmt: skip

    def ready(self, delivery: Delivery) -> Ready | None:
        """The letter as it would go now; None where the address is gone: then it waits no more."""
        contact = self.contact(delivery.contributor)
        if contact is None:
            self.session.with_deliveries(lambda post: post.drop(delivery)).result()
            return None
        kind = self.kind_of(delivery)
        since = news.read_point(self._told(before=delivery.round).get(delivery.contributor, ""))
        seen = news.as_text(self.board.seen)
        letter = self.writer(kind).write(delivery.contributor, contact, since)
        enclosed = self.enclosed(delivery.contributor) if kind is Kind.RECORD else ()
        return Ready(delivery, contact, letter, enclosed, seen)

    def kind_of(self, delivery: Delivery) -> Kind:
        """What its round is about."""
        return next((each.kind for each in self.rounds() if each.number == delivery.round), Kind.RECORD)

    def enclosed(self, who: ContributorId) -> tuple[Enclosed, ...]:
        """What comes with the letter: this person's own edition, else the record that everybody gets."""
        if self.records is None:
            return ()
        for path in (self.records / EDITIONS / f"{who}.pdf", self.records / RECORD):
            if path.is_file():
                return (Enclosed(ENCLOSED, PDF, path.read_bytes()),)
        return ()

    def claim(self, ready: Ready) -> bool:
        """Take it in hand; False where somebody else has it."""
        now = self.clock()
        return self.session.with_deliveries(lambda post: post.claim(ready.delivery, now, ready.told)).result()

    def settle(
        self, delivery: Delivery, state: State, why: str = "", of: Sequence[State] = (State.SENDING,)
    ) -> bool:
        """What became of it. Where somebody was written to, the time until their address is erased begins."""
        now = self.clock()
        if state in (State.SENT, State.PRINTED):
            again = self.again_by()
            began = max(now, now.replace(year=again.year, month=again.month, day=again.day)) if again else now
            self.session.with_contacts(
                lambda contacts: contacts.letter_sent(delivery.contributor, Told.RECORD, began)
            ).result()
        return self.session.with_deliveries(lambda post: post.settle(delivery, state, now, why, of)).result()

    def decide(self, delivery: Delivery, *, went: bool) -> bool:
        """A person says of an unsure letter whether it went; one that did not waits again. Also a refused one may wait
        again, once its address was mended."""
        state = State.SENT if went else State.QUEUED
        return self.settle(delivery, state, of=(State.UNSURE, State.REFUSED))

    def all_ready(self, way: Way) -> list[Ready]:
        """Every letter that waits and goes this way, as it would go now."""
        found = (self.ready(each) for each in self.waiting(way))
        return [each for each in found if each is not None]

    def hand_out(self, ready: Sequence[Ready], state: State, why: str = "") -> None:
        """These letters were printed; or they are drafts now that somebody else sends, and whether they went is unsure
        until a person says so."""
        for each in ready:
            if self.claim(each):
                self.settle(each.delivery, state, why)

    def note_exported(self, paths: Sequence[Path], what: str) -> None:
        """Remember what was written outside."""
        now = self.clock()
        self.session.with_deliveries(lambda post: post.note_exported(paths, what, now)).result()

    def _new(self, kind: Kind) -> Round:
        now = self.clock()
        return self.session.with_deliveries(lambda post: post.begin(kind, now)).result()

    def _queue(self, found: Round, people: Sequence[ContributorId]) -> None:
        workshop, now = self.session.workshop_id, self.clock()
        people = [who for who in people if who in self.board.joined and who not in self.board.erased]
        self.session.with_deliveries(lambda post: post.queue(workshop, found.number, people, now)).result()

    def _told(self, before: int | None = None) -> dict[ContributorId, str]:
        """How far the last letter told that each person had."""
        found = [each for each in self.deliveries() if each.state in (State.SENT, State.PRINTED)]
        found = [each for each in found if before is None or each.round < before]
        return {each.contributor: each.told for each in sorted(found, key=lambda each: each.round)}

    def _is_made(self) -> bool:
        """Whether a record comes with the letters."""
        folder = self.records
        return folder is not None and ((folder / RECORD).is_file() or (folder / EDITIONS).is_dir())


def time_left(letters: int, pace: int) -> timedelta:
    """How long so many letters take at so many a minute."""
    return timedelta(seconds=letters * 60 / pace)


def _name_of(kind: Kind, language: str) -> str:
    return f"text {kind.value} {language}"
