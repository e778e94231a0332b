"""Themes that carry on from one workshop into the next, with what was said to them before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.base.errors import NotThere
from core.base.ids import QuestionId, ThemeId, new_id
from core.domain.answering import GiveReply, told
from core.domain.board import Board, Theme
from core.domain.bodies import ThemeMade
from core.domain.events import Draft
from core.domain.grouping import own_lane
from core.domain.registers import ThemeCarried
from core.domain.terms import Carried, Reply
from core.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A theme as a workshop left it: in how many workshops it was heard so far, when last, and what was replied."""

    first: ThemeId
    name: str
    question: str
    times: int
    day: int
    title: str = ""
    colour: int = 0
    reply: GiveReply | None = None


def heard(board: Board) -> list[Heard]:
    """The themes of a workshop that carry on: those in which there is a note, now or in a workshop before."""
    return [
        _left(board, theme, board.text(question.words))
        for question in board.questions_in_order()
        for theme in board.themes_of(question.id)
        if theme.id != own_lane(question.id) and (theme.carried or board.notes_in(theme.id))
    ]


def times_heard(board: Board, theme: Theme) -> int:
    """In how many workshops a theme was heard, this one counted once somebody has said it here."""
    before = theme.carried.times if theme.carried else 0
    return before + bool(board.notes_in(theme.id))


def _left(board: Board, theme: Theme, question: str) -> Heard:
    """A theme that nobody spoke of here keeps what was replied before."""
    now, before = board.reply(theme.id), theme.carried
    reply = told(board, theme.id) if now is not None else _told_before(board, before)
    return Heard(
        first=before.first if before else theme.id, name=board.text(theme.name), question=question,
        times=times_heard(board, theme), day=_last_day(board), title=board.title(), colour=theme.colour, reply=reply,
    )  # fmt: skip


def _told_before(board: Board, carried: Carried | None) -> GiveReply | None:
    reply = carried.reply if carried else None
    if reply is None:
        return None
    return GiveReply(
        subject="", text=board.text(reply.text), status=reply.status, because=board.text(reply.because),
        who=board.text(reply.who), by=reply.by,
    )  # fmt: skip


def _last_day(board: Board) -> int:
    """The day of the last note; of a workshop without any, the day it was made."""
    days = [note.said.said_at.date().toordinal() for note in board.notes.values()]
    made = [board.workshop.made_at.date().toordinal()] if board.workshop else []
    return max(days or made, default=0)


@dataclass(frozen=True, slots=True)
class CarryOn:
    """Go on with themes of an earlier workshop: each in the question with the same words, or else in the first."""

    themes: tuple[Heard, ...]

    def drafts(self, board: Board) -> Sequence[Draft]:
        asked = [(each.id, board.text(each.words)) for each in board.questions_in_order()]
        return carried_on(board, self.themes, asked)


def carried_on(board: Board, themes: Iterable[Heard], asked: Sequence[tuple[QuestionId, str]]) -> list[Draft]:
    """What makes these themes anew, in a workshop that asks these questions. Raises NotThere where it asks none."""
    if not asked:
        raise NotThere
    by_words = {_alike(words): question for question, words in reversed(asked)}
    found = ((theme, by_words.get(_alike(theme.question), asked[0][0])) for theme in themes)
    return [draft for theme, question in found for draft in _carried_on(board, theme, question)]


def _carried_on(board: Board, theme: Heard, question: QuestionId) -> list[Draft]:
    theme_id, name, title = ThemeId(new_id()), Words.of(theme.name), Words.of(theme.title)
    reply, said = theme.reply.worded(board, Reply()) if theme.reply else (None, ())
    carried = Carried(
        first=theme.first, times=theme.times, day=theme.day, title=title.hash if title.text else None, reply=reply
    )
    titled = (title,) if title.text else ()
    return [
        Draft(theme_id, ThemeMade(question=question, name=name.hash, colour=theme.colour), (name,)),
        Draft(theme_id, ThemeCarried(to=carried, was=None), (*titled, *said)),
    ]


def _alike(text: str) -> str:
    return " ".join(text.casefold().split())
