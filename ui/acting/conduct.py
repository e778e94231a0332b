"""How a workshop is run from the desk: questions, agenda, timer, votes, live questions, phones, as acts."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from core.base.bidi import isolated
from core.base.clock import Clock, to_milliseconds, utc_now
from core.base.ids import ContributorId, NoteId, QuestionId, RoundId, StepId
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.commands import Command
from core.domain.easy import WriteEasy, Written
from core.domain.events import Draft
from core.domain.preparing import SeatPerson
from core.domain.running import (
    AnswerNote,
    BeginStep,
    BlockPerson,
    CloseVote,
    DiscardBurst,
    EndWorkshop,
    FreezeNotes,
    MarkNote,
    MergeNotes,
    OpenQuestion,
    OpenVote,
    RevealParts,
    RevealQuestion,
    SetQuestion,
    StartTimer,
    StopTimer,
    seconds_left,
    step_after,
)
from core.domain.terms import NO_PARTS, Asking, Mark, Parts, Reveal, VoteOn
from core.domain.values import changed
from core.session import Saved
from ui.bridge import Bridge, Then
from ui.words.names import mark_name, step_name

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Together:
    """Several things as one act: one undo takes all of them back."""

    commands: tuple[Command, ...]

    def drafts(self, board: Board) -> Sequence[Draft]:
        return [draft for command in self.commands for draft in command.drafts(board)]


class Conduct(QObject):
    """Hands commands to the bridge. Once they are saved, `told` says what everybody notices, `done` the rest."""

    done = Signal(str)
    told = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject | None = None, *, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._clock = clock

    @property
    def _board(self) -> Board:
        return self._bridge.board

    # questions

    def ask(self, question: QuestionId, asking: Asking, plain: str | None = None) -> None:
        """Ask a question in another way; `plain` is the question in plain words, None leaves these as they are."""
        was = self._board.asking(question)
        commands: list[Command] = [SetQuestion(question, asking, plain)]
        if was.reveal is not Reveal.LATER and asking.reveal is Reveal.LATER:
            commands.append(RevealQuestion(question, on=False))    # what was revealed long ago waits anew
        self._do(Together(tuple(commands)), _("From now on the question is asked this way."))

    def ask_with(self, question: QuestionId, **changes: object) -> None:
        """Ask a question as now, but for these settings."""
        self.ask(question, changed(self._board.asking(question), **changes))

    def open(self, question: QuestionId, *, on: bool) -> None:
        """Let a question take notes at once, whatever times were set; or close it."""
        if not on:
            self._tell(OpenQuestion(question, on=False), _("The question is closed. Notes on their way still count."))
            return
        asking, now = self._board.asking(question), to_milliseconds(self._clock())
        opens = None if asking.opens is not None and asking.opens > now else asking.opens
        closes = None if asking.closes is not None and asking.closes <= now else asking.closes
        timeless = SetQuestion(question, changed(asking, opens=opens, closes=closes))
        self._tell(Together((OpenQuestion(question), timeless)), _("The question is open for notes."))

    def reveal(self, question: QuestionId, *, on: bool) -> None:
        """Let everybody see the notes of a question, or cover them again."""
        said = _("Now everybody sees the notes.") if on else _("The notes are covered: only this desk sees them.")
        self._tell(RevealQuestion(question, on), said)

    def reveal_parts(self, question: QuestionId, parts: Parts, count: int) -> None:
        """Let everybody see the notes of these themes, tables and modes, `count` in all, and no others."""
        said = ngettext("Now everybody sees {n} note.", "Now everybody sees {n} notes.", count).format(n=count)
        covered = _("The notes are covered: only this desk sees them.")
        commands = (RevealQuestion(question, on=False), RevealParts(question, parts))
        self._tell(Together(commands), covered if parts == NO_PARTS else said)

    # the workshop

    def freeze(self, *, on: bool) -> None:
        """Let nobody change or take back what they said; or let them again."""
        said = (
            _("The notes are frozen: people can no longer change them or take them back.")
            if on
            else _("People can change their notes again, and take them back.")
        )
        self._tell(FreezeNotes(on), said)

    def end(self, *, on: bool) -> None:
        """The workshop is over, or goes on."""
        said = _("The workshop is over. Phones can read, but send no more.") if on else _("The workshop goes on.")
        self._tell(EndWorkshop(on), said)

    # agenda and timer

    def change_agenda(self, command: Command, said: str) -> None:
        """Add, change, move or take out a step."""
        self._do(command, said)

    def begin_step(self, step: StepId) -> None:
        """Go to a step."""
        found = self._board.steps.get(step)
        name = isolated(step_name(self._board, found)) if found else ""
        self._do(BeginStep(step), _("The step “{name}” begins.").format(name=name))

    def go(self, *, back: bool = False) -> None:
        """Go one step on, or back."""
        step = step_after(self._board, back)
        if step is not None:
            self.begin_step(step)

    @property
    def seconds_left(self) -> int:
        """What the timer still has; 0 where there is none."""
        timer = self._board.timer
        return seconds_left(timer, self._clock()) if timer is not None else 0

    def start_timer(self, seconds: int) -> None:
        """Count down so many seconds."""
        minutes = max(1, round(seconds / MINUTE))
        said = ngettext("The timer runs: {n} minute.", "The timer runs: {n} minutes.", minutes).format(n=minutes)
        self._do(StartTimer(seconds, self._clock()), said)

    def more_time(self) -> None:
        """One more minute, also after the time is up."""
        self.start_timer(self.seconds_left + MINUTE)

    def stop_timer(self, *, away: bool = False) -> None:
        """Let the timer stand still, or put it away."""
        said = _("The timer is put away.") if away else _("The timer stands still.")
        self._do(StopTimer(self._clock(), away), said)

    # what is written down

    def change(self, command: Command, said: str, then: Then | None = None) -> None:
        """Write something down: a pledge, what was counted; `then` once it is saved."""

        def kept(saved: Saved) -> None:
            self._say(saved, said)
            if then is not None:
                then(saved)

        self._bridge.do(command, kept)

    # votes

    def open_vote(self, question: QuestionId, on: VoteOn, dots: int) -> None:
        """Begin a round of votes."""
        said = ngettext(
            "The vote is open: {n} vote for each person.", "The vote is open: {n} votes for each person.", dots
        )
        self._tell(OpenVote(question, on, dots), said.format(n=dots))

    def vote_goes_on(self, round_id: RoundId, *, on: bool) -> None:
        """Close a round of votes, or let it go on."""
        self._tell(CloseVote(round_id, on), _("The vote goes on.") if on else _("The vote is closed."))

    # notes

    def mark(self, notes: Sequence[NoteId], mark: Mark) -> None:
        """Say where live questions stand; only one of them is being answered."""
        marked = notes[:1] if mark is Mark.NOW else notes
        commands = tuple(MarkNote(note, mark) for note in marked)
        self._do(Together(commands), mark_name(mark))

    def answer(self, note: NoteId, text: str) -> None:
        """Answer a live question in words."""
        said = _("The answer is kept.") if text.strip() else _("The answer is taken back.")
        self._do(AnswerNote(note, text), said)

    def merge(self, notes: Sequence[NoteId], into: NoteId) -> None:
        """Show notes with another that says the same."""
        count = sum(note != into for note in notes)
        said = ngettext("{n} note joined with another.", "{n} notes joined with another.", count).format(n=count)
        self._do(MergeNotes(tuple(notes), into), said)

    def split(self, notes: Sequence[NoteId]) -> None:
        """Show each of these notes on its own again."""
        self._do(MergeNotes(tuple(notes), None), _("On its own again."))

    def block(self, people: Sequence[ContributorId], *, on: bool) -> None:
        """Take nothing more from some phones, or take it again. Who they are is not said."""
        if on:
            said = ngettext(
                "Nothing more is taken from that phone. Its notes stay.",
                "Nothing more is taken from {n} phones. Their notes stay.", len(people),
            ).format(n=len(people))  # fmt: skip
        else:
            said = _("Notes are taken from that phone again.")
        self._tell(Together(tuple(BlockPerson(each, on) for each in people)), said)

    def seat(self, who: ContributorId, table: int | None) -> None:
        """Write down at which table somebody sits; who it is is not said."""
        self._do(SeatPerson(who, table), _("The table is written down."))

    def write_easy(self, lines: Sequence[Written]) -> None:
        """Write down the words of Easy Read."""
        self._do(WriteEasy(lines), _("The words of Easy Read are kept."))

    def discard_burst(self) -> None:
        """Hide all notes that are held because they came in a burst."""
        self._tell(DiscardBurst(), _("What came in the burst is hidden."))

    def _do(self, command: Command, said: str) -> None:
        self._bridge.do(command, lambda saved: self._say(saved, said))

    def _tell(self, command: Command, said: str) -> None:
        self._bridge.do(command, lambda saved: self._say(saved, said, loud=True))

    def _say(self, saved: Saved, said: str, *, loud: bool = False) -> None:
        if saved.events:
            (self.told if loud else self.done).emit(said)
