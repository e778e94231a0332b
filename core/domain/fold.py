"""The fold: from the events, in order, to the board. It never raises; checks belong to the rules (`rules.py`).

Order is seq first, then the unconfirmed in the order they came. The last writer of a property wins; where that hides
a value its writer had not seen, both stay reachable and the board lists a conflict.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from immutables import Map

from core.base.ids import ContributorId, NoteId, QuestionId, ThemeId, WordsHash, WorkshopId
from core.domain import people
from core.domain.board import Board, Note, Theme
from core.domain.bodies import (
    HomeChanged,
    NoteHeld,
    NoteHidden,
    NoteMoved,
    NotePutBack,
    NoteReworded,
    NoteSaid,
    NoteShown,
    NoteWithdrawn,
    PersonErased,
    QuestionAsked,
    ThemeMade,
    ThemePlaced,
    ThemeRekeyed,
    ThemeRemoved,
    ThemeRenamed,
    ThemeRestored,
    Unknown,
    WorkshopMade,
)
from core.domain.conflicts import listed, overwritten, saw, settled
from core.domain.course import Question, Setting, Workshop
from core.domain.described import described
from core.domain.events import EPOCH_SIZE, Base, Event, State
from core.domain.history import standing_of, with_act
from core.domain.notes import moved, said, with_note
from core.domain.registers import (
    EasySet,
    NoteCopied,
    PersonShown,
    PledgeSet,
    Register,
    StepSet,
    ThemeColoured,
    ThemeFolded,
    VenueSet,
    VotesCounted,
    as_read_now,
)
from core.domain.terms import PLAINLY_SHOWN, Spot, Standing, Visibility
from core.domain.values import changed
from core.domain.words import Words


def fold(board: Board, events: Iterable[Event]) -> Board:
    """The board after these events, which must be in order."""
    seen, count = board.seen, board.events
    for run in _runs(events):
        board = with_act(_changed(board, run), run)
        seen = _after_seeing_all(seen, run)
        count += len(run)
    return changed(board, seen=seen, events=count)


def _runs(events: Iterable[Event]) -> Iterator[list[Event]]:
    """What counts: notes that were said or moved one after another together, everything else alone."""
    run: list[Event] = []
    together: type[object] | None = None
    for event in events:
        if event.state is State.REFUSED:
            continue
        kind = type(event.body)
        if run and kind is not together:
            yield run
            run = []
        run.append(event)
        together = kind if kind in TOGETHER else None
    if run:
        yield run


TOGETHER = (NoteSaid, NoteMoved)


def apply(board: Board, event: Event) -> Board:
    """The board after one event. What the board knows already, or what makes no sense on it, changes nothing but
    the counts; what waits for words shows as an empty mark."""
    return fold(board, (event,))


def with_words(board: Board, words: Iterable[Words]) -> Board:
    """The board with these words at hand."""
    return with_texts(board, {each.hash: each.text for each in words})


def with_texts(board: Board, texts: Mapping[WordsHash, str]) -> Board:
    """The board with these texts at hand."""
    return changed(board, texts=board.texts.update(texts))


def without_words(board: Board, hashes: Iterable[WordsHash]) -> Board:
    """The board without these texts; what they belonged to shows as an empty mark."""
    gone = [each for each in hashes if each in board.texts]
    texts = reduce(lambda found, each: found.delete(each), gone, board.texts)
    return changed(board, texts=texts)


def after_seeing(seen: Base, event: Event) -> Base:
    """What has been seen once this event was: one number an epoch, and the unconfirmed by origin."""
    if event.seq is None:
        others = tuple(pair for pair in seen.origins if pair[0] != event.origin)
        return changed(seen, origins=(*others, (event.origin, event.origin_seq)))
    if event.seq <= seen.seq or seen.seq == 0 or event.seq // EPOCH_SIZE == seen.seq // EPOCH_SIZE:
        return seen if event.seq <= seen.seq else Base(event.seq, seen.earlier, seen.origins)
    return changed(seen, seq=event.seq, earlier=(*seen.earlier, seen.seq))


def _after_seeing_all(seen: Base, run: Sequence[Event]) -> Base:
    """The same once all of these were; of numbers in one epoch only the last counts."""
    first, last = run[0].seq, run[-1].seq
    if first and last and first // EPOCH_SIZE == last // EPOCH_SIZE:
        return after_seeing(seen, run[-1])
    return reduce(after_seeing, run, seen)


def _changed(board: Board, run: Sequence[Event]) -> Board:
    event = run[0]
    match event.body:
        case NoteSaid():
            return said(board, run)
        case NoteMoved():
            return moved(board, run)
        case (
            NoteReworded()
            | NoteHeld()
            | NoteHidden()
            | NoteShown()
            | NoteWithdrawn()
            | NotePutBack()
        ):
            note = board.notes.get(NoteId(event.subject))
            return board if note is None or note.erased else _note_changed(board, note, event)
        case ThemeMade():
            return _theme_made(board, event, event.body)
        case ThemeRenamed() | ThemePlaced() | ThemeRemoved() | ThemeRestored() | ThemeRekeyed():
            theme = board.themes.get(ThemeId(event.subject))
            return board if theme is None else _theme_changed(board, theme, event)
        case WorkshopMade():
            return _workshop_made(board, event, event.body)
        case QuestionAsked():
            asked = event.body
            question = Question(
                id=QuestionId(event.subject), words=asked.words, key=asked.key, asking=asked.asking
            )
            return changed(board, questions=board.questions.set(question.id, question))
        case PersonErased():
            return _person_erased(board, event)
        case Unknown():
            return changed(board, unknown=board.unknown + 1)
    return _run(board, event)


def _run(board: Board, event: Event) -> Board:
    """How the workshop is run, and what people do beside writing."""
    if isinstance(event.body, Register):
        return _set(board, event, as_read_now(event.body))
    if isinstance(event.body, HomeChanged):
        return changed(board, home=event.body.to)
    return people.changed_by(board, event)


def _set(board: Board, event: Event, body: Register) -> Board:
    """A register of the subject: the last writer wins. What was erased stays as it is."""
    note = board.notes.get(NoteId(event.subject))
    if note.erased if note else isinstance(body, PersonShown) and event.subject in board.erased:
        return board
    key = (event.subject, body.KIND)
    found = board.settings.get(key)
    was = found.to if found else body.was
    if not isinstance(body, OF_NO_WEIGHT):
        board = overwritten(board, body.KIND, found.by if found else None, was, body.to, event)
    board = changed(board, settings=board.settings.set(key, Setting(body.to, event)))
    if name := LISTED.get(type(body)):
        return _listed_under(board, name, event.subject, body.to)
    return people.joining(board, event) if isinstance(body, PersonShown) else described(board, event, body)


OF_NO_WEIGHT = ThemeColoured | ThemeFolded
"""How the board looks: nobody is asked to choose between two of these (nor between two places of a frame)."""
LISTED: dict[type[Register], str] = {
    StepSet: "steps",
    NoteCopied: "copies",
    VotesCounted: "counts",
    PledgeSet: "pledges",
    EasySet: "easy",
    VenueSet: "venues",
}
"""What is also kept in a map of its own, so that nobody has to look through all that was ever set."""


def _listed_under(board: Board, name: str, subject: str, value: object) -> Board:
    """The board with this value in one of its maps; empty values are taken out."""
    found: Map[str, Any] = getattr(board, name)
    after: Any = found.set(subject, value) if value else found
    if not value and subject in found:
        after = found.delete(subject)
    return board if after is found else changed(board, **{name: after})


def _workshop_made(board: Board, event: Event, made: WorkshopMade) -> Board:
    workshop = Workshop(
        id=WorkshopId(event.subject), code=made.code, title=made.title, purpose=made.purpose, promise=made.promise,
        host=made.host, venue=made.venue, telephone=made.telephone, language=made.language, made_at=event.said_at,
    )  # fmt: skip
    return changed(board, workshop=workshop)


def _note_changed(board: Board, note: Note, event: Event) -> Board:
    match event.body:
        case NoteReworded(words=words, held=held):
            after = changed(note, words=words, reworded_by=event)
            board = with_note(
                overwritten(board, "words", note.reworded_by, note.words, words, event), note, after
            )
            return board if held is None else _stands(board, after, event, Standing(Visibility.HELD, held))
        case NoteHeld() | NoteHidden() | NoteShown():
            return _stands(board, note, event, standing_of(event.body))
        case NoteWithdrawn():
            return _goes(board, note, event, withdrawn=True)
        case NotePutBack():
            return _goes(board, note, event, withdrawn=False)
    return board


def _stands(board: Board, note: Note, event: Event, now: Standing) -> Board:
    """Every hiding stays that the one who shows had not seen; the conflict says so."""
    unseen = [hiding for hiding in note.hidden_by if not saw(event, hiding)]
    if unseen and now == PLAINLY_SHOWN:
        return listed(board, note.id, "visibility", kept=unseen[-1], lost=event)
    board = overwritten(board, "visibility", note.shown_by, note.standing, now, event)
    hidden_by = () if now == PLAINLY_SHOWN else (*unseen, event)
    return with_note(board, note, changed(note, standing=now, shown_by=event, hidden_by=hidden_by))


def _goes(board: Board, note: Note, event: Event, *, withdrawn: bool) -> Board:
    """A note that was taken back comes back only by one who had seen it go."""
    by = note.withdrawn_by
    if by is not None and note.withdrawn and not withdrawn and not saw(event, by):
        return listed(board, note.id, "withdrawn", kept=by, lost=event)
    board = overwritten(board, "withdrawn", by, note.withdrawn, withdrawn, event)
    return with_note(board, note, changed(note, withdrawn=withdrawn, withdrawn_by=event))


def _theme_made(board: Board, event: Event, made: ThemeMade) -> Board:
    theme_id = ThemeId(event.subject)
    if theme_id in board.themes:
        return board
    theme = Theme(
        id=theme_id, question=made.question, name=made.name, made=event, arrival=len(board.themes),
        colour=made.colour, box=made.box,
    )  # fmt: skip
    return changed(board, themes=board.themes.set(theme.id, theme))


def _theme_changed(board: Board, theme: Theme, event: Event) -> Board:
    match event.body:
        case ThemeRenamed(name=name):
            board = overwritten(board, "name", theme.renamed_by, theme.name, name, event)
            after = changed(theme, name=name, renamed_by=event)
        case ThemePlaced(box=box):
            after = changed(theme, box=box, placed_by=event)
        case ThemeRemoved():
            board = overwritten(board, "removed", theme.removed_by, theme.removed, True, event)
            after = changed(theme, removed=True, removed_by=event)
        case ThemeRestored() if (by := theme.removed_by) is not None and theme.removed and not saw(event, by):
            return listed(board, theme.id, "removed", kept=by, lost=event)
        case ThemeRestored():
            board = overwritten(board, "removed", theme.removed_by, theme.removed, False, event)
            after = changed(theme, removed=False, removed_by=event)
        case ThemeRekeyed(keys=keys):
            return reduce(lambda found, pair: _rekeyed(found, theme, *pair), keys, board)
        case _:
            return board
    return changed(board, themes=board.themes.set(after.id, after))


def _rekeyed(board: Board, theme: Theme, note_id: str, key: str) -> Board:
    """A note's new key; a note that has left the theme since keeps its place."""
    note = board.notes.get(NoteId(note_id))
    if note is None or note.spot.theme != theme.id:
        return board
    return with_note(board, note, changed(note, spot=Spot(theme.id, key)))


def _person_erased(board: Board, event: Event) -> Board:
    contributor = ContributorId(event.subject)
    board = people.without(changed(board, erased=board.erased.set(contributor, event)), contributor)
    for note_id in board.by_contributor.get(contributor, ()):
        note = board.notes[note_id]
        board = with_note(settled(board, note.id), note, changed(note, erased=True))
    return board
