"""What an act was, in words: for "Undo: Move 2 notes to Roads and traffic" in the status line."""

from collections.abc import Sequence

from core.base.bidi import isolated
from core.base.language import _, ngettext
from core.domain.board import Board, Done, Theme
from core.domain.bodies import (
    NoteHeld,
    NoteHidden,
    NoteMoved,
    NotePutBack,
    NoteReworded,
    NoteSaid,
    NoteShown,
    NoteWithdrawn,
    ThemeMade,
    ThemePlaced,
    ThemeRemoved,
    ThemeRenamed,
    ThemeRestored,
)
from core.domain.events import Event
from core.domain.grouping import own_lane
from core.domain.registers import (
    DeskPlaced,
    EasySet,
    NoteAnswered,
    NoteCopied,
    NoteMarked,
    NoteMerged,
    PartsRevealed,
    PersonBlocked,
    PersonSeated,
    PledgeSet,
    QuestionDropped,
    QuestionOpened,
    QuestionPlaced,
    QuestionRevealed,
    QuestionSet,
    QuestionWorded,
    ReplyGiven,
    RoundOpened,
    StepBegun,
    StepSet,
    ThemeCarried,
    ThemeColoured,
    ThemeFolded,
    TimerSet,
    VenuesApart,
    VenueSet,
    VenuesJoined,
    VotesCounted,
    WorkshopDescribed,
    WorkshopEnded,
    WorkshopFrozen,
)
from core.domain.terms import NO_PARTS, Mark
from ui.words.names import mark_name


def describe(done: Done, board: Board) -> str:
    """The act, told by its first event that says something; those that only keep an order say nothing."""
    act = done.events
    told = (
        _new_themes(event, act, board) or _about_themes(event, act, board) or _about_notes(event, act)
        or _about_running(event, act)
        for event in act
    )  # fmt: skip
    return next((words for words in told if words), _("Last change"))


def _new_themes(event: Event, act: Sequence[Event], board: Board) -> str:
    """Nothing where the only one is that of notes on their own: what was put there is told."""
    count = sum(isinstance(each.body, ThemeMade) for each in act)
    if carried := sum(isinstance(each.body, ThemeCarried) for each in act):
        return ngettext("Carry {n} theme on", "Carry {n} themes on", carried).format(n=carried)
    match event.body:
        case ThemeMade() if count > 1:
            return ngettext("{n} new theme", "{n} new themes", count).format(n=count)
        case ThemeMade(question=question, name=name) if event.subject != own_lane(question):
            return _("New theme {name}").format(name=isolated(board.text(name))).strip()
    return ""


def _about_themes(event: Event, act: Sequence[Event], board: Board) -> str:
    match event.body:
        case ThemeRenamed():
            return _("Name of a theme")
        case ThemePlaced():
            return _("Place of a theme")
        case ThemeRemoved():
            return _("Take a theme away")
        case ThemeRestored():
            return _("Bring a theme back")
        case ThemeColoured():
            return _("Colour of a theme")
        case ThemeFolded(to=to):
            return _("Fold a theme") if to else _("Unfold a theme")
        case NoteMoved(to=to, was=was) if to.theme is not None and to.theme == was.theme:
            return _("Order of the notes in a theme")
        case NoteMoved(to=to):
            return _moved(_count(event, act), board, board.themes.get(to.theme) if to.theme else None)
    return ""


def _moved(count: int, board: Board, theme: Theme | None) -> str:
    if theme is None:
        return ngettext("Move {n} note out", "Move {n} notes out", count).format(n=count)
    words = ngettext("Move {n} note to {theme}", "Move {n} notes to {theme}", count)
    return words.format(n=count, theme=isolated(board.text(theme.name)))


