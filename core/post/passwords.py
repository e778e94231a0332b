"""The password of the mail server: in this system's keyring, or in memory until the program ends; never in a file."""

from dataclasses import dataclass, field
from typing import Protocol

from core.base.mail import MailServer

SERVICE = "sayback mail"


class Ring(Protocol):
    """What the library `keyring` offers, as far as we use it."""

    def get_password(self, service: str, name: str) -> str | None: ...

    def set_password(self, service: str, name: str, password: str) -> None: ...

    def delete_password(self, service: str, name: str) -> None: ...


@dataclass(slots=True)
class Passwords:
    """Passwords by server and user. Where the keyring is absent or locked they live in memory alone (faults.md F47)."""

    ring: Ring | None = None
    _memory: dict[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of_this_system(cls) -> "Passwords":
        """With the keyring of this system."""
        import keyring  # loads what it finds on the system; only who sends needs it

        return cls(keyring)

    def of(self, server: MailServer) -> str | None:
        """The password of this server; None where it must be asked for."""
        name = _name(server)
        return self._memory.get(name) or self._asked(name)

    def keep(self, server: MailServer, password: str) -> bool:
        """Keep it. False where it is kept only until the program ends."""
        from keyring.errors import KeyringError

        name = _name(server)
        self._memory[name] = password
        try:
            if self.ring is not None:
                self.ring.set_password(SERVICE, name, password)
        except (KeyringError, RuntimeError):    # RuntimeError: no backend, in older versions
            return False
        return self.ring is not None

    def forget(self, server: MailServer) -> None:
        """A password that the server does not take."""
        from keyring.errors import KeyringError

        name = _name(server)
        self._memory.pop(name, None)
        try:
            if self.ring is not None and self.ring.get_password(SERVICE, name) is not None:
                self.ring.delete_password(SERVICE, name)
        except (KeyringError, RuntimeError):
            return

    def _asked(self, name: str) -> str | None:
        from keyring.errors import KeyringError

        try:
            return self.ring.get_password(SERVICE, name) if self.ring is not None else None
        except (KeyringError, RuntimeError):
            return None


def _name(server: MailServer) -> str:
    return f"{server.user}@{server.host}:{server.port}"
