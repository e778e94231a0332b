"""What can happen in a workshop: one frozen value for each kind of event (LOG.md).

A body holds ids, enums, numbers and hashes of words, never free text. `was` is the value its author saw.
"""

from typing import ClassVar

from core.base.ids import ContributorId, NoteId, PictureHash, QuestionId, VenueId, WordsHash
from core.domain.registers import Register
from core.domain.terms import (
    AS_USUAL,
    Asking,
    Box,
    Key,
    Mode,
    NoteKind,
    Reason,
    Spot,
    Standing,
    VoteOn,
)
from core.domain.values import Frozen


class WorkshopMade(Frozen, frozen=True, kw_only=True):
    """A workshop began; its subject is the workshop."""

    KIND: ClassVar[str] = "workshop.made"
    title: WordsHash
    code: str
    purpose: WordsHash | None = None
    promise: WordsHash | None = None
    host: WordsHash | None = None
    venue: WordsHash | None = None
    telephone: WordsHash | None = None
    language: str = "en"


class QuestionAsked(Frozen, frozen=True, kw_only=True):
    """A question was put; questions stand in the order of their keys. `asking` is how, until that is set anew."""

    KIND: ClassVar[str] = "question.asked"
    words: WordsHash
    key: str
    asking: Asking = AS_USUAL


class NoteSaid(Frozen, frozen=True, kw_only=True):
    """Somebody said something; its subject is the note. `held` says why the door kept it for a moderator, `late` that
    it came after its question was closed, `venue` where its writer is, if their link named a venue."""

    KIND: ClassVar[str] = "note.said"
    question: QuestionId
    words: WordsHash
    mode: Mode = Mode.ROOM
    contributor: ContributorId | None = None
    kind: NoteKind | None = None
    picture: PictureHash | None = None
    held: Reason | None = None
    late: bool = False
    venue: VenueId | None = None


class NoteReworded(Frozen, frozen=True, kw_only=True):
    """A note got other words; the earlier ones stay reachable. `held` says why the door kept it for a moderator."""

    KIND: ClassVar[str] = "note.reworded"
    words: WordsHash
    was: WordsHash | None
    held: Reason | None = None


class NoteMoved(Frozen, frozen=True, kw_only=True):
    """A note was put into a theme, to another place in it, or out of all themes."""

    KIND: ClassVar[str] = "note.moved"
    to: Spot
    was: Spot


class NoteHeld(Frozen, frozen=True, kw_only=True):
    """A note waits for a moderator."""

    KIND: ClassVar[str] = "note.held"
    reason: Reason
    was: Standing


class NoteHidden(Frozen, frozen=True, kw_only=True):
    """A note was taken off the board, with a reason; `words` is the reason typed by hand."""

    KIND: ClassVar[str] = "note.hidden"
    reason: Reason
    was: Standing
    words: WordsHash | None = None


class NoteShown(Frozen, frozen=True, kw_only=True):
    """A held or hidden note was put on the board; has no effect where its author had not seen the hiding."""

    KIND: ClassVar[str] = "note.shown"
    was: Standing


class NoteWithdrawn(Frozen, frozen=True, kw_only=True):
    """A note was taken back by its writer, or by the desk that typed it."""

    KIND: ClassVar[str] = "note.withdrawn"


class NotePutBack(Frozen, frozen=True, kw_only=True):
    """A note that had been taken back was put back."""

    KIND: ClassVar[str] = "note.put_back"


class ThemeMade(Frozen, frozen=True, kw_only=True):
    """A theme was made for a question; `colour` counts through the six colours, then through the hollow shapes."""

    KIND: ClassVar[str] = "theme.made"
    question: QuestionId
    name: WordsHash
    colour: int = 0
    box: Box | None = None


class ThemeRenamed(Frozen, frozen=True, kw_only=True):
    """A theme got another name."""

    KIND: ClassVar[str] = "theme.renamed"
    name: WordsHash
    was: WordsHash


