"""Who sent a request: the cookie that is a contributor's secret, and what makes a first one."""

from dataclasses import dataclass
from functools import lru_cache

from starlette.requests import Request, cookie_parser
from starlette.responses import Response

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
from core.base.ids import ContributorId, WorkshopId
from core.domain.board import Board
from core.web.forms import NoteForm
from core.web.guard import ORIGIN

COOKIE_SECONDS = 180 * 24 * 3600
SCRIPT_ACCEPTS = "application/json"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, from where, and whether it is the script of our page."""

    secret: Secret | None
    contributor: ContributorId | None
    address: str
    origin: str
    is_script: bool
    is_inside: bool

    @property
    def token(self) -> str:
        """What their forms carry; empty for somebody who has not sent a note."""
        return token_of(self.secret) if self.secret else ""


def is_known(board: Board, contributor: ContributorId) -> bool:
    """Whether this workshop has ever heard of this contributor, be it one who was erased since."""
    return board.is_known(contributor)


class People:
    """Reads and sets the cookie of one workshop."""

    def __init__(self, workshop: WorkshopId) -> None:
        self._name = f"sb_{workshop}"

    def visitor(self, request: Request, board: Board, *, has_code: bool) -> Visitor:
        """Who sent this. A value we do not know counts as no cookie. Who has neither that nor the code is told neither
        what the workshop is called nor where its pages are."""
        origin = str(request.scope[ORIGIN])
        secret, contributor = whose(request.headers.get("cookie", ""), self._cookie(origin))
        known = contributor is not None and is_known(board, contributor)
        return Visitor(
            secret=secret if known else None,
            contributor=contributor if known else None,
            is_inside=has_code or known,
            address=request.client.host if request.client else "",
            origin=origin,
            is_script=request.headers.get("accept") == SCRIPT_ACCEPTS,
        )

    def remember(self, response: Response, secret: Secret, origin: str) -> None:
        """Give the phone its cookie: Lax, because a Strict one is not sent when one arrives by a link."""
        response.set_cookie(
            self._cookie(origin), receipt_of(secret),
            max_age=COOKIE_SECONDS, path="/", httponly=True, samesite="lax", secure=_is_secure(origin),
        )  # fmt: skip

    def _cookie(self, origin: str) -> str:
        return f"__Host-{self._name}" if _is_secure(origin) else self._name


def _is_secure(origin: str) -> bool:
    return origin.startswith("https:")


@lru_cache(maxsize=4096)
def whose(cookies: str, name: str) -> tuple[Secret | None, ContributorId | None]:
    """The secret in a cookie header and its contributor; nobody's where there is no receipt in it."""
    secret = read_receipt(cookie_parser(cookies).get(name, ""))
    return secret, contributor_of(secret) if secret else None


def first_secret(form: NoteForm, board: Board) -> Secret:
    """The secret of somebody who sends their first note.

    It grows from the random bits in the form, so that the same form sent again, because the answer was lost, has the
    same author. It opens nothing else: for a contributor whose note the form does not hold, a fresh one is made.
    """
    if not form.start:
        return new_secret()
    secret = secret_from(bytes.fromhex(form.start))
    contributor = contributor_of(secret)
    if not is_known(board, contributor) or form.note_id in board.by_contributor.get(contributor, ()):
        return secret
    return new_secret()


def may_send(form: NoteForm, secret: Secret) -> bool:
    """Whether the form is this person's own: by its token, or by the bits their secret grew from (Back button)."""
    if form.token:
        return is_token_of(secret, form.token)
    return bool(form.start) and secret_from(bytes.fromhex(form.start)) == secret
