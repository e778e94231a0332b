"""How people find the workshop: the address to type, the six-sign code, the QR code."""

import secrets
from collections.abc import Callable, Sequence
from enum import StrEnum
from urllib.parse import urlsplit

CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that do not look alike; all of them print well in a QR code's short mode."""
CODE_LENGTH = 6
LOOPBACK = "127.0.0.1"
WEB_PORT = 80
Choose = Callable[[Sequence[str]], str]


class Way(StrEnum):
    """The three ways to take part by phone or computer, as they stand in the link."""

    ROOM = ""
    HOME = "home"
    SCRIBE = "scribe"    # somebody who writes for a whole table


def new_code(choose: Choose = secrets.choice) -> str:
    """A fresh join code."""
    return "".join(choose(CODE_SIGNS) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """A code as people type it, in the form the workshop keeps."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def join_url(host: str, port: int, code: str) -> str:
    """What the QR code holds; upper case, because that makes the squares bigger."""
    return f"{address(host, port)}/{code}".upper()


def link(origin: str, code: str, way: Way) -> str:
    """The link to pass on by mail or chat. Which one somebody used tells how they take part."""
    return f"{origin}/{code}{way.value and f'?m={way.value}'}"


def public_join_url(public: str, code: str) -> str:
    """The same for a server that the world reaches under a name."""
    parts = urlsplit(public)
    return f"{parts.scheme}://{parts.netloc}/{code}".upper()


def venue_url(origin: str, code: str, sign: str) -> str:
    """What the QR code of one of several venues holds; `sign` stands for the venue."""
    return f"{origin}/{code}/v/{sign}"


def address(host: str, port: int) -> str:
    """What people type to come here, with the http:// in full."""
    return "http://" + host_with_port(host, port)


def host_with_port(host: str, port: int) -> str:
    """The host as a browser names it."""
    name = f"[{host}]" if ":" in host else host
    return name if port == WEB_PORT else f"{name}:{port}"


def qr_matrix(text: str, mask: int | None = None, *, firm: bool = False) -> tuple[tuple[bool, ...], ...]:
    """The squares of a QR code, row by row, True where dark; with no margin. Every reader reads each of the eight
    masks; None takes the one that reads best from afar: finding it takes nine times as long as the rest. A
    `firm` one is read also where a quarter of it is dirty."""
    import qrcode  # 54 ms to load, which a desk need not wait for before its first paint

    level = qrcode.constants.ERROR_CORRECT_Q if firm else qrcode.constants.ERROR_CORRECT_M
    code = qrcode.QRCode(error_correction=level, border=0, mask_pattern=mask)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())
