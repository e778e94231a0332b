"""What makes sense now, and what is so: read from the board and from what is chosen."""

from dataclasses import dataclass

from core.base.ids import DeskId, NoteId, QuestionId, ThemeId
from core.domain.board import Board, Note, NoteState, Theme
from core.domain.course import Round
from core.domain.registers import NoteMerged
from core.domain.running import step_after
from core.domain.terms import Mark, Openness, Reveal
from ui.acting.needs import Needs

NOT_SHOWN = frozenset({NoteState.HIDDEN, NoteState.HELD})
SEEN = {Reveal.AT_ONCE: "seen-at-once", Reveal.LATER: "seen-later", Reveal.NEVER: "seen-never"}
MARKS = {
    Mark.NOW: "mark-now", Mark.ASKED: "mark-asked", Mark.WRITING: "mark-writing", Mark.PARKED: "mark-parked",
    Mark.WAITING: "mark-waiting",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """A moment at the desk. `time` is in milliseconds since 1970; `burst`: some notes are held for coming in one;
    `typed`: people were typed for."""

    board: Board
    desk: DeskId
    question: QuestionId | None
    chosen: tuple[NoteId, ...]
    time: int
    door_open: bool = False
    on_network: bool = False
    in_hand: ThemeId | None = None
    burst: bool = False
    typed: bool = False
    can_write: bool = True
    is_first: bool = True    # whether this desk gives the order

    @property
    def notes(self) -> list[Note]:
        """The chosen notes that are there."""
        found = (self.board.notes.get(each) for each in self.chosen)
        return [note for note in found if note is not None]

    @property
    def theme(self) -> Theme | None:
        """The theme that has the focus, or that all chosen notes are in."""
        if self.in_hand is not None:
            found = self.board.themes.get(self.in_hand)
            return None if found is None or found.removed else found
        themes = {theme.id: theme for theme in map(self.board.theme_of, self.notes) if theme}
        inside = all(self.board.theme_of(note) for note in self.notes)
        return next(iter(themes.values())) if len(themes) == 1 and inside else None

    @property
    def themes(self) -> list[Theme]:
        """All themes of the question."""
        return self.board.themes_of(self.question) if self.question else []

    @property
    def vote(self) -> Round | None:
        """The newest round of votes on the question."""
        return newest_vote(self.board, self.question) if self.question else None


def newest_vote(board: Board, question: QuestionId) -> Round | None:
    """The newest round of votes on a question, open or closed."""
    rounds = [each for each in board.rounds_in_order() if each.question == question]
    return rounds[-1] if rounds else None


def possible(now: Now) -> set[Needs]:
    """The conditions that hold."""
    board, history, notes = now.board, now.board.history(now.desk), now.notes
    states = {note.state for note in notes}
    asks = now.question in board.questions
    holds = {
        Needs.WORKSHOP: True,
        Needs.WRITING: now.can_write,
        Needs.GOING_ON: asks and not board.is_ended,
        Needs.QUESTION: asks,
        Needs.REVEALABLE: now.question is not None and board.asking(now.question).reveal is Reveal.LATER,
        Needs.NOTES: bool(notes),
        Needs.LOOSE_NOTES: now.question is not None and has_loose(board, now.question),
        Needs.THEME: now.theme is not None,
        Needs.OTHER_THEMES: now.theme is not None and len(now.themes) > 1,
        Needs.THEMES: bool(now.themes),
        Needs.COPIED_NOTES: any(board.copies.get(note.id) for note in notes),
        Needs.SHOWN_NOTES: NoteState.BOARD in states,
        Needs.HIDDEN_NOTES: bool(states & NOT_SHOWN),
        Needs.HELD: bool(board.balance.held),
        Needs.MERGED_NOTES: any(is_merged(board, note) for note in notes),
        Needs.LIVE_NOTES: bool(notes) and all(board.asking(note.question).live for note in notes),
        Needs.ONE_PHONE: len({note.contributor for note in notes} - {None}) == 1,
        Needs.BURST: now.burst,
        Needs.STEP_AFTER: step_after(board) is not None,
        Needs.STEP_BEFORE: board.step is not None and step_after(board, back=True) is not None,
        Needs.TIMER: board.timer is not None,
        Needs.VOTE: now.vote is not None,
        Needs.TYPED: now.typed,
        Needs.CONFLICTS: bool(board.conflicts),
        Needs.FIRST_DESK: now.is_first and now.can_write,
        Needs.SECOND_DESK: not now.is_first and now.can_write,
        Needs.UNDO: bool(history.undo),
        Needs.REDO: bool(history.redo),
        Needs.VENUES: bool(board.venues),
        Needs.APART: asks and bool(board.venues) and board.are_venues_apart,
        Needs.SERVER: now.door_open,
        Needs.NETWORK: now.on_network,
    }
    return {needs for needs, is_so in holds.items() if is_so}


def has_loose(board: Board, question: QuestionId) -> bool:
    """Whether a note on the board is in no theme; asked at every change, so that it looks no further than it must."""
    filed = board.removed_themes(question)
    removed = (note_id for theme in filed for _key, note_id in board.in_theme.get(theme.id, ()))
    loose = (*board.loose.get(question, {}).values(), *removed)
    return any(board.notes[note_id].is_on_board for note_id in loose)


def is_merged(board: Board, note: Note) -> bool:
    """Whether a note was joined with another."""
    into: NoteId | None = board.setting(note.id, NoteMerged, None)
    return into is not None


def what_is_on(now: Now) -> dict[str, bool]:
    """Of the actions that set something: whether it is so."""
    board = now.board
    timer, vote = board.timer, now.vote
    return {
        "freeze": board.is_frozen,
        "end": board.is_ended,
        "timer": timer is not None and timer.ends is not None and timer.ends > now.time,
        "voting": vote is not None and board.is_round_open(vote.id),
        "fold": now.theme is not None and now.theme.folded,
        "block": any(note.contributor and board.is_blocked(note.contributor) for note in now.notes),
        **_about_question(now),
        **_about_mark(now),
    }


def _about_question(now: Now) -> dict[str, bool]:
    if now.question is None:
        return {}
    asking = now.board.asking(now.question)
    return {
        "take-notes": now.board.openness(now.question, now.time) is Openness.OPEN,
        "reveal": now.board.is_revealed(now.question),
        "read-first": asking.hold,
        "counts": asking.counts,
        "kinds": bool(asking.kinds),
        "pictures": asking.pictures,
        "live": asking.live,
        "join-venues": not now.board.is_apart(now.question),
        **{id: reveal is asking.reveal for reveal, id in SEEN.items()},
    }


def _about_mark(now: Now) -> dict[str, bool]:
    marks = {now.board.mark(note.id) for note in now.notes}
    return {id: marks == {mark} for mark, id in MARKS.items()}
