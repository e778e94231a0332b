"""Many workshops behind one door: who comes with a workshop's code is in its rooms, everybody else at the reception."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from core.base.clock import Clock, utc_now
from core.base.ids import WorkshopId
from core.base.join import Way
from core.base.language import SOURCE
from core.base.tokens import workshop_of
from core.domain.terms import ONLINE
from core.session import Session
from core.web.app import LIKE_A_CODE, Door, constant_pages, hello, opened, route
from core.web.guard import Guard, Hosts
from core.web.joining import Joining
from core.web.landing import Landing
from core.web.languages import Choosing, Speaking
from core.web.limits import Gates, Limits
from core.web.live import Hub
from core.web.lobby import Lobby
from core.web.pages import Pages
from core.web.people import People, Visitor
from core.web.presence import Presence
from core.web.protocol import protocol_for, refusals
from core.web.room import SEE_OTHER, Lodge, Room
from core.web.static import Asset, read_assets

TOKEN_OF_NOBODY = WorkshopId("")


@dataclass(frozen=True, slots=True)
class Flat:
    """The rooms of one workshop, and its app behind a guard of its own."""

    room: Room
    app: ASGIApp

    @property
    def code(self) -> str:
        """What its pages stand under; empty while the workshop has not come in yet."""
        return self.room.home.strip("/").lower()


class House:
    """The ASGI app of a home. Used on its loop only. `public` is the name under which the world reaches it."""

    def __init__(
        self, public: str | None, limits: Limits, loop: asyncio.AbstractEventLoop, clock: Clock = utc_now
    ) -> None:
        self.assets = read_assets()
        self._limits, self._loop, self._clock, self._public = limits, loop, clock, public or ""
        self._gates = Gates(limits)
        self._hosts = Hosts(public)
        self._pages = Pages(self.assets)
        self._constant = constant_pages(self._pages)
        self._flats: dict[WorkshopId, Flat] = {}
        self._by_code: dict[str, Flat] = {}
        lodge = Lodge(
            limits=limits, presence=Presence(), gates=self._gates, people=People(TOKEN_OF_NOBODY), pages=self._pages
        )
        self._reception = Reception(lodge, self, self.assets).app(self._hosts, self._constant)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        flat = self._flat_of(scope["path"]) if scope["type"] == "http" else None
        await (flat.app if flat is not None else self._reception)(scope, receive, send)

    def open(self, workshop: WorkshopId, session: Session) -> None:
        """From now on people may come to this workshop."""
        presence = Presence()
        room = Room(
            session=session, limits=self._limits, presence=presence, gates=self._gates,
            people=People(workshop, self._clock), pages=self._pages, landing=Landing(self._loop), clock=self._clock,
            hub=Hub(session, presence, self._limits, self._loop, clock=self._clock, door=ONLINE), door=ONLINE,
            public=self._public,
        )  # fmt: skip
        self._flats[workshop] = Flat(room, Door(room, self.assets).app(self._hosts, self._constant))

    def rooms(self) -> Iterable[Room]:
        """Those of every workshop."""
        return [flat.room for flat in self._flats.values()]

    def room_of(self, workshop: WorkshopId) -> Room | None:
        """The room of one workshop."""
        flat = self._flats.get(workshop)
        return flat.room if flat is not None else None

    def end(self) -> None:
        """Every live page runs out; it comes back to whoever serves next."""
        for flat in self._flats.values():
            flat.room.hub.end()

    def protocol(self, lobby: Lobby) -> type[asyncio.Protocol]:
        """What makes the connections."""
        return protocol_for(lobby, refusals(self._constant[SOURCE], self._hosts.headers()))

    def _flat_of(self, path: str) -> Flat | None:
        """The flat under this path; codes may come later than workshops, and be others."""
        code = path.strip("/").partition("/")[0].lower()
        found = self._by_code.get(code)
        if (found is None or found.code != code) and LIKE_A_CODE.fullmatch(code):
            self._by_code = {flat.code: flat for flat in self._flats.values()}
            found = self._by_code.get(code)
        return found


class Reception:
    """What there is without a workshop's code: the way in."""

    def __init__(self, lodge: Lodge, house: House, assets: Mapping[str, Asset]) -> None:
        self._lodge, self._house = lodge, house
        self._assets = {asset.url: asset for asset in assets.values()}

    def app(self, hosts: Hosts, pages: Mapping[str, Mapping[int, bytes]]) -> ASGIApp:
        """All routes behind the guard."""
        router = Router(self._routes(), redirect_slashes=False, default=self._nowhere)
        return Speaking(Guard(router, hosts, pages), self._lodge)

    def _routes(self) -> list[Route]:
        lodge = self._lodge
        joining, choosing = Joining(lodge, self._house.rooms), Choosing(lodge)
        return [
            route("/", opened(lodge, joining.join)),
            route("/", opened(lodge, joining.typed_code), methods=["POST"]),
            route("/hello", opened(lodge, hello)),
            route("/claim", opened(lodge, joining.claim)),
            route("/claim", opened(lodge, joining.claimed), methods=["POST"]),
            route("/language", opened(lodge, choosing.choose)),
            route("/language", opened(lodge, choosing.chosen), methods=["POST"]),
            route("/static/{name}", self._static),
            route("/{token}", opened(lodge, self._by_token)),
        ]

    async def _static(self, request: Request) -> Response:
        asset = self._assets.get(request.url.path)
        return asset.answer(request) if asset else self._lodge.no_page()

    async def _by_token(self, request: Request, _visitor: Visitor) -> Response:
        """The QR code of a workshop leads to its pages."""
        workshop = workshop_of(request.path_params["token"])
        room = self._house.room_of(workshop) if workshop is not None else None
        if room is None or room.board.workshop is None:
            return self._not_there(request)
        mode = request.query_params.get("m")
        return RedirectResponse(room.home + (f"?m={mode}" if mode in {Way.HOME, Way.SCRIBE} else ""), SEE_OTHER)

    async def _nowhere(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._not_there(Request(scope, receive))(scope, receive, send)

    def _not_there(self, request: Request) -> Response:
        """What may have been somebody's guess at a code is counted."""
        first = request.url.path.strip("/").partition("/")[0]
        return self._lodge.wrong_code(request) if LIKE_A_CODE.fullmatch(first) else self._lodge.no_page()
