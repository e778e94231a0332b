"""Writing: the welcome, the page of a question, and a note's way from the phone to the disk and its answer back."""

import hashlib
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.base.clock import from_milliseconds, time_of_day, to_milliseconds
from core.base.days import day_and_month, day_words
from core.base.errors import NoteTooLong, WorkshopError
from core.base.identity import Secret, contributor_of, receipt_of, token_of
from core.base.ids import ContributorId, NoteId, QuestionId, VenueId, new_id
from core.base.language import _, ngettext
from core.base.pictures import Picture
from core.domain.commands import SayNote
from core.domain.events import NOBODY, Author
from core.domain.terms import Mode, Naming, Openness, Reason
from core.domain.words import NOTE_LIMIT, tidy
from core.session import Saved
from core.web.acting import mode_in
from core.web.forms import MODES, NoteForm, read_form
from core.web.mine import standing
from core.web.pages import bdi
from core.web.people import Visitor, first_secret, may_send
from core.web.private import ask_about_private
from core.web.problem import Kind, Problem, busy
from core.web.questions import AskedQuestion, asked_questions, link_query, nobodys_note
from core.web.room import SEE_OTHER, Room, script_answer, script_problem, with_retry
from core.web.splitting import fits_two, halves

NOTE_FIELDS = ("text", "question", "id", "start", "token", "kind", "m", "as", "late", "two", "sure")
NOTE_NEEDS = ("text", "question")
SIGNS_A_WORD = 6
Drawn = Callable[[], Awaitable[Picture | None]]
MODES_OF_THEIR_OWN = frozenset({Mode.REMOTE, Mode.SCRIBE})


@dataclass(frozen=True, slots=True)
class Wrong:
    """The one thing to put right: what it is, and how."""

    what: str
    how: str
    can_be_two: bool = False
    may_go: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends a note; nobody, where they chose so: then nothing of them is kept."""

    secret: Secret | None
    contributor: ContributorId | None
    is_new: bool
    mode: Mode
    venue: VenueId | None

    @property
    def actor(self) -> str:
        """What the log calls them."""
        return self.contributor or NOBODY


def once_more(text: str) -> Problem:
    """The form is not this person's own, or was."""
    return Problem(403, _("Please send your note once more"), _("We have kept all your words."), text=text)


async def no_picture() -> Picture | None:
    """Most notes are words alone."""
    return None


