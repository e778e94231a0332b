"""A photo of a drawing or of a paper note: the page that takes it, its way to the disk, and who may look at it."""

import asyncio
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.base.ids import NoteId, new_id
from core.base.language import _
from core.base.pictures import Picture
from core.domain.board import EMPTY, Note
from core.domain.terms import Openness
from core.domain.words import NOTE_LIMIT
from core.web.forms import NoteForm
from core.web.people import Visitor
from core.web.problem import RETRY_SECONDS, Kind, Problem, busy
from core.web.questions import AskedQuestion, nobodys_note
from core.web.redrawing import NoPicture, Redrawer
from core.web.room import SEE_OTHER, Room, script_problem, with_retry
from core.web.saying import NOTE_FIELDS, NOTE_NEEDS, Saying
from core.web.uploads import Upload, no_photo, upload

AT_ONCE = 16
"""So many photos come in at once; the others wait."""
TURN_SECONDS = 10.0
ONES_OWN = "private, no-store"
SEEN_BY_ALL = "private, max-age=300"


class Photos:
    """The pages of photos."""

    def __init__(self, room: Room, saying: Saying, redrawer: Redrawer | None = None) -> None:
        self._room = room
        self._saying = saying
        self._redrawer = redrawer or Redrawer()
        self._coming = asyncio.Semaphore(AT_ONCE)
        self._looked = EMPTY
        self._by_handle: dict[str, NoteId] = {}

    async def choose(self, request: Request, visitor: Visitor) -> Response:
        """A question, and a box for words and a photo."""
        number = request.path_params["number"]
        questions = self._saying.questions()
        if not 1 <= number <= len(questions):
            return self._room.no_page()
        question = questions[number - 1]
        if self._room.board.is_ended or question.openness is Openness.NOT_YET or not takes_photos(question):
            return RedirectResponse(f"{self._room.home}/q/{number}", SEE_OTHER)
        return self._page(request, visitor, question, self._saying.fresh(request, question))

    async def back_to_choosing(self, request: Request, visitor: Visitor) -> Response:
        """Somebody loads the address that a form was sent to."""
        return RedirectResponse(self._room.home, SEE_OTHER)

    async def send(self, request: Request, visitor: Visitor) -> Response:
        """Take a note with a photo; the answer comes only after both are on disk."""
        limits = self._room.limits
        await self._turn()
        try:
            async with upload(request, NOTE_FIELDS, NOTE_NEEDS, limits.photo, limits.body) as sent:
                return await self._taken(request, visitor, sent)
        finally:
            self._coming.release()

    async def _turn(self) -> None:
        try:
            async with asyncio.timeout(TURN_SECONDS):
                await self._coming.acquire()
        except TimeoutError:
            raise busy(RETRY_SECONDS) from None

    async def _taken(self, request: Request, visitor: Visitor, sent: Upload) -> Response:
        form = self._saying.as_asked(NoteForm.of(sent.form))
        form = replace(form, as_two=False)
        question = next((each for each in self._saying.questions() if each.id == form.question), None)
        try:
            if sent.form.fault:
                raise sent.form.fault
            if question is not None and not takes_photos(question):
                raise Problem(400, _("This question takes words only."), _("Your words are kept."), text=form.text)

            async def drawn() -> Picture | None:
                return await self._drawn(sent, form)

            return await self._saying.said(form, visitor, drawn)
        except Problem as problem:
            return self._not_taken(request, visitor, problem, form, question)

    async def _drawn(self, sent: Upload, form: NoteForm) -> Picture | None:
        if sent.photo is None:
            return None
        try:
            return await self._redrawer.redrawn(sent.photo)
        except NoPicture:
            problem = no_photo()
            problem.text = form.text
            raise problem from None
        except OSError as error:    # no process can be started just now
            raise busy(RETRY_SECONDS, form.text) from error

    def _not_taken(
        self, request: Request, visitor: Visitor, problem: Problem, form: NoteForm, question: AskedQuestion | None
    ) -> Response:
        """Say why, kindly; the words are in the form, ready to be sent again under the same id."""
        if visitor.is_script:
            return with_retry(script_problem(visitor, problem), problem)
        if problem.kind is Kind.GONE or question is None:
            return self._room.not_taken(request, visitor, problem)
        form = replace(form, text=problem.text or form.text, start=form.start or new_id())
        return with_retry(self._page(request, visitor, question, form, problem), problem)

    def _page(
        self, request: Request, visitor: Visitor, question: AskedQuestion, form: NoteForm,
        problem: Problem | None = None,
    ) -> Response:  # fmt: skip
        return self._room.show(
            request, "photo.html", visitor, status=problem.status if problem else 200, here="write",
            asked=question, form=form, limit=NOTE_LIMIT, problem=problem, nobodys_note=nobodys_note(),
            closed=question.openness is Openness.CLOSED, home=self._room.home,
        )  # fmt: skip

    async def picture(self, request: Request, visitor: Visitor) -> Response:
        """The picture of a note: for whoever wrote it, and for everybody once everybody sees the note."""
        note = self._note(request.path_params["handle"])
        if note is None or note.picture is None or note.erased:
            return self._room.no_page()
        is_seen = self._room.seen(visitor).is_up(note)
        is_own = note.contributor is not None and note.contributor == visitor.contributor
        if not is_seen and not is_own:
            return self._room.no_page()
        picture = await run_in_threadpool(self._room.session.picture, note.picture)
        if picture is None:
            return self._room.no_page()
        keep = SEEN_BY_ALL if is_seen else ONES_OWN
        return Response(picture.data, media_type=picture.kind.value, headers={"cache-control": keep})

    def _note(self, handle: str) -> Note | None:
        """The note with a picture that pages call so. Handles never change, so only a new one is looked for."""
        board = self._room.board
        if handle not in self._by_handle and board is not self._looked:
            self._looked = board
            with_picture = (note for note in board.notes.values() if note.picture is not None)
            self._by_handle = {self._room.handle(note.id): note.id for note in with_picture}
        return board.notes.get(self._by_handle.get(handle, NoteId("")))


def takes_photos(question: AskedQuestion) -> bool:
    """Whether a note to this question may have a picture."""
    return question.takes_pictures and not question.is_live
