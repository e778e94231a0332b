"""The workshops of a large home: in one database, with several instances that serve them all."""

import asyncio
import hashlib
import hmac
import json
import logging
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict

from core.base.clock import Clock, from_milliseconds, to_milliseconds, utc_now
from core.base.errors import NotSaved, WorkshopError
from core.base.ids import DeskId, VenueId, WorkshopId, new_id
from core.home.shelf import WORKSHOPS_AT_MOST, Shelf
from core.session import Health, Session
from core.store.postgres.book import SharedBook
from core.store.postgres.database import Database
from core.store.postgres.door import KnownGuest, KnownInvitation, Ledger, listening, speak_up
from core.store.postgres.log import PostgresLog
from core.store.postgres.storage import SharedStorage
from core.sync.invitations import KEY, KEY_BYTES, LIFE, NO_WORKSHOP, Claim, Invitation, new_code
from core.sync.known import Guest
from core.sync.roles import Role
from core.sync.vault import token_hash

logger = logging.getLogger("sayback.home")

LOOK_SECONDS = 1.0
"""What others wrote is seen this late at most; a hint brings it at once."""
PAUSE_SECONDS = 0.05
"""Between two looks, however many hints come."""
STOP_SECONDS = 5.0


class SharedInvitations:
    """Those of one home; of two desks that come with one code, to whatever instances, one gets in."""

    def __init__(self, ledger: Ledger, clock: Clock = utc_now) -> None:
        self._ledger, self._clock = ledger, clock

    def make(self, role: Role, workshop: WorkshopId = NO_WORKSHOP, venue: VenueId | None = None) -> str:
        """A new code. Only a hash of it is kept. Raises NotSaved."""
        code, now = new_code(), self._clock()
        kept = KnownInvitation(role.value, workshop, to_milliseconds(now + LIFE), venue or "")
        self._ledger.invite(self._digest(code), kept, to_milliseconds(now))
        return code

    def look(self, code: str) -> Invitation | None:
        """What this code would let somebody do, without using it up. Raises NotSaved."""
        found = self._ledger.invitation(self._digest(code))
        if found is None or from_milliseconds(found.until) <= self._clock():
            return None
        until, venue = from_milliseconds(found.until), VenueId(found.venue) if found.venue else None
        return Invitation(Role(found.role), WorkshopId(found.workshop), until, venue)

    def use(self, code: str, claim: Claim) -> Invitation | None:
        """What this code lets this desk do; None where it is none, is over, or has let in somebody else. Raises
        NotSaved."""
        found = self.look(code)
        told = json.dumps(asdict(claim), sort_keys=True)
        return found if found is not None and self._ledger.claim(self._digest(code), told) else None

    def _digest(self, code: str) -> str:
        key = self._ledger.secret(KEY, secrets.token_bytes(KEY_BYTES))
        return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()


class SharedGuests:
    """The desks that were let in to one workshop, at any instance: who was sent away at one is so at all."""

    def __init__(self, ledger: Ledger, workshop: WorkshopId) -> None:
        self._ledger, self._workshop = ledger, workshop

    def all(self) -> list[Guest]:
        """Each desk, by name. Raises NotSaved."""
        return [_guest(each) for each in self._ledger.guests(self._workshop)]

    def admit(self, guest: Guest) -> None:
        """Let a desk in that made its token itself. Raises NotSaved."""
        self._ledger.admit(self._workshop, KnownGuest(guest.desk, guest.name, guest.role.value, guest.token_hash))

    def send_away(self, desk: DeskId) -> None:
        """From now on its token opens nothing. Raises NotSaved."""
        self._ledger.send_away(self._workshop, desk)

    async def coming(self, token: str) -> Guest | None:
        """Whose token this is: the database is asked each time, beside the loop. Raises NotSaved."""
        found = await asyncio.to_thread(self._ledger.guest, self._workshop, token_hash(token))
        return _guest(found) if found is not None else None


