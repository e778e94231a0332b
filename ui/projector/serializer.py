"""Makes from a board what the projector may show. Whether a note may be seen is `Seen`'s and the board's to say."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from core.base.ids import NoteId, QuestionId, ThemeId
from core.domain import tallies
from core.domain.board import Board, Note, Theme
from core.domain.course import Round
from core.domain.running import step_after
from core.domain.terms import CountWay, Mark, Openness, VoteOn
from core.web.seen import Seen, handle_of
from ui.acting.now import newest_vote
from ui.projector.shown import (
    Choice,
    HowToVoteShown,
    JoinShown,
    LiveShown,
    PauseShown,
    PledgesShown,
    ProjectorView,
    QuestionShown,
    ResultsShown,
    SaidShown,
    ShownNote,
    ShownPledge,
    ShownTheme,
    ShownTimer,
    ThemesShown,
    WelcomeShown,
    What,
)
from ui.words.names import step_name

MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What is looked at: a view, the question it is about, the time (milliseconds since 1970), and whether names that
    people chose stand beside their notes."""

    what: What
    question: QuestionId | None
    time: int
    names: bool = False


def view_of(board: Board, glance: Glance) -> ProjectorView:
    """The view of this board."""
    return _Eyes(board, glance).view()


def without_unseen(view: ProjectorView, board: Board, *, names: bool = False) -> ProjectorView:
    """A view that is kept while the board goes on: nothing new comes in, and what is no longer for all goes."""
    match view:
        case ThemesShown():
            return replace(view, themes=_still(view.themes, board, names=names))
        case LiveShown():
            seen = _seen_texts(board)
            now = _still_note(view.now, seen, names=names) if view.now else None
            kept = ((_still_note(note, seen, names=names), support) for note, support in view.next)
            return replace(view, now=now, next=tuple((note, support) for note, support in kept if note))
        case ResultsShown() if view.choices is not None:
            seen = _seen_texts(board)
            return replace(view, choices=tuple(each for each in view.choices if seen.get(each.handle) == each.text))
        case SaidShown():
            seen = _seen_texts(board)
            return replace(view, themes=tuple(each for each in view.themes if seen.get(each[0].handle) == each[0].name))
    return view


def _seen_texts(board: Board) -> Mapping[str, str]:
    """The words of all notes and themes that everybody sees, by their handles."""
    seen = Seen(board)
    notes = {handle_of(seen.workshop, note.id): board.text_of(note) for note in board.notes.values() if seen.sees(note)}
    themes = (theme for theme in board.themes.values() if seen.sees_theme(theme))
    return notes | {handle_of(seen.workshop, theme.id): board.text(theme.name) for theme in themes}


def _still(themes: Iterable[ShownTheme], board: Board, *, names: bool) -> tuple[ShownTheme, ...]:
    seen = _seen_texts(board)
    kept = []
    for theme in themes:
        notes = (_still_note(each, seen, names=names) for each in theme.notes)
        shown = tuple(note for note in notes if note is not None)
        if shown and seen.get(theme.handle, "") == theme.name:
            kept.append(replace(theme, notes=shown))
    return tuple(kept)


def _still_note(note: ShownNote, seen: Mapping[str, str], *, names: bool) -> ShownNote | None:
    """The note; None where it is hidden or has other words by now."""
    if seen.get(note.handle) != note.text:
        return None
    return note if names else replace(note, name="")


