"""The parts of the record as blocks: from what it says to the pieces of its pages, in their order."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.base.language import _, ngettext
from core.domain.terms import Mode
from core.record import blocks, pictures, wording
from core.record.blocks import STEP_2, STEP_3
from core.record.flow import MM, Block, Columns, Item
from core.record.model import Card, QuestionPart, Record, ThemePart
from core.record.palette import ALONE, Look, look_of
from core.record.styles import HEADING, LEAD
from core.record.typeset import Typesetter


@dataclass(frozen=True, slots=True)
class Undrawn:
    """Signs on one page that the fonts do not have. The web page of the record shows them right."""

    page: int
    signs: str


def contents(setter: Typesetter, lines: Sequence[tuple[str, int, float]]) -> list[Block]:
    """What is in the record, and on which pages."""
    return spaced([blocks.contents_line(setter, *line) for line in lines], STEP_2)


def spaced(pieces: Sequence[Block], above: float) -> list[Block]:
    """The same with this much space over the first."""
    first, *others = pieces
    return [replace(first, above=above), *others]


def thank_you(setter: Typesetter, record: Record) -> Iterator[Block]:
    """The first page after the cover."""
    yield blocks.part_heading(setter, _("You spoke. Here is what came of it."), eyebrow=_("Thank you"))
    yield from blocks.paragraph(setter, wording.thank_you(record), LEAD, above=STEP_3)
    if record.cover.purpose:
        yield blocks.subheading(setter, _("Why we asked you"))
        yield from blocks.paragraph(setter, record.cover.purpose)
    if record.cover.promise:
        yield blocks.subheading(setter, _("What we promised"))
        yield from blocks.paragraph(setter, record.cover.promise)
    yield blocks.subheading(setter, _("Where to find your notes"))
    yield from blocks.paragraph(setter, wording.find_your_notes())
    yield blocks.subheading(setter, _("In this record"))


def parts(setter: Typesetter, record: Record) -> Iterator[Item]:
    """What comes after the contents."""
    yield from _who_took_part(setter, record)
    for question in record.questions:
        yield from _question(setter, question, len(record.questions))
    yield from _what_happens_next(setter, record)
    yield from _your_words(setter, record)


def _who_took_part(setter: Typesetter, record: Record) -> Iterator[Item]:
    yield blocks.part_heading(setter, _("Who took part"))
    yield from blocks.paragraph(setter, wording.who_took_part(record), LEAD, above=STEP_3)
    received = record.balance.received
    before, people = wording.people_tile(record.people)
    yield blocks.tiles(
        setter,
        [
            (before, people, _("people took part")),
            ("", f"{received:,}", ngettext("note came in", "notes came in", received)),
            ("", f"{record.themes:,}", ngettext("theme was made", "themes were made", record.themes)),
        ],
    )
    if record.ways:
        yield blocks.subheading(setter, _("How people joined in"))
        rows = [(wording.way(way.mode), wording.people_of(way), f"{way.notes:,}") for way in record.ways]
        head = (_("How"), _("People"), _("Notes on the board"))
        yield from blocks.table(setter, head, rows, [way.mode for way in record.ways])
        yield from blocks.paragraph(setter, wording.why_rounded(), above=STEP_3)
    yield blocks.subheading(setter, _("Every note is counted"))
    yield blocks.addition(setter, (received, _("came in")), wording.balance_parts(record.balance))
    yield from _not_shown(setter, record)


def _not_shown(setter: Typesetter, record: Record) -> Iterator[Block]:
    said = wording.not_shown(record)
    if not said:
        return
    yield blocks.subheading(setter, _("What was not shown, and why"))
    for sentence in said:
        yield from blocks.paragraph(setter, sentence)
    if record.hidden:
        rows = [(wording.reason(each.reason), f"{each.notes:,}") for each in record.hidden]
        yield from blocks.table(setter, (_("Why"), _("Notes")), rows)


def _question(setter: Typesetter, question: QuestionPart, of: int) -> Iterator[Item]:
    eyebrow = wording.question_of(question, of)
    yield blocks.part_heading(setter, question.words, eyebrow=eyebrow, style=HEADING)
    if question.themes:
        yield blocks.subheading(setter, _("What came up most"))
    yield from blocks.paragraph(setter, wording.came_up(question), keep=bool(question.themes))
    most = max((len(theme.cards) for theme in question.themes), default=0)
    for theme in question.themes:
        share = len(theme.cards) / most if most else 0.0
        over = STEP_2 if theme.rank == 1 else 0.0
        yield blocks.bar(setter, theme.name, wording.notes(len(theme.cards)), share, look_of(theme.colour), over)
    if question.themes:
        yield blocks.subheading(setter, _("The board at the end"))
        yield from spaced(pictures.board(setter, question), STEP_2)
        yield from blocks.paragraph(setter, wording.under_the_board(question), above=STEP_3)
    yield from _votes(setter, question)
    for theme in question.themes:
        yield from _theme(setter, theme)
    yield from _alone(setter, question)


def _votes(setter: Typesetter, question: QuestionPart) -> Iterator[Item]:
    for lines in question.votes:
        yield blocks.subheading(setter, _("How people voted"))
        rows = [(line.words, wording.vote_ways(line), f"{line.all:,}") for line in lines]
        yield from blocks.table(setter, (_("What"), _("How"), _("Votes")), rows)


def _theme(setter: Typesetter, theme: ThemePart) -> Iterator[Item]:
    look = look_of(theme.colour)
    eyebrow = wording.fixed(_("Theme {n}").format(n=theme.rank))
    yield blocks.theme_heading(setter, theme.name, look, eyebrow=eyebrow)
    count = len(theme.cards)
    says = wording.notes(count) if count else _("No notes are in this theme.")
    yield from blocks.paragraph(setter, says, keep=count > 0)
    if theme.cards:
        yield _cards(setter, theme.cards, look)


def _alone(setter: Typesetter, question: QuestionPart) -> Iterator[Item]:
    if not question.alone:
        return
    if question.themes:
        yield blocks.theme_heading(setter, _("Notes that stand alone"), ALONE)
        yield from blocks.paragraph(setter, wording.lone_notes(question), keep=True)
    yield _cards(setter, question.alone, ALONE)


def _cards(setter: Typesetter, cards: Sequence[Card], look: Look) -> Columns:
    origins = {mode: (mode, wording.mode_of_card(mode)) for mode in Mode}
    made = (blocks.card(setter, card, look, origins[card.mode]) for card in cards)
    return Columns(tuple(piece for pieces in made for piece in pieces), above=STEP_3)


def _what_happens_next(setter: Typesetter, record: Record) -> Iterator[Item]:
    yield blocks.part_heading(setter, _("What happens next"), room=80 * MM)
    for sentence in wording.what_happens_next(record.cover):
        yield from blocks.paragraph(setter, sentence, LEAD, above=STEP_3, keep=bool(record.cover.promise))
    if record.cover.promise:
        yield from blocks.quote(setter, record.cover.promise)
    if record.pledges:
        yield blocks.subheading(setter, _("What people will do"))
        rows = [(pledge.what, pledge.who, wording.pledge_by(pledge)) for pledge in record.pledges]
        yield from blocks.table(setter, (_("What"), _("Who"), _("By when")), rows)
    yield from blocks.paragraph(setter, wording.tell_us(record.cover), above=STEP_3)


def _your_words(setter: Typesetter, record: Record) -> Iterator[Item]:
    yield blocks.part_heading(setter, _("How your words are used"), room=80 * MM)
    yield from spaced(blocks.bullets(setter, wording.your_words(record)), STEP_3)


def could_not_draw(setter: Typesetter, undrawn: Sequence[Undrawn]) -> Iterator[Block]:
    """The page that says which signs are boxes."""
    yield blocks.part_heading(setter, _("Words this PDF could not draw"))
    yield from blocks.paragraph(
        setter,
        _("This PDF has no letters for some of the words. A box stands for each sign it could not draw. "
          "The web page of this record shows them all."),
        LEAD,
        above=STEP_3,
    )  # fmt: skip
    rows = [
        (wording.fixed(_("Page {n}").format(n=each.page)), script_names(each.signs), f"{len(each.signs):,}")
        for each in undrawn
    ]
    yield from blocks.table(setter, (_("Where"), _("Letters of"), _("Signs")), rows)


def script_names(signs: str) -> str:
    """What kinds of letters these are: "Arabic, Bengali, pictures and other signs"."""
    letters = {_script(sign) for sign in signs if unicodedata.category(sign)[0] in "LM"}
    names = sorted(letters - {""})
    others = any(not _script(sign) for sign in signs)
    return ", ".join([*names, *([_("pictures and other signs")] if others else [])])


def _script(sign: str) -> str:
    """The name of the script as Unicode has it; empty for what is no letter."""
    if unicodedata.category(sign)[0] not in "LM":
        return ""
    name = unicodedata.name(sign, "").split(" ")[0].split("-")[0]
    return {"CJK": _("Chinese"), "HANGUL": _("Korean")}.get(name, name.title())
