"""Writing: the page of a question, and the way of a note from the phone to the disk and its answer back."""

import math

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.base.errors import WorkshopError
from core.base.identity import Secret, contributor_of, receipt_of, token_of
from core.base.ids import ContributorId, NoteId, QuestionId, new_id
from core.base.language import _
from core.domain.commands import SayNote
from core.domain.course import Question
from core.domain.events import Author
from core.domain.terms import Reason
from core.domain.words import NOTE_LIMIT, tidy
from core.session import Saved
from core.web.forms import Form, NoteForm, read_form
from core.web.people import Visitor, first_secret, may_send
from core.web.problem import Kind, Problem, busy
from core.web.room import SEE_OTHER, Room, script_answer, script_problem, with_retry

NOTE_FIELDS = ("text", "question", "id", "start", "token")
NOTE_NEEDS = ("text", "question")
SIGNS_A_WORD = 6
NOTHING_SENT = NoteForm.of(Form({}))


class Saying:
    """The pages that take notes."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def write(self, request: Request, visitor: Visitor) -> Response:
        """A question and a box to write in."""
        number = request.path_params.get("number", 1)
        questions = self._room.board.questions_in_order()
        if not 1 <= number <= len(questions):
            return self._room.no_page()
        return self._page(request, visitor, questions, number - 1)

    async def back_to_writing(self, request: Request, visitor: Visitor) -> Response:
        """Somebody loads the address that a form was sent to."""
        return RedirectResponse(self._room.home, SEE_OTHER)

    async def say(self, request: Request, visitor: Visitor) -> Response:
        """Take one note; the answer comes only after it is on disk."""
        read = await read_form(request, NOTE_FIELDS, NOTE_NEEDS, self._room.limits.body)
        form = NoteForm.of(read)
        try:
            if read.fault:
                raise read.fault
            return await self._said(form, visitor)
        except Problem as problem:
            return self._not_taken(request, visitor, problem, form)

    async def _said(self, form: NoteForm, visitor: Visitor) -> Response:
        secret = visitor.secret or first_secret(form, self._room.board)
        contributor = visitor.contributor or contributor_of(secret)
        held = self._let_through(form, visitor, contributor)
        saved = await self._on_disk(form, contributor, held)
        response = self._taken(visitor, secret, saved)
        if visitor.secret is None:
            self._room.presence.saw(contributor)
            self._room.people.remember(response, secret, visitor.origin)
        return response

    def _let_through(self, form: NoteForm, visitor: Visitor, contributor: ContributorId) -> Reason | None:
        """Why a moderator is to read it first. Raises a Problem for a form that is not this person's own, or one too
        many."""
        if visitor.secret is not None and not may_send(form, visitor.secret):
            raise Problem(403, _("Please send your note once more"), _("We have kept all your words."), text=form.text)
        admission = self._room.gates.admit(contributor, visitor.address, is_new=visitor.secret is None)
        if admission.wait:
            raise busy(admission.wait, form.text)
        return Reason.BURST if admission.in_burst else None

    async def _on_disk(self, form: NoteForm, contributor: ContributorId, held: Reason | None) -> Saved:
        note_id = form.note_id or NoteId(new_id())
        note = SayNote(
            question=QuestionId(form.question), text=form.text, contributor=contributor, note_id=note_id, at_door=True,
            held=held,
        )  # fmt: skip
        session = self._room.session
        try:
            return await self._room.landing.saved(session.do(note, Author(session.desk, contributor)))
        except WorkshopError as error:
            raise Problem.of(error, form.text) from error

    def _taken(self, visitor: Visitor, secret: Secret, saved: Saved) -> Response:
        handle = self._room.handle(saved.note_id)
        page = f"{self._room.home}/sent/{handle}"
        if not visitor.is_script:
            return RedirectResponse(page, SEE_OTHER)
        words = {"saved": True, "id": handle, "text": saved.text, "page": page}
        return script_answer({**words, "token": token_of(secret), "receipt": receipt_of(secret)})

    def _not_taken(self, request: Request, visitor: Visitor, problem: Problem, form: NoteForm) -> Response:
        """Say why, kindly; what they wrote is in the answer, ready to be sent again under the same id."""
        if visitor.is_script:
            return with_retry(script_problem(visitor, problem), problem)
        if problem.kind is Kind.GONE:
            return self._room.not_taken(request, visitor, problem)
        questions = self._room.board.questions_in_order()
        at = next((at for at, question in enumerate(questions) if question.id == form.question), 0)
        return with_retry(self._page(request, visitor, questions, at, form, problem), problem)

    def _page(
        self, request: Request, visitor: Visitor, questions: list[Question], at: int,
        form: NoteForm = NOTHING_SENT, problem: Problem | None = None,
    ) -> Response:  # fmt: skip
        room, place = self._room, self._room.hub.place
        board = room.board
        waits = problem is not None and problem.kind is not Kind.CHECK
        workshop = board.workshop
        return room.show(
            request, "wait.html" if waits else "write.html", visitor,
            status=problem.status if problem else 200,
            here="write", place=place, problem=problem, limit=NOTE_LIMIT,
            number=at + 1, all=len(questions), question=questions[at].id, asked=board.text(questions[at].words),
            text=problem.text if problem else "", over=words_over(problem),
            note_id=form.note_id or new_id(), start=form.start or new_id(),
            people=max(1, room.presence.here()), count=room.hub.count,
            host=board.text(workshop.host if workshop else None),
            promise=board.text(workshop.promise if workshop else None),
        )  # fmt: skip


def words_over(problem: Problem | None) -> int:
    """By about how many words a note is too long."""
    return math.ceil(max(0, len(tidy(problem.text)) - NOTE_LIMIT) / SIGNS_A_WORD) if problem else 0