class _Eyes:
    """One board, looked at once."""

    def __init__(self, board: Board, glance: Glance) -> None:
        self.board, self.glance = board, glance
        self.seen = Seen(board)

    def view(self) -> ProjectorView:
        """What was asked for."""
        makes: dict[What, Callable[[], ProjectorView]] = {
            What.JOIN: JoinShown, What.WELCOME: self.welcome, What.QUESTION: self.question, What.THEMES: self.themes,
            What.HOW_TO_VOTE: self.how_to_vote, What.RESULTS: self.results, What.LIVE: self.live,
            What.PLEDGES: self.pledges, What.SAID: self.said, What.PAUSE: self.pause,
        }  # fmt: skip
        return makes[self.glance.what]()

    def welcome(self) -> WelcomeShown:
        """The title and what goes with it."""
        board, workshop = self.board, self.board.workshop
        if workshop is None:
            return WelcomeShown(title="", purpose="", host="", promise="")
        return WelcomeShown(
            title=board.title(), purpose=board.text(workshop.purpose), host=board.text(workshop.host),
            promise=board.text(workshop.promise),
        )  # fmt: skip

    def question(self) -> ProjectorView:
        """The question that is asked now."""
        board, question = self.board, self._question
        if question is None:
            return self.welcome()
        notes = [note for note in board.notes.values() if note.question == question and note.is_on_board]
        told = board.asking(question).counts or board.is_revealed(question)
        return QuestionShown(
            text=self._text(question),
            number=self.seen.number_of(question),
            of=len(board.questions_in_order()),
            reveal=board.asking(question).reveal,
            is_open=board.openness(question, self.glance.time) is Openness.OPEN,
            timer=self._timer,
            notes=len(notes) if told else None,
            people=len({note.contributor for note in notes if note.contributor}) if told else None,
        )

    def themes(self) -> ThemesShown:
        """The notes that are revealed."""
        board, question = self.board, self._question
        if question is None:
            return ThemesShown(question="", themes=())
        themes = [self._theme(theme) for theme in board.themes_of(question) if self.seen.sees_theme(theme)]
        loose = self._notes(board.loose_notes(question), None)
        alone = ShownTheme(handle="", name="", colour=None, notes=loose, count=len(loose))
        return ThemesShown(
            question=self._text(question), themes=tuple(each for each in (*themes, alone) if each.notes)
        )

    def how_to_vote(self) -> ProjectorView:
        """How to vote, while the vote is open."""
        found = self._round
        if found is None:
            return self.themes()
        if not self.board.is_round_open(found.id):
            return self.results()
        return HowToVoteShown(
            question=self._text(found.question), on=found.on, dots=found.dots, timer=self._timer
        )

    def results(self) -> ResultsShown:
        """How the newest vote ended: people choose before they see others' dots."""
        found = self._round
        if found is None:
            return ResultsShown(question="", choices=(), phones=0, counted=0)
        if self.board.is_round_open(found.id):
            return ResultsShown(question=self._text(found.question), choices=None, phones=0, counted=0)
        counts = [count for _id, count in self.board.counts_of(found.id)]
        return ResultsShown(
            question=self._text(found.question),
            choices=self._choices(found),
            phones=tallies.counted(self.board, found.id).devices,
            counted=sum(count.voters for count in counts),
        )

    def live(self) -> LiveShown:
        """The live question that is answered now, and the next ones."""
        board = self.board
        live = [each.id for each in board.questions_in_order() if board.asking(each.id).live]
        question = self._question if self._question in live else (live[0] if live else None)
        if question is None:
            return LiveShown(question="", now=None, support=0, next=(), answered=0)
        notes = [note for note in board.notes_of(question) if self.seen.sees(note)]
        now = next((note for note in notes if board.mark(note.id) is Mark.NOW), None)
        waiting = [note for note in notes if board.mark(note.id) is Mark.WAITING]
        waiting.sort(key=lambda note: (-self._support(note), note.arrival))
        return LiveShown(
            question=self._text(question),
            now=self._note(now, None) if now else None,
            support=self._support(now) if now else 0,
            next=tuple((self._note(note, None), self._support(note)) for note in waiting),
            answered=sum(board.mark(note.id) is Mark.ASKED or bool(board.answer(note.id)) for note in notes),
        )

    def pledges(self) -> PledgesShown:
        """What was promised, in order."""
        listed = (pledge for _id, pledge in self.board.pledge_list())
        text = self.board.text
        return PledgesShown(
            pledges=tuple(
                ShownPledge(what=text(each.what), who=text(each.who) if self.glance.names else "", by=each.by)
                for each in listed
            )
        )

    def said(self) -> SaidShown:
        """All themes that everybody sees, with how many notes and pledges each has."""
        board = self.board
        pledged = Counter(pledge.theme for _id, pledge in board.pledge_list())
        asked = [each.id for each in board.questions_in_order()]
        themes = [theme for question in asked for theme in board.themes_of(question) if self.seen.sees_theme(theme)]
        told = ((replace(self._theme(theme), notes=()), pledged[theme.id]) for theme in themes)
        workshop = board.workshop
        promise = board.text(workshop.promise) if workshop else ""
        return SaidShown(
            themes=tuple(each for each in told if each[0].count), pledges=sum(pledged.values()), promise=promise
        )

    def pause(self) -> PauseShown:
        """What the break is called, and what comes after it."""
        board, after = self.board, step_after(self.board)
        now = board.steps[board.step] if board.step is not None else None
        return PauseShown(
            title=step_name(board, now) if now else "",
            next=step_name(board, board.steps[after]) if after else "",
            timer=self._timer,
        )

    @property
    def _question(self) -> QuestionId | None:
        if self.glance.question in self.board.questions:
            return self.glance.question
        return next((each.id for each in self.board.questions_in_order()), None)

    @property
    def _round(self) -> Round | None:
        """The newest round on the question, or else on any."""
        found = newest_vote(self.board, self._question) if self._question else None
        rounds = self.board.rounds_in_order()
        return found or (rounds[-1] if rounds else None)

    @property
    def _timer(self) -> ShownTimer | None:
        board = self.board
        if board.timer is None:
            return None
        planned = board.steps[board.step].minutes if board.step is not None else 0
        return ShownTimer(timer=board.timer, of=planned * MINUTE)

    def _text(self, question: QuestionId) -> str:
        return self.board.text(self.board.questions[question].words)

    def _support(self, note: Note) -> int:
        return len(self.seen.supporters(note))

    def _note(self, note: Note, theme: Theme | None) -> ShownNote:
        return ShownNote(
            handle=handle_of(self.seen.workshop, note.id),
            text=self.board.text_of(note),
            colour=theme.colour if theme else None,
            name=self.seen.name_beside(note) if self.glance.names else "",
            picture=note.picture,
        )

    def _notes(self, notes: Iterable[Note], theme: Theme | None) -> tuple[ShownNote, ...]:
        return tuple(self._note(note, theme) for note in notes if self.seen.sees(note))

    def _theme(self, theme: Theme) -> ShownTheme:
        own = self._notes(self.board.notes_in(theme.id), theme)
        copies = self._notes(self.board.copies_in(theme.id), theme)
        return ShownTheme(
            handle=handle_of(self.seen.workshop, theme.id), name=self.board.text(theme.name), colour=theme.colour,
            notes=(*own, *copies), count=len(own),
        )  # fmt: skip

    def _choices(self, found: Round) -> tuple[Choice, ...]:
        """What got any dots, the most first; equal numbers have the same place."""
        phones = tallies.counted(self.board, found.id).dots
        hands, paper = (self._counted(found, way) for way in (CountWay.HANDS, CountWay.DOTS))
        choices = [
            Choice(
                handle=handle_of(self.seen.workshop, id), text=text, colour=colour, phones=phones.get(id, 0),
                hands=hands[id], paper=paper[id], place=0,
            )
            for id, text, colour in self._votable(found)
        ]  # fmt: skip
        chosen = sorted((each for each in choices if each.total), key=lambda each: -each.total)
        totals = [each.total for each in chosen]
        return tuple(replace(each, place=totals.index(each.total) + 1) for each in chosen)

    def _counted(self, found: Round, way: CountWay) -> Counter[str]:
        dots: Counter[str] = Counter()
        for _id, count in self.board.counts_of(found.id):
            if count.way is way:
                dots.update(dict(count.dots))
        return dots

    def _votable(self, found: Round) -> list[tuple[NoteId | ThemeId, str, int | None]]:
        board = self.board
        themes = [theme for theme in board.themes_of(found.question) if self.seen.sees_theme(theme)]
        if found.on is VoteOn.THEMES:
            return [(theme.id, board.text(theme.name), theme.colour) for theme in themes]
        notes = [note for note in board.notes_of(found.question) if self.seen.sees(note)]
        themed = {note.id: board.theme_of(note) for note in notes}
        return [(note.id, board.text_of(note), t.colour if (t := themed[note.id]) else None) for note in notes]
