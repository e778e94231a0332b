"""The desks' gate: what a home lets other desks ask. An app of its own, never a part of the participants' pages.

    POST /pair      a desk that knows the code asks to be let in; it gets a ticket
    POST /ticket    what became of that; once let in, its token
    GET  /hello     who we are, and how far the log goes
    GET  /mark      the same at a number: how far two logs are the same
    POST /push      events that wait for a number; each is answered
    GET  /pull      events after a number, where the log up to there is the same
    POST /lacks     which of these pictures are not here
    GET, PUT /picture/HASH   one picture
    GET  /missing   words that events here name and nobody here has
    POST, PUT /words         some words; to bring some that were missing
    GET  /hints     a stream that tells of something new

All but the first two need the desk's token. Every answer is JSON, but for the stream and pictures.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from core.base.collecting import uncollected
from core.base.errors import NotSaved, Refused, WorkshopError
from core.base.faults import described
from core.base.ids import DeskId, PictureHash, WorkshopId, is_id
from core.base.rates import Gate as Bucket
from core.base.rates import Rate
from core.domain.values import changed
from core.session import Mark, Outgoing, Parcel, Session
from core.sync import wire
from core.sync.hints import Hints
from core.sync.known import Guest, GuestBook
from core.sync.ledger import confirm_erasures
from core.sync.pairing import Asking, Pairing, Stage
from core.sync.roles import DO_EVERYTHING, Role, may_of
from core.sync.wire import Garbled, Json

logger = logging.getLogger("sayback.sync")

PUSH_AT_MOST = 4 * 2**20
ASK_AT_MOST = 4096
ASK_PICTURES_AT_MOST = 128 * 1024
PICTURE_AT_MOST = 4 * 2**20
"""More than any picture of 1600 x 1600 dots is."""
HEARD_OUT_AT_MOST, HEAR_OUT_SECONDS = 8 * PUSH_AT_MOST, 5.0
PULL_EVENTS = wire.EVENTS_IN_A_PAGE
NAME_AT_MOST = 40
DIGITS = 19
GUEST_RATE = Rate(120, 40)
"""Requests of one desk: a thousand acts go through in ten."""
STRANGER_RATE = Rate(60, 10)
"""Pairings of everybody together."""
UNREAD = frozenset({408, 413, 429})
"""Answers to what was not read to its end: the line is of no use any more."""
HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}

MAY_BEGIN_EPOCHS = (*DO_EVERYTHING, Role.VENUE)
Handler = Callable[[Request], Awaitable[Response]]
ForGuest = Callable[[Request, Guest], Awaitable[Response]]


class No(Exception):
    """The request goes no further."""

    def __init__(self, status: int, why: str) -> None:
        self.status, self.why = status, why


class TooLarge(No):
    """It is not read to its end."""

    def __init__(self) -> None:
        super().__init__(413, "too large")


@dataclass(frozen=True, slots=True)
class Errand:
    """Something more that desks may ask."""

    path: str
    method: str
    does: ForGuest


class Gate:
    """The app. Used on the loop of one run; `pairing` is set from any thread."""

    def __init__(
        self, session: Session, guests: GuestBook, hints: Hints, pairing: Callable[[], Pairing | None],
        rate: Rate = GUEST_RATE, workshop: WorkshopId | None = None, errands: Sequence[Errand] = (),
    ) -> None:  # fmt: skip
        """`workshop`: which one is to come in, where the session is still empty; `errands`: what else desks may ask."""
        self._errands = errands
        self._workshop = workshop or session.workshop_id
        self._session, self._guests, self._hints, self._pairing = session, guests, hints, pairing
        self._strangers, self._rates = Bucket(STRANGER_RATE), Bucket(rate)

    def app(self) -> Starlette:
        """What uvicorn serves."""
        return Starlette(routes=[
            Route("/pair", self._for_strangers(self._pair), methods=["POST"]),
            Route("/ticket", self._for_strangers(self._ticket), methods=["POST"]),
            Route("/hello", self._for_guests(self._hello), methods=["GET"]),
            Route("/mark", self._for_guests(self._mark), methods=["GET"]),
            Route("/push", self._for_guests(self._push), methods=["POST"]),
            Route("/pull", self._for_guests(self._pull), methods=["GET"]),
            Route("/lacks", self._for_guests(self._lacks), methods=["POST"]),
            Route("/picture/{digest}", self._for_guests(self._picture), methods=["GET"]),
            Route("/picture/{digest}", self._for_guests(self._keep_picture), methods=["PUT"]),
            Route("/missing", self._for_guests(self._missing), methods=["GET"]),
            Route("/words", self._for_guests(self._words), methods=["POST"]),
            Route("/words", self._for_guests(self._keep_words), methods=["PUT"]),
            Route("/hints", self._for_guests(self._told), methods=["GET"]),
            *(Route(each.path, self._for_guests(each.does), methods=[each.method]) for each in self._errands),
        ])  # fmt: skip

    # who may ask

    def _for_strangers(self, handler: Handler) -> Handler:
        async def handled(request: Request) -> Response:
            if wait := self._strangers.wait("all"):
                return _busy(wait)
            return await handler(request)

        return told_plainly(handled)

    def _for_guests(self, handler: ForGuest) -> Handler:
        async def handled(request: Request) -> Response:
            guest = await self._guests.coming(_bearer(request))
            if guest is None:
                raise No(401, "not paired")
            if wait := self._rates.wait(guest.desk):
                return _busy(wait)
            try:
                return await handler(request, guest)
            except TooLarge:
                await _hear_out(request)
                raise

        return told_plainly(handled)

    # pairing

    async def _pair(self, request: Request) -> Response:
        told = await json_of(request, ASK_AT_MOST)
        asking = Asking(DeskId(word(told, "desk")), word(told, "name"), word(told, "nonce"), word(told, "proof"))
        if not is_id(asking.desk) or not asking.called or len(asking.name) > NAME_AT_MOST:
            raise Garbled("desk")
        pairing = self._pairing()
        welcome = pairing.ask(asking) if pairing else None
        if welcome is None:
            raise No(403, "no such code")
        return answer_of({"ticket": welcome.ticket, "proof": welcome.proof, "protocol": wire.PROTOCOL})

    async def _ticket(self, request: Request) -> Response:
        ticket = word(await json_of(request, ASK_AT_MOST), "ticket")
        pairing = self._pairing()
        stage, token, role = pairing.outcome(ticket) if pairing else (Stage.OVER, "", Role.READER)
        if stage is Stage.ASKED:
            return answer_of({"waits": True}, 202)
        if stage is not Stage.LET_IN:
            raise No(403, "not let in")
        return answer_of({
            "token": token, "role": role.value, "workshop": self._workshop,
            "title": self._session.board.title(),
        })  # fmt: skip

    # the log

    async def _hello(self, request: Request, guest: Guest) -> Response:
        mark = await asyncio.to_thread(self._session.parcels.mark)
        return answer_of({
            "protocol": wire.PROTOCOL, "workshop": self._workshop, "role": guest.role.value, **_mark(mark)
        })  # fmt: skip

    async def _mark(self, request: Request, guest: Guest) -> Response:
        return answer_of(_mark(await asyncio.to_thread(self._session.parcels.mark, _number(request, "at"))))

    async def _push(self, request: Request, guest: Guest) -> Response:
        parcel = wire.parcel_of(wire.page_of(await _json_body(request, PUSH_AT_MOST)))
        if len(parcel.events) > wire.EVENTS_AT_MOST:
            raise No(413, "too many events")
        if any(event.workshop != self._workshop for event in parcel.events):
            raise Garbled("another workshop")
        if guest.role not in DO_EVERYTHING:
            parcel = _without_numbers(parcel)
        taken = self._session.take(parcel.events, parcel.words, may_of(guest.role, guest.desk))
        answers = await asyncio.wrap_future(taken)
        await confirm_erasures(self._session)
        return _as_json(wire.answers_written(answers))

    async def _pull(self, request: Request, guest: Guest) -> Response:
        after = Mark(_number(request, "after"), request.query_params.get("hash", ""))
        parcels = self._session.parcels
        if await asyncio.to_thread(parcels.mark, after.seq) != after:
            if guest.role in MAY_BEGIN_EPOCHS:
                await asyncio.wrap_future(self._session.begin_epoch())
            raise No(409, "the logs differ")
        return await asyncio.to_thread(_page, parcels, after.seq, min(_number(request, "most", 1_000), PULL_EVENTS))

    async def _lacks(self, request: Request, guest: Guest) -> Response:
        asked = wire.digests_of(await _json_body(request, ASK_PICTURES_AT_MOST))
        return answer_of({"pictures": await asyncio.to_thread(self._session.parcels.lacking, asked)})

    async def _picture(self, request: Request, guest: Guest) -> Response:
        digest = PictureHash(request.path_params["digest"])
        found = await asyncio.to_thread(self._session.picture, digest) if digest in self._named() else None
        if found is None:
            raise No(404, "no such picture")
        size = {"width": str(found.width), "height": str(found.height)}
        return Response(found.data, media_type=found.kind.value, headers={**HEADERS, **size})

    async def _keep_picture(self, request: Request, guest: Guest) -> Response:
        if guest.role is Role.READER:
            raise No(403, "looks on")
        data = await _body(request, PICTURE_AT_MOST)
        kind = request.headers.get("content-type", "")
        picture = wire.picture_of(request.path_params["digest"], kind, request.headers, data)
        await asyncio.wrap_future(self._session.bring_picture(picture))
        return answer_of({"kept": True})

    async def _missing(self, request: Request, guest: Guest) -> Response:
        missing = await asyncio.to_thread(self._session.parcels.missing_words, wire.EVENTS_AT_MOST)
        return answer_of({"words": missing})

    async def _words(self, request: Request, guest: Guest) -> Response:
        asked = wire.hashes_of(await _json_body(request, ASK_PICTURES_AT_MOST))
        return _as_json(wire.words_written(await asyncio.to_thread(self._session.parcels.words, asked)))

    async def _keep_words(self, request: Request, guest: Guest) -> Response:
        """Whoever may send words that nobody has any more: they are true by their hashes, or nothing."""
        words = wire.words_in(await _json_body(request, PUSH_AT_MOST))
        await asyncio.wrap_future(self._session.bring_words(words))
        return answer_of({"kept": True})

    def _named(self) -> set[PictureHash]:
        return self._session.pictures_named()

    async def _told(self, request: Request, guest: Guest) -> Response:
        if not self._hints.has_room(guest.desk):
            return _busy(30)
        told = self._hints.told(guest.desk, partial(self._is_still_in, _bearer(request)))
        return StreamingResponse(told, media_type="text/event-stream", headers=HEADERS)

    async def _is_still_in(self, token: str) -> bool:
        """Also while nobody can tell: what it asks then is not answered either."""
        try:
            return await self._guests.coming(token) is not None
        except NotSaved:
            return True


def _page(parcels: Outgoing, after: int, most: int) -> Response:
    """At most so many events after this number, and the mark of the last: with it the next page can be asked for before
    this one is on disk there."""
    with uncollected():
        rows, words = parcels.rows_after(after, most)
        mark = parcels.mark(rows[-1].seq or 0) if rows else None
        return _as_json(wire.page_written(rows, words, mark, more=len(rows) == most))


def _without_numbers(parcel: Parcel) -> Parcel:
    """Numbers once given are brought back only by who may do everything: they go past the rules for the others."""
    return Parcel(tuple(changed(event, seq=None) for event in parcel.events), parcel.words)


def told_plainly(handler: Handler) -> Handler:
    """Refusals as answers; a fault of ours is logged without anybody's words."""

    async def handled(request: Request) -> Response:
        try:
            return await handler(request)
        except No as error:
            return answer_of({"why": error.why}, error.status)
        except Garbled:
            return answer_of({"why": "not understood"}, 400)
        except Refused as error:
            return answer_of({"why": str(error)}, 422)
        except WorkshopError as error:
            return answer_of({"why": str(error)}, 503)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as fault:    # noqa: BLE001 - whatever it was, the other desks need the gate; logged
            logger.error("The desks' gate could not answer: %s", described(fault))
            return answer_of({"why": "our fault"}, 500)

    return handled


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


