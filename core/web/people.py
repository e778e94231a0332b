"""Who sent a request: the cookie that is a contributor's secret, how long it counts, and what makes a first one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from starlette.requests import Request, cookie_parser
from starlette.responses import Response

from core.base.answers import Headers
from core.base.clock import Clock, utc_now
from core.base.errors import Blocked, WasErased
from core.base.identity import (
    Secret,
    contributor_of,
    is_token_of,
    new_secret,
    read_receipt,
    receipt_of,
    secret_from,
    token_of,
)
from core.base.ids import ContributorId, VenueId, WorkshopId
from core.domain.board import Board
from core.domain.registers import WorkshopEnded
from core.domain.venues import venues_in_order
from core.web.forms import NoteForm
from core.web.guard import ORIGIN, header
from core.web.problem import Kind, Problem

COOKIE_SECONDS = 180 * 24 * 3600
COUNTS_AFTER_THE_END = timedelta(days=1)
VENUE_SECONDS = 24 * 3600
"""A phone that comes back on another day is asked nothing, and is where it then is."""
OF_VENUE = "_venue"
READS_AFTER_THE_END = timedelta(hours=1)
"""So long does a phone, which may be anybody's, know somebody who typed their receipt after the workshop."""
SINCE = "~"
"""Between the receipt and the second at which it was typed, in such a phone's cookie."""
SCRIPT_ACCEPTS = "application/json"


class Standing(StrEnum):
    """Whether somebody may take part."""

    WELCOME = "welcome"
    BLOCKED = "blocked"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, from where, and whether it is the script of our page. `venue` is the one whose link they came by."""

    secret: Secret | None
    contributor: ContributorId | None
    address: str
    origin: str
    is_script: bool
    is_inside: bool
    standing: Standing = Standing.WELCOME
    venue: VenueId | None = None

    @property
    def token(self) -> str:
        """What their forms carry; empty for somebody who has not sent a note, or whose notes were erased."""
        return token_of(self.secret) if self.secret and self.standing is not Standing.ERASED else ""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a cookie says: who it is, and when their receipt was typed where that was after the workshop."""

    secret: Secret
    contributor: ContributorId
    since: int | None


