"""The pages of one's own receipt: as signs and a QR code, and as eight words."""

from starlette.requests import Request
from starlette.responses import Response

from core.base.identity import words_of
from core.web.people import Visitor
from core.web.reading import receipt
from core.web.room import Room


class Keeping:
    """What somebody keeps to find their notes again. Only ever their own."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def code(self, request: Request, visitor: Visitor) -> Response:
        """Four groups of four, and a QR code to scan with another phone."""
        kept = receipt(visitor, visitor.secret) if visitor.secret else None
        return self._room.show(request, "code.html", visitor, here="mine", receipt=kept)

    async def words(self, request: Request, visitor: Visitor) -> Response:
        """The same as eight words."""
        kept = words_of(visitor.secret) if visitor.secret else ()
        return self._room.show(request, "words.html", visitor, here="mine", kept=kept)