def _about_notes(event: Event, act: Sequence[Event]) -> str:
    count = _count(event, act)
    match event.body:
        case NoteSaid():
            return ngettext("{n} new note", "{n} new notes", count).format(n=count)
        case NoteReworded():
            return _("New words for a note")
        case NoteHeld():
            return ngettext("Hold {n} note", "Hold {n} notes", count).format(n=count)
        case NoteHidden():
            return ngettext("Hide {n} note", "Hide {n} notes", count).format(n=count)
        case NoteShown():
            return ngettext("Show {n} note", "Show {n} notes", count).format(n=count)
        case NoteWithdrawn():
            return _("Take a note back")
        case NotePutBack():
            return _("Put a note back")
        case NoteCopied():
            return ngettext("{n} note in two themes", "{n} notes in two themes", count).format(n=count)
    return ""


def _about_running(event: Event, act: Sequence[Event]) -> str:
    match event.body:
        case QuestionSet():
            return _("How a question is asked")
        case QuestionRevealed(to=to):
            return _("Reveal the notes") if to else _("Cover the notes again")
        case QuestionOpened(to=to):
            return _("Open for notes") if to else _("Close for notes")
        case WorkshopFrozen(to=to):
            return _("Freeze the notes") if to else _("Let people change their notes again")
        case WorkshopEnded(to=to):
            return _("The workshop is over") if to else _("The workshop goes on")
        case PersonBlocked(to=to):
            return _("Take nothing more from a phone") if to else _("Take notes from a phone again")
        case RoundOpened(to=to):
            return _("Open a vote") if to else _("Close the vote")
    return _about_agenda(event) or _about_live_questions(event, act) or _about_preparing(event)


def _about_agenda(event: Event) -> str:
    match event.body:
        case StepSet(to=None):
            return _("Take a step out")
        case StepSet(was=None):
            return _("New step")
        case StepSet():
            return _("Change a step")
        case StepBegun():
            return _("Go to a step")
        case TimerSet(to=None):
            return _("Put the timer away")
        case TimerSet(to=to):
            return _("Stop the timer") if to is not None and to.ends is None else _("Start the timer")
    return ""


def _about_preparing(event: Event) -> str:
    match event.body:
        case WorkshopDescribed():
            return _("What is said of the workshop")
        case QuestionWorded():
            return _("New words for a question")
        case QuestionPlaced():
            return _("Order of the questions")
        case QuestionDropped(to=to):
            return _("Take a question out") if to else _("Ask a question again")
        case PartsRevealed(to=to):
            return _("Cover the notes again") if to == NO_PARTS else _("Reveal some of the notes")
        case PersonSeated():
            return _("Who sits at which table")
    return _about_votes_and_pledges(event)


def _about_votes_and_pledges(event: Event) -> str:
    match event.body:
        case VotesCounted(to=to):
            return _("Count votes by hand") if to is not None else _("Take a count out")
        case EasySet():
            return _("Words in Easy Read")
        case PledgeSet(to=None):
            return _("Take a pledge back")
        case PledgeSet():
            return _("Write down a pledge")
    return _about_venues(event)


def _about_venues(event: Event) -> str:
    match event.body:
        case VenueSet(to=None):
            return _("Take a venue away")
        case VenueSet(was=None):
            return _("New venue")
        case VenueSet():
            return _("Change a venue")
        case DeskPlaced():
            return _("Where a desk is")
        case VenuesApart(to=to):
            return _("Keep venues apart") if to else _("Show all venues to each other")
        case VenuesJoined(to=to):
            return _("Show what other venues said") if to else _("Cover what other venues said")
    return ""


def _about_live_questions(event: Event, act: Sequence[Event]) -> str:
    count = _count(event, act)
    match event.body:
        case NoteMarked():
            return mark_name(_last_mark(act))
        case NoteAnswered(to=to) | ReplyGiven(to=to):
            return _("Take an answer back") if to is None else _("Write an answer")
        case NoteMerged(to=None):
            return ngettext("{n} note on its own again", "{n} notes on their own again", count).format(n=count)
        case NoteMerged():
            return ngettext("Join {n} note with another", "Join {n} notes with another", count).format(n=count)
    return ""


def _last_mark(act: Sequence[Event]) -> Mark:
    """What was meant comes last: the question before it has been asked by that."""
    marks = [event.body.to for event in act if isinstance(event.body, NoteMarked)]
    return marks[-1]


def _count(event: Event, act: Sequence[Event]) -> int:
    return sum(type(each.body) is type(event.body) for each in act)
