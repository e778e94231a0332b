"""The Wi-Fi of the venue, as its QR code tells it to a phone. Kept in one copy of the file, never in the log."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from core.base.language import _

AS_KEPT = "wifi"
"""What one copy of the file calls it."""
NAME_BYTES = 32
PASSWORD_SIGNS = range(8, 64)
MARKS = str.maketrans({sign: f"\\{sign}" for sign in '\\;,":'})


@dataclass(frozen=True, slots=True)
class Wifi:
    """A network that phones can join; one without a password is open to all."""

    name: str
    password: str = ""
    is_hidden: bool = False    # it does not say its name; phones ask for it

    @property
    def for_qr(self) -> str:
        """What the QR code holds; phones of all makers read this form."""
        lock = f"T:WPA;S:{_marked(self.name)};P:{_marked(self.password)};"
        told = lock if self.password else f"T:nopass;S:{_marked(self.name)};"
        return f"WIFI:{told}{'H:true;' if self.is_hidden else ''};"

    def for_file(self) -> str:
        """How this copy of the file keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False)


def wrong_name(name: str) -> str:
    """What is wrong with a name that somebody typed; empty where it is right."""
    if not name:
        return _("Type the name of the network.")
    if len(name.encode()) > NAME_BYTES:
        return _("That name is too long for a Wi-Fi network.")
    return "" if name.isprintable() else _("There is a sign in it that nobody can type.")


def wrong_password(password: str) -> str:
    """The same of a password; a network that is open to all has none."""
    if password and len(password) not in PASSWORD_SIGNS:
        return _("A Wi-Fi password has 8 to 63 signs. Look at it again.")
    return "" if password.isprintable() else _("There is a sign in it that nobody can type.")


def from_file(text: str | None) -> Wifi | None:
    """What this copy of the file keeps; None where it keeps none, or what a newer Sayback wrote otherwise."""
    found = json.loads(text) if text else None
    if not isinstance(found, Mapping):
        return None
    name, password, is_hidden = found.get("name"), found.get("password", ""), found.get("is_hidden", False)
    if not (isinstance(name, str) and isinstance(password, str) and isinstance(is_hidden, bool)):
        return None
    return Wifi(name, password, is_hidden)


def _marked(text: str) -> str:
    return text.translate(MARKS)
