"""From the board to what its record says: pure, and the same board gives the same record."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from core.base.ids import ContributorId, NoteId, PictureHash, QuestionId, ThemeId
from core.base.pictures import Picture
from core.domain.board import Board, Note, NoteState, Theme
from core.domain.carrying import times_heard
from core.domain.course import Question, Workshop
from core.domain.live_questions import Asked, all_asked
from core.domain.places import Compared, Heard, compared, people_there
from core.domain.terms import Mode, Naming, Pledge, Reason, Reply, Reveal, VoteOn
from core.domain.venues import need_venue, venue_name, venues_in_order
from core.record import voted
from core.record.model import (
    Answer,
    Answered,
    At,
    Card,
    Cover,
    Headcount,
    LiveItem,
    NotShown,
    PledgePart,
    QuestionPart,
    Quote,
    Record,
    ThemePart,
    Way,
)
from core.record.options import PLAIN, Options

Drawn = Mapping[PictureHash, Picture]
NO_PICTURES: Drawn = {}
_Placed = tuple[Note, Theme | None]
NAMED = (Naming.FIRST_NAME, Naming.OTHER_NAME)
QUOTES = 4
"""No more words are quoted, of all questions together; but one of each."""


def plan(
    board: Board, zone: tzinfo | None = UTC, pictures: Drawn = NO_PICTURES, options: Options = PLAIN,
    whose: ContributorId | None = None,
) -> Record:  # fmt: skip
    """The record of a board. `zone` decides which day it was; None is the zone of this machine. `pictures` are those
    of the notes, as far as they are at hand. Where it is somebody's own, `whose` marks their notes as theirs."""
    return _Plan(board, zone, pictures, options, whose).record()


def answer_to(board: Board, subject: str) -> Answer | None:
    """What people are told about it now; None for nothing."""
    return _answer(board, board.reply(subject))


def _answer(board: Board, reply: Reply | None) -> Answer | None:
    if reply is None:
        return None
    return Answer(
        status=reply.status, text=board.text(reply.text), because=board.text(reply.because),
        who=board.text(reply.who), by=date.fromordinal(reply.by) if reply.by else None,
    )  # fmt: skip