async def json_of(request: Request, most: int) -> Json:
    """The body. Raises No where it is too large, Garbled where it is none of ours."""
    return wire.parsed(await _json_body(request, most))


async def _json_body(request: Request, most: int) -> bytes:
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise Garbled("content type")
    return await _body(request, most)


async def _body(request: Request, most: int) -> bytes:
    """At most so many bytes. Raises No."""
    length = request.headers.get("content-length", "0")
    body = bytearray()
    if length.isascii() and length.isdigit() and int(length) <= most:
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                raise TooLarge
        return bytes(body)
    raise TooLarge


async def _hear_out(request: Request) -> None:
    """Let a desk send the rest, and forget it: who is hung up on while sending does not hear why, and would send the
    same again. Only for a moment, and never without end."""
    left = HEARD_OUT_AT_MOST
    with suppress(TimeoutError, ClientDisconnect):
        async with asyncio.timeout(HEAR_OUT_SECONDS):
            async for piece in request.stream():
                left -= len(piece)
                if left < 0:
                    return


def word(told: Json, name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or len(value) > 2 * wire.SHA256_SIGNS:
        raise Garbled(name)
    return value


def _number(request: Request, name: str, unsaid: int | None = None) -> int:
    value = request.query_params.get(name, "" if unsaid is None else str(unsaid))
    if not value.isascii() or not value.isdigit() or len(value) > DIGITS or int(value) > wire.LARGEST:
        raise Garbled(name)
    return int(value)


def _mark(mark: Mark) -> dict[str, Any]:
    return {"seq": mark.seq, "hash": mark.hash}


def answer_of(told: Json, status: int = 200) -> Response:
    """JSON."""
    closing = {"connection": "close"} if status in UNREAD else {}
    return JSONResponse(dict(told), status, {**HEADERS, **closing})


def _as_json(written: bytes) -> Response:
    return Response(written, media_type="application/json", headers=HEADERS)


def _busy(seconds: int) -> Response:
    return JSONResponse({"why": "too many"}, 429, {**HEADERS, "retry-after": str(seconds)})
