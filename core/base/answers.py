"""What guards every answer of ours, whichever door it leaves by: the same headers, also where no app was ever asked."""

from collections.abc import Iterable
from http import HTTPStatus

Headers = list[tuple[bytes, bytes]]
NOTHING_ALLOWED = ", ".join(
    f"{name}=()"
    for name in ("camera", "microphone", "geolocation", "payment", "usb", "midi", "display-capture")
)
SECURITY: Headers = [
    (b"x-content-type-options", b"nosniff"),
    # Under no-referrer a plain form would send `Origin: null`, and every note without JavaScript would be refused.
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", NOTHING_ALLOWED.encode()),
    (b"cache-control", b"no-store"),
    (b"x-robots-tag", b"noindex"),
]
ONLY_HTTPS = (b"strict-transport-security", b"max-age=31536000")


def guarded(own: Iterable[tuple[bytes, bytes]], always: Headers) -> Headers:
    """The headers of an answer with those that are on every answer; its own stand."""
    own = list(own)
    names = {name.lower() for name, _ in own}
    return own + [header for header in always if header[0] not in names]


def whole_answer(status: int, kind: bytes, body: bytes, always: Headers) -> bytes:
    """A whole answer to what never reaches an app, after which we hang up."""
    lines = [
        b"HTTP/1.1 %d %b" % (status, HTTPStatus(status).phrase.encode()),
        *(b"%b: %b" % header for header in always),
        b"content-type: %b" % kind,
        b"content-length: %d" % len(body),
        b"connection: close",
    ]
    return b"\r\n".join([*lines, b"", body])
