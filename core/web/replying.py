"""What one person was told about each of their notes, and what they answered back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from core.base.days import day_words
from core.base.language import _
from core.domain.board import Board, Note
from core.domain.course import Back, Given
from core.domain.replies import answers, history
from core.domain.terms import Reply, Status

ICONS = {Status.HEARD: "eye", Status.IN_PROGRESS: "clock", Status.DONE: "tick", Status.CANNOT: "cross"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReply:
    """What somebody was told about a note of theirs, or (`of_theme`) about the theme it is in. `by` and `told` are
    days as they are read, `earlier` is what they were told before."""

    status: Status
    icon: str
    word: str
    text: str
    because: str
    who: str
    by: str
    told: str
    of_theme: bool = False
    earlier: tuple["OwnReply", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBack:
    """What somebody answered back, and what they were told then."""

    text: str
    reply: OwnReply | None


def replies_about(board: Board, note: Note) -> tuple[OwnReply, ...]:
    """What its writer was told about a note, the nearest first."""
    found = (own_reply(board, subject, of_theme=subject in board.themes) for subject in answers(board, note))
    return tuple(reply for reply in found if reply is not None)


def backs_about(board: Board, note: Note) -> tuple[OwnBack, ...]:
    """What its writer answered back about it."""
    return tuple(_own_back(board, back) for back in board.backs_in_order() if back.note == note.id)


def own_reply(board: Board, subject: str, *, of_theme: bool = False) -> OwnReply | None:
    """How a reply stands, with what was said before; None where there is none."""
    told = [_told(board, given.reply, given, of_theme) for given in history(board, subject) if given.reply]
    if not told or board.reply(subject) is None:
        return None
    *earlier, now = told
    return replace(now, earlier=tuple(reversed(earlier)))


def _told(board: Board, reply: Reply, given: Given, of_theme: bool) -> OwnReply:
    return OwnReply(
        status=reply.status, icon=ICONS[reply.status], word=status_words()[reply.status], text=board.text(reply.text),
        because=board.text(reply.because), who=board.text(reply.who),
        by=day_words(date.fromordinal(reply.by)) if reply.by else "",
        told=day_words(given.by.said_at.astimezone().date()), of_theme=of_theme,
    )  # fmt: skip


def _own_back(board: Board, back: Back) -> OwnBack:
    return OwnBack(text=board.text(back.words), reply=own_reply(board, back.id))


def status_words() -> Mapping[Status, str]:
    """What came of something, in a word or two."""
    return {
        Status.HEARD: _("Heard"),
        Status.IN_PROGRESS: _("In progress"),
        Status.DONE: _("Done"),
        Status.CANNOT: _("We cannot"),
    }
