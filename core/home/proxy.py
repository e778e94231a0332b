"""Behind a proxy that does the TLS: who it says is asking is believed, but only from that proxy; and https only."""

import ipaddress
from contextlib import suppress

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from core.web.guard import header

SAFE_METHODS = frozenset({"GET", "HEAD"})
FOR_GOOD = 308
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def networks_of(typed: str) -> tuple[Network, ...]:
    """Addresses and networks, with commas between them. Raises ValueError."""
    return tuple(ipaddress.ip_network(each.strip()) for each in typed.split(","))


class Behind:
    """The app as the world sees it at `public`. `proxies`: where the proxy's connections come from. There is one hop:
    of a list of forwarded addresses the last counts, which the proxy itself has added; the rest anybody may write."""

    def __init__(self, proxies: tuple[Network, ...], public: str, app: ASGIApp) -> None:
        self._proxies, self._public, self._app = proxies, public, app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return None
        if self._is_https(scope):
            return await self._app(scope, receive, send)
        is_safe = scope["method"] in SAFE_METHODS
        answer = RedirectResponse(self._public + "/", FOR_GOOD) if is_safe else PlainTextResponse("https only\n", 403)
        return await answer(scope, receive, send)

    def _is_https(self, scope: Scope) -> bool:
        """Whether it came to our proxy by https; then it is as if it came from whom the proxy names."""
        peer = scope.get("client") or ("", 0)
        if not self._is_ours(peer[0]):
            return False
        told = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
        asking = told[-1].decode("latin-1").rpartition(",")[2].strip() if told else ""
        with suppress(ValueError):
            scope["client"] = (str(ipaddress.ip_address(asking)), 0)
        return header(scope["headers"], b"x-forwarded-proto") == "https"

    def _is_ours(self, host: str) -> bool:
        with suppress(ValueError):
            address = ipaddress.ip_address(host)
            return any(address in network for network in self._proxies)
        return False
