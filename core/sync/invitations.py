"""The invitations of an online home: ten signs that let one desk in, once, for a day. Small files, mode 0600; a command
may write one while the home runs, and of two desks with one code one gets in."""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from core.base.clock import Clock, from_milliseconds, to_milliseconds, utc_now
from core.base.files import write_atomically
from core.base.identity import AS_TYPED, SIGNS
from core.base.ids import DeskId, VenueId, WorkshopId
from core.sync.roles import Role

LENGTH = 10
GROUPS = (4, 4, 2)
LIFE = timedelta(hours=24)
OWNER_ONLY = 0o600
KEY, KEY_BYTES = "key", 32
SUFFIX, USED = ".invitation", ".used"
NO_WORKSHOP = WorkshopId("")


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code lets somebody do. Without a workshop they bring one of their own. `venue` is the one their desk is
    at."""

    role: Role
    workshop: WorkshopId
    until: datetime
    venue: VenueId | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Who comes with a code, and the hash of the token that is to open the gate for them: asked again with the same
    one, because the answer was lost, they get the same answer."""

    desk: DeskId
    token_hash: str


class InvitationBook(Protocol):
    """The invitations of one home. From any thread."""

    def make(self, role: Role, workshop: WorkshopId = NO_WORKSHOP, venue: VenueId | None = None) -> str:
        """A new code. Only a hash of it is kept."""

    def look(self, code: str) -> Invitation | None:
        """What this code would let somebody do, without using it up."""

    def use(self, code: str, claim: Claim) -> Invitation | None:
        """What this code lets this desk do; None where it is none, is over, or has let in somebody else."""


class Invitations:
    """Those of a home in one folder. From any thread, and from other processes."""

    def __init__(self, folder: Path, clock: Clock = utc_now) -> None:
        self._folder, self._clock = folder, clock

    def make(self, role: Role, workshop: WorkshopId = NO_WORKSHOP, venue: VenueId | None = None) -> str:
        """A new code. Only a hash of it is kept, under a key that stays here. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._forget_old()
        code = new_code()
        until = to_milliseconds(self._clock() + LIFE)
        kept = {"role": role.value, "workshop": workshop, "until": until, "venue": venue or ""}
        write_atomically(self._file(code), json.dumps(kept), OWNER_ONLY)
        return code

    def use(self, code: str, claim: Claim) -> Invitation | None:
        """What this code lets this desk do; None where it is none, is over, or has let in somebody else. Raises
        OSError."""
        invitation = self._read(code)
        if invitation is None or invitation.until <= self._clock():
            return None
        return invitation if self._claim(self._file(code).with_suffix(USED), claim) else None

    def look(self, code: str) -> Invitation | None:
        """What this code would let somebody do, without using it up. Raises OSError."""
        invitation = self._read(code)
        return invitation if invitation is not None and invitation.until > self._clock() else None

    def _claim(self, used: Path, claim: Claim) -> bool:
        """The first one gets it. A crash between the two steps uses the code up: nobody has it."""
        told = json.dumps(asdict(claim), sort_keys=True)
        try:
            descriptor = os.open(used, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        except FileExistsError:
            return hmac.compare_digest(used.read_text("utf-8"), told)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(told)
            file.flush()
            os.fsync(file.fileno())
        return True

    def _read(self, code: str) -> Invitation | None:
        try:
            return _invitation(json.loads(self._file(code).read_text("utf-8")))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None

    def _file(self, code: str) -> Path:
        return self._folder / (hmac.new(self._key(), code.encode(), hashlib.sha256).hexdigest() + SUFFIX)

    def _key(self) -> bytes:
        """Made at the first use; of two processes that make it at once, the first one's stands."""
        path = self._folder / KEY
        with suppress(FileNotFoundError):
            return path.read_bytes()
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mine = path.with_name(f".{KEY}.{secrets.token_hex(8)}")
        write_atomically(mine, secrets.token_bytes(KEY_BYTES), OWNER_ONLY)
        with suppress(FileExistsError):
            os.link(mine, path)
        mine.unlink()
        return path.read_bytes()

    def _forget_old(self) -> None:
        """Those that are over."""
        for path in self._folder.glob("*" + SUFFIX):
            with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
                if _invitation(json.loads(path.read_text("utf-8"))).until <= self._clock():
                    path.unlink()
                    path.with_suffix(USED).unlink(missing_ok=True)


def new_code() -> str:
    """Ten signs that nobody guesses."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def as_shown(code: str) -> str:
    """As people read it: XXXX-XXXX-XX."""
    first, second, _last = GROUPS
    return f"{code[:first]}-{code[first:first + second]}-{code[first + second:]}"


def read_code(typed: str) -> str | None:
    """A code as people type it (O is 0, I and L are 1); None where it is none."""
    signs = typed.upper().translate(AS_TYPED)
    return signs if len(signs) == LENGTH and set(signs) <= set(SIGNS) else None


def _invitation(raw: Mapping[str, Any]) -> Invitation:
    until, venue = from_milliseconds(int(raw["until"])), str(raw.get("venue", ""))
    return Invitation(Role(raw["role"]), WorkshopId(str(raw["workshop"])), until, VenueId(venue) if venue else None)
