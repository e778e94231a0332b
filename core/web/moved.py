"""The pages of a workshop whose online home has moved: they lead there, and take nothing that nobody would fetch."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.base.identity import receipt_of
from core.base.language import _
from core.web.forms import read_form
from core.web.people import Visitor
from core.web.problem import Kind, Problem
from core.web.room import SEE_OTHER, Room, script_problem
from core.web.uploads import upload

GOES_ON = 204
"""An event stream that is answered so does not come again."""


class Moved:
    """What is said instead of a page, at the home that it has left."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def answer(self, request: Request, visitor: Visitor) -> Response:
        """On to the same page there; who is known here hears of it first, and takes their code along."""
        there, path = self._room.moved_to, request.url.path
        if path.endswith("/live"):
            return Response(status_code=GOES_ON)
        if request.method == "POST":
            return await self._not_taken(request, visitor, there)
        if visitor.secret is None:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{there}{path}{query}", SEE_OTHER)
        return self._page(request, visitor, 200)

    async def _not_taken(self, request: Request, visitor: Visitor, there: str) -> Response:
        text, has_photo = await self._sent(request)
        if not visitor.is_script:
            return self._page(request, visitor, 409, text, has_photo=has_photo)
        is_kept = text or has_photo
        advice = _("Go on at {address}. Your words are still on this phone.") if is_kept else _("Go on at {address}.")
        advice = advice.format(address=there)
        return script_problem(visitor, Problem(409, heading(), advice, text=text, kind=Kind.GONE))

    async def _sent(self, request: Request) -> tuple[str, bool]:
        """The words that are not taken, and whether a photo was to go with them."""
        limits = self._room.limits
        if not request.url.path.endswith("/photo"):
            return (await read_form(request, ("text",), (), limits.body))["text"], False
        async with upload(request, ("text",), (), limits.photo, limits.body) as sent:
            return sent.form["text"], sent.photo is not None or sent.form.fault is not None

    def _page(
        self, request: Request, visitor: Visitor, status: int, text: str = "", *, has_photo: bool = False
    ) -> Response:
        there, secret = self._room.moved_to, visitor.secret
        start = f"{there}{self._room.home}"
        return self._room.show(
            request, "moved.html", visitor, status=status, here="", what=heading(), text=text, start=start,
            has_photo=has_photo,
            with_notes=f"{there}/claim#{receipt_of(secret)}" if secret else "",
        )  # fmt: skip


def heading() -> str:
    """What has happened."""
    return _("This workshop has moved")
