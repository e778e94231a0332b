"""What all pages share: the workshop, who is here, the gates, the templates."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hmac import compare_digest

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from core.base.clock import Clock, to_milliseconds, utc_now
from core.base.ids import VenueId
from core.base.language import _
from core.domain.board import EMPTY, Board
from core.domain.terms import ONLINE, Mode
from core.domain.venues import sign_of, venue_name
from core.session import Session
from core.web.forms import MODES
from core.web.landing import Landing
from core.web.limits import Gates, Limits
from core.web.live import Hub, LiveAnswer
from core.web.now import Now, now_of
from core.web.pages import HTML, Pages, bdi
from core.web.people import People, Standing, Visitor, turned_away
from core.web.presence import Presence
from core.web.problem import Kind, Problem, busy
from core.web.seen import Seen, handle_of

SEE_OTHER = 303
as_json = json.JSONEncoder(ensure_ascii=False).encode
"""As `json.dumps` does, which makes a new encoder for each answer."""
NOTHING_MORE: Mapping[str, object] = {}
Handler = Callable[[Request, Visitor], Awaitable[Response | LiveAnswer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lodge:
    """What pages share that are of no workshop, or not yet: where a code is typed. Used on the server's loop only."""

    limits: Limits
    presence: Presence
    gates: Gates
    people: People
    pages: Pages
    origins: Callable[[], tuple[str, ...]] = tuple
    """Where a page may look for its workshop when it has lost it, given to it as it joins; such as http://10.0.0.4."""
    wifi: Callable[[], str] = str
    """What the room's Wi-Fi is called; empty where nobody said."""
    clock: Clock = utc_now

    @property
    def board(self) -> Board:
        """Nobody's."""
        return EMPTY

    @property
    def here(self) -> VenueId | None:
        """The venue that these pages are shown at."""
        return None

    @property
    def home(self) -> str:
        """Where the workshop's pages begin."""
        workshop = self.board.workshop
        return f"/{workshop.code}" if workshop else "/"

    def is_code(self, typed: str) -> bool:
        """Whether this opens the workshop; takes as long for a code that is nearly right."""
        workshop = self.board.workshop
        return workshop is not None and compare_digest(typed.encode(), workshop.code.upper().encode())

    def now(self) -> Now:
        """Where the workshop is now."""
        return now_of(self.board, to_milliseconds(self.clock()))

    def show(self, request: Request, page: str, visitor: Visitor, *, status: int = 200, **words: object) -> Response:
        """A page of the workshop."""
        addresses = " ".join(self.origins()) if visitor.is_inside else ""
        return self.pages.show(
            request, self.board, page, visitor, status=status, now=self.now(), addresses=addresses,
            wifi=self.wifi(), venue=sign_of(self.here) if self.here else "", at=self.place_told(request, visitor),
            **words,
        )

    def place_told(self, request: Request, visitor: Visitor) -> str:
        """Where they are, beside the title; empty where there is but one place."""
        return ""

    def no_page(self) -> Response:
        """The same answer for everything that is not there, or not for this person."""
        body = self.pages.plain(_("We cannot find that page"), _("Go back to the start."))
        return Response(body, 404, media_type=HTML)

    def wrong_code(self, request: Request) -> Response:
        """Nothing is there under this code; many of them look like guessing."""
        address = request.client.host if request.client else ""
        wait = self.gates.wrong_codes.wait(self.gates.name_of(address))
        if not wait:
            return self.no_page()
        visitor = self.people.visitor(request, self.board, has_code=False)
        return self.not_taken(request, visitor, busy(wait))

    def guess_wait(self, request: Request) -> int:
        """The seconds that somebody who has guessed too often waits before any code opens anything to them."""
        if not self.limits.guessers_wait:
            return 0
        return self.gates.wrong_codes.is_shut(self.gates.name_of(request.client.host if request.client else ""))

    def not_taken(self, request: Request, visitor: Visitor, problem: Problem) -> Response:
        """Say why, kindly, where there is nothing to be put right in a form."""
        if visitor.is_script:
            return with_retry(script_problem(visitor, problem), problem)
        page = "kept-words.html" if problem.text else "plain.html"
        words = {"what": str(problem), "advice": problem.advice, "text": problem.text}
        return with_retry(self.show(request, page, visitor, status=problem.status, **words), problem)

    def turn_away(self, request: Request, visitor: Visitor) -> Response:
        """Say to somebody who may not take part why. Who was erased may come again, as somebody new."""
        response = self.not_taken(request, visitor, turned_away(visitor.standing))
        if visitor.standing is Standing.ERASED:
            self.people.forget(response, visitor.origin)
        return response


