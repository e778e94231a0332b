"""The record told straight through: headings, sentences, lists, tables and notes one after the other, for every form
that has no pages of its own to lay out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.base.language import _
from core.record import telling, wording
from core.record.model import Answered, Card, OwnNote, QuestionPart, Record, ThemePart


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a part."""

    level: int
    text: str
    eyebrow: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of ours or of the host."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list; `ranked` where its order counts."""

    items: tuple[str, ...]
    ranked: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A table with a heading row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's words, and what stands under them; `colour` of their theme. Of their own copy's owner: `own`."""

    text: str
    under: str
    colour: int | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels, each with its value under it."""

    pairs: tuple[tuple[str, str], ...]


Element = Heading | Sentence | Points | Rows | Said | Pairs


def story(record: Record) -> Iterator[Element]:
    """All of it, after the title."""
    yield from _thank_you(record)
    yield from _who_took_part(record)
    for question in record.questions:
        if not question.live:
            yield from _question(question, record.of)
    yield from _quotes(record)
    for question in record.questions:
        if question.live:
            yield from _live(question, record.of)
    yield from _you_said(record)
    yield from _next_and_pledges(record)
    yield from _not_shown(record)
    yield Heading(1, _("How to reply"))
    yield Points(tuple(telling.how_to_reply(record)))
    yield Heading(1, _("How your words are used"))
    yield Points(tuple(wording.your_words(record)))


def facts(record: Record) -> list[str]:
    """What stands under the title."""
    cover = record.cover
    lines = [_("What you said, and where it went."), wording.when_and_where(cover), wording.run_by(cover)]
    return [line for line in lines if line] + ([_("This copy was made for you.")] if record.edition else [])


def _thank_you(record: Record) -> Iterator[Element]:
    yield Heading(1, _("You spoke. Here is what came of it."), _("Thank you"))
    yield Sentence(telling.you_sent(record) if record.edition else wording.thank_you(record))
    if record.edition and record.edition.notes:
        yield Heading(2, _("Your notes, and where they went"))
        for note in record.edition.notes:
            yield from _own(record, note)
        yield Heading(2, telling.wrong_place()[0])
        yield Sentence(telling.wrong_place()[1])
        yield Sentence(telling.thick_line())
    for title, words in ((_("Why we asked you"), record.cover.purpose), (_("What we promised"), record.cover.promise)):
        if words:
            yield Heading(2, title)
            yield Sentence(words)
    if not record.edition:
        yield Heading(2, _("Where to find your notes"))
        yield from _sentences(wording.find_your_notes(), telling.nobodys(record))


def _own(record: Record, note: OwnNote) -> Iterator[Element]:
    yield Said(telling.own_words(note) or wording.picture_of_note(), "", note.colour, own=True)
    place, told = telling.own_place(note)
    next_steps = "\n".join(part for part in (telling.own_status(note), telling.own_next(note, record.cover)) if part)
    pairs = (
        (_("Where it went"), ". ".join(part for part in (place, told) if part)), (_("What happens now"), next_steps)
    )  # fmt: skip
    yield Pairs(tuple((label, value) for label, value in pairs if value))


def _who_took_part(record: Record) -> Iterator[Element]:
    yield Heading(1, _("Who took part"))
    yield Sentence(wording.who_took_part(record))
    numbers = (f"{word} {number} {label}".strip() for word, number, label in wording.tiles(record))
    yield Points(tuple(numbers))
    if record.ways:
        yield Heading(2, _("How people joined in"))
        rows = tuple((wording.way(way.mode), wording.people_of(way), f"{way.notes:,}") for way in record.ways)
        yield Rows((_("How"), _("People"), _("Notes on the board")), rows)
        yield Sentence(wording.why_rounded())
    if record.venues:
        yield Heading(2, wording.where())
        yield Rows(wording.venues_head(), tuple(wording.venue_row(at) for at in record.venues))
    yield Heading(2, _("Every note is counted"))
    yield Sentence(wording.balance_sentence(record.balance))


