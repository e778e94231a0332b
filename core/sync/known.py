"""What a desk remembers of other desks: whom it let in, and which homes it joined. Small files, mode 0600."""

import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from core.base.errors import NotSaved
from core.base.files import set_aside, write_atomically
from core.base.ids import DeskId, WorkshopId
from core.base.language import _
from core.sync.roles import Role

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)
TOKEN_BYTES = 32
Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Guest:
    """A desk that was let in. Of its token only a hash is kept."""

    desk: DeskId
    name: str
    role: Role
    token_hash: str


@dataclass(frozen=True, slots=True)
class Home:
    """The desk (or, later, the online home) that gives a workshop its order, and what opens its gate to us.
    `certificate` is empty for a home on the internet, whose name is vouched for by others."""

    workshop: WorkshopId
    host: str
    port: int
    certificate: str
    token: str
    role: Role
    title: str = ""
    file: str = ""    # where this desk's copy lies


class Guests:
    """The desks that were let in to one workshop. May be used from any thread."""

    def __init__(self, folder: Path, workshop: WorkshopId) -> None:
        self._file = _File(folder / f"{workshop}.guests.json")
        self._lock = threading.Lock()
        self._guests = {guest.desk: guest for guest in self._file.read(_guest)}

    def all(self) -> list[Guest]:
        """Each desk, by name."""
        return sorted(self._guests.values(), key=lambda guest: (guest.name, guest.desk))

    def let_in(self, desk: DeskId, name: str, role: Role) -> str:
        """The token that opens the gate to this desk; an earlier one of it opens nothing any more. Raises NotSaved."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self._change({**self._guests, desk: Guest(desk, name, role, _hash(token))})
        return token

    def send_away(self, desk: DeskId) -> None:
        """From now on its token opens nothing. Raises NotSaved."""
        self._change({known: guest for known, guest in self._guests.items() if known != desk})

    def who(self, token: str) -> Guest | None:
        """Whose token this is."""
        digest = _hash(token)
        return next((guest for guest in self.all() if hmac.compare_digest(guest.token_hash, digest)), None)

    def _change(self, guests: dict[DeskId, Guest]) -> None:
        with self._lock:
            self._file.write([asdict(guest) for guest in guests.values()])
            self._guests = guests


class Homes:
    """The homes that this desk has joined, one for each workshop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, workshop: WorkshopId) -> Home | None:
        """The home of a workshop; None where this desk joined none, or what it kept cannot be read."""
        found = [home for home in self._of(workshop).read(_home) if home.workshop == workshop]
        return found[0] if found else None

    def keep(self, home: Home) -> None:
        """Remember it. Raises NotSaved."""
        self._of(home.workshop).write([asdict(home)])

    def _of(self, workshop: WorkshopId) -> "_File":
        return _File(self._folder / f"{workshop}.home.json")


class _File:
    """A list of objects as JSON. What cannot be read is kept aside, and nobody is known: they pair again."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, parse: Callable[[Mapping[str, Any]], Known]) -> list[Known]:
        try:
            return [parse(each) for each in json.loads(self._path.read_text("utf-8"))]
        except FileNotFoundError:
            return []
        except UNREADABLE:
            set_aside(self._path)
            return []

    def write(self, rows: list[dict[str, Any]]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, json.dumps(rows, ensure_ascii=False, indent=1) + "\n", mode=0o600)
        except OSError as error:
            raise NotSaved(
                _("What this desk knows of other desks cannot be kept: {why}").format(why=error.strerror),
                _("Look whether the disk is full, then try again."),
            ) from error


def _guest(raw: Mapping[str, Any]) -> Guest:
    return Guest(DeskId(str(raw["desk"])), str(raw["name"]), Role(raw["role"]), str(raw["token_hash"]))


def _home(raw: Mapping[str, Any]) -> Home:
    return Home(
        WorkshopId(str(raw["workshop"])), str(raw["host"]), int(raw["port"]), str(raw["certificate"]),
        str(raw["token"]), Role(raw["role"]), str(raw.get("title", "")), str(raw.get("file", "")),
    )  # fmt: skip


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