@dataclass(frozen=True, slots=True, kw_only=True)
class Room(Lodge):
    """One workshop, for one run of the server that shows it. `door` is the venue of whoever comes in by it and has
    named no other; None is the one where this desk is. `public` is what an online home is called, so that it knows when
    the workshop has left it."""

    session: Session
    landing: Landing
    hub: Hub
    door: VenueId | None = None
    public: str = ""

    @property
    def moved_to(self) -> str:
        """The address of another online home that the log says this workshop has now; empty where it is here."""
        told = self.board.home_address
        return told if self.public and told.startswith("https:") and told != self.public else ""

    @property
    def board(self) -> Board:
        """The board as it is on disk now."""
        return self.session.board

    @property
    def here(self) -> VenueId | None:
        """The door's venue, or this desk's."""
        return self.door or self.board.venue_of_desk(self.session.desk)

    def seen(self, visitor: Visitor) -> Seen:
        """The board through their eyes."""
        return Seen(self.board, self.venue_seen_by(visitor))

    def place(self, visitor: Visitor) -> str:
        """How far the story is told where they look on: their page goes on from here."""
        return self.hub.place(self.venue_seen_by(visitor))

    def venue_seen_by(self, visitor: Visitor) -> VenueId | None:
        """The venue whose notes they see: their own while venues are kept apart, else what all see here."""
        return (self.venue_for(visitor) or self.here) if self.board.are_venues_apart else self.here

    def venue_for(self, visitor: Visitor) -> VenueId | None:
        """Where they take part: at the venue of their link, else where they have been before, else here. None goes
        without saying: it is where this desk is."""
        board, who = self.board, visitor.contributor
        venue = visitor.venue or (board.venue_of_person(who) if who else None) or self.door
        return None if venue == board.venue_of_desk(self.session.desk) else venue

    def place_told(self, request: Request, visitor: Visitor) -> str:
        """The venue of what they say here. Who comes from home is at none of the others."""
        if not self.board.venues or not visitor.is_inside:
            return ""
        is_at_home = MODES.get(request.query_params.get("m", "")) is Mode.REMOTE
        venue = self.venue_for(visitor) or (ONLINE if is_at_home else self.here)
        if venue is None:
            return ""
        name = venue_name(self.board, venue)
        return name if venue == ONLINE else Markup(_("at {venue}")).format(venue=bdi(name))    # noqa: S704 - ours

    def handle(self, id: str) -> str:
        """What pages call a note."""
        return handle_of(self.session.workshop_id, id)


def script_answer(values: Mapping[str, object], status: int = 200) -> Response:
    """An answer to the page's script."""
    return Response(as_json(values), status, media_type="application/json")


def script_problem(visitor: Visitor, problem: Problem, state: Mapping[str, object] = NOTHING_MORE) -> Response:
    """Why it was not taken, what the next try should carry, and how things are."""
    words = {"saved": False, "what": str(problem), "advice": problem.advice, "token": visitor.token}
    return script_answer({**words, "late": problem.kind is Kind.LATE, **state}, problem.status)


def with_retry(response: Response, problem: Problem) -> Response:
    """When to come again, and whether the connection is of any more use."""
    if problem.retry:
        response.headers["retry-after"] = str(problem.retry)
    if problem.status == 413:
        response.headers["connection"] = "close"    # or the server would read the rest of it
    return response
