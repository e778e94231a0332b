"""The parts of the record as blocks, in their order: from what it says to the pieces of its pages."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.base.language import _
from core.record import blocks, pictures, pieces, telling, wording
from core.record.blocks import STEP_2, STEP_3
from core.record.model import Answered, Card, LiveItem, OwnNote, PledgePart, QuestionPart, Record, ThemePart
from core.record.page.flow import MM, Block, Columns, Item
from core.record.page.styles import HEADING, LEAD
from core.record.page.typeset import Typesetter
from core.record.palette import ALONE, Look, look_of
from core.record.pieces import Cell

OWN_SHARES = (0.4, 0.28, 0.32)
SAID_SHARES = (0.28, 0.36, 0.18, 0.18)
SHORT_PART = 80 * MM
"""A part that is short begins where this much is left, not on a page of its own."""


@dataclass(frozen=True, slots=True)
class Undrawn:
    """Signs on one page that the fonts do not have. The web page of the record shows them right."""

    page: int
    signs: str


def contents(setter: Typesetter, lines: Sequence[tuple[str, int, float]]) -> list[Block]:
    """What is in the record, and on which pages; nothing where no lines are wanted."""
    return [] if not lines else [
        blocks.subheading(setter, _("In this record")),
        *spaced([blocks.contents_line(setter, *line) for line in lines], STEP_2),
    ]


def spaced(pieces: Sequence[Block], above: float) -> list[Block]:
    """The same with this much space over the first."""
    first, *others = pieces
    return [replace(first, above=above), *others]


def thank_you(setter: Typesetter, record: Record) -> Iterator[Block]:
    """The first page after the cover: in somebody's own copy their notes, and where they went."""
    yield blocks.part_heading(setter, _("You spoke. Here is what came of it."), eyebrow=_("Thank you"))
    if record.edition is not None:
        yield from _your_notes(setter, record)
        return
    yield from blocks.paragraph(setter, wording.thank_you(record), LEAD, above=STEP_3)
    yield from _why_we_asked(setter, record)
    yield blocks.subheading(setter, _("Where to find your notes"))
    for sentence in (wording.find_your_notes(), telling.nobodys(record)):
        if sentence:
            yield from blocks.paragraph(setter, sentence)


def _why_we_asked(setter: Typesetter, record: Record) -> Iterator[Block]:
    said = ((_("Why we asked you"), record.cover.purpose), (_("What we promised"), record.cover.promise))
    for title, words in said:
        if words:
            yield blocks.subheading(setter, title)
            yield from blocks.paragraph(setter, words)


def _your_notes(setter: Typesetter, record: Record) -> Iterator[Block]:
    yield from blocks.paragraph(setter, telling.you_sent(record), LEAD, above=STEP_3)
    mine = record.edition.notes if record.edition else ()
    if mine:
        yield from blocks.paragraph(setter, telling.thick_line())
        yield blocks.subheading(setter, _("Your notes, and where they went"))
        head = (_("What you said"), _("Where it went"), _("What happens now"))
        yield from pieces.word_table(setter, head, [_own_row(record, note) for note in mine], OWN_SHARES)
        yield pieces.box(setter, *telling.wrong_place())


def _own_row(record: Record, note: OwnNote) -> list[Cell]:
    place, told = telling.own_place(note)
    words = telling.own_words(note) or wording.picture_of_note()
    look = look_of(note.colour) if note.colour is not None else None
    return [Cell(words), Cell(told, place, look), Cell(telling.own_next(note, record.cover), telling.own_status(note))]


def parts(setter: Typesetter, record: Record) -> Iterator[Item]:
    """What comes after the contents."""
    yield from _who_took_part(setter, record)
    for question in record.questions:
        if not question.live:
            yield from _question(setter, question, record.of)
    yield from _in_your_own_words(setter, record)
    for question in record.questions:
        if question.live:
            yield from _live(setter, question, record.of)
    yield from _you_said(setter, record)
    yield from _what_happens_next(setter, record)
    yield from _pledges(setter, record)
    yield from _not_shown(setter, record)
    yield from _how_to_reply(setter, record)
    yield from _your_words(setter, record)


