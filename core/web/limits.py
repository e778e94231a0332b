"""How much one person, one address and everybody together may send (catalogue: attacks, 1.2)."""

import hashlib
import ipaddress
import math
import time
from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass

from core.base.chance import random_bytes
from core.base.rates import FORGET_ABOVE, Gate, Rate, Seconds
from core.domain.events import NOBODY
from core.domain.terms import Mode

__all__ = [
    "FORGET_ABOVE", "Admission", "Deadlines", "Gate", "Gates", "Hurry", "Limits", "Misses", "Pause", "Rate", "Seconds",
]  # fmt: skip
FIRST_PAUSE = 60.0
LONGEST_PAUSE = 15 * 60.0
"""For who guesses codes. Not longer: a whole hall may sit behind one address."""
HURRY_TIMES = 10
HURRY_SECONDS = 10.0
"""Who is turned away so often, with no longer pause than this, sends too fast for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """How many seconds a connection may take."""

    head: float = 5
    body: float = 15
    photo: float = 60
    idle: float = 30
    linger: float = 1
    """For who still sends what was refused: to read why."""
    look: float = 0.5
    """How often the server looks for who has taken too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """All limits of the participants' server; `rehearse` and `bench` raise the rates and say so."""

    contributor: Rate = Rate(10, 1)
    scribe: Rate = Rate(30, 3)
    """Of somebody who writes for a whole table."""
    repeats: Rate = Rate(60, 6)
    """Of one note that comes again as it was: it is there once, and costs its writer nothing (attacks.md A47)."""
    newcomers: Rate = Rate(400, 20)
    everybody: Rate = Rate(1500, 1500)
    wrong_codes: Rate = Rate(10, 1 / 6)
    all_wrong_codes: Rate = Rate(5, 5)
    guessers_wait: bool = False
    """Whether who has guessed at codes waits with a right one, too, until they are known: on the internet there is time
    to guess, and no hall of people behind one address."""
    addresses: Rate = Rate(5, 5 / 3600)
    """How often one person may say where to write to them."""
    body: int = 65_536
    photo: int = 8 * 2**20 + 65_536
    """The form of a note with a photo of 8 MiB."""
    connections: int = 2_500
    connections_each: int = 0
    """From one address; 0 where a hall of people may share one."""
    deadlines: Deadlines = Deadlines()
    streams: int = 2_000
    streams_each: int = 6
    stream_backlog: int = 256 * 1024

    @classmethod
    def public(cls) -> "Limits":
        """For a server that the whole world can reach."""
        return cls(newcomers=Rate(120, 2), connections_each=250, guessers_wait=True)

    @classmethod
    def raised(cls, rate: float = 1e6) -> "Limits":
        """For a rehearsal: nobody is asked to wait."""
        free = Rate(rate, rate)
        return cls(
            contributor=free, scribe=free, repeats=free, newcomers=free, everybody=free, wrong_codes=free,
            all_wrong_codes=free, addresses=free,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pause:
    """How long somebody has to wait, and until when."""

    length: float
    until: float

    def is_past(self, now: float) -> bool:
        """Who waited, and then made no more misses for as long again, begins afresh."""
        return now > self.until + self.length


class Misses:
    """Counts the misses of each address, and of all together. Only misses count: who types a right code never waits
    for others' typing errors. `is_strict`: while there are so many of all together that it looks like guessing from
    many addresses, each has one miss only, and then the pauses of its own."""

    def __init__(
        self, rate: Rate, now: Seconds = time.monotonic, *, all_together: Rate | None = None, is_strict: bool = False
    ) -> None:
        self._gate = Gate(rate, now)
        self._all = Gate(all_together or Rate(math.inf, 1), now)
        self._now = now
        self._is_strict = is_strict
        self._pauses: dict[Hashable, Pause] = {}
        self._forget_above = FORGET_ABOVE

    def is_shut(self, key: Hashable) -> int:
        """The seconds to wait before another try; 0: try."""
        pause = self._pauses.get(key)
        return max(0, math.ceil(pause.until - self._now())) if pause else 0

    def wait(self, key: Hashable) -> int:
        """One more miss: 0 where that is still human, else the seconds to wait from now on."""
        if left := self.is_shut(key):
            return left
        if not self._gate.wait(key):
            wait = self._all.wait("all")
            if not (wait and self._is_strict):
                return wait
        before, now = self._pauses.get(key), self._now()
        length = min(LONGEST_PAUSE, 2 * before.length) if before and not before.is_past(now) else FIRST_PAUSE
        self._pauses[key] = Pause(length, now + length)
        if len(self._pauses) > self._forget_above:
            self._forget_the_past(now)
        return math.ceil(length)

    def _forget_the_past(self, now: float) -> None:
        """Not with each miss: they may be many, from as many addresses."""
        self._pauses = {key: pause for key, pause in self._pauses.items() if not pause.is_past(now)}
        self._forget_above = max(FORGET_ABOVE, 2 * len(self._pauses))


class Hurry:
    """Who has been sending faster than they may, again and again. `now` may be asked from any thread."""

    def __init__(self, now: Seconds = time.monotonic) -> None:
        self._now = now
        self._turned_away: dict[str, tuple[int, float]] = {}

    def was_turned_away(self, contributor: str) -> None:
        """One more time. After a pause they begin afresh."""
        times, last = self._turned_away.pop(contributor, (0, 0.0))
        now = self._now()
        self._turned_away[contributor] = (times + 1 if now - last <= HURRY_SECONDS else 1, now)    # the youngest last
        if len(self._turned_away) > FORGET_ABOVE:
            del self._turned_away[next(iter(self._turned_away))]

    def too_fast(self) -> frozenset[str]:
        """Whom the facilitator should know of."""
        now, all_of_them = self._now(), list(self._turned_away.items())
        return frozenset(
            each for each, (times, last) in all_of_them if times >= HURRY_TIMES and now - last <= HURRY_SECONDS
        )


@dataclass(frozen=True, slots=True)
class Admission:
    """What the gates say of a note: wait so many seconds, or come in; `in_burst` is to be read by a moderator first."""

    wait: int = 0
    in_burst: bool = False


class Gates:
    """What everybody goes through: their own gate first, then that of new people from one address, then everybody's.
    An address is known by a hash under a key that nobody keeps (privacy.md P1)."""

    def __init__(self, limits: Limits, now: Seconds = time.monotonic) -> None:
        self.contributor = Gate(limits.contributor, now)
        self.scribe = Gate(limits.scribe, now)
        self.repeats = Gate(limits.repeats, now)
        self.newcomers = Gate(limits.newcomers, now)
        self.everybody = Gate(limits.everybody, now)
        self.wrong_codes = Misses(
            limits.wrong_codes, now, all_together=limits.all_wrong_codes, is_strict=limits.guessers_wait
        )
        self.addresses = Gate(limits.addresses, now)
        self.hurry = Hurry(now)
        self._key = random_bytes(32)
        self._in_burst: set[str] = set()
        self._let_in: dict[bytes, None] = {}

    def admit(
        self, contributor: str | None, address: str, *, is_new: bool, mode: Mode = Mode.ROOM, note: str = ""
    ) -> Admission:
        """Let a note in. More new people from one address than a hall holds are let in, too, but nobody sees what they
        say before a moderator has (attacks.md A15). None is somebody who is nobody: new each time. `note`, its id and
        words, says whether it has been let in before."""
        this = self._named(f"{contributor} {note}")
        is_again = bool(note) and this in self._let_in and not self.repeats.wait(this)
        wait = (not is_again and self._own(contributor, mode)) or self.everybody.wait("everybody")
        if wait:
            return Admission(wait)
        if not is_again and (is_new or contributor is None) and self.newcomers.wait(self.name_of(address)):
            self._in_burst.add(contributor or NOBODY)
            return Admission(in_burst=True)
        self._let_in[this] = None
        if len(self._let_in) > FORGET_ABOVE:
            del self._let_in[next(iter(self._let_in))]
        return Admission(in_burst=contributor in self._in_burst)

    def wait(self, contributor: str, address: str, *, is_new: bool) -> int:
        """The seconds that anything but a note has to wait; 0 lets it in."""
        return (
            self._own(contributor, Mode.ROOM)
            or (is_new and self.newcomers.wait(self.name_of(address)))
            or self.everybody.wait("everybody")
        )

    def name_of(self, address: str) -> bytes:
        """What an address is called here; of IPv6 its network, in which one household has all addresses."""
        with suppress(ValueError):
            if ":" in address:
                address = str(ipaddress.ip_network((address.partition("%")[0], 64), strict=False))
        return self._named(address)

    def _named(self, words: str) -> bytes:
        return hashlib.blake2b(words.encode(), key=self._key, digest_size=16).digest()

    def _own(self, contributor: str | None, mode: Mode) -> int:
        if contributor is None:
            return 0
        wait = (self.scribe if mode is Mode.SCRIBE else self.contributor).wait(contributor)
        if wait:
            self.hurry.was_turned_away(contributor)
        return wait