class People:
    """Reads and sets the cookie of one workshop."""

    def __init__(self, workshop: WorkshopId, clock: Clock = utc_now) -> None:
        self._name = f"sb_{workshop}"
        self._clock = clock

    def visitor(self, request: Request, board: Board, *, has_code: bool) -> Visitor:
        """Who sent this. A value we do not know counts as no cookie. Who has neither that nor the code is told neither
        what the workshop is called nor where its pages are."""
        origin = str(request.scope[ORIGIN])
        headers = request.scope["headers"]
        carried = carried_in(header(headers, b"cookie"), self._cookie(origin))
        known = carried if carried and board.is_known(carried.contributor) and self._counts(board, carried) else None
        return Visitor(
            secret=known.secret if known else None,
            contributor=known.contributor if known else None,
            is_inside=has_code or known is not None,
            address=request.client.host if request.client else "",
            origin=origin,
            is_script=header(headers, b"accept") == SCRIPT_ACCEPTS,
            standing=standing_of(board, known.contributor) if known else Standing.WELCOME,
            venue=self._venue(headers, board, origin) if board.venues else None,
        )

    def remember(self, response: Response, secret: Secret, origin: str) -> None:
        """Give the phone its cookie: Lax, because a Strict one is not sent when one arrives by a link."""
        self._set(response, origin, receipt_of(secret), COOKIE_SECONDS)

    def remember_claimed(self, response: Response, secret: Secret, origin: str, board: Board) -> None:
        """Give the phone the cookie of a receipt that was typed; after the workshop one for reading, soon over."""
        if not self._is_long_over(board):
            return self.remember(response, secret, origin)
        value = f"{receipt_of(secret)}{SINCE}{int(self._clock().timestamp())}"
        return self._set(response, origin, value, int(READS_AFTER_THE_END.total_seconds()))

    def remember_venue(self, response: Response, venue: VenueId, origin: str) -> None:
        """Note on the phone which venue's link it came by; that is the same for everybody there."""
        response.set_cookie(
            self._cookie(origin) + OF_VENUE, venue,
            max_age=VENUE_SECONDS, path="/", httponly=True, samesite="lax", secure=_is_secure(origin),
        )  # fmt: skip

    def _venue(self, headers: Headers, board: Board, origin: str) -> VenueId | None:
        cookies = header(headers, b"cookie")
        said = cookie_parser(cookies).get(self._cookie(origin) + OF_VENUE) if OF_VENUE in cookies else None
        return next((venue for venue in venues_in_order(board) if venue == said), None)

    def forget(self, response: Response, origin: str) -> None:
        """Take the cookie from the phone."""
        response.delete_cookie(
            self._cookie(origin), path="/", httponly=True, samesite="lax", secure=_is_secure(origin)
        )

    def _set(self, response: Response, origin: str, value: str, seconds: int) -> None:
        response.set_cookie(
            self._cookie(origin), value,
            max_age=seconds, path="/", httponly=True, samesite="lax", secure=_is_secure(origin),
        )  # fmt: skip

    def _counts(self, board: Board, carried: Carried) -> bool:
        """By this machine's clock: the cookie ends a day after the workshop (attacks.md A33)."""
        if not self._is_long_over(board):
            return True
        now = self._clock().timestamp()
        return carried.since is not None and 0 <= now - carried.since <= READS_AFTER_THE_END.total_seconds()

    def _is_long_over(self, board: Board) -> bool:
        ended = ended_at(board)
        return ended is not None and self._clock() - ended > COUNTS_AFTER_THE_END

    def _cookie(self, origin: str) -> str:
        return f"__Host-{self._name}" if _is_secure(origin) else self._name


def standing_of(board: Board, contributor: ContributorId) -> Standing:
    """Whether this contributor may take part."""
    if contributor in board.erased:
        return Standing.ERASED
    return Standing.BLOCKED if board.is_blocked(contributor) else Standing.WELCOME


def turned_away(standing: Standing) -> Problem:
    """What somebody is told who may not take part (any more)."""
    error = WasErased() if standing is Standing.ERASED else Blocked()
    return Problem(403, str(error), error.advice, kind=Kind.GONE)


def ended_at(board: Board) -> datetime | None:
    """When the workshop was ended, by the clock of the machine that took it in; None while it goes on."""
    by = board.set_by(board.workshop.id, WorkshopEnded) if board.workshop and board.is_ended else None
    return by.received_at if by else None


def _is_secure(origin: str) -> bool:
    return origin.startswith("https:")


@lru_cache(maxsize=4096)
def carried_in(cookies: str, name: str) -> Carried | None:
    """Who a cookie header names; None where there is no receipt in it."""
    receipt, _, since = cookie_parser(cookies).get(name, "").partition(SINCE)
    secret = read_receipt(receipt)
    if secret is None:
        return None
    is_second = since.isascii() and since.isdigit() and len(since) <= 12
    return Carried(secret, contributor_of(secret), int(since) if is_second else None)


def first_secret(form: NoteForm, board: Board) -> Secret:
    """The secret of somebody who sends their first note.

    It grows from the random bits in the form, so that the same form sent again, because the answer was lost, has the
    same author. It opens nothing else: for a contributor whose note the form does not hold, a fresh one is made.
    """
    if not form.start:
        return new_secret()
    secret = secret_from(bytes.fromhex(form.start))
    contributor = contributor_of(secret)
    if not board.is_known(contributor) or form.note_id in board.by_contributor.get(contributor, ()):
        return secret
    return new_secret()


def may_send(form: NoteForm, secret: Secret) -> bool:
    """Whether the form is this person's own: by its token, or by the bits their secret grew from (Back button)."""
    if form.token:
        return is_token_of(secret, form.token)
    return bool(form.start) and secret_from(bytes.fromhex(form.start)) == secret
