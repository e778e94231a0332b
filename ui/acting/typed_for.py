"""The people for whom notes are typed at this desk: each is a contributor of their own, with a code of their own."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from core.base.identity import Secret, contributor_of, new_secret
from core.base.ids import ContributorId, NoteId, new_id
from core.domain.board import Board
from core.domain.commands import Command, SayNote
from core.domain.preparing import SeatPerson
from core.domain.terms import Mode
from core.session import Saved
from ui.acting.conduct import Together
from ui.acting.selection import Selection
from ui.bridge import Bridge

MakeSecret = Callable[[], Secret]


@dataclass(frozen=True, slots=True)
class Typed:
    """Somebody who says things and does not type them. The secret is in this desk's memory, and nowhere else until
    their slip is made; `table` 0 means that nobody knows."""

    number: int
    secret: Secret
    table: int = 0
    mode: Mode = Mode.SCRIBE
    has_spoken: bool = False
    has_slip: bool = False

    @property
    def contributor(self) -> ContributorId:
        """The id that the log keeps."""
        return contributor_of(self.secret)

    def notes(self, board: Board) -> int:
        """How many of their notes were typed and not taken back."""
        return sum(not note.withdrawn for note in board.notes_by(self.contributor))


class TypedFor(QObject):
    """One of them is being typed for. `people` are all of this sitting, in the order they came."""

    changed = Signal()
    refused = Signal(str)    # the words that could not be kept

    def __init__(
        self, bridge: Bridge, selection: Selection, parent: QObject | None = None, *, make: MakeSecret = new_secret
    ) -> None:
        super().__init__(parent)
        self._bridge, self._selection, self._make = bridge, selection, make
        self.people: list[Typed] = [Typed(1, make())]
        self._at = 0

    @property
    def current(self) -> Typed:
        """Who is being typed for."""
        return self.people[self._at]

    @property
    def with_slips(self) -> list[Typed]:
        """Those who have said something: a slip is theirs."""
        return [each for each in self.people if each.notes(self._bridge.board)]

    @property
    def without_slip(self) -> int:
        """How many of them have not been given their slip yet."""
        return sum(not each.has_slip for each in self.with_slips)

    def keep(self, text: str) -> bool:
        """Keep a note of this person; whether there was anything to keep. Where it is not saved, `refused` gives the
        words back."""
        question = self._selection.question
        if question is None or not text.strip() or not self._bridge.may_act():
            return False
        who = self.current
        said = SayNote(
            question=question, text=text, contributor=who.contributor, note_id=NoteId(new_id()), mode=who.mode
        )
        commands: tuple[Command, ...] = (said, SeatPerson(who.contributor, who.table)) if who.table else (said,)
        self._change(has_spoken=True)
        self._bridge.do(Together(commands), self._on_saved, otherwise=lambda _why: self.refused.emit(text))
        return True

    def next_person(self) -> bool:
        """Go on to somebody new; not where this one has said nothing yet."""
        if not self.current.has_spoken:
            return False
        before = self.people[-1]
        if before.has_spoken:
            self.people.append(Typed(before.number + 1, self._make(), self.current.table, self.current.mode))
        self._at = len(self.people) - 1
        self.changed.emit()
        return True

    def choose(self, number: int) -> None:
        """Go back to somebody, by their number."""
        self._at = next(at for at, each in enumerate(self.people) if each.number == number)
        self.changed.emit()

    def sit_at(self, table: int) -> None:
        """Say at which table this person sits; 0: nobody knows."""
        if table == self.current.table:
            return
        if self.current.has_spoken:
            self._bridge.do(SeatPerson(self.current.contributor, table or None))
        self._change(table=table)

    def came_by(self, mode: Mode) -> None:
        """Say how the words of this person came from now on: aloud or on paper."""
        self._change(mode=mode)

    def give_slips(self) -> None:
        """All of them have their slips now."""
        known = {each.number for each in self.with_slips}
        self.people = [replace(each, has_slip=each.has_slip or each.number in known) for each in self.people]
        self.changed.emit()

    def _on_saved(self, _saved: Saved) -> None:
        self.changed.emit()

    def _change(self, **to: object) -> None:
        self.people[self._at] = replace(self.current, **to)    # type: ignore[arg-type]
        self.changed.emit()
