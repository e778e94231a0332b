"""What an online home lets desks ask: to come in with an invitation, and then the gate of their workshop.

    POST /desks/join            an invitation and the hash of a token: the workshop and a role
    /desks/WORKSHOP/...         the gate of this workshop (core/sync/gate.py), with that token

An app of its own, never a part of the participants' pages, on a port of its own.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from core.base.errors import DiskFull, NotSaved, Refused
from core.base.ids import DeskId, VenueId, WorkshopId, is_id
from core.base.join import LOOPBACK
from core.base.rates import Rate
from core.domain.venues import PlaceDesk
from core.domain.words import tidy_name
from core.home.shelf import HomeFull, Shelf
from core.session import Session
from core.sync import wire
from core.sync.gate import ASK_AT_MOST, HEADERS, NAME_AT_MOST, Gate, No, json_of, told_plainly, word
from core.sync.hints import Hints
from core.sync.invitations import NO_WORKSHOP, Claim, Invitation, read_code
from core.sync.known import DESKS, Guest, GuestBook
from core.sync.office import Office
from core.sync.roles import Role
from core.sync.wire import Garbled, Json
from core.web.limits import Gates, Limits

logger = logging.getLogger("sayback.home")

TRIES = Rate(5, 5 / 60)
ALL_TRIES = Rate(50, 5)
STRANGERS_AT_MOST, SPEAKING_SECONDS = 100, 5.0
"""Who has no token yet may not speak for ever, nor in a crowd: the lines are for desks at work."""
DESK_RATE = Rate(240, 80)
"""Requests of one desk."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Where one workshop's desks are let in."""

    guests: GuestBook
    hints: Hints
    app: ASGIApp