def _who_took_part(setter: Typesetter, record: Record) -> Iterator[Item]:
    yield blocks.part_heading(setter, _("Who took part"))
    yield from blocks.paragraph(setter, wording.who_took_part(record), LEAD, above=STEP_3)
    yield blocks.tiles(setter, wording.tiles(record))
    if record.ways:
        yield blocks.subheading(setter, _("How people joined in"))
        rows = [(wording.way(way.mode), wording.people_of(way), f"{way.notes:,}") for way in record.ways]
        head = (_("How"), _("People"), _("Notes on the board"))
        yield from blocks.table(setter, head, rows, [way.mode for way in record.ways])
        yield from blocks.paragraph(setter, wording.why_rounded(), above=STEP_3)
    if record.venues:
        yield blocks.subheading(setter, wording.where())
        yield from blocks.table(setter, wording.venues_head(), [wording.venue_row(at) for at in record.venues], [])
    yield blocks.subheading(setter, _("Every note is counted"))
    received = record.balance.received
    yield blocks.addition(setter, (received, _("came in")), wording.balance_parts(record.balance))


def _question(setter: Typesetter, question: QuestionPart, of: int) -> Iterator[Item]:
    eyebrow = wording.question_of(question, of)
    yield blocks.part_heading(setter, question.words, eyebrow=eyebrow, style=HEADING)
    for sentence in (telling.plain_words(question), telling.for_team(question)):
        if sentence:
            yield from blocks.paragraph(setter, sentence, above=STEP_2)
    if question.themes:
        yield blocks.subheading(setter, telling.what_came_first(question))
    yield from blocks.paragraph(setter, telling.came_up(question), keep=bool(question.themes))
    yield from _bars(setter, question)
    if question.themes:
        yield blocks.subheading(setter, _("The board at the end"))
        yield from spaced(pictures.board(setter, question), STEP_2)
        yield from blocks.paragraph(setter, wording.under_the_board(question), above=STEP_3)
    yield from _votes(setter, question)
    for theme in question.themes:
        if theme.cards or not theme.notes:
            yield from _theme(setter, theme)
    yield from _alone(setter, question)


def _bars(setter: Typesetter, question: QuestionPart) -> Iterator[Block]:
    most = wording.longest_bar(question)
    for theme in question.themes:
        over = STEP_2 if theme.rank == 1 else 0.0
        number, more = telling.beside_a_bar(theme)
        share = wording.bar_length(theme) / most
        yield blocks.bar(setter, theme.name, number, share, look_of(theme.colour), over, more=more)


def _votes(setter: Typesetter, question: QuestionPart) -> Iterator[Item]:
    for lines in question.votes:
        yield blocks.subheading(setter, _("How people voted"))
        rows = [(line.words, wording.vote_ways(line), f"{line.all:,}") for line in lines]
        yield from blocks.table(setter, (_("What"), _("How"), _("Votes")), rows)


def _theme(setter: Typesetter, theme: ThemePart) -> Iterator[Item]:
    look = look_of(theme.colour)
    eyebrow = wording.fixed(_("Theme {n}").format(n=theme.rank))
    yield blocks.theme_heading(setter, theme.name, look, eyebrow=eyebrow)
    yield from blocks.paragraph(setter, telling.under_a_theme(theme), keep=bool(theme.cards or theme.answer))
    if theme.answer is not None:
        yield replace(pieces.box(setter, _("Our answer:"), telling.in_one_line(theme.answer)), keep=bool(theme.cards))
    if theme.cards:
        yield _cards(setter, theme.cards, look)


def _alone(setter: Typesetter, question: QuestionPart) -> Iterator[Item]:
    if question.alone:
        if question.themes:
            yield blocks.theme_heading(setter, _("Notes that stand alone"), ALONE)
            yield from blocks.paragraph(setter, wording.lone_notes(question), keep=True)
        yield _cards(setter, question.alone, ALONE)
    if question.late:
        yield blocks.theme_heading(setter, _("Notes that came late"), ALONE)
        yield from blocks.paragraph(setter, telling.late_notes(), keep=True)
        yield _cards(setter, question.late, ALONE)


def _cards(setter: Typesetter, cards: Sequence[Card], look: Look) -> Columns:
    made = (blocks.card(setter, card, look, (card.mode, telling.under_a_card(card))) for card in cards)
    return Columns(tuple(piece for pieces in made for piece in pieces), above=STEP_3)


