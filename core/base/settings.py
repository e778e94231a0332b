"""What this desk remembers between two starts: who it is, what it had open, how its window stood."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import platformdirs

from core.base import mail
from core.base.files import set_aside, write_atomically
from core.base.ids import DeskId, is_id, new_id
from core.base.mail import MailServer

RECENT_LIMIT = 12
SCALES = (100, 125, 150, 175, 200)
USUAL_SCALE = SCALES[0]
KNOWN = "desks"
TEXTS = ("geometry", "folder", "scheme", "projector", "language", "workshops")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """A workshop that was open here: where it lies and what was in it when it was closed."""

    path: str
    title: str
    notes: int = 0
    opened: str = ""    # ISO 8601, UTC
    practice: bool = False
    reply_by: int = 0    # the day by which people were promised an answer, as `date.toordinal` counts
    waiting: int = 0     # how many people still waited for one


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the desk remembers. Window fields are Qt's own bytes in base64."""

    desk: DeskId = field(default_factory=lambda: DeskId(new_id()))
    recent: tuple[Recent, ...] = ()
    geometry: str = ""
    outline: bool = False    # which of board and outline was looked at
    people: bool = False     # whether the people were shown
    sound: bool = False      # whether one is made when the time is up
    folder: str = ""    # where a record was last written
    scheme: str = ""    # light, dark or high-contrast; empty follows the system
    projector: str = ""    # the screen it was on last
    scale: int = 100    # how large everything is, in per cent of what the system asks for
    language: str = ""    # of the desk; empty is English
    still: bool = False    # whether nothing moves on its own
    workshops: str = ""    # where new workshops go; empty is the usual folder
    mail: MailServer = field(default_factory=MailServer)    # where letters are handed in; the password is in no file

    def with_recent(self, recent: Recent) -> "Settings":
        """This workshop first in the list, once."""
        others = (other for other in self.recent if other.path != recent.path)
        return replace(self, recent=(recent, *others)[:RECENT_LIMIT])

    def without_recent(self, path: str) -> "Settings":
        """The list without this workshop; its file is not touched."""
        return replace(self, recent=tuple(other for other in self.recent if other.path != path))


class SettingsFile:
    """The settings on disk. A file that cannot be read is kept aside (`aside`), and the desk starts afresh."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or settings_path()
        self.aside: Path | None = None
        self.settings = self._read()

    @property
    def known(self) -> Path:
        """The folder beside the settings for what is known of other desks and homes."""
        return self.path.parent / KNOWN

    def update(self, change: Callable[[Settings], Settings]) -> Settings:
        """Change the settings, in memory and then on disk. Raises OSError; the change holds all the same."""
        self.settings = change(self.settings)
        self._write()
        return self.settings

    def _read(self) -> Settings:
        try:
            return parse(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return self._afresh()
        except (ValueError, TypeError, KeyError, AttributeError):    # not JSON, or not the form we write
            self.aside = set_aside(self.path)
            return self._afresh()

    def _afresh(self) -> Settings:
        """New settings, on disk at once: this desk's id must not change at the next start."""
        self.settings = Settings()
        self._write()
        return self.settings

    def _write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(self.settings), ensure_ascii=False, indent=1)
        write_atomically(self.path, text + "\n", mode=0o600)


def parse(text: str) -> Settings:
    """Settings from what was written. Damaged: ValueError, TypeError, KeyError or AttributeError."""
    raw = json.loads(text)
    if not is_id(raw["desk"]):
        raise ValueError("no id of a desk")
    return Settings(
        desk=DeskId(raw["desk"]),
        recent=tuple(_recent(item) for item in raw.get("recent", ())),
        outline=bool(raw.get("outline", False)),
        people=bool(raw.get("people", False)),
        sound=bool(raw.get("sound", False)),
        still=bool(raw.get("still", False)),
        scale=scale_of(raw.get("scale", USUAL_SCALE)),
        mail=mail.parse(raw.get("mail", {})),
        **{name: str(raw.get(name, "")) for name in TEXTS},
    )


def scale_of(raw: object) -> int:
    """One of the scales there are; another one is brought to the nearest end. Raises TypeError."""
    if not isinstance(raw, int):
        raise TypeError("scale is no number")
    return max(SCALES[0], min(SCALES[-1], raw))


def _recent(raw: Mapping[str, object]) -> Recent:
    notes, reply_by, waiting = (_number(raw, name) for name in ("notes", "reply_by", "waiting"))
    return Recent(
        path=str(raw["path"]),
        title=str(raw["title"]),
        notes=notes,
        opened=str(raw.get("opened", "")),
        practice=bool(raw.get("practice", False)),
        reply_by=reply_by,
        waiting=waiting,
    )


def _number(raw: Mapping[str, object], name: str) -> int:
    found = raw.get(name, 0)
    if not isinstance(found, int):
        raise TypeError(f"{name} is no number")
    return found


def settings_path() -> Path:
    """Where this person's settings lie."""
    return platformdirs.user_config_path("sayback") / "settings.json"


def default_folder() -> Path:
    """Where new workshops go: not a synced folder, which would corrupt a database in use."""
    return platformdirs.user_data_path("sayback") / "workshops"


def memory_folder() -> Path:
    """Where this desk remembers, per workshop, how far it wrote (LOG.md, "Home, desks, sync")."""
    return platformdirs.user_data_path("sayback") / "memory"


def log_folder() -> Path:
    """Where reports of our own faults go; they hold no one's words."""
    return platformdirs.user_state_path("sayback")
