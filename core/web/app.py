"""The participants' routes; there are no others on this server."""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextvars import copy_context

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from core.base.language import LANGUAGES, _, use
from core.web.address import WritingTo
from core.web.arriving import Arriving
from core.web.asking import Asking
from core.web.changing import Changing
from core.web.guard import Guard, Hosts
from core.web.joining import Joining
from core.web.keeping import Keeping
from core.web.languages import Choosing, Speaking
from core.web.live import LiveAnswer
from core.web.moved import Moved
from core.web.naming import ShowingPeople
from core.web.pages import Pages
from core.web.people import Standing, Visitor
from core.web.photos import Photos
from core.web.problem import Problem, busy
from core.web.reading import Reading
from core.web.room import Handler, Lodge, Room
from core.web.saying import Saying
from core.web.static import Asset
from core.web.voting import Voting
from core.web.wall import Wall
from core.web.writing import Writing

LIKE_A_CODE = re.compile(r"[a-z0-9]{6}", re.ASCII)
Endpoint = Callable[[Request], Awaitable[Response | LiveAnswer]]


class Answering:
    """The end of a route: the page's answer, sent. What breaks in it is the guard's, so it goes past Starlette's own
    endings, which look out for faults twice for each request."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await self._endpoint(Request(scope, receive, send))
        await answer(scope, receive, send)


def route(path: str, endpoint: Endpoint, methods: Sequence[str] = ("GET",)) -> Route:
    """Where a page is found."""
    return Route(path, Answering(endpoint), methods=list(methods))


def opened(
    room: Lodge, handler: Handler, *, has_code: bool = False, welcome: Collection[Standing] = frozenset(Standing)
) -> Endpoint:
    """A page that needs no code, or whose code has been looked at."""

    async def answered(request: Request) -> Response | LiveAnswer:
        visitor = room.people.visitor(request, room.board, has_code=has_code)
        if visitor.contributor is not None:
            room.presence.saw(visitor.contributor)
        if has_code and visitor.contributor is None and (wait := room.guess_wait(request)):
            return room.not_taken(request, visitor, busy(wait))
        if visitor.standing not in welcome:
            return room.turn_away(request, visitor)
        try:
            return await handler(request, visitor)
        except Problem as problem:
            return room.not_taken(request, visitor, problem)

    return answered


class Door:
    """Everything a participant can ask for, behind the guard."""

    def __init__(self, room: Room, assets: Mapping[str, Asset]) -> None:
        self._room = room
        self._moved = Moved(room)
        self._assets = {asset.url: asset for asset in assets.values()}

    def app(self, hosts: Hosts, pages: Mapping[str, Mapping[int, bytes]]) -> ASGIApp:
        """All routes behind the guard, and what it says by itself."""
        router = Router(self._routes(), redirect_slashes=False, default=self._nowhere)
        return Speaking(Guard(router, hosts, pages), self._room)

    def _routes(self) -> list[Route]:
        saying = Saying(self._room)
        first = route("/{code}/note", self._inside(saying.say), methods=["POST"])    # most requests are this one
        return [first, *self._doors(), *self._writing(saying), *self._photos(saying), *self._own(), *self._together()]

    def _doors(self) -> list[Route]:
        """What is there without the code, and the way in."""
        joining, choosing = Joining(self._room, lambda: (self._room,)), Choosing(self._room)
        return [
            route("/", self._open(joining.join)),
            route("/", self._open(joining.typed_code), methods=["POST"]),
            route("/hello", self._open(hello)),
            route("/{code}/hello", self._to_read(hello)),
            route("/{code}/v/{venue}", self._inside(Arriving(self._room).arrive)),
            route("/claim", self._open(joining.claim)),
            route("/claim", self._open(joining.claimed), methods=["POST"]),
            route("/language", self._open(choosing.choose)),
            route("/language", self._open(choosing.chosen), methods=["POST"]),
            route("/static/{name}", self._static),
            route("/{code}/language", self._inside(choosing.choose, stays=True)),
            route("/{code}/language", self._inside(choosing.chosen, stays=True), methods=["POST"]),
        ]

    def _writing(self, saying: Saying) -> list[Route]:
        """The questions, and what is said of a note that has come."""
        reading, showing = Reading(self._room), ShowingPeople(self._room)
        return [
            route("/{code}", self._inside(saying.welcome)),
            route("/{code}/q/{number:int}", self._inside(saying.write)),
            route("/{code}/note", self._inside(saying.back_to_writing)),
            route("/{code}/writing", self._inside(Writing(self._room).tell), methods=["POST"]),
            route("/{code}/sent/{handle}", self._inside(reading.sent)),
            route("/{code}/thanks/{number:int}", self._inside(reading.thanks)),
            route("/{code}/name", self._inside(showing.choose)),
            route("/{code}/name", self._inside(showing.chosen), methods=["POST"]),
            route("/{code}/help", self._to_read(reading.help)),
            route("/{code}/your-words", self._to_read(reading.your_words)),
        ]

    def _own(self) -> list[Route]:
        """What one person only sees: their notes, their code, their address."""
        reading, changing = Reading(self._room), Changing(self._room)
        keeping, writing_to = Keeping(self._room), WritingTo(self._room)
        return [
            route("/{code}/mine", self._to_read(reading.mine)),
            route("/{code}/mine/{handle}/change", self._inside(changing.change)),
            route("/{code}/mine/{handle}/change", self._inside(changing.changed), methods=["POST"]),
            route("/{code}/mine/{handle}/take-back", self._inside(changing.take_back)),
            route("/{code}/mine/{handle}/take-back", self._inside(changing.taken_back), methods=["POST"]),
            route("/{code}/mine/{handle}/put-back", self._inside(changing.put_back), methods=["POST"]),
            route("/{code}/mine/{handle}/answer-back", self._inside(changing.answer_back)),
            route("/{code}/mine/{handle}/answer-back", self._inside(changing.answered_back), methods=["POST"]),
            route("/{code}/code", self._to_read(keeping.code)),
            route("/{code}/words", self._to_read(keeping.words)),
            route("/{code}/address", self._inside(writing_to.address, for_blocked=True)),
            route("/{code}/address", self._inside(writing_to.given, for_blocked=True), methods=["POST"]),
        ]

    def _together(self) -> list[Route]:
        """What all see and choose."""
        voting, asking = Voting(self._room), Asking(self._room)
        return [
            route("/{code}/live", self._inside(Reading(self._room).live)),
            route("/{code}/wall", self._inside(Wall(self._room).show)),
            route("/{code}/vote", self._inside(voting.show)),
            route("/{code}/vote", self._inside(voting.cast), methods=["POST"]),
            route("/{code}/vote/{handle}", self._inside(voting.show)),
            route("/{code}/ask", self._inside(asking.show)),
            route("/{code}/support", self._inside(asking.support), methods=["POST"]),
        ]

    def _photos(self, saying: Saying) -> list[Route]:
        """Notes with a photo, and their pictures."""
        photos = Photos(self._room, saying)
        return [
            route("/{code}/q/{number:int}/photo", self._inside(photos.choose)),
            route("/{code}/photo", self._inside(photos.back_to_choosing)),
            route("/{code}/photo", self._inside(photos.send), methods=["POST"]),
            route("/{code}/picture/{handle}", self._to_read(photos.picture)),
        ]

    def _open(self, handler: Handler) -> Endpoint:
        """A page that needs no code."""
        return opened(self._room, handler)

    def _inside(self, handler: Handler, *, for_blocked: bool = False, stays: bool = False) -> Endpoint:
        """A page of the workshop: only under its code, which cannot be found by trying. Who is blocked still reads
        what is theirs; only what `stays` is shown by an online home that the workshop has left."""
        welcome = {Standing.WELCOME, Standing.BLOCKED} if for_blocked else {Standing.WELCOME}
        answer = opened(self._room, handler if stays else self._unless_moved(handler), has_code=True, welcome=welcome)

        async def answered(request: Request) -> Response | LiveAnswer:
            code = request.path_params["code"]
            if self._room.is_code(code.upper()):
                return await answer(request)
            return self._room.wrong_code(request) if LIKE_A_CODE.fullmatch(code) else self._room.no_page()

        return answered

    def _to_read(self, handler: Handler) -> Endpoint:
        """A page that says something, and takes nothing: also to who is blocked, and where the workshop has left."""
        return self._inside(handler, for_blocked=True, stays=True)

    def _unless_moved(self, handler: Handler) -> Handler:
        async def answered(request: Request, visitor: Visitor) -> Response | LiveAnswer:
            return await (self._moved.answer if self._room.moved_to else handler)(request, visitor)

        return answered

    async def _static(self, request: Request) -> Response:
        asset = self._assets.get(request.url.path)
        return asset.answer(request) if asset else self._room.no_page()

    async def _nowhere(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._room.no_page()(scope, receive, send)


def constant_pages(pages: Pages) -> Mapping[str, Mapping[int, bytes]]:
    """What guard and server say by themselves, in every language."""
    codes = [language.code for language in LANGUAGES]
    return {code: copy_context().run(_constant_pages_in, code, pages) for code in codes}


def _constant_pages_in(language: str, pages: Pages) -> Mapping[int, bytes]:
    use(language)
    unread = pages.plain(_("We could not read that"), _("Go back to the start, and send it from there."))
    slow = pages.plain(_("That took too long"), _("Go back: your words are still there. Please send them again."))
    return {
        **dict.fromkeys((400, 405, 414, 431), unread),
        403: pages.plain(_("That did not come from our page"), _("Go back to the start, and send it from there.")),
        408: slow,
        500: pages.plain(
            _("Something went wrong on our side"), _("Your notes are saved. Please try again in a minute.")
        ),
    }


async def hello(_request: Request, _visitor: Visitor) -> Response:
    """Says that Sayback is here, or this workshop; any page may ask, and learns nothing else."""
    open_to_all = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
    return Response(status_code=204, headers=open_to_all)
