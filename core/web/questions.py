"""A question as its page shows it: its words, the kinds of note it asks for, how people may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from core.base.ids import QuestionId
from core.base.language import _
from core.domain.board import Board
from core.domain.course import Question
from core.domain.events import NOBODY
from core.domain.terms import Asking, Naming, NoteKind, Openness


class Choice(NamedTuple):
    """One of several that somebody may choose; `icon` names its drawing."""

    value: str
    word: str
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """One question of the workshop; `number` is its place in its address, `nth` the one people are told."""

    id: QuestionId
    number: int
    nth: int
    of: int
    words: str
    plain: str
    minutes: int
    kinds: tuple[Choice, ...]
    namings: tuple[Naming, ...]
    openness: Openness
    opens: int | None
    is_live: bool
    takes_pictures: bool

    @property
    def is_nobodys_only(self) -> bool:
        """Whether nobody who answers it is known."""
        return self.namings == (Naming.NOBODY,)


def asked_questions(board: Board, now: int) -> list[AskedQuestion]:
    """All questions in order, as they are asked at this time (milliseconds since 1970)."""
    questions = board.questions_in_order()
    written = [each.id for each in questions if not board.asking(each.id).live]
    return [_asked(board, each, at, written, now) for at, each in enumerate(questions, 1)]


def _asked(board: Board, question: Question, number: int, written: list[QuestionId], now: int) -> AskedQuestion:
    asking = board.asking(question.id)
    return AskedQuestion(
        id=question.id,
        number=number,
        nth=0 if asking.live else written.index(question.id) + 1,
        of=len(written),
        words=board.text(question.words),
        plain=board.text(asking.plain),
        minutes=asking.minutes,
        kinds=kinds_of(asking),
        namings=asking.namings or (Naming.NO_NAME,),
        openness=board.openness(question.id, now),
        opens=asking.opens,
        is_live=asking.live,
        takes_pictures=asking.pictures,
    )


def kinds_of(asking: Asking) -> tuple[Choice, ...]:
    """The kinds of note to choose from, and that one is not sure; none where the question asks for none."""
    if not asking.kinds:
        return ()
    words = kind_words()
    return (*(words[kind] for kind in asking.kinds), Choice("", _("Not sure"), "ask"))


def kind_words() -> Mapping[NoteKind, Choice]:
    """What each kind of note is called, and its drawing."""
    return {
        NoteKind.PROBLEM: Choice(NoteKind.PROBLEM, _("Problem"), "warning"),
        NoteKind.STORY: Choice(NoteKind.STORY, _("Story"), "book"),
        NoteKind.IDEA: Choice(NoteKind.IDEA, _("Idea"), "bulb"),
        NoteKind.EXPERIMENT: Choice(NoteKind.EXPERIMENT, _("We tried it"), "flask"),
        NoteKind.QUESTION: Choice(NoteKind.QUESTION, _("Question"), "ask"),
    }


def naming_words() -> Mapping[Naming, str]:
    """How people may be shown, as they choose it."""
    return {
        Naming.NO_NAME: _("No name. We do not keep one."),
        Naming.FIRST_NAME: _("My first name"),
        Naming.OTHER_NAME: _("Another name I choose"),
        Naming.NOBODY: _("Nobody. We do not keep who wrote it."),
    }


def nobodys_note() -> str:
    """What is said before somebody writes as nobody."""
    return _("Nobody can link this note to you. So you cannot change it or take it back, and we cannot answer you.")


def link_query(mode: str, *, nobody: bool = False, question: int = 0) -> str:
    """What links carry: how somebody came, until they are known; that they want to be nobody; which question it is."""
    carried = {"m": mode, "as": NOBODY if nobody else "", "q": str(question or "")}
    said = "&".join(f"{name}={value}" for name, value in carried.items() if value)
    return f"?{said}" if said else ""