class Desks:
    """The ASGI app. Used on its loop only. `open` is to be told of each workshop, by who opens the other doors of it,
    too."""

    def __init__(
        self, shelf: Shelf, public: str, loop: asyncio.AbstractEventLoop, open: Callable[[WorkshopId, Session], None]
    ) -> None:
        self._shelf, self._public, self._loop, self._open = shelf, public, loop, open
        self._counters: dict[WorkshopId, Counter] = {}
        self._gates = Gates(Limits(wrong_codes=TRIES, all_wrong_codes=ALL_TRIES, guessers_wait=True))
        self._joining = told_plainly(self._join)
        self._strangers = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        place, _, rest = scope["path"].removeprefix(f"{DESKS}/").partition("/")
        counter = await self._counter_of(WorkshopId(place)) if scope["path"].startswith(f"{DESKS}/") else None
        if scope["path"] == f"{DESKS}/join" and scope["method"] == "POST":
            await (await self._joining(Request(scope, receive)))(scope, receive, send)
        elif counter is not None:
            await counter.app({**scope, "path": f"/{rest}", "raw_path": f"/{rest}".encode()}, receive, send)
        else:    # as for a token that opens nothing: nobody finds out which workshops are here
            await _answer({"why": "not paired"}, 401)(scope, receive, send)

    async def _counter_of(self, workshop: WorkshopId) -> Counter | None:
        """Also where the workshop was brought to another instance a moment ago."""
        if workshop not in self._counters and is_id(workshop):
            try:
                session = await asyncio.to_thread(self._shelf.find, workshop)
            except NotSaved:
                logger.warning("It is not known whether a workshop is here: the database does not answer.")
                return None
            if session is not None:
                self._open(workshop, session)
        return self._counters.get(workshop)

    def open(self, workshop: WorkshopId, session: Session) -> None:
        """From now on desks may come to this workshop."""
        guests, hints = self._shelf.guests_of(workshop), Hints(session, self._loop)
        office = Office(session, guests, hints, partial(self._invite, workshop))
        gate = Gate(
            session, guests, hints, lambda: None, DESK_RATE, workshop=workshop, errands=office.errands()
        )
        app = gate.app()
        self._counters[workshop] = Counter(guests, hints, app)

    def send_away(self, workshop: WorkshopId, desk: DeskId) -> None:
        """From now on this desk's token opens nothing there."""
        counter = self._counters[workshop]
        counter.guests.send_away(desk)
        counter.hints.send_away(desk)

    def here(self) -> int:
        """How many desks are on the line."""
        return sum(len(counter.hints.here()) for counter in self._counters.values())

    def end(self) -> None:
        """Every stream runs out; desks come again to whoever serves next."""
        for counter in self._counters.values():
            counter.hints.end()

    async def _join(self, request: Request) -> Response:
        told = await self._said(request)
        desk, name, digest = DeskId(word(told, "desk")), tidy_name(word(told, "name")), word(told, "token_hash")
        brings = WorkshopId(word(told, "workshop"))
        if not is_id(desk) or not name or len(name) > NAME_AT_MOST or len(digest) != wire.SHA256_SIGNS:
            raise Garbled("desk")
        if brings and not is_id(brings):
            raise Garbled("workshop")
        address = self._gates.name_of(request.client.host if request.client else LOOPBACK)
        if wait := self._gates.wrong_codes.is_shut(address):
            return _busy(wait)
        invitation = await asyncio.to_thread(self._invited, word(told, "code"), Claim(desk, digest), brings)
        if invitation is None:
            wait = self._gates.wrong_codes.wait(address)
            return _busy(wait) if wait else _answer({"why": "no such code"}, 403)
        return await self._let_in(invitation, brings, Guest(desk, name, invitation.role, digest))

    async def _said(self, request: Request) -> Json:
        """What somebody who wants to come in says. Raises No."""
        if self._strangers >= STRANGERS_AT_MOST:
            raise No(429, "too many")
        self._strangers += 1
        try:
            async with asyncio.timeout(SPEAKING_SECONDS):
                return await json_of(request, ASK_AT_MOST)
        except TimeoutError:
            raise No(408, "too slow") from None
        finally:
            self._strangers -= 1

    def _invited(self, typed: str, claim: Claim, brings: WorkshopId) -> Invitation | None:
        """What the code is good for; one that does not fit is not used up."""
        code = read_code(typed)
        if code is None:
            return None
        found = self._shelf.invitations.look(code)
        if found is None or (brings not in (found.workshop, NO_WORKSHOP) and found.workshop != NO_WORKSHOP):
            return None
        if not brings and found.workshop == NO_WORKSHOP:
            return None
        return self._shelf.invitations.use(code, claim)

    async def _let_in(self, invitation: Invitation, brings: WorkshopId, guest: Guest) -> Response:
        workshop = invitation.workshop or brings
        if invitation.workshop == NO_WORKSHOP and not await self._may_bring(workshop, guest.desk):
            return _answer({"why": "it is here already"}, 409)
        try:
            session = await asyncio.to_thread(self._shelf.make, workshop)
        except (HomeFull, DiskFull) as error:
            logger.warning("A workshop was not taken in: %s", type(error).__name__)
            return _answer({"why": str(error)}, 507)
        self._open(workshop, session)
        await asyncio.to_thread(self._counters[workshop].guests.admit, guest)
        if invitation.venue is not None:
            await self._place(session, guest.desk, invitation.venue)
        logger.info("A desk was let in: %s as %s", workshop, guest.role.value)
        return _answer({
            "protocol": wire.PROTOCOL, "workshop": workshop, "role": guest.role.value, "public": self._public,
            "title": session.board.title(),
        })  # fmt: skip

    def _invite(self, workshop: WorkshopId, role: Role, venue: VenueId | None) -> str:
        return self._shelf.invitations.make(role, workshop, venue)

    async def _place(self, session: Session, desk: DeskId, venue: VenueId) -> None:
        """Where the invitation says; a venue that was taken away since leaves it at none."""
        try:
            await asyncio.wrap_future(session.do(PlaceDesk(desk, venue)))
        except Refused:
            logger.info("A desk was let in for a venue that is none any more.")

    async def _may_bring(self, workshop: WorkshopId, desk: DeskId) -> bool:
        """A workshop that is here already belongs to who brought it: nobody takes it over by its id."""
        counter = await self._counter_of(workshop)
        if counter is None:
            return True
        guests = await asyncio.to_thread(counter.guests.all)
        return any(guest.desk == desk and guest.role is Role.ORGANISER for guest in guests)


def _answer(told: Json, status: int = 200) -> Response:
    return JSONResponse(dict(told), status, HEADERS)


def _busy(seconds: int) -> Response:
    return JSONResponse({"why": "too many"}, 429, {**HEADERS, "retry-after": str(seconds)})
