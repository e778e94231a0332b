"""Live questions: what people ask a panel, who else wants to know, and what became of each question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.base.clock import to_milliseconds
from core.base.ids import ContributorId, QuestionId, new_id
from core.base.language import _
from core.domain.board import Board, Note
from core.domain.contributing import SupportNote
from core.domain.terms import Mark, Openness
from core.domain.words import NOTE_LIMIT
from core.web.acting import ACT_FIELDS, Acting, Actor, mode_in
from core.web.forms import read_form
from core.web.people import Visitor
from core.web.replying import OwnReply, own_reply
from core.web.room import SEE_OTHER, Room, script_answer
from core.web.seen import Seen, handle_of

SUPPORT_NEEDS = ("put",)
PUT = re.compile(r"([0-9a-f]{16})\.([01])", re.ASCII)
"""What a button sends: which question, and whether one wants it answered, too. Sent twice, it is the same."""
ORDER = (Mark.NOW, Mark.WAITING, Mark.PARKED, Mark.ASKED, Mark.WRITING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A live question as one person sees it; `support` counts everybody who wants it answered, too."""

    handle: str
    text: str
    name: str
    mark: Mark
    answer: OwnReply | None
    support: int
    is_yours: bool
    is_supported: bool

    @property
    def can_be_supported(self) -> bool:
        """Whether it still waits."""
        return self.mark in (Mark.WAITING, Mark.PARKED)


class Asking:
    """The page of live questions."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._acting = Acting(room)

    async def show(self, request: Request, visitor: Visitor) -> Response:
        """A box for one's own question, and what others ask."""
        room, place = self._room, self._room.place(visitor)
        board = room.board
        question = live_question(board)
        openness = board.openness(question, to_milliseconds(room.clock())) if question else Openness.CLOSED
        return room.show(
            request, "ask.html", visitor, here="ask", place=place, question=question, openness=openness,
            asked=board.text(board.questions[question].words) if question else "",
            questions=all_asked(room.seen(visitor), question, visitor.contributor) if question else (),
            promise=board.text(board.workshop.promise if board.workshop else None),
            marks=mark_words(), support_words=support_words, note_id=new_id(), start=new_id(), limit=NOTE_LIMIT,
            mode=mode_in(request),
        )  # fmt: skip

    async def support(self, request: Request, visitor: Visitor) -> Response:
        """Want a question answered, too, or no longer."""
        form = await read_form(request, (*SUPPORT_NEEDS, *ACT_FIELDS), SUPPORT_NEEDS, self._room.limits.body)
        if form.fault:
            raise form.fault
        seen = self._room.seen(visitor)
        put = PUT.fullmatch(form["put"])
        note = self._note(seen, put[1]) if put else None
        if put is None or note is None:
            return self._room.no_page()
        actor = self._acting.actor(form, visitor, lambda who: who in seen.supporters(note))
        await self._acting.do(actor, *commands(seen, note, actor, on=put[2] == "1"))
        return self._acting.remember(self._answer(visitor, note, actor), actor, visitor.origin)

    def _answer(self, visitor: Visitor, note: Note, actor: Actor) -> Response:
        if not visitor.is_script:
            return RedirectResponse(f"{self._room.home}/ask#n-{self._room.handle(note.id)}", SEE_OTHER)
        now = one_asked(self._room.seen(visitor), note, actor.contributor)
        told = {"saved": True, "on": now.is_supported, "n": now.support, "says": support_words(now)}
        return script_answer({**told, **actor.identity()})

    def _note(self, seen: Seen, handle: str) -> Note | None:
        """The live question of this handle that everybody sees."""
        live = (note for note in seen.board.notes.values() if seen.board.asking(note.question).live)
        return next((note for note in live if self._room.handle(note.id) == handle and seen.sees(note)), None)


def live_question(board: Board) -> QuestionId | None:
    """What is asked about now: the question of the agenda's step, else the first live one."""
    step = board.steps[board.step] if board.step is not None else None
    if step is not None and step.question is not None and board.asking(step.question).live:
        return step.question
    return next((each.id for each in board.questions_in_order() if board.asking(each.id).live), None)


def all_asked(seen: Seen, question: QuestionId, contributor: ContributorId | None) -> tuple[Asked, ...]:
    """What is being answered now first; then what waits, what most people want to know first; then the rest."""
    notes = [note for note in seen.board.notes_of(question) if seen.sees(note)]
    found = [one_asked(seen, note, contributor) for note in notes]
    return tuple(sorted(found, key=lambda asked: (ORDER.index(asked.mark), -asked.support)))


def one_asked(seen: Seen, note: Note, contributor: ContributorId | None) -> Asked:
    """One of them."""
    board, supporters = seen.board, seen.supporters(note)
    merged = [board.notes[each] for each in seen.all_shown_as(note.id)]
    return Asked(
        handle=handle_of(seen.workshop, note.id),
        text=board.text_of(note),
        name=seen.name_beside(note),
        mark=board.mark(note.id),
        answer=own_reply(board, note.id),
        support=len(supporters),
        is_yours=contributor is not None and any(each.contributor == contributor for each in merged),
        is_supported=contributor is not None and any(board.has_support_of(each.id, contributor) for each in merged),
    )


def commands(seen: Seen, note: Note, actor: Actor, *, on: bool) -> list[SupportNote]:
    """What makes somebody a supporter, or no longer one of any question that is shown as this one."""
    if on:
        return [SupportNote(note.id, actor.contributor, True, actor.mode, actor.venue)]
    supported = (each for each in seen.all_shown_as(note.id) if seen.board.has_support_of(each, actor.contributor))
    return [SupportNote(each, actor.contributor, False, actor.mode, actor.venue) for each in supported]


def support_words(asked: Asked) -> str:
    """What stands on the button."""
    words = _("You want this answered too") if asked.is_supported else _("I want to know this too")
    return f"{words} ({asked.support})"


def mark_words() -> Mapping[Mark, str]:
    """Where a live question stands."""
    return {
        Mark.NOW: _("Being answered now"),
        Mark.WAITING: _("Waiting to be asked"),
        Mark.PARKED: _("Waiting to be asked"),
        Mark.ASKED: _("Asked and answered"),
        Mark.WRITING: _("To be answered in writing"),
    }
