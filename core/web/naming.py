"""How somebody is shown beside their notes: with no name, a name, or as nobody; and whether they may be quoted."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.base.clock import to_milliseconds
from core.base.ids import new_id
from core.domain.contributing import NAMED, ShowPerson
from core.domain.events import NOBODY
from core.domain.registers import PersonShown
from core.domain.terms import Naming
from core.web.acting import ACT_FIELDS, Acting, mode_in
from core.web.forms import MODES, Form, read_form
from core.web.people import Visitor
from core.web.problem import Kind, Problem
from core.web.questions import AskedQuestion, Choice, asked_questions, link_query, naming_words, nobodys_note
from core.web.room import SEE_OTHER, Room
from core.web.saying import Wrong

FIELDS = ("naming", "name", "quote", "q", *ACT_FIELDS)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody has chosen, or what stands in the form that came back."""

    naming: Naming
    name: str
    may_quote: bool

    @property
    def keeps_nothing(self) -> bool:
        """Whether there is nothing to remember of somebody who is not known yet."""
        return self.naming not in NAMED and not self.may_quote


class ShowingPeople:
    """The page where one chooses."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._acting = Acting(room)

    async def choose(self, request: Request, visitor: Visitor) -> Response:
        """The ways that the question allows."""
        board = self._room.board
        shown = board.shown(visitor.contributor)
        naming = Naming.NOBODY if request.query_params.get("as") == NOBODY else shown.naming
        chosen = Chosen(naming, board.name(visitor.contributor), shown.may_quote)
        return self._page(
            request, visitor, self._question(request.query_params.get("q", "")), chosen, mode_in(request)
        )

    async def chosen(self, request: Request, visitor: Visitor) -> Response:
        """Keep it, and go back to writing. Nothing is kept of who chooses no name and no quoting, or to be nobody."""
        form = await read_form(request, FIELDS, ("naming",), self._room.limits.body)
        if form.fault:
            raise form.fault
        question = self._question(form["q"])
        naming = next((each for each in question.namings if each == form["naming"]), question.namings[0])
        chosen = Chosen(naming, form["name"], form["quote"] == "1")
        mode = form["m"] if form["m"] in MODES else ""
        back = f"{self._room.home}/q/{question.number}{link_query(mode, nobody=naming is Naming.NOBODY)}"
        if naming is Naming.NOBODY or (visitor.secret is None and chosen.keeps_nothing):
            return RedirectResponse(back, SEE_OTHER)
        try:
            return await self._kept(visitor, form, chosen, back)
        except Problem as problem:
            if problem.kind is not Kind.CHECK:
                raise
            wrong = Wrong(str(problem), problem.advice)
            return self._page(request, visitor, question, chosen, mode, wrong, problem.status)

    async def _kept(self, visitor: Visitor, form: Form, chosen: Chosen, back: str) -> Response:
        board = self._room.board
        actor = self._acting.actor(form, visitor, lambda who: board.set_by(who, PersonShown) is not None)
        await self._acting.do(
            actor, ShowPerson(actor.contributor, chosen.naming, chosen.name, chosen.may_quote)
        )
        return self._acting.remember(RedirectResponse(back, SEE_OTHER), actor, visitor.origin)

    def _question(self, number: str) -> AskedQuestion:
        """The question one came from; the first where that is none."""
        questions = asked_questions(self._room.board, to_milliseconds(self._room.clock()))
        return next((each for each in questions if str(each.number) == number), questions[0])

    def _page(
        self, request: Request, visitor: Visitor, question: AskedQuestion, chosen: Chosen, mode: str,
        wrong: Wrong | None = None, status: int = 200,
    ) -> Response:  # fmt: skip
        words = naming_words()
        return self._room.show(
            request, "name.html", visitor, status=status, here="write", wrong=wrong, chosen=chosen,
            namings=[Choice(naming, words[naming]) for naming in question.namings],
            may_name=any(naming in NAMED for naming in question.namings),
            may_be_nobody=Naming.NOBODY in question.namings, nobodys_note=nobodys_note(),
            number=question.number, start=new_id(), mode=mode,
        )  # fmt: skip
