"""Voting: dots on themes or notes, put and taken back tap by tap, each saved at once; and how a round ended."""

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.base.ids import ContributorId, new_id
from core.base.language import _, ngettext
from core.domain.board import Board, Note, Theme
from core.domain.contributing import CastVote
from core.domain.course import Round
from core.domain.tallies import Votes
from core.domain.terms import VoteOn
from core.web.acting import ACT_FIELDS, Acting, mode_in
from core.web.forms import Form, read_form
from core.web.people import Visitor
from core.web.problem import Problem
from core.web.room import SEE_OTHER, Room, script_answer, script_problem, with_retry
from core.web.seen import Result, Seen, SeenTheme, can_be_chosen, handle_of

VOTE_NEEDS = ("round", "put")
PUT = re.compile(r"([0-9a-f]{16})\.(\d{1,2})", re.ASCII)
"""What a button sends: on what, and how many dots are to lie there. Sent twice, it is the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that dots may lie on: one's own `dots`, and everybody's (`votes`) once they may be known."""

    handle: str
    id: str
    words: str
    theme: SeenTheme | None
    dots: int
    votes: Votes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """A round as one person sees it."""

    handle: str
    on: VoteOn
    asked: str
    all: int
    is_open: bool
    choices: tuple[Choice, ...]

    @property
    def left(self) -> int:
        """The dots that lie nowhere yet."""
        return max(0, self.all - sum(choice.dots for choice in self.choices))

    @property
    def left_words(self) -> str:
        """The same, as it is shown and said."""
        return ngettext("You have {n} vote left.", "You have {n} votes left.", self.left).format(n=self.left)


