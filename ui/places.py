"""Where a note stands on the board and in the outline, and which notes an event touches."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import chain

from core.base.ids import ContributorId, NoteId, QuestionId, ThemeId
from core.domain.board import Board, Note, NoteState, Theme
from core.domain.bodies import (
    EventBody,
    NoteHeld,
    NoteHidden,
    NoteMoved,
    NotePutBack,
    NoteReworded,
    NoteSaid,
    NoteShown,
    NoteSupported,
    NoteWithdrawn,
    PersonErased,
    QuestionAsked,
    RoundMade,
    ThemeMade,
    ThemePlaced,
    ThemeRekeyed,
    ThemeRemoved,
    ThemeRenamed,
    ThemeRestored,
    VoteCast,
    WorkshopMade,
)
from core.domain.events import Event
from core.domain.registers import (
    NoteAnswered,
    NoteCopied,
    NoteMarked,
    NoteMerged,
    PersonBlocked,
    PersonShown,
    QuestionOpened,
    QuestionRevealed,
    QuestionSet,
    ReplyGiven,
    ThemeCarried,
    ThemeColoured,
    ThemeFolded,
    VotesCounted,
    WorkshopEnded,
)

Order = tuple[str, int, NoteId]
ABOUT_A_NOTE = (
    NoteSaid | NoteReworded | NoteMoved | NoteHeld | NoteHidden | NoteShown | NoteWithdrawn | NotePutBack | NoteCopied
)  # fmt: skip
ABOUT_A_THEME = (
    ThemeMade | ThemeRenamed | ThemePlaced | ThemeRekeyed | ThemeRemoved | ThemeRestored | ThemeColoured | ThemeFolded
    | ThemeCarried
)  # fmt: skip
HOLDS_NOTES = ThemeRekeyed | ThemeRemoved | ThemeRestored | ThemeMade


class Kind(IntEnum):
    """Groups of notes, in the order in which the outline lists them."""

    THEME = 0
    LOOSE = 1
    HELD = 2
    HIDDEN = 3


@dataclass(frozen=True, slots=True)
class Place:
    """One group of notes of a question."""

    question: QuestionId
    kind: Kind
    theme: ThemeId | None = None


def place_of(board: Board, note: Note) -> Place | None:
    """Where a note is shown; None where it was taken back or erased."""
    match note.state:
        case NoteState.BOARD:
            theme = board.theme_of(note)
            return Place(note.question, Kind.THEME, theme.id) if theme else Place(note.question, Kind.LOOSE)
        case NoteState.HELD:
            return Place(note.question, Kind.HELD)
        case NoteState.HIDDEN:
            return Place(note.question, Kind.HIDDEN)
    return None


def order_of(place: Place, note: Note) -> Order:
    """What the notes of a place are sorted by: their key in a theme, their arrival elsewhere."""
    if place.kind is Kind.THEME:
        return note.spot.key or "", 0, note.id
    return "", note.arrival, note.id


def places_of(board: Board, question: QuestionId) -> list[Place]:
    """The themes of a question in the order they were made, then the notes in none of them."""
    themes = [Place(question, Kind.THEME, theme.id) for theme in board.themes_of(question)]
    return [*themes, Place(question, Kind.LOOSE)]


@dataclass(frozen=True, slots=True)
class Touched:
    """What is to be looked at again after some events, by id."""

    notes: dict[NoteId, None] = field(default_factory=dict)    # in the order of the events
    themes: dict[ThemeId, None] = field(default_factory=dict)
    told: dict[str, None] = field(default_factory=dict)    # stands where it stood, but more is said of it
    questions: bool = False


def touched(board: Board, events: Iterable[Event]) -> Touched:
    """What these events may have changed on the board that has them all."""
    found = Touched()
    questions = False
    for event in events:
        found.told.update(dict.fromkeys(_told(board, event)))
        match event.body:
            case body if isinstance(body, ABOUT_A_NOTE):
                found.notes[NoteId(event.subject)] = None
                found.themes.update(dict.fromkeys(_heard_again(board, body)))
            case body if isinstance(body, ABOUT_A_THEME):
                found.themes[ThemeId(event.subject)] = None
                if isinstance(body, HOLDS_NOTES):
                    filed = board.in_theme.get(ThemeId(event.subject), ())
                    found.notes.update((note_id, None) for _, note_id in filed)
                    found.notes.update((note.id, None) for note in board.copies_in(ThemeId(event.subject)))
            case PersonErased():
                found.notes.update((note.id, None) for note in board.notes_by(ContributorId(event.subject)))
            case QuestionAsked() | WorkshopMade():
                questions = True
    return Touched(found.notes, found.themes, found.told, questions)


def _heard_again(board: Board, body: EventBody) -> list[ThemeId]:
    """Themes of earlier workshops that a note comes into or leaves: how often they were heard may change with it."""
    spots = (body.to, body.was) if isinstance(body, NoteMoved) else ()
    found = (board.themes.get(spot.theme) for spot in spots if spot.theme is not None)
    return [theme.id for theme in found if theme is not None and theme.carried is not None]


def _told(board: Board, event: Event) -> list[str]:
    """Questions, themes and notes of which a row of the outline says something else after this event."""
    match event.body:
        case NoteMarked() | NoteAnswered() | ReplyGiven() | NoteMerged() | NoteSupported():
            return [event.subject]
        case QuestionSet() | QuestionRevealed() | QuestionOpened():
            return [event.subject]
        case VoteCast(target=target):
            return [target]
        case VotesCounted(to=now, was=before):
            return [target for count in (now, before) if count is not None for target, _dots in count.dots]
        case RoundMade(question=question):
            return [question]
        case WorkshopEnded():
            return list(board.questions)
        case PersonBlocked() | PersonShown():
            return [note.id for note in board.notes_by(ContributorId(event.subject))]
    return []


def key_caps(themes: Iterable[tuple[ThemeId, str]]) -> dict[ThemeId, str]:
    """Two letters for each theme: the first two of its name, or the first and the next that is free."""
    taken: set[str] = set()
    caps: dict[ThemeId, str] = {}
    for theme_id, name in themes:
        signs = [sign for sign in name.upper() if sign.isalnum()]
        pairs = (signs[0] + sign for sign in signs[1:]) if signs else iter(())
        numbered = (f"{signs[0] if signs else ''}{number}" for number in range(1, 100))
        pair = next((pair for pair in chain(pairs, numbered) if pair not in taken), "")
        taken.add(pair)
        caps[theme_id] = pair
    return caps


def caps_of(board: Board, themes: Iterable[Theme]) -> dict[ThemeId, str]:
    """The two letters of each of these themes."""
    return key_caps((theme.id, board.text(theme.name)) for theme in themes)
