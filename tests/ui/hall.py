"""A workshop open at the desk, with people whose notes come in by the door as phones send them."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from core.base.ids import ContributorId, DeskId, NoteId, QuestionId, ThemeId, new_id
from core.domain.board import Board
from core.domain.commands import Command, MakeWorkshop, NewTheme, SayNote
from core.domain.events import Author
from core.domain.terms import NoteKind, Reason
from core.session import Saved, Session
from tests.ui.at_the_desk import DeskUnderTest
from ui.places import Kind, Place

QUESTION = "What should change?"
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
Key = Qt.Key


def hall(path: Path, desk: DeskId) -> Path:
    """A file with a workshop of two questions."""
    made = MakeWorkshop(title="Our town", questions=(QUESTION, "And then?"), code="ABC234")
    Session.create(path, made, desk).close()
    return path


class Hall:
    """What happens in the room, and the hands of the facilitator at the desk."""

    def __init__(self, desk: DeskUnderTest) -> None:
        self.desk = desk
        self.screen = desk.open.screen
        self.session = desk.open.running.session
        self.people: dict[str, ContributorId] = {}

    @property
    def board(self) -> Board:
        """What was saved, as the screen has it."""
        return self.desk.board

    @property
    def question(self) -> QuestionId:
        """The first question."""
        return self.board.questions_in_order()[0].id

    def person(self, name: str) -> ContributorId:
        """Somebody in the room."""
        return self.people.setdefault(name, ContributorId(new_id()))

    def say(
        self, text: str, *, by: str = "Ada", held: Reason | None = None, late: bool = False,
        kind: NoteKind | None = None,
    ) -> NoteId:  # fmt: skip
        """A note that comes in by the door."""
        command = SayNote(
            question=self.question, text=text, contributor=self.person(by), note_id=NoteId(new_id()), at_door=True,
            held=held, late=late, kind=kind,
        )  # fmt: skip
        return NoteId(self.does(command, by).events[0].subject)

    def does(self, command: Command, by: str = "") -> Saved:
        """Somebody does something; seen at the desk."""
        saved = self.session.do(command, Author(self.session.desk, self.person(by)) if by else None).result(10)
        self.is_seen()
        return saved

    def is_seen(self) -> None:
        """The screen shows what is on disk."""
        self.desk.wait(lambda: self.desk.board is self.session.board)

    def theme(self, name: str, *notes: NoteId) -> ThemeId:
        """A theme with these notes in it."""
        theme = ThemeId(new_id())
        self.does(NewTheme(self.question, name, notes, theme_id=theme))
        return theme

    def chooses(self, *notes: NoteId) -> None:
        """These notes are chosen at the desk."""
        self.desk.open.running.selection.choose(notes)
        self.desk.open.running.selection.set_focus(notes[0])

    def stands_on_question(self) -> None:
        """The row of the question has the focus in the outline."""
        self.desk.do("outline")
        outline = self.screen.outline
        outline.tree.setCurrentIndex(outline.model.index(0, 0))

    def stands_on_theme(self, theme: ThemeId) -> None:
        """The row of a theme has the focus in the outline."""
        self.desk.do("outline")
        outline = self.screen.outline
        outline.tree.setCurrentIndex(outline.model.index_of_place(Place(self.question, Kind.THEME, theme)))

    def stands_on_note(self, note: NoteId) -> None:
        """The row of a note has the focus in the outline."""
        self.desk.do("outline")
        self.screen.outline.tree.setCurrentIndex(self.screen.outline.model.index_of_note(note))

    @property
    def undo(self) -> str:
        """What the status line says can be taken back."""
        named = [name for name in self.desk.names(QAbstractButton) if name.startswith("Undo: ")]
        return named[0].removeprefix("Undo: ") if named else ""

    def words(self, action: str) -> str:
        """What an action is called now."""
        return self.desk.window.actions_[action].text().replace("&", "").partition("\t")[0]

    def can(self, action: str) -> bool:
        """Whether an action makes sense now."""
        return self.desk.window.actions_[action].isEnabled()

    def is_ticked(self, action: str) -> bool:
        """Whether an action is ticked."""
        return self.desk.window.actions_[action].isChecked()
