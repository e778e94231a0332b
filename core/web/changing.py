"""One's own notes once more: other words for one, one taken back or put back, until the notes are frozen; and what we
got wrong about one, at any time."""

import hashlib

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.base.errors import Frozen, NoteTooLong, WorkshopError
from core.base.identity import is_token_of
from core.base.ids import BackId, ContributorId, new_id
from core.base.language import _
from core.domain.answering import AnswerBack
from core.domain.board import Note
from core.domain.commands import Command, PutBackNote, RewordNote, WithdrawNote
from core.domain.events import Author
from core.domain.words import NOTE_LIMIT, tidy
from core.web.forms import Form, read_form
from core.web.mine import OwnNote, own_note
from core.web.people import Visitor
from core.web.problem import Kind, Problem
from core.web.room import SEE_OTHER, Room
from core.web.saying import Wrong, too_long
from core.web.seen import Seen

FIELDS = ("text", "token", "id")


class Changing:
    """The pages that act on a note that is there. A note of somebody else's is not there."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def change(self, request: Request, visitor: Visitor) -> Response:
        """A box with the note's words."""
        note = self._own(request, visitor)
        return self._box(request, visitor, note, self._room.board.text_of(note))

    async def changed(self, request: Request, visitor: Visitor) -> Response:
        """Other words; where they cannot be taken they come back in the box."""
        note, form = self._own(request, visitor), await self._form(request, visitor)
        try:
            return await self._done(visitor, note, RewordNote(note.id, form["text"], at_door=True), form)
        except Problem as problem:
            if problem.kind is not Kind.CHECK:
                raise
            wrong = Wrong(str(problem), problem.advice)
            return self._box(request, visitor, note, form["text"], wrong, problem.status)

    async def take_back(self, request: Request, visitor: Visitor) -> Response:
        """What taking it back means."""
        return self._room.show(
            request, "take-back.html", visitor, here="mine", note=self._seen(self._own(request, visitor))
        )

    async def taken_back(self, request: Request, visitor: Visitor) -> Response:
        """It is off the board at once."""
        note, form = self._own(request, visitor), await self._form(request, visitor)
        return await self._done(visitor, note, WithdrawNote(note.id), form)

    async def put_back(self, request: Request, visitor: Visitor) -> Response:
        """It is where it was."""
        note, form = self._own(request, visitor), await self._form(request, visitor)
        return await self._done(visitor, note, PutBackNote(note.id), form)

    async def answer_back(self, request: Request, visitor: Visitor) -> Response:
        """A box for what we got wrong about a note."""
        return self._asked(request, visitor, self._own(request, visitor), new_id())

    async def answered_back(self, request: Request, visitor: Visitor) -> Response:
        """It waits for somebody at a desk, who will reply. The same words sent twice are one; others are one more."""
        note, form = self._own(request, visitor), await self._form(request, visitor)
        sent = f"{form['id']} {visitor.contributor} {tidy(form['text'])}"
        back_id = BackId(hashlib.sha256(sent.encode()).hexdigest()[:32])
        back = AnswerBack(note.id, ContributorId(visitor.contributor or ""), form["text"], back_id)
        try:
            return await self._done(visitor, note, back, form)
        except Problem as problem:
            if problem.kind is not Kind.CHECK:
                raise
            wrong = Wrong(str(problem), problem.advice)
            return self._asked(request, visitor, note, form["id"], form["text"], wrong, problem.status)

    def _asked(
        self, request: Request, visitor: Visitor, note: Note, back_id: str, text: str = "",
        wrong: Wrong | None = None, status: int = 200,
    ) -> Response:  # fmt: skip
        return self._room.show(
            request, "answer-back.html", visitor, status=status, here="mine", note=self._seen(note), text=text,
            wrong=wrong, limit=NOTE_LIMIT, back_id=back_id,
        )  # fmt: skip

    def _own(self, request: Request, visitor: Visitor) -> Note:
        """The visitor's note of this handle. Raises the same Problem for one of somebody else's as for none."""
        board, handle = self._room.board, request.path_params["handle"]
        notes = board.notes_by(visitor.contributor) if visitor.contributor else []
        for note in notes:
            if self._room.handle(note.id) == handle and not note.erased:
                return note
        raise Problem(404, _("We cannot find that page"), _("Go back to the start."), kind=Kind.GONE)

    async def _form(self, request: Request, visitor: Visitor) -> Form:
        form = await read_form(request, FIELDS, ("token",), self._room.limits.body)
        if form.fault:
            raise form.fault
        if visitor.secret is None or not is_token_of(visitor.secret, form["token"]):
            raise Problem(
                403, _("That did not come from our page"), _("Go back to the start, and send it from there."),
                text=form["text"], kind=Kind.GONE,
            )  # fmt: skip
        return form

    async def _done(self, visitor: Visitor, note: Note, command: Command, form: Form) -> Response:
        session, writer = self._room.session, visitor.contributor or ""
        wait = self._room.gates.wait(writer, visitor.address, is_new=False)
        if wait:
            raise Problem(
                429, _("So many notes at once!"), _("Please wait a moment. Then send it once more."),
                text=form["text"], retry=wait, kind=Kind.GONE,
            )  # fmt: skip
        try:
            await self._room.landing.saved(session.do(command, Author(session.desk, writer)))
        except Frozen as error:
            raise Problem(409, _(str(error)), _(error.advice), text=form["text"], kind=Kind.GONE) from error
        except NoteTooLong as error:
            raise too_long(error, form["text"]) from error
        except WorkshopError as error:
            raise Problem.of(error, form["text"]) from error
        return RedirectResponse(f"{self._room.home}/mine#n-{self._room.handle(note.id)}", SEE_OTHER)

    def _seen(self, note: Note) -> OwnNote:
        return own_note(Seen(self._room.board), note)

    def _box(
        self, request: Request, visitor: Visitor, note: Note, text: str, wrong: Wrong | None = None, status: int = 200
    ) -> Response:
        return self._room.show(
            request, "change.html", visitor, status=status, here="mine", note=self._seen(note), text=text, wrong=wrong,
            limit=NOTE_LIMIT,
        )  # fmt: skip