class Saying:
    """The pages that take notes."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def welcome(self, request: Request, visitor: Visitor) -> Response:
        """What this is; whoever has been here goes straight to the question that is open."""
        if self._room.board.is_ended:
            return self._over(request, visitor)
        question = first_open(self.questions())
        if question is None:
            return self._nothing_to_write(request, visitor, self.questions())
        if visitor.contributor is None:
            return self._welcome(request, visitor, question)
        return self._page(request, visitor, question, self.fresh(request, question))

    async def write(self, request: Request, visitor: Visitor) -> Response:
        """A question and a box to write in."""
        if self._room.board.is_ended:
            return self._over(request, visitor)
        number = request.path_params["number"]
        questions = self.questions()
        if not 1 <= number <= len(questions):
            return self._room.no_page()
        question = questions[number - 1]
        if question.is_live:
            return RedirectResponse(f"{self._room.home}/ask", SEE_OTHER)
        if question.openness is Openness.NOT_YET:
            return self._nothing_to_write(request, visitor, [question])
        return self._page(request, visitor, question, self.fresh(request, question))

    async def back_to_writing(self, request: Request, visitor: Visitor) -> Response:
        """Somebody loads the address that a form was sent to."""
        return RedirectResponse(self._room.home, SEE_OTHER)

    async def say(self, request: Request, visitor: Visitor) -> Response:
        """Take one note; the answer comes only after it is on disk."""
        read = await read_form(request, NOTE_FIELDS, NOTE_NEEDS, self._room.limits.body)
        form = self.as_asked(NoteForm.of(read))
        try:
            if read.fault:
                raise read.fault
            ask_about_private(form, visitor)
            return await self.said(form, visitor)
        except Problem as problem:
            return self._not_taken(request, visitor, problem, form)

    def questions(self) -> list[AskedQuestion]:
        return asked_questions(self._room.board, to_milliseconds(self._room.clock()))

    def as_asked(self, form: NoteForm) -> NoteForm:
        """The form as its question lets people be shown: some questions keep nobody, most keep everybody."""
        namings = self._room.board.asking(QuestionId(form.question)).namings
        nobody = Naming.NOBODY in namings and (form.is_nobodys or namings == (Naming.NOBODY,))
        return replace(form, is_nobodys=nobody, note_id=form.note_id or NoteId(new_id()))

    async def said(self, form: NoteForm, visitor: Visitor, drawn: Drawn = no_picture) -> Response:
        """Keep a note, with the picture that was drawn of its photo; that is begun only for a note that is let through.
        Raises a Problem."""
        sender = self._sender(form, visitor)
        held = self._let_through(form, visitor, sender)
        picture = await drawn()
        saved = [await self._on_disk(each, sender, held, picture) for each in self._notes(form)]
        response = self._taken(visitor, sender, form, saved)
        if sender.contributor is not None:
            self._room.presence.wrote(sender.contributor)
        if sender.is_new and sender.secret is not None and sender.contributor is not None:
            self._room.presence.saw(sender.contributor)
            self._room.people.remember(response, sender.secret, visitor.origin)
        return response

    def _sender(self, form: NoteForm, visitor: Visitor) -> Sender:
        mode, venue = self._mode(form, visitor), self._room.venue_for(visitor)
        if form.is_nobodys:
            return Sender(None, None, visitor.secret is None, mode, venue)
        secret = visitor.secret or first_secret(form, self._room.board)
        contributor = visitor.contributor or contributor_of(secret)
        return Sender(secret, contributor, visitor.secret is None, mode, venue)

    def _let_through(self, form: NoteForm, visitor: Visitor, sender: Sender) -> Reason | None:
        """Why a moderator is to read it first. Raises a Problem for a form that is not this person's own, or one too
        many. A note of nobody's needs no token: there is no one in whose name another site could speak."""
        if sender.secret is not None and visitor.secret is not None and not may_send(form, visitor.secret):
            raise once_more(form.text)
        if visitor.is_script and sender.is_new and form.token and not form.is_nobodys:
            raise once_more(form.text)    # its cookie was cleared: the script shows the receipt first
        admission = self._room.gates.admit(
            sender.contributor, visitor.address, is_new=sender.is_new, mode=sender.mode,
            note=f"{form.note_id} {form.text}",
        )  # fmt: skip
        if admission.wait:
            raise busy(admission.wait, form.text)
        return Reason.BURST if admission.in_burst else None

    def _notes(self, form: NoteForm) -> list[NoteForm]:
        """The note, or the two that it is to become; the second has an id that follows from the first."""
        if not form.as_two or not fits_two(form.text):
            return [form]
        second = NoteId(hashlib.sha256(f"{form.note_id} second".encode()).hexdigest()[:32])
        first_words, second_words = halves(form.text)
        return [replace(form, text=first_words), replace(form, text=second_words, note_id=second)]

    async def _on_disk(self, form: NoteForm, sender: Sender, held: Reason | None, picture: Picture | None) -> Saved:
        note = SayNote(
            question=QuestionId(form.question), text=form.text, contributor=sender.contributor,
            note_id=form.note_id or NoteId(new_id()), mode=sender.mode, kind=form.kind,
            late=form.late and self._is_closed(form), at_door=True, held=held,
            picture=picture.hash if picture else None, venue=sender.venue,
        )  # fmt: skip
        session = self._room.session
        try:
            author = Author(session.desk, sender.actor)
            saved = session.do_with_picture(note, picture, author) if picture else session.do(note, author)
            return await self._room.landing.saved(saved)
        except WorkshopError as error:
            raise (
                too_long(error, form.text) if isinstance(error, NoteTooLong) else Problem.of(error, form.text)
            ) from error

    def _is_closed(self, form: NoteForm) -> bool:
        now = to_milliseconds(self._room.clock())
        return self._room.board.openness(QuestionId(form.question), now) is Openness.CLOSED

    def _mode(self, form: NoteForm, visitor: Visitor) -> Mode:
        """How the first note came says how the others do; the first one's way is in the link that was used."""
        before = self._room.board.joined.get(visitor.contributor) if visitor.contributor else None
        if before is not None and not form.is_nobodys:
            return before if before in MODES_OF_THEIR_OWN else Mode.ROOM
        return MODES.get(form.mode, Mode.ROOM)

    def _taken(self, visitor: Visitor, sender: Sender, form: NoteForm, saved: Sequence[Saved]) -> Response:
        page = self._page_after(sender, form, saved)
        if not visitor.is_script:
            return RedirectResponse(page, SEE_OTHER)
        board, last = self._room.board, saved[-1]
        note = board.notes[last.note_id]
        told = standing(board, note)
        words: dict[str, object] = {"saved": True, "text": last.text, "page": page, "first": False}
        words |= {"up": board.is_seen_by_all(note), "status": told.status, "why": told.why}
        if sender.secret is not None:
            words |= {"id": self._room.handle(note.id), "first": sender.is_new}
            words |= {"token": token_of(sender.secret), "receipt": receipt_of(sender.secret)}
        return script_answer(words)

    def _page_after(self, sender: Sender, form: NoteForm, saved: Sequence[Saved]) -> str:
        home = self._room.home
        if sender.secret is None:
            number = next((each.number for each in self.questions() if each.id == form.question), 1)
            return f"{home}/thanks/{number}{link_query(form.mode, nobody=True)}"
        return f"{home}/sent/{self._room.handle(saved[-1].note_id)}" if len(saved) == 1 else f"{home}/mine"

    def _not_taken(self, request: Request, visitor: Visitor, problem: Problem, form: NoteForm) -> Response:
        """Say why, kindly; what they wrote is in the answer, ready to be sent again under the same id."""
        if visitor.is_script:
            return with_retry(script_problem(visitor, problem), problem)
        if problem.kind is Kind.GONE:
            return self._room.not_taken(request, visitor, problem)
        questions = self.questions()
        question = next((each for each in questions if each.id == form.question), questions[0])
        form = replace(form, text=problem.text, start=form.start or new_id())
        if problem.kind in (Kind.BUSY, Kind.UNSAVED):
            page = self._room.show(
                request, "wait.html", visitor, status=problem.status, here="write", problem=problem, form=form
            )
        else:
            page = self._page(request, visitor, question, form, problem)
        return with_retry(page, problem)

    def fresh(self, request: Request, question: AskedQuestion) -> NoteForm:
        """An empty form, with what the link says of who writes."""
        form = NoteForm(
            question=question.id, note_id=NoteId(new_id()), start=new_id(),
            mode=mode_in(request), is_nobodys=request.query_params.get("as") == NOBODY,
        )  # fmt: skip
        return self.as_asked(form)

    def _page(
        self,
        request: Request,
        visitor: Visitor,
        question: AskedQuestion,
        form: NoteForm,
        problem: Problem | None = None,
    ) -> Response:
        closed = question.openness is Openness.CLOSED if problem is None else problem.kind is Kind.LATE
        link = link_query(form.mode, nobody=form.is_nobodys, question=question.number)
        return self._room.show(
            request, "write.html", visitor,
            status=problem.status if problem else 200, here="write", place=self._room.place(visitor),
            asked=question, form=form, limit=NOTE_LIMIT, closed=closed,
            wrong=wrong_of(problem) if problem and not closed else None,
            shown_with=self._shown_with(visitor, form), naming=f"{self._room.home}/name{link}",
            nobodys_note=nobodys_note(), carried=link_query(form.mode, nobody=form.is_nobodys),
        )  # fmt: skip

    def _shown_with(self, visitor: Visitor, form: NoteForm) -> str:
        if form.is_nobodys:
            return _("nobody")
        return self._room.board.name(visitor.contributor) or _("no name")

    def _welcome(self, request: Request, visitor: Visitor, question: AskedQuestion) -> Response:
        board = self._room.board
        workshop = board.workshop
        start = f"{self._room.home}/q/{question.number}{link_query(mode_in(request))}"
        return self._room.show(
            request, "welcome.html", visitor, start=start,
            host=board.text(workshop.host if workshop else None),
            promise=board.text(workshop.promise if workshop else None),
            purpose=board.text(workshop.purpose if workshop else None),
        )  # fmt: skip

    def _nothing_to_write(
        self, request: Request, visitor: Visitor, questions: Sequence[AskedQuestion]
    ) -> Response:
        """None of these takes notes now."""
        opens = opening(questions, self._room.clock())
        return self._room.show(
            request, "not-now.html", visitor, here="write", place=self._room.place(visitor), icon_name="clock",
            what=_("There is no question to answer just now"),
            sentences=[*opens, _("When one opens, you will find it here.")], link=None,
        )  # fmt: skip

    def _over(self, request: Request, visitor: Visitor) -> Response:
        board = self._room.board
        promise = board.text(board.workshop.promise if board.workshop else None)
        sentences = [bdi(promise), _("Keep your code until then.")] if promise else [_("Keep your code.")]
        return self._room.show(
            request, "not-now.html", visitor, here="write", place=self._room.place(visitor), icon_name="tick",
            what=_("The workshop is over. Thank you!"), sentences=sentences, link=None,
        )  # fmt: skip


