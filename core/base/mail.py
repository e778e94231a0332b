"""How a desk reaches its mail server: everything but the password, which is in no file."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address

USUAL_PACE = 20
"""Letters a minute: Microsoft's servers take 30."""
FASTEST = 600


class Security(StrEnum):
    """How the way to the server is kept from being read."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"    # only to this computer itself


PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where letters are handed in, and what stands on them: `sender` is the address, `name` who it is, `reply_to`
    where answers go (empty: to the sender)."""

    host: str = ""
    port: int = PORTS[Security.STARTTLS]
    security: Security = Security.STARTTLS
    user: str = ""
    sender: str = ""
    name: str = ""
    reply_to: str = ""
    pace: int = USUAL_PACE

    @property
    def is_set(self) -> bool:
        """Whether letters can be handed in at all."""
        return bool(self.host and self.sender)

    @property
    def is_here(self) -> bool:
        """Whether it is this computer."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def parse(raw: Mapping[str, object]) -> MailServer:
    """What was written. Damaged: ValueError or TypeError."""
    port, pace = raw.get("port", PORTS[Security.STARTTLS]), raw.get("pace", USUAL_PACE)
    if not isinstance(port, int) or not isinstance(pace, int):
        raise TypeError("no number")
    texts = {name: str(raw.get(name, "")) for name in ("host", "user", "sender", "name", "reply_to")}
    security = Security(str(raw.get("security", Security.STARTTLS)))
    return MailServer(port=port, pace=max(1, min(FASTEST, pace)), security=security, **texts)
