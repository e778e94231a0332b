"""A workshop in a file, with people whose notes, votes and questions come in as phones send them; no screen needed."""

from pathlib import Path

from core.base.ids import ContributorId, DeskId, NoteId, QuestionId, RoundId, ThemeId, new_id
from core.domain.board import Board
from core.domain.commands import Command, MakeWorkshop, NewTheme, SayNote
from core.domain.contributing import CastVote, ShowPerson, SupportNote
from core.domain.events import Author
from core.domain.running import OpenVote, SetQuestion
from core.domain.terms import Asking, Mode, Naming, Reveal, VoteOn
from core.session import Session
from ui.projector.serializer import Glance, view_of
from ui.projector.shown import ProjectorView, What

AT_ONCE, LATER, NEVER, HELD, LIVE = range(5)
ASKINGS = (Asking(), Asking(reveal=Reveal.LATER), Asking(reveal=Reveal.NEVER), Asking(hold=True), Asking(live=True))
SECONDS = 10


class Room:
    """Everything goes through the real session."""

    def __init__(self, path: Path) -> None:
        made = MakeWorkshop(
            title="Our park", questions=("Once?", "Later?", "Never?", "Held?", "Live?"), code="ABC234",
            purpose="To hear you", promise="You hear from us by May", host="The town",
        )  # fmt: skip
        self.session = Session.create(path, made, DeskId(new_id()))
        self.people: dict[str, ContributorId] = {}
        for number, asking in enumerate(ASKINGS):
            self.do(SetQuestion(self.question(number), asking))

    @property
    def board(self) -> Board:
        """What is on disk."""
        return self.session.board

    def question(self, number: int) -> QuestionId:
        """A question by its place."""
        return self.board.questions_in_order()[number].id

    def do(self, command: Command, by: str = "") -> None:
        """The desk, or somebody in the room, does something."""
        author = Author(self.session.desk, self.person(by)) if by else None
        self.session.do(command, author).result(SECONDS)

    def person(self, name: str) -> ContributorId:
        """Somebody in the room."""
        return self.people.setdefault(name, ContributorId(new_id()))

    def say(self, text: str, number: int = AT_ONCE, *, by: str = "Ada", mode: Mode = Mode.ROOM) -> NoteId:
        """A note that comes in by the door."""
        note = NoteId(new_id())
        said = SayNote(
            question=self.question(number), text=text, contributor=self.person(by), note_id=note, at_door=True,
            mode=mode,
        )  # fmt: skip
        self.do(said, by)
        return note

    def named(self, name: str) -> None:
        """Somebody chooses to be shown with their first name."""
        self.do(ShowPerson(self.person(name), Naming.FIRST_NAME, name), name)

    def theme(self, name: str, *notes: NoteId, number: int = AT_ONCE) -> ThemeId:
        """A theme with these notes in it."""
        theme = ThemeId(new_id())
        self.do(NewTheme(self.question(number), name, notes, theme_id=theme))
        return theme

    def vote(self, on: VoteOn, number: int = AT_ONCE, dots: int = 3) -> RoundId:
        """Open a round of votes."""
        made = RoundId(new_id())
        self.do(OpenVote(self.question(number), on, dots, round_id=made))
        return made

    def votes(self, made: RoundId, by: str, target: str, dots: int = 1) -> None:
        """Somebody puts dots on something."""
        self.do(CastVote(made, self.person(by), target, dots), by)

    def supports(self, note: NoteId, by: str) -> None:
        """Somebody wants a live question answered, too."""
        self.do(SupportNote(note, self.person(by)), by)

    def view(self, what: What, number: int = AT_ONCE, *, names: bool = False) -> ProjectorView:
        """What the projector may show."""
        return view_of(self.board, Glance(what=what, question=self.question(number), time=0, names=names))

    def everything(self, *, names: bool = False) -> str:
        """All that the projector may show in any view of any question."""
        views = [self.view(what, number, names=names) for what in What for number in range(len(ASKINGS))]
        return "\n".join(map(repr, views))