def _in_your_own_words(setter: Typesetter, record: Record) -> Iterator[Item]:
    quotes = [quote for question in record.questions for quote in question.quotes]
    if not quotes:
        return
    yield blocks.part_heading(setter, _("In your own words"), room=SHORT_PART)
    yield from blocks.paragraph(setter, telling.about_quotes(quotes), LEAD, above=STEP_3, keep=True)
    for quote in quotes:
        look = look_of(quote.colour) if quote.colour is not None else ALONE
        yield from pieces.said(setter, f"“{quote.card.text}”", telling.under_a_quote(quote), look)
    yield from blocks.paragraph(setter, telling.only_with_a_yes(), above=STEP_3)


def _live(setter: Typesetter, question: QuestionPart, of: int) -> Iterator[Item]:
    yield blocks.part_heading(setter, _("Your questions, and the answers"), eyebrow=wording.question_of(question, of))
    yield from blocks.paragraph(setter, question.words, LEAD, above=STEP_3)
    yield from blocks.paragraph(setter, telling.about_live(question), keep=True)
    for number, item in enumerate(question.live, 1):
        meta = [telling.state_of_live(item), *map(telling.also_asked, item.also)]
        yield from pieces.asked(setter, number, item.text, meta, _answer(item))


def _answer(item: LiveItem) -> str:
    return telling.told_whole(item.answer) if item.answer else ""


def _you_said(setter: Typesetter, record: Record) -> Iterator[Item]:
    rows = [each for question in record.questions for each in question.answered]
    if not rows:
        return
    yield blocks.part_heading(setter, _("You said, we will do"))
    head = (_("You said"), _("We will do"), _("Who"), _("By when"))
    yield from pieces.word_table(setter, head, [_answered(each) for each in rows], SAID_SHARES)
    if again := telling.write_again(record.cover):
        yield from blocks.paragraph(setter, again, above=STEP_3)


def _answered(line: Answered) -> list[Cell]:
    answer, look = line.answer, look_of(line.colour) if line.colour is not None else None
    return [
        Cell(line.said, look=look), Cell(telling.told(answer), telling.status_word(answer)), Cell(answer.who),
        Cell(telling.until(answer)),
    ]  # fmt: skip


def _what_happens_next(setter: Typesetter, record: Record) -> Iterator[Item]:
    yield blocks.part_heading(setter, _("What happens next"), room=SHORT_PART)
    for sentence in wording.what_happens_next(record.cover):
        yield from blocks.paragraph(setter, sentence, LEAD, above=STEP_3, keep=bool(record.cover.promise))
    if record.cover.promise:
        yield from blocks.quote(setter, record.cover.promise)


def _pledges(setter: Typesetter, record: Record) -> Iterator[Item]:
    if not record.pledges:
        return
    yield blocks.part_heading(setter, _("What people will do"), room=SHORT_PART)
    yield from blocks.paragraph(setter, telling.about_pledges(), LEAD, above=STEP_3, keep=True)
    yield Columns(tuple(_pledge(setter, pledge) for pledge in record.pledges), above=STEP_3)


def _pledge(setter: Typesetter, pledge: PledgePart) -> Block:
    return pieces.small_card(setter, pledge.what, telling.under_a_pledge(pledge))


def _not_shown(setter: Typesetter, record: Record) -> Iterator[Block]:
    said = wording.not_shown(record)
    if not said:
        return
    yield blocks.part_heading(setter, _("What was not shown, and why"), room=SHORT_PART)
    for sentence in said:
        yield from blocks.paragraph(setter, sentence, keep=bool(record.hidden))
    if record.hidden:
        rows = [(wording.reason(each.reason), f"{each.notes:,}") for each in record.hidden]
        yield from blocks.table(setter, (_("Why"), _("Notes")), rows)


def _how_to_reply(setter: Typesetter, record: Record) -> Iterator[Item]:
    yield blocks.part_heading(setter, _("How to reply"), room=SHORT_PART)
    yield from spaced(blocks.bullets(setter, telling.how_to_reply(record)), STEP_3)


def _your_words(setter: Typesetter, record: Record) -> Iterator[Item]:
    yield blocks.part_heading(setter, _("How your words are used"), room=SHORT_PART)
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
