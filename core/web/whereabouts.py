"""Where phones find this machine: its addresses, the one that is shown, where we listen, where phones have been."""

import threading
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from core.base.adapters import Address, Addresses, pick
from core.base.join import LOOPBACK, address
from core.web.listeners import Listeners

NEXT_PORTS = 2
"""A laptop that starts again where its port is taken gets one of the next (see Listeners): pages ask there, too."""
LAST_PORT = 65_535
ANY_ADDRESSES = ("0.0.0.0", "::")    # noqa: S104 - only compared with what was asked for


class Whereabouts:
    """We listen on loopback, at the address that is shown, and at those shown before that this machine still has:
    people may have scanned any of these. Any thread may ask."""

    def __init__(
        self, host: str | None, addresses: Addresses, *, is_public: bool = False, elsewhere: Callable[[], str] = str
    ) -> None:
        """`host`: stay with this one, whatever happens; None follows the machine's addresses. `elsewhere`: the origin
        of the online home, asked again at each look."""
        self._host, self._addresses, self._is_public = host, addresses, is_public
        self._elsewhere = elsewhere
        self._looking = threading.Lock()
        self._closed = False
        self._chosen = ""
        self._shown: tuple[str, ...] = ()    # the host of now is the last
        self.listeners = Listeners()
        self.found: tuple[Address, ...] = ()
        self.reached: frozenset[str] = frozenset()
        self._origins: tuple[str, ...] = ()    # each answer names them, so they stand ready

    def begin(self, chosen: str, port: int) -> None:
        """Listen; `chosen` is what the facilitator chose (see `kept`). Raises NoPort."""
        self._chosen = chosen
        self._see(stay=False)
        self.listeners.begin(self._wanted(), port)
        self._note_origins()

    def choose(self, chosen: str) -> None:
        """Show this one from now on; an empty one shows the likeliest."""
        self._chosen = chosen
        self._follow(stay=False)

    def look(self) -> None:
        """Follow the addresses of this machine."""
        self._follow(stay=True)

    def close(self) -> None:
        """Listen no more."""
        with self._looking:
            self._closed = True
            self.listeners.close()

    @property
    def host(self) -> str:
        """The one that is shown; this machine's name for itself where it has no address for phones."""
        return self._shown[-1]

    def origins(self) -> tuple[str, ...]:
        """Where a page may look for this workshop when it has lost it. A server with a public name is found by that."""
        return self._origins

    def noting(self, app: ASGIApp) -> ASGIApp:
        """The same app, which notes at which of our addresses another machine has been."""

        async def noted(scope: Scope, receive: Receive, send: Send) -> None:
            host, client = (scope.get(end) or (LOOPBACK,) for end in ("server", "client"))
            if host[0] not in self.reached and not self._is_ours(client[0]):
                self.reached |= {host[0]}
            await app(scope, receive, send)

        return noted

    def _follow(self, *, stay: bool) -> None:
        with self._looking:
            if not self._closed:
                self._see(stay=stay)
                self.listeners.follow(self._wanted())
                self._note_origins()

    def _note_origins(self) -> None:
        found = () if self._is_public else self.found
        ports = [(each.host, self.listeners.port_of(each.host)) for each in found]
        near = [(host, port + more) for more in range(NEXT_PORTS + 1) for host, port in ports]
        here = tuple(address(host, port) for host, port in near if port <= LAST_PORT)
        elsewhere = self._elsewhere()
        self._origins = (*here, elsewhere) if elsewhere else here

    def _is_ours(self, client: str) -> bool:
        return client in {LOOPBACK, "::1", *self._shown, *(each.host for each in self.found)}

    def _see(self, *, stay: bool) -> None:
        """`stay`: with the one that is shown, if it is as good as any."""
        self.found = tuple(self._addresses())
        if self._host and self._host not in ANY_ADDRESSES:
            self.found = tuple(each for each in self.found if each.host == self._host)
            self._shown = (self._host,)
            return
        shown = pick(self.found, self._chosen, self.host if stay else "")
        host = shown.host if shown else LOOPBACK
        self._shown = (*(each for each in self._shown if each != host), host)

    def _wanted(self) -> list[str]:
        """Where to listen, now."""
        if self._host == ANY_ADDRESSES[0]:
            return [self._host]
        there = {self._host, *(each.host for each in self.found)}
        hosts = [self._host] if self._host else [host for host in reversed(self._shown) if host in there]
        return list(dict.fromkeys([*hosts, LOOPBACK]))