class SharedShelf(Shelf):
    """The shelf of one instance. What the others write comes in by itself; workshops that are brought to them, too."""

    def __init__(self, address: str, most: int = WORKSHOPS_AT_MOST, clock: Clock = utc_now) -> None:
        """Raises WrongDatabase where the address is none."""
        super().__init__(most, clock)
        self._database = Database(address)
        self._ledger = Ledger(self._database)
        self.invitations = SharedInvitations(self._ledger, clock)
        self._logs: dict[WorkshopId, PostgresLog] = {}
        self._desk = DeskId("")
        self._following = Following(self._database, self._look)

    def open(self) -> None:
        """Open every workshop, and follow them. Raises NoDatabase, WrongDatabase, NotSaved."""
        self._database.open()
        try:
            self._desk = DeskId(self._ledger.secret("desk", new_id().encode()).decode())
            self._look()
        except BaseException:
            self._database.close()
            raise
        self._following.start()

    def find(self, workshop: WorkshopId) -> Session | None:
        """The workshop of this id, also where it was brought to another instance a moment ago. Waits for the database.
        Raises NotSaved."""
        known = self.session_of(workshop)
        return known or (self._opened(workshop) if self._ledger.has(workshop) else None)

    def guests_of(self, workshop: WorkshopId) -> SharedGuests:
        """The desks that were let in to this workshop."""
        return SharedGuests(self._ledger, workshop)

    def figures(self) -> Mapping[str, float]:
        """Whether the database answers."""
        return {"database_answers": float(self._following.hears)}

    def close(self) -> None:
        """Save what is queued, and let go of the database."""
        self._following.stop()
        super().close()
        self._database.close()

    def _look(self) -> None:
        """Take in what others have written; who writes here meanwhile has taken it in already. One that cannot be
        opened keeps nobody from the others. Raises NotSaved."""
        before = {workshop: log.position for workshop, log in list(self._logs.items())}
        for workshop, far in self._ledger.how_far().items():
            session = self.session_of(workshop)
            if session is None:
                self._open_if_possible(workshop)
            elif self._logs[workshop].position == before.get(workshop) != far or session.health is not Health.GOOD:
                session.follow()

    def _open_if_possible(self, workshop: WorkshopId) -> None:
        try:
            self._opened(workshop)
        except WorkshopError as error:
            logger.error("A workshop could not be opened: %s %s", workshop, type(error).__name__)

    def _new(self, workshop: WorkshopId) -> Session:
        self._ledger.make(workshop)
        storage = SharedStorage(self._database, workshop)
        session = Session.begun(SharedBook(storage.log, self._desk), storage, self.clock)
        self._logs[workshop] = storage.log
        return session


class Following:
    """A thread that looks whenever something was written, and once a second all the same."""

    def __init__(self, database: Database, look: Callable[[], None]) -> None:
        self._database, self._look = database, look
        self.hears = False
        """Whether the database answers just now."""
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="sayback-following", daemon=True)

    def start(self) -> None:
        """From now on; it has just answered."""
        self.hears = True
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._ending.set()
        if not self._thread.is_alive():
            return
        try:
            speak_up(self._database)    # it hears that, too
        except NotSaved:
            logger.info("The database does not answer while the home ends.")
        self._thread.join(STOP_SECONDS)

    def _follow(self) -> None:
        while not self._ending.is_set():
            try:
                with listening(self._database) as ear:
                    while not self._ending.is_set():
                        self._look()
                        self.hears = True
                        ear.wait(LOOK_SECONDS)
                        self._ending.wait(PAUSE_SECONDS)
            except NotSaved:
                self.hears = False
                logger.warning("The database does not answer; it is tried again.")
                self._ending.wait(LOOK_SECONDS)


def _guest(kept: KnownGuest) -> Guest:
    return Guest(DeskId(kept.desk), kept.name, Role(kept.role), kept.token_hash)
