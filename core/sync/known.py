"""What a desk remembers of other desks: whom it let in, and which homes it joined. Small files, mode 0600."""

import hmac
import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from core.base.errors import NotSaved
from core.base.files import set_aside, write_atomically
from core.base.ids import DeskId, WorkshopId
from core.base.join import host_with_port
from core.base.language import _
from core.sync.errors import WrongHome
from core.sync.roles import Role
from core.sync.vault import Vault, new_token, the_vault, token_hash

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)
DESKS = "/desks"
"""Under which path an online home has its gate."""
HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+|\[[0-9a-f:.]+\]", re.IGNORECASE)
THIS_COMPUTER = frozenset({"127.0.0.1", "::1", "localhost"})
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
    """The desk or the online home that gives a workshop its order, and what opens its gate to us. A desk has a
    `certificate` of its own; an online home has an `address`, whose name is vouched for by others, and `public`, where
    people find its pages."""

    workshop: WorkshopId
    host: str
    port: int
    certificate: str
    token: str
    role: Role
    title: str = ""
    file: str = ""    # where this desk's copy lies
    address: str = ""
    public: str = ""

    @property
    def is_online(self) -> bool:
        """Whether it is an online home."""
        return bool(self.address)

    @property
    def base(self) -> str:
        """Where its gate is for this workshop."""
        if self.is_online:
            return f"{self.address}{DESKS}/{self.workshop}"
        return "https://" + host_with_port(self.host, self.port)


class GuestBook(Protocol):
    """The desks that were let in to one workshop. From any thread; may wait. Every method raises NotSaved."""

    def all(self) -> list[Guest]:
        """Each desk, by name."""

    def admit(self, guest: Guest) -> None:
        """Let a desk in that made its token itself."""

    def send_away(self, desk: DeskId) -> None:
        """From now on its token opens nothing."""

    async def coming(self, token: str) -> Guest | None:
        """Whose token this is, asked on the loop of a gate."""


class Guests:
    """Those that one desk, or a home in one folder, has let in. May be used from any thread."""

    def __init__(self, folder: Path, workshop: WorkshopId) -> None:
        self._file = _File(folder / f"{workshop}.guests.json")
        self._lock = threading.Lock()
        self._guests = {guest.desk: guest for guest in self._file.read(_guest)}

    def all(self) -> list[Guest]:
        """Each desk, by name."""
        return sorted(self._guests.values(), key=lambda guest: (guest.name, guest.desk))

    def let_in(self, desk: DeskId, name: str, role: Role) -> str:
        """The token that opens the gate to this desk; an earlier one of it opens nothing any more. Raises NotSaved."""
        token = new_token()
        self.admit(Guest(desk, name, role, token_hash(token)))
        return token

    def admit(self, guest: Guest) -> None:
        """Let a desk in that made its token itself. Raises NotSaved."""
        with self._lock:    # two desks that are let in at once are both known
            self._keep({**self._guests, guest.desk: guest})

    def send_away(self, desk: DeskId) -> None:
        """From now on its token opens nothing. Raises NotSaved."""
        with self._lock:
            self._keep({known: guest for known, guest in self._guests.items() if known != desk})

    async def coming(self, token: str) -> Guest | None:
        """Whose token this is; nothing is waited for."""
        return self.who(token)

    def who(self, token: str) -> Guest | None:
        """Whose token this is."""
        digest = token_hash(token)
        return next((guest for guest in self.all() if hmac.compare_digest(guest.token_hash, digest)), None)

    def _keep(self, guests: dict[DeskId, Guest]) -> None:
        self._file.write([asdict(guest) for guest in guests.values()])
        self._guests = guests


class Homes:
    """The homes that this desk has joined, one for each workshop. The tokens of online homes are kept apart."""

    def __init__(self, folder: Path, vault: Vault | None = None) -> None:
        self._folder, self._vault = folder, vault or the_vault()

    def of(self, workshop: WorkshopId) -> Home | None:
        """The home of a workshop; None where this desk joined none, or what it kept cannot be read."""
        found = [home for home in self._of(workshop).read(_home) if home.workshop == workshop]
        if not found or not found[0].is_online:
            return found[0] if found else None
        return replace(found[0], token=self._vault.read(workshop) or "")

    def public_of(self, workshop: WorkshopId) -> str:
        """Where people find this workshop at its online home; empty where it has none."""
        return next((home.public for home in self._of(workshop).read(_home) if home.workshop == workshop), "")

    def keep(self, home: Home) -> bool:
        """Remember it; whether its token will be there after the next start, too. Raises NotSaved."""
        if not home.is_online:
            self._of(home.workshop).write([asdict(home)])
            return True
        self._of(home.workshop).write([asdict(replace(home, token=""))])
        return self._vault.keep(home.workshop, home.token)

    def _of(self, workshop: WorkshopId) -> "_File":
        return _File(self._folder / f"{workshop}.home.json")


def read_home(typed: str) -> str:
    """The address of an online home as people type it, with https:// in front. Without TLS only a home on this very
    computer is spoken with, to try things out: nothing of that goes over a wire. Raises WrongHome."""
    typed = typed.strip().rstrip("/")
    parts = urlsplit(typed if "://" in typed else "https://" + typed)
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise WrongHome from None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in THIS_COMPUTER)
    if not is_safe or not HOST.fullmatch(parts.netloc.rpartition("@")[2].removesuffix(f":{port}")):
        raise WrongHome
    if parts.path or parts.query or parts.fragment or parts.username is not None:
        raise WrongHome
    return f"{parts.scheme}://{parts.netloc.lower()}"


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
        str(raw.get("address", "")), str(raw.get("public", "")),
    )  # fmt: skip