class Voting:
    """The page where people vote."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._acting = Acting(room)

    async def show(self, request: Request, visitor: Visitor) -> Response:
        """The round that is open, or how the last one ended."""
        handle = request.path_params.get("handle", "")
        if handle and self._round(handle) is None:
            return self._room.no_page()
        return self._page(request, visitor, handle)

    async def cast(self, request: Request, visitor: Visitor) -> Response:
        """Take one tap."""
        form = await read_form(request, (*VOTE_NEEDS, *ACT_FIELDS), VOTE_NEEDS, self._room.limits.body)
        try:
            if form.fault:
                raise form.fault
            return await self._cast(form, visitor)
        except Problem as problem:
            return self._not_taken(request, visitor, problem, form["round"])

    async def _cast(self, form: Form, visitor: Visitor) -> Response:
        made, put = self._round(form["round"]), PUT.fullmatch(form["put"])
        choice = self._choice(self._room.seen(visitor), made, put[1]) if made and put else None
        if made is None or put is None or choice is None:
            return self._room.no_page()
        actor = self._acting.actor(form, visitor, lambda who: bool(self._room.board.votes_by(made.id, who)))
        vote = CastVote(made.id, actor.contributor, choice.id, int(put[2]), actor.mode, actor.venue)
        await self._acting.do(actor, vote)
        if visitor.is_script:
            told = self._told(made, visitor, actor.contributor)
            response = script_answer({"saved": True, **told, **actor.identity()})
        else:
            response = RedirectResponse(f"{self._place(form['round'])}#v-{choice.handle}", SEE_OTHER)
        return self._acting.remember(response, actor, visitor.origin)

    def _not_taken(self, request: Request, visitor: Visitor, problem: Problem, handle: str) -> Response:
        """Say why, with what holds now: nothing but this tap is lost."""
        made = self._round(handle)
        if made is None or problem.status not in (403, 409, 429):
            return self._room.not_taken(request, visitor, problem)
        if not visitor.is_script:
            return with_retry(self._page(request, visitor, handle, problem), problem)
        response = script_problem(visitor, problem, self._told(made, visitor, visitor.contributor))
        return with_retry(response, problem)

    def _told(self, made: Round, visitor: Visitor, contributor: ContributorId | None) -> dict[str, object]:
        """What holds now, for the script."""
        mine = ballot(self._room.seen(visitor), made, contributor)
        dots = {choice.handle: choice.dots for choice in mine.choices}
        return {"open": mine.is_open, "left": mine.left, "says": mine.left_words, "dots": dots}

    def _page(
        self, request: Request, visitor: Visitor, handle: str, problem: Problem | None = None
    ) -> Response:
        room, place = self._room, self._room.place(visitor)
        made = self._round(handle) if handle else self._first_choice()
        mine = ballot(room.seen(visitor), made, visitor.contributor) if made else None
        others = [each for each in self._open_rounds() if made is not None and each.id != made.id]
        return room.show(
            request, "vote.html", visitor, status=problem.status if problem else 200, here="wall", place=place,
            ballot=mine, heading=heading_words(mine), lead=lead_words(mine) if mine else "", problem=problem,
            counted=mine is not None and any(choice.votes is not None for choice in mine.choices),
            several=len(room.board.questions) > 1, start=new_id(), mode=mode_in(request),
            others=[(room.handle(each.id), asked(room.board, each)) for each in others],
            action=self._place(handle),
        )  # fmt: skip

    def _place(self, handle: str) -> str:
        return f"{self._room.home}/vote" + (f"/{handle}" if handle and len(self._open_rounds()) > 1 else "")

    def _open_rounds(self) -> list[Round]:
        board = self._room.board
        return [each for each in board.rounds_in_order() if board.is_round_open(each.id) and not board.is_ended]

    def _first_choice(self) -> Round | None:
        """The newest of the open rounds, else the newest of all."""
        rounds = self._open_rounds() or self._room.board.rounds_in_order()
        return rounds[-1] if rounds else None

    def _round(self, handle: str) -> Round | None:
        return next((each for each in self._room.board.rounds_in_order() if self._room.handle(each.id) == handle), None)

    def _choice(self, seen: Seen, made: Round, handle: str) -> Choice | None:
        choices = ballot(seen, made, None).choices
        return next((choice for choice in choices if choice.handle == handle), None)


def ballot(seen: Seen, made: Round, contributor: ContributorId | None) -> Ballot:
    """A round as this person sees it. How others voted is shown when it is over, and where the notes are shown."""
    board = seen.board
    is_open = board.is_round_open(made.id) and not board.is_ended
    result = None if is_open or not board.is_revealed(made.question) else Result.of_round(board, made)
    mine = board.votes_by(made.id, contributor) if contributor else {}
    choices = (_choice(seen, each) for each in can_be_chosen(seen, made))
    return Ballot(
        handle=handle_of(seen.workshop, made.id),
        on=made.on,
        asked=asked(board, made),
        all=made.dots,
        is_open=is_open,
        choices=tuple(
            Choice(
                handle=handle_of(seen.workshop, id), id=id, words=words, theme=theme,
                dots=mine.get(id, 0), votes=None if result is None else result.of(id),
            )
            for id, words, theme in choices
        ),
    )  # fmt: skip


def _choice(seen: Seen, each: Theme | Note) -> tuple[str, str, SeenTheme | None]:
    if isinstance(each, Theme):
        return each.id, seen.board.text(each.name), seen.theme(each)
    theme = seen.board.theme_of(each)
    return each.id, seen.board.text_of(each), seen.theme(theme) if theme else None


def asked(board: Board, made: Round) -> str:
    """The question a round is about."""
    question = board.questions.get(made.question)
    return board.text(question.words) if question else ""


def heading_words(mine: Ballot | None) -> str:
    """What stands at the top of the page."""
    if mine is None:
        return _("Voting has not begun")
    return _("What matters most to you?") if mine.is_open else _("Voting has ended")


def lead_words(mine: Ballot) -> str:
    """What there is to do, in one or two sentences."""
    if mine.on is VoteOn.THEMES:
        return ngettext(
            "You have {n} vote. Put it on the theme you care about most.",
            "You have {n} votes. Put them on the themes you care about most.", mine.all,
        ).format(n=mine.all)  # fmt: skip
    return ngettext(
        "You have {n} vote. Put it on the note you care about most.",
        "You have {n} votes. Put them on the notes you care about most.", mine.all,
    ).format(n=mine.all)  # fmt: skip