def day_of(note: Note, made_at: datetime, zone: tzinfo | None) -> date:
    """The day a note was said, by its author's clock: but not before the workshop began nor after the note came in,
    since phones' clocks may be wrong. What was brought in from a table may be older."""
    said = note.said.said_at
    moment = said if note.mode is Mode.IMPORTED else min(max(said, made_at), note.said.received_at)
    return moment.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class _Plan:
    """One planning: the board, and what is wanted of it."""

    board: Board
    zone: tzinfo | None
    pictures: Drawn
    options: Options
    whose: ContributorId | None

    def record(self) -> Record:
        questions = self.board.questions_in_order()
        wanted = [
            (number, each) for number, each in enumerate(questions, 1) if self.options.question in (None, number)
        ]
        parts = tuple(self._question(each, number, max(1, QUOTES // len(wanted))) for number, each in wanted)
        ways = self._ways()
        return Record(
            language=self.board.workshop.language if self.board.workshop else "en",
            cover=self._cover(),
            people=Headcount.together([way.people for way in ways]),
            ways=ways,
            balance=self.board.balance,
            questions=parts,
            hidden=self._hidden(),
            pledges=self._pledges([each for _number, each in wanted]),
            votes=sum(line.all for part in parts for lines in part.votes for line in lines),
            of=len(questions),
            nobodys=sum(note.contributor is None for note in self.board.notes.values()),
            has_names=self.options.names,
            venues=() if self.options.venue else self._venues(),
        )

    def _cover(self) -> Cover:
        shop, text = self.board.workshop, self.board.text
        began = self._began
        days = [day_of(note, began, self.zone) for note in self.board.notes.values()]
        made = began.astimezone(self.zone).date()
        return Cover(
            title=self.board.title(),
            purpose=text(shop.purpose) if shop else "",
            promise=text(shop.promise) if shop else "",
            host=text(shop.host) if shop else "",
            venue=self._place(),
            first_day=min(days, default=made),
            last_day=max(days, default=made),
            telephone=text(shop.telephone) if shop else "",
            reply_by=_reply_by(shop),
        )

    @property
    def _began(self) -> datetime:
        """When the workshop was made; long ago where nobody made one."""
        return self.board.workshop.made_at if self.board.workshop else datetime(1970, 1, 2, tzinfo=UTC)

    def _place(self) -> str:
        """Where it was held; the record of one venue names that."""
        if self.options.venue:
            return venue_name(self.board, need_venue(self.board, self.options.venue))
        return self.board.text(self.board.workshop.venue) if self.board.workshop else ""

    def _venues(self) -> tuple[At, ...]:
        """Those where anybody took part, in their order; who sent notes as nobody is counted by these alone."""
        notes = Counter(self.board.venue_of(note) for note in self.board.notes.values() if note.is_on_board)
        people = people_there(self.board)
        return tuple(
            At(name=venue_name(self.board, id), people=Headcount.of(people[id]), notes=notes[id])
            for id in venues_in_order(self.board)
            if people[id] or notes[id]
        )

    def _ways(self) -> tuple[Way, ...]:
        """The ways that anyone took, in the order of `Mode`."""
        notes = Counter(note.mode for note in self.board.notes.values() if note.is_on_board)
        people = self.board.people
        return tuple(
            Way(mode=mode, people=Headcount.of(people.get(mode, 0)), notes=notes[mode])
            for mode in Mode
            if people.get(mode) or notes[mode]
        )

    def _question(self, question: Question, number: int, quotes: int) -> QuestionPart:
        asking = self.board.asking(question.id)
        for_team = asking.reveal is Reveal.NEVER
        held = voted.rounds(self.board, question.id)
        rounds = [(on, lines) for on, lines in held if on is VoteOn.THEMES or not for_team]
        votes = _Votes(voted.newest(rounds, VoteOn.THEMES), voted.newest(rounds, VoteOn.NOTES))
        found = [(theme, self.board.notes_in(theme.id)) for theme in self.board.themes_of(question.id)]
        found.sort(key=lambda pair: _first(pair[0], pair[1], votes))
        is_quiet = for_team or self.options.themes_only or asking.live
        listed = [] if self.options.verbatim else found
        where = self._where(question.id)
        themes = [
            self._theme(rank, *pair, votes, is_quiet=is_quiet, at=where.get(pair[0].id))
            for rank, pair in enumerate(listed, 1)
        ]
        alone = self.board.notes_of(question.id) if self.options.verbatim else self.board.loose_notes(question.id)
        said = () if is_quiet else self._cards(alone, votes)
        return QuestionPart(
            number=number,
            words=self.board.text(question.words),
            plain=self.board.text(asking.plain),
            themes=tuple(themes),
            lone=len(alone),
            alone=tuple(card for card in said if not card.late or self.options.verbatim),
            late=tuple(card for card in said if card.late and not self.options.verbatim),
            votes=tuple(voted.ranked(lines) for _on, lines in rounds),
            quotes=() if is_quiet else self._quotes(found, alone, votes, quotes),
            live=self._live(question) if asking.live and not (for_team or self.options.themes_only) else (),
            answered=self._answered(found, alone, for_team=for_team or self.options.themes_only or asking.live),
            for_team=for_team,
        )

    def _answered(
        self, found: list[tuple[Theme, list[Note]]], alone: list[Note], *, for_team: bool
    ) -> tuple[Answered, ...]:
        """What was said and what came of it: the themes in their order, then notes that were answered by themselves."""
        text = self.board.text
        themes = [(text(theme.name), theme.colour, answer_to(self.board, theme.id)) for theme, _notes in found]
        notes = [] if for_team else [*(note for _theme, notes in found for note in notes), *alone]
        notes = list(dict.fromkeys(notes))
        said = [(self.board.text_of(note), None, answer_to(self.board, note.id)) for note in notes]
        return tuple(
            Answered(said=words, colour=colour, answer=answer) for words, colour, answer in (*themes, *said) if answer
        )

    def _where(self, question: QuestionId) -> dict[ThemeId, Compared]:
        """Where each theme was said; nothing where there is but one place, or the record is of one venue."""
        if self.options.venue or not self.board.venues:
            return {}
        return {each.theme.id: each for each in compared(self.board, question).themes if each.theme is not None}

    def _theme(
        self, rank: int, theme: Theme, notes: list[Note], votes: "_Votes", *, is_quiet: bool, at: Compared | None
    ) -> ThemePart:
        said = at.said if at is not None else {}
        return ThemePart(
            rank=rank, name=self.board.text(theme.name), colour=theme.colour, notes=len(notes),
            cards=() if is_quiet else self._cards(sorted(notes, key=lambda note: -votes.of_note(note.id)), votes),
            votes=votes.of_theme(theme, notes), answer=answer_to(self.board, theme.id),
            heard=max(1, times_heard(self.board, theme)),
            before=_answer(self.board, theme.carried.reply) if theme.carried else None,
            places=tuple(venue_name(self.board, id) for id, there in said.items() if there.notes),
            everywhere=at is not None and at.heard is Heard.ALL,
        )  # fmt: skip

    def _cards(self, notes: Iterable[Note], votes: "_Votes") -> tuple[Card, ...]:
        return tuple(self._card(note, votes.of_note(note.id)) for note in notes)

    def _card(self, note: Note, votes: int) -> Card:
        board = self.board
        return Card(
            text=board.text_of(note),
            mode=note.mode,
            day=day_of(note, self._began, self.zone),
            picture=self.pictures.get(note.picture) if note.picture else None,
            votes=votes,
            name=board.name(note.contributor) if self.options.names and self._is_named(note) else "",
            own=self.whose is not None and note.contributor == self.whose,
            late=note.late,
        )

    def _is_named(self, note: Note) -> bool:
        return self.board.shown(note.contributor).naming in NAMED

    def _quotes(
        self, found: list[tuple[Theme, list[Note]]], alone: list[Note], votes: "_Votes", most: int
    ) -> tuple[Quote, ...]:
        """Only of those who said that they may be quoted (P11): the most votes first; where nobody voted on notes, the
        first of each theme."""
        placed: list[_Placed] = [(note, theme) for theme, notes in found for note in notes]
        placed += [(note, None) for note in alone if self.board.theme_of(note) is None]
        said = [(note, theme) for note, theme in placed if self._may_quote(note)]
        if votes.on_notes is not None:
            said.sort(key=lambda each: -votes.of_note(each[0].id))
            best = [each for each in said if votes.of_note(each[0].id)]
        else:
            best = _first_of_each(said)
        return tuple(
            Quote(
                card=self._card(note, votes.of_note(note.id)),
                theme=self.board.text(theme.name) if theme is not None else "",
                colour=theme.colour if theme is not None else None,
            )
            for note, theme in best[:most]
        )

    def _may_quote(self, note: Note) -> bool:
        return self.board.shown(note.contributor).may_quote and bool(self.board.text_of(note))

    def _live(self, question: Question) -> tuple[LiveItem, ...]:
        """The most wanted first."""
        asked = sorted(all_asked(self.board, question.id), key=lambda each: (-each.support, each.note.arrival))
        return tuple(self._live_item(each) for each in asked)

    def _live_item(self, asked: Asked) -> LiveItem:
        return LiveItem(
            text=self.board.text_of(asked.note),
            mark=asked.mark,
            support=Headcount.of(asked.support),
            answer=answer_to(self.board, asked.note.id),
            also=tuple(text for note in asked.group[1:] if (text := self.board.text_of(note))),
            own=self.whose is not None and any(note.contributor == self.whose for note in asked.group),
        )

    def _pledges(self, questions: list[Question]) -> tuple[PledgePart, ...]:
        """In their order; without those whose words are not at hand, or which belong to a question that is not here."""
        ids = {each.id for each in questions}
        listed = ((id, pledge) for id, pledge in self.board.pledge_list() if self.board.text(pledge.what))
        return tuple(
            self._pledge(pledge, theme, answer_to(self.board, id))
            for id, pledge in listed
            if (theme := self._standing(pledge.theme)) is None or theme.question in ids
        )

    def _pledge(self, pledge: Pledge, theme: Theme | None, answer: Answer | None) -> PledgePart:
        text = self.board.text
        return PledgePart(
            what=text(pledge.what), who=text(pledge.who), by=date.fromordinal(pledge.by) if pledge.by else None,
            theme=text(theme.name) if theme else "", colour=theme.colour if theme else None, answer=answer,
        )  # fmt: skip

    def _standing(self, theme: ThemeId | None) -> Theme | None:
        """A theme that was not removed."""
        found = self.board.themes.get(theme) if theme else None
        return None if found is None or found.removed else found

    def _hidden(self) -> tuple[NotShown, ...]:
        """The reasons that were given, in the order of `Reason`."""
        hidden = (note for note in self.board.notes.values() if note.state is NoteState.HIDDEN)
        count = Counter(note.standing.reason or Reason.OTHER for note in hidden)
        return tuple(NotShown(reason=reason, notes=count[reason]) for reason in Reason if count[reason])


@dataclass(frozen=True, slots=True)
class _Votes:
    """The newest result on themes and on notes of one question; None where there was no such vote."""

    on_themes: Mapping[str, int] | None
    on_notes: Mapping[str, int] | None

    def of_note(self, note: NoteId) -> int:
        return self.on_notes.get(note, 0) if self.on_notes else 0

    def of_theme(self, theme: Theme, notes: list[Note]) -> int | None:
        """Those on the theme itself, else on its notes together."""
        if self.on_themes is not None:
            return self.on_themes.get(theme.id, 0)
        return None if self.on_notes is None else sum(self.of_note(note.id) for note in notes)


def _first_of_each(placed: list[_Placed]) -> list[_Placed]:
    """One note of each theme."""
    found: dict[str, _Placed] = {}
    for note, theme in placed:
        found.setdefault(theme.id if theme is not None else "", (note, theme))
    return list(found.values())


def _first(theme: Theme, notes: list[Note], votes: _Votes) -> tuple[int, int, int, str]:
    """What comes first: the most votes, then the most notes."""
    return -(votes.of_theme(theme, notes) or 0), -len(notes), theme.arrival, theme.id


def _reply_by(shop: Workshop | None) -> date | None:
    return date.fromordinal(shop.reply_by) if shop is not None and shop.reply_by else None
