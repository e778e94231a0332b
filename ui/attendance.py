"""Who takes part and how, as numbers only: how people came, what they are doing right now, who is being heard."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from core.base.ids import ContributorId, QuestionId
from core.domain.board import Board
from core.domain.course import Round
from core.domain.terms import Mode
from core.web.presence import Present

BEHIND = 0.6
"""A way of taking part is behind when its share of what was said is less than this much of its share of the people."""
FEW = 3
ENOUGH = 10
"""With fewer notes or votes than this nobody is behind yet."""


@dataclass(frozen=True, slots=True)
class Share:
    """One way of taking part: its people, notes and votes, as numbers and as parts of all."""

    mode: Mode
    people: int
    notes: int
    votes: int
    of_people: float
    of_notes: float
    of_votes: float | None    # None where there was no vote

    @property
    def is_behind(self) -> bool:
        """Whether these people are heard much less than they are many, by their notes."""
        return self.people >= FEW and self.of_notes < BEHIND * self.of_people

    @property
    def is_behind_in_votes(self) -> bool:
        """The same by their votes."""
        return self.people >= FEW and self.of_votes is not None and self.of_votes < BEHIND * self.of_people


def shares(board: Board, present: Present) -> list[Share]:
    """The ways of taking part that somebody uses, in the order of Mode."""
    people = people_by_mode(board, present)
    notes = Counter(note.mode for note in board.notes.values() if note.is_on_board)
    votes = votes_by_mode(board)
    everyone, said, voted = (sum(each.values()) for each in (people, notes, votes))
    return [
        Share(
            mode, people[mode], notes[mode], votes[mode], people[mode] / everyone, notes[mode] / (said or 1),
            votes[mode] / voted if voted else None,
        )
        for mode in Mode if people[mode]
    ]  # fmt: skip


def people_by_mode(board: Board, present: Present) -> Counter[Mode]:
    """Everybody who has taken part or is here, each once, by how they came."""
    known = (mode for who, mode in board.joined.items() if mode is not None and who not in board.erased)
    return Counter(known) + Counter(present.strangers)


def votes_by_mode(board: Board) -> Counter[Mode]:
    """The dots of the newest round of votes, by how their voters came. What was counted by hand has no mode."""
    newest = newest_round(board)
    votes: Counter[Mode] = Counter()
    for voter, dots in board.votes.get(newest.id, {}).items() if newest is not None else ():
        votes[board.joined.get(voter) or Mode.ROOM] += sum(dots.values())
    return votes


def newest_round(board: Board) -> Round | None:
    """The newest round of votes of all questions."""
    rounds = board.rounds_in_order()
    return rounds[-1] if rounds else None


def left_behind(board: Board, found: list[Share]) -> tuple[Share, bool] | None:
    """The first way of taking part that falls behind, and whether that is in votes; None while there is too little to
    say so."""
    if sum(share.votes for share in found) >= ENOUGH and (newest := newest_round(board)) is not None:
        behind = next((share for share in found if share.is_behind_in_votes), None)
        if behind is not None and board.is_round_open(newest.id):
            return behind, True
    if sum(share.notes for share in found) < ENOUGH:
        return None
    behind = next((share for share in found if share.is_behind), None)
    return None if behind is None else (behind, False)


class Activity(Enum):
    """What somebody is doing right now."""

    SENT = auto()
    WRITING = auto()
    QUIET = auto()
    LOST = auto()


@dataclass(frozen=True, slots=True)
class RightNow:
    """How many are doing something, by how they came and by table where that is known."""

    modes: Counter[Mode] = field(default_factory=Counter)
    tables: Counter[int] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """All of them."""
        return self.modes.total()


def right_now(board: Board, present: Present) -> dict[Activity, RightNow]:
    """What everybody who is here is doing; each counts once."""
    found = {activity: RightNow() for activity in Activity}
    asked = question_of_now(board)
    for who in present.here:
        state = found[activity_of(board, present, who, asked)]
        state.modes[board.joined.get(who) or Mode.ROOM] += 1
        if (table := board.table(who)) is not None:
            state.tables[table] += 1
    for mode, count in present.strangers.items():
        begun = present.beginning.get(mode, 0)
        found[Activity.WRITING].modes[mode] += begun
        found[Activity.QUIET].modes[mode] += count - begun
    return found


def activity_of(board: Board, present: Present, who: ContributorId, asked: QuestionId | None) -> Activity:
    """What one person does. Who has answered the question of now has sent a note."""
    if who in present.lost:
        return Activity.LOST
    if who in present.writing:
        return Activity.WRITING
    said = (board.notes[each].question for each in board.by_contributor.get(who, ()))
    return Activity.SENT if any(asked in (None, question) for question in said) else Activity.QUIET


def question_of_now(board: Board) -> QuestionId | None:
    """The question of the step under way; None where that has none."""
    step = board.steps.get(board.step) if board.step is not None else None
    return step.question if step is not None else None


def told(counts: Counter[Mode]) -> Iterator[tuple[Mode, int]]:
    """What there is of each, in the order of Mode."""
    return ((mode, counts[mode]) for mode in Mode if counts[mode])