class ThemePlaced(Frozen, frozen=True, kw_only=True):
    """A theme's frame was moved or resized; None lets the board place it."""

    KIND: ClassVar[str] = "theme.placed"
    box: Box | None
    was: Box | None


class ThemeRekeyed(Frozen, frozen=True, kw_only=True):
    """Notes with equal keys got different ones, so that something fits between them: (note, key) pairs."""

    KIND: ClassVar[str] = "theme.rekeyed"
    keys: tuple[tuple[str, Key], ...]


class ThemeRemoved(Frozen, frozen=True, kw_only=True):
    """A theme was removed; its notes stand ungrouped."""

    KIND: ClassVar[str] = "theme.removed"


class ThemeRestored(Frozen, frozen=True, kw_only=True):
    """A removed theme is back, with its notes."""

    KIND: ClassVar[str] = "theme.restored"


class PersonErased(Frozen, frozen=True, kw_only=True):
    """Everything a contributor said was erased; its subject is the contributor."""

    KIND: ClassVar[str] = "person.erased"


class ErasedHere(Frozen, frozen=True, kw_only=True):
    """A desk says that nothing of an erased contributor is left in its copy; its subject is the contributor."""

    KIND: ClassVar[str] = "person.erased_here"


class HomeChanged(Frozen, frozen=True, kw_only=True):
    """The workshop's online home is under this address from here on; None: it has none. Its subject is the workshop.
    No desk's undo takes it back."""

    KIND: ClassVar[str] = "home.changed"
    to: WordsHash | None


class ActUndone(Frozen, frozen=True, kw_only=True):
    """A desk took back one of its acts; the subject is that act, the rest of this act does the taking back."""

    KIND: ClassVar[str] = "act.undone"


class ActRedone(Frozen, frozen=True, kw_only=True):
    """A desk did an undone act again; the subject is that act."""

    KIND: ClassVar[str] = "act.redone"


class RoundMade(Frozen, frozen=True, kw_only=True):
    """A round of votes on the themes or the notes of a question, with so many dots for each person."""

    KIND: ClassVar[str] = "round.made"
    question: QuestionId
    on: VoteOn
    dots: int


class VoteCast(Frozen, frozen=True, kw_only=True):
    """A contributor put so many dots on a theme or a note; the subject is the round."""

    KIND: ClassVar[str] = "vote.cast"
    target: str
    dots: int
    mode: Mode = Mode.ROOM
    venue: VenueId | None = None


class NoteSupported(Frozen, frozen=True, kw_only=True):
    """A contributor wants a live question answered, too, or no longer; its subject is the note."""

    KIND: ClassVar[str] = "note.supported"
    on: bool = True
    mode: Mode = Mode.ROOM
    venue: VenueId | None = None


class SlipsMade(Frozen, frozen=True, kw_only=True):
    """Paper slips were made, each with the code of a contributor who has said nothing yet; the subject is the
    workshop."""

    KIND: ClassVar[str] = "slips.made"
    people: tuple[ContributorId, ...]


class AnsweredBack(Frozen, frozen=True, kw_only=True):
    """A contributor said that we got a note of theirs wrong; the subject is what they said, which only desks see."""

    KIND: ClassVar[str] = "back.said"
    note: NoteId
    words: WordsHash


class Unknown(Frozen, frozen=True):
    """An event this version does not know: kept, counted, skipped. `body` and `was` are its JSON as it came."""

    kind: str
    body: str
    was: str | None = None


EventBody = (
    WorkshopMade
    | QuestionAsked
    | NoteSaid
    | NoteReworded
    | NoteMoved
    | NoteHeld
    | NoteHidden
    | NoteShown
    | NoteWithdrawn
    | NotePutBack
    | ThemeMade
    | ThemeRenamed
    | ThemePlaced
    | ThemeRekeyed
    | ThemeRemoved
    | ThemeRestored
    | PersonErased
    | ErasedHere
    | HomeChanged
    | ActUndone
    | ActRedone
    | RoundMade
    | VoteCast
    | NoteSupported
    | SlipsMade
    | AnsweredBack
    | Register
    | Unknown
)
