"""How people come in: the code of the workshop, or the receipt of somebody who has been here before or holds a slip."""

from collections.abc import Callable, Iterable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.base.identity import Secret, contributor_of, read_secret
from core.base.ids import ContributorId
from core.base.join import read_code
from core.base.language import _
from core.web.forms import read_form
from core.web.people import Standing, Visitor, standing_of, turned_away
from core.web.problem import Kind, Problem
from core.web.room import SEE_OTHER, Lodge, Room

CODE = ("code",)


class Joining:
    """The pages where something is typed that opens something."""

    def __init__(self, room: Lodge, rooms: Callable[[], Iterable[Room]]) -> None:
        """`room`: where these pages are shown; `rooms`: which of them a code or a receipt may open."""
        self._room, self._rooms = room, rooms

    async def join(self, request: Request, visitor: Visitor) -> Response:
        """The page where the code is typed."""
        return self._join_page(request, visitor)

    async def typed_code(self, request: Request, visitor: Visitor) -> Response:
        """A code that was typed: the workshop's, or somebody's receipt."""
        typed = await self._typed(request)
        code, wait = read_code(typed), self._room.guess_wait(request)
        for room in () if wait else self._rooms():
            if room.is_code(code):
                return RedirectResponse(room.home, SEE_OTHER)
        return self._let_in(request, visitor, typed, self._join_page)

    async def claim(self, request: Request, visitor: Visitor) -> Response:
        """The page where a receipt is typed."""
        return self._claim_page(request, visitor)

    async def claimed(self, request: Request, visitor: Visitor) -> Response:
        """A receipt that was typed, or sent by the script of the page that its QR code opened."""
        return self._let_in(request, visitor, await self._typed(request), self._claim_page)

    async def _typed(self, request: Request) -> str:
        form = await read_form(request, CODE, CODE, self._room.limits.body)
        return form["code"]

    def _let_in(self, request: Request, visitor: Visitor, typed: str, again: Callable[..., Response]) -> Response:
        """Give the phone the cookie of this receipt; a wrong one costs one of the few tries an address has."""
        wrong_codes, name = self._room.gates.wrong_codes, self._room.gates.name_of(visitor.address)
        wait = wrong_codes.is_shut(name)
        if wait:
            raise Problem(
                429, _("That was a lot of tries"), _("Please wait a minute. Then type the code once more."),
                retry=wait, kind=Kind.GONE,
            )  # fmt: skip
        secret = read_secret(typed)
        room = self._room_that_knows(contributor_of(secret)) if secret is not None else None
        if secret is None or room is None:
            wrong_codes.wait(name)
            return again(request, visitor, wrong=True)
        return self._known(room, secret, visitor)

    def _room_that_knows(self, contributor: ContributorId) -> Room | None:
        return next((room for room in self._rooms() if room.board.is_known(contributor)), None)

    def _known(self, room: Room, secret: Secret, visitor: Visitor) -> Response:
        board, contributor = room.board, contributor_of(secret)
        if standing_of(board, contributor) is Standing.ERASED:
            raise turned_away(Standing.ERASED)
        page = "/mine" if board.notes_by(contributor) else ""    # a fresh slip has none yet
        response = RedirectResponse(room.home + page, SEE_OTHER)
        room.people.remember_claimed(response, secret, visitor.origin, board)
        return response

    def _join_page(self, request: Request, visitor: Visitor, *, wrong: bool = False) -> Response:
        return self._room.show(request, "join.html", visitor, status=400 if wrong else 200, here="", wrong=wrong)

    def _claim_page(self, request: Request, visitor: Visitor, *, wrong: bool = False) -> Response:
        return self._room.show(request, "claim.html", visitor, status=400 if wrong else 200, here="mine", wrong=wrong)
