"""What is told back: replies to what people said, and what they answer back to us."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.base.errors import NotThere
from core.base.ids import BackId, ContributorId, NoteId, WordsHash
from core.domain.board import Board
from core.domain.bodies import AnsweredBack
from core.domain.commands import find_note
from core.domain.events import Draft
from core.domain.registers import ReplyGiven
from core.domain.terms import Reply, Status
from core.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveReply:
    """Tell people what came of a note, a theme, a pledge, or of what they answered back; also anew, as that goes on.
    A reason is kept only with a "cannot", which may not be without."""

    subject: str
    text: str = ""
    status: Status = Status.HEARD
    because: str = ""
    who: str = ""
    by: int | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = board.reply(self.subject)
        to, said = self.worded(board, was or Reply())
        return [] if to == was else [Draft(self.subject, ReplyGiven(to=to, was=was), said)]

    def worded(self, board: Board, before: Reply) -> tuple[Reply, tuple[Words, ...]]:
        """The reply, and its words where they are other than before."""
        because = self.because if self.status is Status.CANNOT else ""
        worded = [
            _worded(board, self.text, before.text),
            _worded(board, because, before.because),
            _worded(board, self.who, before.who),
        ]
        text, reason, who = (words for words, _new in worded)
        to = Reply(status=self.status, text=text, because=reason, who=who, by=self.by)
        return to, tuple(new for _words, new in worded if new is not None)


@dataclass(frozen=True, slots=True)
class TakeReplyBack:
    """Take a reply back; it stays in the history."""

    subject: str

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = board.reply(self.subject)
        return [] if was is None else [Draft(self.subject, ReplyGiven(to=None, was=was))]


def told(board: Board, subject: str) -> GiveReply:
    """The reply as it stands, as what would give it; an empty one where there is none."""
    reply = board.reply(subject) or Reply()
    return GiveReply(
        subject=subject, text=board.text(reply.text), status=reply.status, because=board.text(reply.because),
        who=board.text(reply.who), by=reply.by,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerBack:
    """Say that we got a note of one's own wrong. It waits for somebody at a desk, and goes on no board."""

    note_id: NoteId
    contributor: ContributorId
    text: str
    back_id: BackId

    def drafts(self, board: Board) -> Sequence[Draft]:
        note = find_note(board, self.note_id)
        if note.contributor != self.contributor:
            raise NotThere
        words = Words.of(self.text)
        return [Draft(self.back_id, AnsweredBack(note=note.id, words=words.hash), (words,))]


def _worded(board: Board, text: str, was: WordsHash | None) -> tuple[WordsHash | None, Words | None]:
    """The hash of these words, and the words where they are new; nothing for none."""
    words = Words.of(text)
    if was is not None and words.text == board.text(was):
        return was, None
    return (words.hash, words) if words.text else (None, None)
