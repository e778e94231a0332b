"""The wall: the notes that everybody may see, by question and theme, or word that it is not open yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from core.base.ids import VenueId
from core.base.language import SOURCE, _, spoken
from core.domain.board import Board
from core.domain.terms import Reveal
from core.web.pages import Pages
from core.web.people import Visitor
from core.web.questions import kind_words
from core.web.room import Room
from core.web.seen import Seen, SeenNote, SeenPart, SeenQuestion


class Wall:
    """The page of the wall."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._drawn: dict[tuple[str, VenueId | None], Drawn] = {}

    async def show(self, request: Request, visitor: Visitor) -> Response:
        """What is on the board and revealed; one's own notes are marked."""
        place, board = self._room.place(visitor), self._room.board
        drawn = self._drawn_of(self._room.seen(visitor))
        own = board.notes_by(visitor.contributor) if visitor.contributor else []
        is_open = any(question.is_open for question in drawn.questions)
        never = all(question.reveal is Reveal.NEVER for question in drawn.questions)
        return self._room.show(
            request, "wall.html", visitor, here="wall", place=place, is_open=is_open, never=never,
            heading=heading(is_open=is_open, never=never), for_the_team=for_the_team(),
            notes=drawn.marked(self._room.handle(note.id) for note in own) if is_open else "",
            count=len(drawn.cards), themes=sum(part.theme is not None for part in drawn.parts),
        )  # fmt: skip

    def _drawn_of(self, seen: Seen) -> "Drawn":
        """The wall of this board in the language in use, of this venue: made once for all who look before the next
        commit."""
        drawn = self._drawn.get((spoken(), seen.here))
        if drawn is None or drawn.board is not seen.board:
            drawn = self._drawn[spoken(), seen.here] = Drawn.of(seen, self._room.pages)
        return drawn


@dataclass(frozen=True, slots=True)
class Drawn:
    """A wall as HTML, the same for everybody. `cards` are its notes with where they lie, by their handles."""

    board: Board
    pages: Pages
    questions: tuple[SeenQuestion, ...]
    cards: dict[str, tuple[SeenNote, SeenPart]]
    html: Markup

    @classmethod
    def of(cls, seen: Seen, pages: Pages) -> "Drawn":
        """Draw it."""
        board, questions = seen.board, seen.wall()
        parts = [part for question in questions for part in question.parts]
        cards = {note.handle: (note, part) for part in parts for note in part.notes}
        written = board.workshop.language if board.workshop else SOURCE
        words = {"kinds": kind_words(), "for_the_team": for_the_team(), "written": written}
        return cls(board, pages, questions, cards, pages.part("wall-notes.html", questions=questions, **words))

    @property
    def parts(self) -> list[SeenPart]:
        """Its themes, and what stands alone."""
        return [part for question in self.questions for part in question.parts]

    def marked(self, own: Iterable[str]) -> Markup:
        """The wall for one person, with their own notes marked as theirs."""
        html = self.html
        for handle in own:
            if handle in self.cards:
                html = html.replace(self._card(handle, yours=False), self._card(handle, yours=True), 1)
        return html

    def _card(self, handle: str, *, yours: bool) -> Markup:
        note, part = self.cards[handle]
        return self.pages.part("your-card.html", note=note, part=part, kinds=kind_words(), yours=yours)


def heading(*, is_open: bool, never: bool) -> str:
    """What stands at the top of the page; what will never be shown is not promised."""
    if is_open:
        return _("The wall")
    return _("There is no wall here") if never else _("The wall is not open yet")


def for_the_team() -> str:
    """What is said of notes that nobody else will see."""
    return _("These notes are for the team. Other people do not see them.")
