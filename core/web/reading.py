"""Reading: what became of one's own notes, what is on the board, and the live stream."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from core.base.identity import Secret, groups_of, receipt_of
from core.base.ids import QuestionId
from core.base.join import public_join_url
from core.domain.terms import Mode
from core.web.forms import MODES
from core.web.guard import Refused
from core.web.live import LiveAnswer
from core.web.mine import OwnNote, QrDrawing, own_note, own_notes, qr_drawing
from core.web.people import Visitor
from core.web.questions import nobodys_note
from core.web.room import Room
from core.web.seen import Seen

NOBODYS_QUERIES = frozenset({"as=nobody", "m=home&as=nobody", "m=scribe&as=nobody"})
"""What the address may carry of somebody who writes as nobody."""


class Reading:
    """The pages that only show something."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def sent(self, request: Request, visitor: Visitor) -> Response:
        """Thank you: the words that are on disk, where they are now, and the code to keep."""
        note = self._own(visitor, request.path_params["handle"])
        if note is None or visitor.secret is None:
            return self._room.no_page()
        return self._thank(
            request, visitor, note.question, note=note, receipt=receipt(visitor, visitor.secret), query=""
        )

    async def thanks(self, request: Request, visitor: Visitor) -> Response:
        """The same for a note of nobody's, which nobody can ask for."""
        query = f"?{request.url.query}" if request.url.query in NOBODYS_QUERIES else ""
        return self._thank(request, visitor, request.path_params["number"], note=None, receipt=None, query=query)

    async def mine(self, request: Request, visitor: Visitor) -> Response:
        """All of one's own notes, and where each one is now."""
        board = self._room.board
        notes = own_notes(board, visitor.contributor) if visitor.contributor else []
        if visitor.contributor and notes:
            self._room.session.read_what_came(visitor.contributor)
        return self._room.show(
            request, "mine.html", visitor, here="mine", place=self._room.place(visitor), notes=notes,
            is_frozen=board.is_frozen, receipt=receipt(visitor, visitor.secret) if visitor.secret else None,
        )  # fmt: skip

    async def help(self, request: Request, visitor: Visitor) -> Response:
        """How to take part."""
        return self._room.show(request, "help.html", visitor, here="", telephone=self._telephone())

    async def your_words(self, request: Request, visitor: Visitor) -> Response:
        """What happens to one's words: the privacy notice."""
        workshop = self._room.board.workshop
        host = self._room.board.text(workshop.host if workshop else None)
        return self._room.show(request, "your-words.html", visitor, here="", host=host, telephone=self._telephone())

    def _telephone(self) -> str:
        """Whom to call for help; empty where nobody said."""
        workshop = self._room.board.workshop
        return self._room.board.text(workshop.telephone if workshop else None)

    async def live(self, request: Request, visitor: Visitor) -> Response | LiveAnswer:
        """The live stream, for pages of ours only; where there are too many, the page goes on without."""
        if request.headers.get("origin", visitor.origin) != visitor.origin:
            raise Refused(403)
        hub = self._room.hub
        if not hub.has_room(visitor.contributor) or request.scope["http_version"] != "1.1":    # 1.0 has no chunks
            return Response(status_code=503, headers={"retry-after": "30"})
        place = request.headers.get("last-event-id") or request.query_params.get("at", "")
        mode = MODES.get(request.query_params.get("m", ""), Mode.ROOM)
        return LiveAnswer(hub, visitor.contributor, place, mode, self._room.venue_seen_by(visitor))

    def _thank(
        self, request: Request, visitor: Visitor, number: int, *,
        note: OwnNote | None, receipt: "Receipt | None", query: str,
    ) -> Response:  # fmt: skip
        home, questions = self._room.home, self._room.board.questions_in_order()
        if not 1 <= number <= len(questions):
            return self._room.no_page()
        later = (at for at, each in enumerate(questions[number:], number + 1) if not self._is_live(each.id))
        return self._room.show(
            request, "sent.html", visitor, here="write", place=self._room.place(visitor), note=note, receipt=receipt,
            again=f"{home}/q/{number}{query}", following=next(later, 0), nobodys_note=nobodys_note(),
        )  # fmt: skip

    def _is_live(self, question: QuestionId) -> bool:
        return self._room.board.asking(question).live

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
