"""What stands beside an answer while it is written: what it is about, and what people were told before."""

from core.base.days import day_words
from core.base.ids import BackId, NoteId, PledgeId, ThemeId
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.course import Given
from core.domain.replies import history, reached_by
from core.domain.terms import Reply
from ui.words.names import status_name

NOTES_SHOWN = 40


def heading(board: Board, subject: str) -> str:
    """The thing itself, in its own words."""
    if (theme := board.themes.get(ThemeId(subject))) is not None:
        return board.text(theme.name)
    if (note := board.notes.get(NoteId(subject))) is not None:
        return board.text_of(note)
    if (back := board.backs.get(BackId(subject))) is not None:
        return board.text(back.words)
    pledge = board.pledges.get(PledgeId(subject))
    return board.text(pledge.what) if pledge is not None else ""


def context(board: Board, subject: str) -> str:
    """The notes of a theme, the note that was answered back about and what its writer was told, who pledged."""
    if (back := board.backs.get(BackId(subject))) is not None:
        return _about_back(board, back.note)
    if (pledge := board.pledges.get(PledgeId(subject))) is not None:
        return board.text(pledge.who)
    if ThemeId(subject) not in board.themes:
        return ""
    theme = ThemeId(subject)
    notes = [*board.notes_in(theme), *board.copies_in(theme)]
    lines = [f"• {board.text_of(note)}" for note in notes[:NOTES_SHOWN]]
    more = len(notes) - NOTES_SHOWN
    if more > 0:
        lines.append(ngettext("and {n} more note", "and {n} more notes", more).format(n=more))
    return "\n".join([*_before(board, theme), *lines])


def _before(board: Board, theme: ThemeId) -> list[str]:
    """What was said to a theme that was heard before."""
    carried = board.themes[theme].carried
    if carried is None or carried.reply is None:
        return []
    told = _("Last time we said: {words}")
    return [told.format(words=in_words(board, carried.reply)), ""]


def _about_back(board: Board, note_id: NoteId) -> str:
    note = board.notes[note_id]
    theme = board.theme_of(note)
    place = _("In the theme “{name}”.").format(name=board.text(theme.name)) if theme else _("It is in no theme.")
    return "\n".join([_("The note: {words}").format(words=board.text_of(note)), place])


def reaches(board: Board, subject: str) -> str:
    """How many people an answer reaches."""
    if BackId(subject) in board.backs:
        return _("Only who wrote this reads the answer.")
    if PledgeId(subject) in board.pledges:
        return _("How it went stands in the record.")
    people = len(reached_by(board, subject))
    return ngettext("Your answer reaches {n} person.", "Your answer reaches {n} people.", people).format(n=people)


def before(board: Board, subject: str) -> str:
    """What people were told until now, the newest first; the answer that stands is among it."""
    return "\n".join(_dated(board, given) for given in reversed(history(board, subject)))


def _dated(board: Board, given: Given) -> str:
    day = day_words(given.by.said_at.astimezone().date())
    said = in_words(board, given.reply) if given.reply else _("The answer was taken back.")
    return f"{day}: {said}"


def in_words(board: Board, reply: Reply) -> str:
    """A reply in one line."""
    because = _("because {reason}").format(reason=board.text(reply.because)) if reply.because else ""
    parts = [status_name(reply.status), because, board.text(reply.text), board.text(reply.who)]
    return " · ".join(filter(None, parts))
