"""Reading: what became of one's own notes, what is on the board, and the live stream."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from core.base.identity import Secret, contributor_of, groups_of, receipt_of
from core.base.join import public_join_url
from core.web.guard import Refused
from core.web.live import LiveAnswer
from core.web.mine import OwnNote, QrDrawing, own_note, own_notes, qr_drawing
from core.web.people import Visitor
from core.web.room import Room
from core.web.seen import Seen


class Reading:
    """The pages that only show something."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def sent(self, request: Request, visitor: Visitor) -> Response:
        """Thank you: the words that are on disk, where they are now, and the code to keep."""
        place = self._room.hub.place
        note = self._own(visitor, request.path_params["handle"])
        if note is None or visitor.secret is None:
            return self._room.no_page()
        following = note.question + 1 if note.question < len(self._room.board.questions) else 0
        return self._room.show(
            request, "sent.html", visitor,
            here="write", place=place, note=note, following=following, receipt=receipt(visitor, visitor.secret),
        )  # fmt: skip

    async def mine(self, request: Request, visitor: Visitor) -> Response:
        """All of one's own notes, and where each one is now."""
        place = self._room.hub.place
        if visitor.secret is None:
            return self._room.show(request, "mine.html", visitor, here="mine", place=place, notes=[], receipt=None)
        notes = own_notes(self._room.board, contributor_of(visitor.secret))
        return self._room.show(
            request, "mine.html", visitor,
            here="mine", place=place, notes=notes, receipt=receipt(visitor, visitor.secret),
        )  # fmt: skip

    async def help(self, request: Request, visitor: Visitor) -> Response:
        """How to take part, and what happens to one's words."""
        workshop = self._room.board.workshop
        host = self._room.board.text(workshop.host if workshop else None)
        return self._room.show(request, "help.html", visitor, here="", host=host)

    async def live(self, request: Request, visitor: Visitor) -> Response | LiveAnswer:
        """The live stream, for pages of ours only; where there are too many, the page goes on without."""
        if request.headers.get("origin", visitor.origin) != visitor.origin:
            raise Refused(403)
        hub = self._room.hub
        if not hub.has_room(visitor.contributor) or request.scope["http_version"] != "1.1":    # 1.0 has no chunks
            return Response(status_code=503, headers={"retry-after": "30"})
        place = request.headers.get("last-event-id") or request.query_params.get("at", "")
        return LiveAnswer(hub, visitor.contributor, place)

    def _own(self, visitor: Visitor, handle: str) -> OwnNote | None:
        """The visitor's note of this handle; None also where it is somebody else's."""
        board = self._room.board
        notes = board.notes_by(visitor.contributor) if visitor.contributor else []
        note = next((note for note in notes if self._room.handle(note.id) == handle), None)
        return own_note(Seen(board), note) if note else None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The code to keep, as text and as a QR code that opens one's notes."""

    groups: tuple[str, ...]
    qr: QrDrawing


def receipt(visitor: Visitor, secret: Secret) -> Receipt:
    """The receipt of this person, with the address they came to."""
    link = f"{public_join_url(visitor.origin, 'claim')}#{receipt_of(secret)}"
    return Receipt(groups_of(secret), qr_drawing(link))
