"""Which language a visitor reads: what they chose, else what their phone asks for, else the workshop's."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.requests import Request, cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from core.base.language import LANGUAGES, SOURCE, use
from core.web.forms import read_form
from core.web.guard import header
from core.web.people import Visitor
from core.web.room import SEE_OTHER, Lodge

COOKIE = "sb_language"
COOKIE_SECONDS = 180 * 24 * 3600
CODES = frozenset(language.code for language in LANGUAGES)
ACCEPTED_AT_MOST = 512    # of the header: nobody reads a hundred languages
LANGUAGE, BACK = "language", "back"
PLACES_TO_GO_BACK_TO = re.compile(
    r"/|/claim|/[a-z0-9]{6}(/(q/\d{1,4}|sent/[0-9a-f]{16}|mine|wall|ask|vote|help|name|your-words))?", re.ASCII
)
"""Pages that can be loaded again; others are answers to a form."""


class Speaking:
    """Wraps the app: every request, which is a task of its own, is answered in its visitor's language."""

    def __init__(self, app: ASGIApp, room: Lodge) -> None:
        self._app = app
        self._room = room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            use(self._language(scope))
        await self._app(scope, receive, send)

    def _language(self, scope: Scope) -> str:
        workshop = self._room.board.workshop
        return wanted(scope) or (workshop.language if workshop else SOURCE)


class Choosing:
    """The page where a visitor chooses."""

    def __init__(self, room: Lodge) -> None:
        self._room = room

    async def choose(self, request: Request, visitor: Visitor) -> Response:
        """Every language in its own name and script."""
        came_from = urlsplit(request.headers.get("referer", ""))
        is_ours = f"{came_from.scheme}://{came_from.netloc}" == visitor.origin
        return self._page(request, visitor, came_from.path if is_ours else "")

    async def chosen(self, request: Request, visitor: Visitor) -> Response:
        """Keep the choice on the phone, and go back to where they were."""
        form = await read_form(request, (LANGUAGE, BACK), (LANGUAGE,), self._room.limits.body)
        if form.fault or form[LANGUAGE] not in CODES:
            return self._page(request, visitor, form[BACK], status=400)
        response = RedirectResponse(self._way_back(visitor, form[BACK]), SEE_OTHER)
        response.set_cookie(
            COOKIE, form[LANGUAGE], max_age=COOKIE_SECONDS, path="/", httponly=True, samesite="lax",
            secure=visitor.origin.startswith("https:"),
        )  # fmt: skip
        return response

    def _page(self, request: Request, visitor: Visitor, back: str, status: int = 200) -> Response:
        back = self._way_back(visitor, back)
        return self._room.show(
            request, "language.html", visitor, status=status, here="", languages=LANGUAGES, back=back
        )

    def _way_back(self, visitor: Visitor, page: str) -> str:
        """That page, where it is one of ours that can be loaded again; else the first one they may see."""
        if PLACES_TO_GO_BACK_TO.fullmatch(page.lower()):
            return page
        return self._room.home if visitor.is_inside else "/"


def wanted(scope: Scope) -> str | None:
    """The language this request asks for, by its cookie or else by its header."""
    cookies = header(scope["headers"], b"cookie")
    if COOKIE in cookies:
        chosen = cookie_parser(cookies).get(COOKIE)
        if chosen in CODES:
            return chosen
    return best_of(header(scope["headers"], b"accept-language")[:ACCEPTED_AT_MOST])


@lru_cache(maxsize=1024)
def best_of(accepted: str) -> str | None:
    """The one of our languages that an Accept-Language header likes best; None where it names none of them."""
    liked = [(_liking(rest), language) for language, _, rest in map(_parts, accepted.lower().split(","))]
    ours = [(liking, language) for liking, language in liked if liking > 0 and language in CODES]
    return max(ours, key=lambda pair: pair[0])[1] if ours else None


def _parts(entry: str) -> tuple[str, str, str]:
    """`en-GB;q=0.8` is English, liked 0.8: a kind of a language counts as the language."""
    tag, semicolon, rest = entry.strip().partition(";")
    return tag.partition("-")[0].strip(), semicolon, rest


def _liking(rest: str) -> float:
    found = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", rest, re.ASCII)
    return float(found[1]) if found else float(not rest)