def first_open(questions: Sequence[AskedQuestion]) -> AskedQuestion | None:
    """The question to write to now; None where none takes notes."""
    takes_notes = (each for each in questions if each.openness is Openness.OPEN and not each.is_live)
    return next(takes_notes, None)


def opening(questions: Sequence[AskedQuestion], now: datetime) -> list[str]:
    """When the first of those that open later does, by the clocks here; nothing where none has a time for it."""
    waiting = [each.opens for each in questions if each.openness is Openness.NOT_YET and each.opens is not None]
    if not waiting:
        return []
    opens = from_milliseconds(min(waiting)).astimezone()
    day = day_and_month if opens.year == now.astimezone().year else day_words
    return [_("This opens on {day} at {time}.").format(day=day(opens.date()), time=time_of_day(opens, now))]


def too_long(error: NoteTooLong, text: str) -> Problem:
    """By about how many words it is too long, and what to do."""
    words = math.ceil(error.over / SIGNS_A_WORD)
    how = ngettext(
        "Take out about {n} word, or send this as two notes.",
        "Take out about {n} words, or send this as two notes.",
        words,
    )
    return Problem(400, _("Your note is a bit too long"), how.format(n=words), text=text)


def wrong_of(problem: Problem) -> Wrong:
    """The summary and the sentence at the box."""
    can_be_two = len(tidy(problem.text)) > NOTE_LIMIT and fits_two(problem.text)
    return Wrong(str(problem), problem.advice, can_be_two, problem.kind is Kind.ASKED)