def _question(question: QuestionPart, of: int) -> Iterator[Element]:
    yield Heading(1, question.words, wording.question_of(question, of))
    yield from _sentences(telling.plain_words(question), telling.for_team(question))
    if question.themes:
        yield Heading(2, telling.what_came_first(question))
    yield Sentence(telling.came_up(question))
    if question.themes:
        yield Points(tuple(f"{theme.name}: {telling.under_a_theme(theme)}" for theme in question.themes), ranked=True)
    for lines in question.votes:
        yield Heading(2, _("How people voted"))
        rows = tuple((line.words, wording.vote_ways(line), f"{line.all:,}") for line in lines)
        yield Rows((_("What"), _("How"), _("Votes")), rows)
    for theme in question.themes:
        if theme.cards or not theme.notes:
            yield from _theme(theme)
    yield from _alone(question)


def _theme(theme: ThemePart) -> Iterator[Element]:
    yield Heading(2, theme.name, _("Theme {n}").format(n=theme.rank))
    yield Sentence(telling.under_a_theme(theme))
    if theme.answer is not None:
        yield Sentence(f"{_('Our answer:')} {telling.in_one_line(theme.answer)}")
    yield from _cards(theme.cards, theme.colour)


def _alone(question: QuestionPart) -> Iterator[Element]:
    if question.alone and question.themes:
        yield Heading(2, _("Notes that stand alone"))
        yield Sentence(wording.lone_notes(question))
    yield from _cards(question.alone, None)
    if question.late:
        yield Heading(2, _("Notes that came late"))
        yield Sentence(telling.late_notes())
        yield from _cards(question.late, None)


def _cards(cards: Sequence[Card], colour: int | None) -> Iterator[Element]:
    for card in cards:
        words = wording.words_of(card) or wording.picture_of_note()
        yield Said(words, telling.under_a_card(card), colour, own=card.own)


def _quotes(record: Record) -> Iterator[Element]:
    quotes = [quote for question in record.questions for quote in question.quotes]
    if not quotes:
        return
    yield Heading(1, _("In your own words"))
    yield Sentence(telling.about_quotes(quotes))
    for quote in quotes:
        yield Said(f"“{quote.card.text}”", telling.under_a_quote(quote), quote.colour)
    yield Sentence(telling.only_with_a_yes())


def _live(question: QuestionPart, of: int) -> Iterator[Element]:
    yield Heading(1, _("Your questions, and the answers"), wording.question_of(question, of))
    yield from _sentences(question.words, telling.about_live(question))
    for item in question.live:
        yield Said(item.text, telling.state_of_live(item), own=item.own)
        yield from _sentences(*map(telling.also_asked, item.also))
        if item.answer is not None:
            yield Sentence(telling.told_whole(item.answer))


def _you_said(record: Record) -> Iterator[Element]:
    lines = [line for question in record.questions for line in question.answered]
    if not lines:
        return
    yield Heading(1, _("You said, we will do"))
    head = (_("You said"), _("We will do"), _("Who"), _("By when"))
    yield Rows(head, tuple(_said_and_done(line) for line in lines))
    yield from _sentences(telling.write_again(record.cover))


def _said_and_done(line: Answered) -> tuple[str, ...]:
    answer = line.answer
    done = f"{telling.status_word(answer)}\n{telling.told(answer)}".strip()
    return line.said, done, answer.who, telling.until(answer)


def _next_and_pledges(record: Record) -> Iterator[Element]:
    yield Heading(1, _("What happens next"))
    yield from _sentences(*wording.what_happens_next(record.cover), record.cover.promise)
    if record.pledges:
        yield Heading(1, _("What people will do"))
        yield Sentence(telling.about_pledges())
        for pledge in record.pledges:
            yield Said(pledge.what, "\n".join(telling.under_a_pledge(pledge)), pledge.colour)


def _not_shown(record: Record) -> Iterator[Element]:
    said = wording.not_shown(record)
    if said:
        yield Heading(1, _("What was not shown, and why"))
        yield from _sentences(*said)
    if record.hidden:
        rows = tuple((wording.reason(each.reason), f"{each.notes:,}") for each in record.hidden)
        yield Rows((_("Why"), _("Notes")), rows)


def _sentences(*texts: str) -> Iterator[Element]:
    return (Sentence(text) for text in texts if text)
