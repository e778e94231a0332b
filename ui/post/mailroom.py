"""The post of an open workshop, off the screen's thread: counts, sends with pause and stop, does what takes time."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.base.clock import Clock
from core.base.errors import WorkshopError
from core.base.mail import MailServer
from core.domain.delivery import Kind
from core.post.account import Account, Person
from core.post.letters import Letter
from core.post.office import Office
from core.post.passwords import Passwords
from core.post.sending import REST_SECONDS, Pace, Sending, Tally
from core.post.smtp import Open, open_line
from core.session import Session
from ui.jobs import Jobs, T

Refused = Callable[[WorkshopError], None]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the desk shows: the number, and how many may be told that something changed."""

    account: Account
    concerned: int = 0


class Mailroom(QObject):
    """What it tells, it tells on the screen's thread."""

    counted = Signal(object)     # Standing
    moved_on = Signal(object)    # Progress
    ended = Signal(object)       # Tally
    failed = Signal(object)      # WorkshopError

    def __init__(
        self, session: Session, clock: Clock, parent: QObject | None = None, *, passwords: Passwords | None = None,
        opens: Open = open_line,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session, self._clock, self._opens = session, clock, opens
        self.passwords = passwords or Passwords()
        self.records: Path | None = None
        self.rest = REST_SECONDS
        self._jobs, self._sender = Jobs(self), Jobs(self)
        self._pace: Pace | None = None
        self._is_counting = False

    @property
    def is_sending(self) -> bool:
        """Whether letters go."""
        return self._pace is not None

    @property
    def is_paused(self) -> bool:
        """Whether they stand still."""
        return self._pace is not None and self._pace.is_paused

    def office(self) -> Office:
        """The office as it is asked now."""
        return Office(self._session, records=self.records, clock=self._clock)

    def count(self) -> None:
        """Count again; told by `counted`."""
        if not self._is_counting:
            self._is_counting = True
            self._jobs.run(self._counted, self._tell_counted, self._not_counted)

    def do(self, work: Callable[[Office], T], then: Callable[[T], None], refused: Refused | None = None) -> None:
        """Do something with the office; then count again."""

        def done(value: T) -> None:
            then(value)
            self.count()

        self._jobs.run(lambda: work(self.office()), done, refused or self.failed.emit)

    def letter_of(self, person: Person, then: Callable[[Letter], None]) -> None:
        """The letter this person would get now."""

        def written() -> Letter:
            office = self.office()
            return office.writer(Kind.RECORD).write(person.contributor, office.contact(person.contributor))

        self._jobs.run(written, then, self.failed.emit)

    def password(self, server: MailServer) -> str:
        """The password of this server; empty where none is known. A keyring may take its time: not for the screen."""
        return (self.passwords.of(server) or "") if server.user else ""

    def send(self, server: MailServer, kind: Kind) -> None:
        """Send what waits, in a thread of its own."""
        if self._pace is not None:
            return
        self._pace = pace = Pace()

        def sent() -> Tally:
            office = self.office()
            office.begin(kind)
            password, told = self.password(server), self.moved_on.emit
            return Sending(
                office, server, password, turns=pace, opens=self._opens, told=told, rest=self.rest
            ).run()

        self._sender.run(sent, self._on_ended, self._on_failed)

    def pause(self) -> None:
        """No letter goes until `resume`."""
        if self._pace is not None:
            self._pace.pause()

    def resume(self) -> None:
        """Letters go again."""
        if self._pace is not None:
            self._pace.resume()

    def stop(self) -> None:
        """The letter in hand is the last one."""
        if self._pace is not None:
            self._pace.stop()

    def close(self) -> None:
        """End it; waits for the letter in hand, as long as its server takes. From any thread."""
        self.stop()
        self._sender.close()
        self._jobs.close()

    def _counted(self) -> Standing:
        office = self.office()
        if not self.is_sending:
            office.own_up()
        rounds = office.rounds()
        return Standing(office.account(), len(office.concerned()) if rounds else 0)

    def _tell_counted(self, standing: Standing) -> None:
        self._is_counting = False
        self.counted.emit(standing)

    def _not_counted(self, error: WorkshopError) -> None:
        self._is_counting = False
        self.failed.emit(error)

    def _on_ended(self, tally: Tally) -> None:
        self._pace = None
        self.ended.emit(tally)
        self.count()

    def _on_failed(self, error: WorkshopError) -> None:
        self._pace = None
        self.failed.emit(error)
        self.count()

