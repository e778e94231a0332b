"""Coming in by a venue's own link or QR code: the phone remembers which venue it was, nothing else."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.domain.venues import venue_called
from core.web.people import Visitor
from core.web.room import SEE_OTHER, Room


class Arriving:
    """The door of each venue."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def arrive(self, request: Request, visitor: Visitor) -> Response:
        """On to the questions. A venue that is none (any more) keeps nobody out."""
        response = RedirectResponse(self._room.home, SEE_OTHER)
        venue = venue_called(self._room.board, request.path_params["venue"])
        if venue is not None:
            self._room.people.remember_venue(response, venue, visitor.origin)
        return response
