"""Where a desk keeps what opens an online home for it: the keyring of its system, or, where there is none, its memory
until it ends. Never a file."""

import hashlib
import logging
import secrets
import threading
from functools import cache
from typing import Protocol

from core.base.ids import WorkshopId

logger = logging.getLogger("sayback.sync")

SERVICE = "sayback online home"
TOKEN_BYTES = 32


class Vault(Protocol):
    """Keeps one token for each workshop."""

    def read(self, workshop: WorkshopId) -> str | None:
        """What was kept; None where nothing was, or not since the last start."""

    def keep(self, workshop: WorkshopId, token: str) -> bool:
        """Keep it; whether it will be there after the next start, too."""


class MemoryVault:
    """Keeps tokens until the program ends."""

    def __init__(self) -> None:
        self._tokens: dict[WorkshopId, str] = {}

    def read(self, workshop: WorkshopId) -> str | None:
        return self._tokens.get(workshop)

    def keep(self, workshop: WorkshopId, token: str) -> bool:
        self._tokens[workshop] = token
        return False


class KeyringVault:
    """Keeps tokens in the system's keyring; one that is locked or broken makes it a memory."""

    def __init__(self) -> None:
        self._memory = MemoryVault()
        self._lock = threading.Lock()

    def read(self, workshop: WorkshopId) -> str | None:
        import keyring
        from keyring.errors import KeyringError

        remembered = self._memory.read(workshop)
        if remembered is not None:
            return remembered
        try:
            with self._lock:
                return keyring.get_password(SERVICE, workshop)
        except KeyringError as error:
            logger.info("The keyring could not be read: %s", type(error).__name__)
            return None

    def keep(self, workshop: WorkshopId, token: str) -> bool:
        import keyring
        from keyring.errors import KeyringError

        self._memory.keep(workshop, token)
        try:
            with self._lock:
                keyring.set_password(SERVICE, workshop, token)
        except KeyringError as error:    # also where there is no keyring at all
            logger.info("The keyring did not take the token: %s", type(error).__name__)
            return False
        return True


@cache
def the_vault() -> Vault:
    """The one of this process: what is only remembered must be found again by whoever asks next."""
    return KeyringVault()


def new_token() -> str:
    """256 random bits that open a gate."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What a gate keeps of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
