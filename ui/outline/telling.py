"""What the outline says of questions, themes and notes: their state, their votes, their kind, in words."""

from collections.abc import Iterable

from core.base.bidi import isolated
from core.base.clock import from_milliseconds, time_of_day
from core.base.ids import QuestionId, ThemeId
from core.base.language import _, ngettext
from core.domain.board import Board, Note, NoteState, Theme
from core.domain.carrying import times_heard
from core.domain.course import Round
from core.domain.tallies import Votes, in_the_room
from core.domain.terms import Mark, Openness, Reveal, VoteOn
from ui.places import Kind, Place
from ui.words.names import (
    heard_before,
    heard_times,
    kind_name,
    mark_name,
    notes_count,
    reason_name,
    status_name,
    why_held,
)


def state_of_question(board: Board, question: QuestionId, shown: int, held: int, now: int) -> str:
    """How many notes it has, whether it takes more, who sees them."""
    parts = [_("{n} on the board").format(n=shown)]
    if held:
        parts.append(_("{n} held").format(n=held))
    parts.append(openness_name(board, question, now))
    parts.append(seen_name(board, question))
    return joined(parts)


def openness_name(board: Board, question: QuestionId, now: int) -> str:
    """Whether a question takes notes, and until when."""
    asking = board.asking(question)
    match board.openness(question, now):
        case Openness.CLOSED:
            return _("closed")
        case Openness.NOT_YET:
            return _("opens {time}").format(time=_clock_time(asking.opens, now))
        case Openness.OPEN:
            closes = asking.closes
            return _("open until {time}").format(time=_clock_time(closes, now)) if closes is not None else _("open")


def seen_name(board: Board, question: QuestionId) -> str:
    """Who sees the notes, where it is not everybody at once."""
    match board.asking(question).reveal:
        case Reveal.NEVER:
            return _("never shown to others")
        case Reveal.LATER:
            return _("revealed") if board.is_revealed(question) else _("not revealed yet")
        case Reveal.AT_ONCE:
            return ""


def _clock_time(moment: int | None, now: int) -> str:
    """A time of day; with its date where that is another day."""
    if moment is None:
        return ""
    there, here = from_milliseconds(moment).astimezone(), from_milliseconds(now).astimezone()
    time = time_of_day(there, here)
    return time if there.date() == here.date() else f"{there.day}.{there.month}. {time}"


def newest_round(board: Board, question: QuestionId, on: VoteOn) -> Round | None:
    """The newest round of votes on the themes, or on the notes, of a question."""
    rounds = [each for each in board.rounds_in_order() if each.question == question and each.on is on]
    return rounds[-1] if rounds else None


def votes_of_place(board: Board, place: Place) -> Votes | None:
    """The votes of a theme in the newest round on themes; None where there was none."""
    made = newest_round(board, place.question, VoteOn.THEMES) if place.kind is Kind.THEME else None
    return _votes(board, made, place.theme or "") if made is not None else None


def votes_of_note(board: Board, note: Note) -> Votes | None:
    """The votes of a note in the newest round on notes, or how many support a live question."""
    if board.asking(note.question).live:
        return Votes(board.supporters(note.id))
    made = newest_round(board, note.question, VoteOn.NOTES)
    return _votes(board, made, note.id) if made is not None else None


def _votes(board: Board, made: Round, target: str) -> Votes:
    return Votes(board.tally(made.id).get(target, 0), in_the_room(board, made.id).get(target, 0))


def written_votes(votes: Votes | None) -> str:
    """Votes for eyes: those of phones, and what was counted beside them."""
    if votes is None:
        return ""
    return f"{votes.phones} + {votes.in_the_room}" if votes.in_the_room else f"{votes.phones}"


def spoken_votes(board: Board, question: QuestionId | None, votes: Votes | None) -> str:
    """Votes for ears; of live questions it is people who want the answer too."""
    if votes is None or question is None:
        return ""
    if board.asking(question).live:
        return ngettext("{n} person wants this", "{n} people want this", votes.phones).format(n=votes.phones)
    return votes.words


def state_of_group(board: Board, place: Place, count: int) -> str:
    """How many notes it has; whether the board shows only its name; what it was answered, here or in earlier ones."""
    theme = board.themes.get(place.theme) if place.theme else None
    if theme is None:
        return notes_count(count)
    reply = board.reply(theme.id)
    told = status_name(reply.status) if reply is not None else ""
    return joined((notes_count(count), _("folded") if theme.folded else "", told, again_words(board, theme)))


def again_words(board: Board, theme: Theme) -> str:
    """How often a theme was heard that carried on from an earlier workshop, and what was said to it there."""
    if theme.carried is None:
        return ""
    times = times_heard(board, theme)
    often = heard_times(times) if times > theme.carried.times else heard_before(times)
    reply = theme.carried.reply
    return joined((often, _("last time: {status}").format(status=status_name(reply.status)) if reply else ""))


def state_of_note(board: Board, note: Note, *, is_copy: bool = False) -> str:
    """Whether a note is shown; why not; where else; whether it came late, was joined, asked or answered. A copy says
    where the note lies."""
    parts = [_standing(board, note), _elsewhere(board, note, is_copy=is_copy)]
    if note.late:
        parts.append(_("late"))
    if board.asking(note.question).live:
        mark = board.mark(note.id)
        parts.append("" if mark is Mark.WAITING else mark_name(mark).lower())
    if board.answer(note.id):
        parts.append(_("answered"))
    if board.merged_into(note.id) is not None:
        parts.append(_("joined with another"))
    if note.contributor is not None and board.is_blocked(note.contributor):
        parts.append(_("its phone is stopped"))
    return joined(parts)


def _elsewhere(board: Board, note: Note, *, is_copy: bool) -> str:
    """The other themes a note is seen in."""
    if is_copy:
        lies = board.theme_of(note)
        if lies is None:
            return _("not in a theme yet")
        return _("counted in “{theme}”").format(theme=isolated(board.text(lies.name)))
    others = [board.themes.get(ThemeId(each)) for each in board.copies.get(note.id, ()) if each != note.spot.theme]
    names = [isolated(board.text(theme.name)) for theme in others if theme is not None and not theme.removed]
    return joined(_("also in “{theme}”").format(theme=name) for name in names)


def _standing(board: Board, note: Note) -> str:
    reason = note.standing.reason
    match note.state:
        case NoteState.HELD:
            return _("Held: {why}").format(why=why_held(board, note))
        case NoteState.HIDDEN if reason is not None:
            return _("Hidden: {why}").format(why=reason_name(reason).lower())
        case NoteState.HIDDEN:
            return _("Hidden")
        case _:
            return _("Reworded") if note.reworded_by is not None else _("Shown")


def kind_of_note(note: Note) -> str:
    """What a note is, where that was asked."""
    return kind_name(note.kind) if note.kind is not None else ""


def joined(parts: Iterable[str]) -> str:
    """Those that say something."""
    return ", ".join(part for part in parts if part)
