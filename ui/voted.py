"""The result of a vote as the desk shows it: what the phones say, hands and paper dots, each for itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.base.ids import NoteId, RoundId, ThemeId
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.course import Round
from core.domain.tallies import ByHand, by_hand, by_mode, counted, uncounted
from core.domain.terms import CountWay, Mode, VoteOn

WHOLE_ROOM = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One theme or note with its votes."""

    target: str
    words: str
    phones: int
    modes: tuple[int, ...]
    ways: tuple[int, ...]

    @property
    def all(self) -> int:
        """Phones, hands and paper dots together: only ever shown beside the parts."""
        return self.phones + sum(self.ways)


@dataclass(frozen=True, slots=True)
class Voted:
    """A result: which modes and which ways of counting there are, and its lines, the most votes first."""

    modes: tuple[Mode, ...]
    ways: tuple[CountWay, ...]
    lines: tuple[Line, ...]


def voted(board: Board, vote: Round, *, with_all: bool = False) -> Voted:
    """The result of a round; `with_all` has also what nobody voted for, to enter votes."""
    phones, modes, ways = counted(board, vote.id), by_mode(board, vote.id), by_hand(board, vote.id)
    targets = dict.fromkeys([*phones.dots, *(target for way in ways.values() for target in way.dots)])
    if with_all:
        targets |= dict.fromkeys(targets_of(board, vote))
    lines = [
        Line(
            target, words, phones.dots.get(target, 0),
            tuple(tally.dots.get(target, 0) for tally in modes.values()),
            tuple(way.dots.get(target, 0) for way in ways.values()),
        )
        for target in targets
        if (words := words_of(board, vote, target))
    ]  # fmt: skip
    return Voted(tuple(modes), tuple(ways), tuple(sorted(lines, key=lambda line: (-line.all, line.words))))


def targets_of(board: Board, vote: Round) -> list[str]:
    """All that can be voted on, in the order of the board."""
    if vote.on is VoteOn.THEMES:
        return [theme.id for theme in board.themes_of(vote.question)]
    return [note.id for note in board.notes_of(vote.question) if board.is_seen_by_all(note)]


def words_of(board: Board, vote: Round, target: str) -> str:
    """What a theme is called, or what a note says; empty where it is gone."""
    if vote.on is VoteOn.THEMES:
        theme = board.themes.get(ThemeId(target))
        return board.text(theme.name) if theme is not None and not theme.removed else ""
    note = board.notes.get(NoteId(target))
    return " ".join(board.text_of(note).split()) if note is not None else ""


def way_name(way: CountWay) -> str:
    """How votes without a phone were given."""
    return {CountWay.HANDS: _("Hands"), CountWay.DOTS: _("Paper dots")}[way]


def sources(board: Board, round_id: RoundId) -> str:
    """Where the votes come from: "phones 41 · hands 12 (tables 1, 4) · paper dots 9"."""
    phones, ways = counted(board, round_id), by_hand(board, round_id)
    parts = [_("phones {n}").format(n=sum(phones.dots.values()))]
    parts += [_way_source(way, by) for way, by in ways.items()]
    return " · ".join(parts)


def left_out(board: Board, round_id: RoundId) -> str:
    """What is not counted, and why; empty where everything is."""
    found = uncounted(board, round_id)
    dots = sum(found.dots.values())
    told = ngettext(
        "Not counted: {n} vote of phones that are stopped, or came many at once.",
        "Not counted: {n} votes of phones that are stopped, or came many at once.",
        dots,
    )
    return told.format(n=dots) if dots else ""


def _way_source(way: CountWay, by: ByHand) -> str:
    names: Mapping[CountWay, str] = {CountWay.HANDS: _("hands {n}"), CountWay.DOTS: _("paper dots {n}")}
    total = names[way].format(n=sum(by.dots.values()))
    tables = [f"{table}" for table in by.tables if table != WHOLE_ROOM]
    if not tables:
        return total
    where = ngettext("table {tables}", "tables {tables}", len(tables)).format(tables=", ".join(tables))
    return f"{total} ({where})"
