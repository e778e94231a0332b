"""How people find the workshop: the addresses of this machine, the six-sign code, the QR code."""

import ipaddress
import secrets
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

CODE_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that do not look alike; all of them print well in a QR code's short mode."""
CODE_LENGTH = 6
LOOPBACK = "127.0.0.1"
WEB_PORT = 80
# Nothing is sent there: the system only says which of its addresses it would send from.
FAR_PLACES = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")
Choose = Callable[[Sequence[str]], str]


def new_code(choose: Choose = secrets.choice) -> str:
    """A fresh join code."""
    return "".join(choose(CODE_SIGNS) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """A code as people type it, in the form the workshop keeps."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def join_url(host: str, port: int, code: str) -> str:
    """What the QR code holds; upper case, because that makes the squares bigger."""
    return f"{address(host, port)}/{code}".upper()


def public_join_url(public: str, code: str) -> str:
    """The same for a server that the world reaches under a name."""
    parts = urlsplit(public)
    return f"{parts.scheme}://{parts.netloc}/{code}".upper()


def address(host: str, port: int) -> str:
    """What people type to come here, with the http:// in full."""
    return "http://" + host_with_port(host, port)


def host_with_port(host: str, port: int) -> str:
    """The host as a browser names it."""
    name = f"[{host}]" if ":" in host else host
    return name if port == WEB_PORT else f"{name}:{port}"


def addresses() -> tuple[str, ...]:
    """This machine's IPv4 addresses that phones may reach, the likeliest first; none without a network."""
    found = dict.fromkeys([*filter(None, map(_sends_from, FAR_PLACES)), *_of_own_name()])
    return tuple(host for host in found if _is_for_phones(host))


def qr_matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """The squares of a QR code, row by row, True where dark; with no margin."""
    import qrcode  # 54 ms to load, which a desk need not wait for before its first paint

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())


def _sends_from(place: str) -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock, suppress(OSError):
        sock.connect((place, 9))
        return str(sock.getsockname()[0])
    return None


def _of_own_name() -> list[str]:
    with suppress(OSError):
        return socket.gethostbyname_ex(socket.gethostname())[2]
    return []


def _is_for_phones(host: str) -> bool:
    found = ipaddress.ip_address(host)
    return not (found.is_loopback or found.is_link_local or found.is_unspecified or found.is_multicast)
