"""One pairing at the first desk: a code is shown, one desk asks with it, somebody there says yes or no."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from core.base.ids import DeskId
from core.domain.words import tidy_name
from core.sync.code import is_proof, new_code, proof, stretched
from core.sync.known import Guests
from core.sync.roles import Role

LIFE_SECONDS = 300.0
TRIES = 5
"""So many wrong proofs, and the code is void: a stranger's chance is 5 in 2^40."""
Seconds = Callable[[], float]


class Stage(Enum):
    """How far a pairing has come."""

    SHOWN = auto()    # the code waits for somebody
    ASKED = auto()    # a desk asks to be let in
    LET_IN = auto()
    SENT_AWAY = auto()
    OVER = auto()    # too late, or too many wrong codes


@dataclass(frozen=True, slots=True)
class Asking:
    """A desk that knows the code. `nonce` and `proof` are its own; what it is told hangs on them."""

    desk: DeskId
    name: str
    nonce: str
    proof: str

    @property
    def called(self) -> str:
        """Its name as people read it."""
        return tidy_name(self.name)

    def said(self, fingerprint: str) -> tuple[str, ...]:
        """What its proof is made over."""
        return ("joins", fingerprint, self.nonce, self.desk, self.name)


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the first desk says to somebody who knows the code: a ticket to ask again with, and its own proof."""

    ticket: str
    proof: str


class Pairing:
    """Used on the gate's thread and on the screen's. `changed` is called on either."""

    def __init__(
        self, fingerprint: str, guests: Guests, changed: Callable[[], None] = lambda: None,
        now: Seconds = time.monotonic,
    ) -> None:  # fmt: skip
        self.code = new_code()
        self.asking: Asking | None = None
        self._key = stretched(self.code)
        self._fingerprint, self._guests, self._changed, self._now = fingerprint, guests, changed, now
        self._until = now() + LIFE_SECONDS
        self._tries = TRIES
        self._stage = Stage.SHOWN
        self._ticket = ""
        self._token = ""
        self._role = Role.READER
        self._lock = threading.Lock()

    @property
    def stage(self) -> Stage:
        """How far it has come, now."""
        too_late = self._stage in (Stage.SHOWN, Stage.ASKED) and self._now() > self._until
        return Stage.OVER if too_late else self._stage

    @property
    def seconds_left(self) -> float:
        """How long the code still works."""
        return max(0.0, self._until - self._now())

    def ask(self, asking: Asking) -> Welcome | None:
        """A desk asks to be let in: None where its proof is wrong, or the code is used up or over. One code lets one
        desk ask."""
        with self._lock:
            if self.stage is not Stage.SHOWN:
                return None
            if not is_proof(self._key, asking.proof, *asking.said(self._fingerprint)):
                self._tries -= 1
                if self._tries == 0:
                    self._stage = Stage.OVER
            else:
                self._stage, self.asking, self._ticket = Stage.ASKED, asking, secrets.token_hex(16)
        self._changed()
        return self._welcome() if self.asking is asking else None

    def answer(self, role: Role | None) -> None:
        """Let the desk that asks in, in this role; None: do not. Raises NotSaved where that cannot be kept."""
        with self._lock:
            if self.stage is not Stage.ASKED or self.asking is None:
                return
            if role is not None:
                self._token = self._guests.let_in(self.asking.desk, self.asking.called, role)
                self._role = role
            self._stage = Stage.SENT_AWAY if role is None else Stage.LET_IN
        self._changed()

    def end(self) -> None:
        """The code works no more."""
        with self._lock:
            if self._stage in (Stage.SHOWN, Stage.ASKED):
                self._stage = Stage.OVER

    def outcome(self, ticket: str) -> tuple[Stage, str, Role]:
        """What became of the one who has this ticket: the stage, and the token once they were let in. May be asked
        again, where the answer was lost."""
        if not self._ticket or not secrets.compare_digest(ticket.encode("utf-8", "replace"), self._ticket.encode()):
            return Stage.OVER, "", Role.READER
        return self.stage, self._token, self._role

    def _welcome(self) -> Welcome:
        nonce = self.asking.nonce if self.asking else ""
        return Welcome(self._ticket, proof(self._key, "welcomes", self._fingerprint, nonce))
