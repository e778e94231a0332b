"""The wall: the notes that everybody may see, by question and theme, or word that it is not open yet."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from core.domain.board import Board
from core.domain.terms import Reveal
from core.web.people import Visitor
from core.web.room import Room
from core.web.seen import Seen, SeenQuestion


class Wall:
    """The page of the wall."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._last: tuple[Board, tuple[SeenQuestion, ...]] | None = None

    async def show(self, request: Request, visitor: Visitor) -> Response:
        """What is on the board and revealed; one's own notes are marked."""
        place, board = self._room.hub.place, self._room.board
        questions = self._questions(board)
        notes = board.notes_by(visitor.contributor) if visitor.contributor else []
        return self._room.show(
            request, "wall.html", visitor, here="wall", place=place, questions=questions, **numbers(questions),
            yours={self._room.handle(note.id) for note in notes},
            is_open=any(question.is_open for question in questions),
            never=all(question.reveal is Reveal.NEVER for question in questions),
        )  # fmt: skip

    def _questions(self, board: Board) -> tuple[SeenQuestion, ...]:
        """The wall of this board: made once for all who look at it before the next commit."""
        if self._last is None or self._last[0] is not board:
            self._last = (board, Seen(board).wall())
        return self._last[1]


def numbers(questions: tuple[SeenQuestion, ...]) -> Mapping[str, int]:
    """How many notes and themes there are to see."""
    parts = [part for question in questions for part in question.parts]
    return {"count": sum(len(part.notes) for part in parts), "themes": sum(part.theme is not None for part in parts)}
