"""The guard at the door: only our own hosts and origins, only plain requests, the same headers on every answer."""

import logging
from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.base.answers import ONLY_HTTPS, SECURITY, Headers, guarded
from core.base.faults import described
from core.base.join import LOOPBACK, host_with_port
from core.base.language import SOURCE, spoken

logger = logging.getLogger("sayback.web")

ORIGIN = "sayback.origin"
"""Where the guard leaves the origin that a request came to."""
OPEN_TO_ALL = "/hello"
"""What pages of other origins may ask, of us or under a workshop's code: it holds no data, and takes none."""
METHODS = frozenset({"GET", "HEAD", "POST"})
NO_BROWSERS = frozenset({400, 405})
"""Answers to what no browser sends: whatever else it sends on this connection is not read."""
READ_AT_MOST = 65_536

# data: is for the empty icon of our own pages: without it browsers ask for /favicon.ico.
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
Origins = Callable[[], tuple[str, ...]]


def header(headers: Headers, name: bytes) -> str:
    """What a header says; empty where it was not sent. Of two of one name the first counts."""
    for each, value in headers:
        if each == name:
            return value.decode("latin-1")
    return ""


class Refused(Exception):
    """The request goes no further."""

    def __init__(self, status: int) -> None:
        self.status = status


class Hosts:
    """The names this server goes by: the address a request came to, and the public name where there is one.
    `origins` says where pages may look for us when they have lost us (LOG.md, "When the address changes")."""

    def __init__(self, public: str | None = None, origins: Origins = tuple) -> None:
        self.origins = origins
        parts = urlsplit((public or "").lower())
        self._public_host = parts.netloc
        self._public_origin = f"{parts.scheme}://{parts.netloc}"
        self.is_public = parts.scheme == "https"

    def headers(self) -> Headers:
        """What is on every answer, as of now."""
        return headers_of(self.origins(), is_public=self.is_public)

    def origin(self, named: str, server: tuple[str, int]) -> str | None:
        """The origin of a request that names this host; None where it is not ours."""
        if self._public_host and named == self._public_host:
            return self._public_origin
        return f"http://{named}" if named in _own_names(server) else None


@lru_cache(maxsize=64)
def _own_names(server: tuple[str, int]) -> frozenset[str]:
    address, port = server
    names = [address, "localhost"] if address == LOOPBACK else [address]
    return frozenset(host_with_port(name, port) for name in names)


class Guard:
    """Wraps the app. What it refuses gets a constant page in the visitor's language; what breaks is logged without
    anyone's words."""

    def __init__(self, app: ASGIApp, hosts: Hosts, pages: Mapping[str, Mapping[int, bytes]]) -> None:
        self._app = app
        self._hosts = hosts
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = guarded(message.get("headers", []), self._hosts.headers())
            await send(message)

        try:
            self._check(scope)
            await self._app(scope, receive, send_guarded)
        except Refused as refused:
            await self._say(refused.status, scope, send_guarded)
        except Exception as fault:    # noqa: BLE001 - the last one who could answer; logged, and told kindly
            logger.error("A page broke: %s", described(fault))
            if not started:
                await self._say(500, scope, send_guarded)

    def _check(self, scope: Scope) -> None:
        """Raise Refused for what no browser sends; else note the origin and make the path case-blind."""
        headers: Headers = scope["headers"]
        if scope["method"] not in METHODS:
            raise Refused(405)
        origin = self._origin(headers, scope["server"])
        stated = header(headers, b"origin")
        may_be_anyone = scope["path"].endswith(OPEN_TO_ALL) or (not stated and scope["method"] != "POST")
        if stated != origin and not may_be_anyone:
            raise Refused(403)
        scope[ORIGIN] = origin
        scope["path"] = scope["path"].lower().rstrip("/") or "/"

    def _origin(self, headers: Headers, server: tuple[str, int]) -> str:
        named = [value for name, value in headers if name == b"host"]
        origin = self._hosts.origin(named[0].decode("latin-1").lower(), server) if len(named) == 1 else None
        if origin is None:
            raise Refused(400)
        return origin

    async def _say(self, status: int, scope: Scope, send: Send) -> None:
        body = self._pages.get(spoken(), self._pages[SOURCE]).get(status, b"")
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        if status in NO_BROWSERS or not soon_read(scope["headers"]):
            headers.append((b"connection", b"close"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


@lru_cache(maxsize=8)
def headers_of(origins: tuple[str, ...], *, is_public: bool) -> Headers:
    """With a page that may ask these for us. Browsers know no way to allow an IPv6 address."""
    asked = " ".join(["'self'", *(each for each in origins if "[" not in each)])
    policy = CONTENT_POLICY.replace("connect-src 'self'", f"connect-src {asked}")
    always = [(b"content-security-policy", policy.encode()), *SECURITY]
    return [*always, ONLY_HTTPS] if is_public else always


def soon_read(headers: Headers) -> bool:
    """Whether the rest of a refused request may be read: closing before it has come could eat the answer."""
    found = dict(headers)
    length = found.get(b"content-length", b"0")
    return b"transfer-encoding" not in found and len(length) <= 5 and int(length) <= READ_AT_MOST
