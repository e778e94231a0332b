"""notes.xlsx: the record as a spreadsheet. People's words are text; only our own numbers are numbers."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from core.base.language import _, direction_of
from core.record import telling, wording
from core.record.model import Answer, Card, QuestionPart, Record
from core.record.page.typeset import one_line

Value = str | int
LONGEST = 32_767
"""No cell of a spreadsheet holds more signs."""
AS_OLD_AS_ANY = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
NAIVE = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


class Table(NamedTuple):
    """One sheet: its name, its headings with how wide each is, and its rows."""

    name: str
    head: Sequence[tuple[str, float]]
    rows: Iterator[Sequence[Value]]


def make_workbook(record: Record) -> bytes:
    """The spreadsheet, written row by row. The same record gives the same bytes."""
    target = BytesIO()
    with Workbook(target, NAIVE) as book:
        book.set_properties(
            {"title": one_line(record.cover.title), "author": one_line(record.cover.host), "created": AS_OLD_AS_ANY}
        )
        bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
        plain = book.add_format({"valign": "top", "text_wrap": True})
        for table in tables(record):
            _write(book, table, bold, plain, right_to_left=direction_of(record.language) == "rtl")
    return target.getvalue()


def tables(record: Record) -> list[Table]:
    """Everything that has rows, each in a sheet of its own."""
    name = [(_("Name"), 20.0)] if record.has_names else []
    return [
        Table(
            _("Notes"),
            [(_("Question"), 30), (_("Theme"), 30), (_("Note"), 70), (_("How"), 18), (_("Day"), 14), (_("Votes"), 8),
             (_("late"), 8), *name],
            _notes(record),
        ),
        Table(
            _("Themes"),
            [(_("Question"), 30), (_("Theme"), 40), (_("Notes"), 8), (_("Votes"), 8),
             *([(wording.venues_head()[0], 40)] if record.venues else [])],
            _themes(record),
        ),
        Table(
            _("How people voted"),
            [(_("Question"), 30), (_("What"), 50), (_("Phones"), 12), (_("Hands"), 12), (_("Paper dots"), 12),
             (_("Votes"), 12)],
            _votes(record),
        ),
        Table(
            _("You said, we will do"),
            [(_("Question"), 30), (_("You said"), 50), *_answer_head()],
            _answers(record),
        ),
        Table(
            _("What people will do"),
            [(_("What"), 50), (_("Who"), 24), (_("By when"), 18), (_("Theme"), 30), *_answer_head()],
            ((each.what, each.who, wording.day(each.by) if each.by else "", each.theme, *_answer(each.answer))
             for each in record.pledges),
        ),
        Table(
            _("Who took part"),
            [(_("How"), 40), (_("People"), 18), (_("Notes on the board"), 18)],
            ((wording.way(way.mode), wording.people_of(way), way.notes) for way in record.ways),
        ),
        *_venues(record),
    ]  # fmt: skip


def _venues(record: Record) -> list[Table]:
    """A sheet for the venues, where there are several."""
    if not record.venues:
        return []
    where, people, notes = wording.venues_head()
    told = ((name, count, at.notes) for at in record.venues for name, count, _notes in [wording.venue_row(at)])
    return [Table(wording.where(), [(where, 40), (people, 18), (notes, 18)], told)]


def _notes(record: Record) -> Iterator[Sequence[Value]]:
    for question in record.questions:
        for theme in question.themes:
            yield from (_note(record, question, theme.name, card) for card in theme.cards)
        yield from (_note(record, question, "", card) for card in (*question.alone, *question.late))


def _note(record: Record, question: QuestionPart, theme: str, card: Card) -> Sequence[Value]:
    name = [card.name] if record.has_names else []
    late = _("late") if card.late else ""
    how = wording.mode_of_card(card.mode)
    return [question.words, theme, card.text, how, card.day.isoformat(), card.votes, late, *name]


def _themes(record: Record) -> Iterator[Sequence[Value]]:
    for question in record.questions:
        for theme in question.themes:
            where = ["; ".join(theme.places)] if record.venues else []
            yield [question.words, theme.name, theme.notes, "" if theme.votes is None else theme.votes, *where]


def _votes(record: Record) -> Iterator[Sequence[Value]]:
    for question in record.questions:
        for lines in question.votes:
            for line in lines:
                yield question.words, line.words, line.phones, line.hands, line.dots, line.all


def _answers(record: Record) -> Iterator[Sequence[Value]]:
    for question in record.questions:
        yield from ((question.words, line.said, *_answer(line.answer)) for line in question.answered)
        for item in question.live:
            yield from ((question.words, words, *_answer(item.answer)) for words in (item.text, *item.also))


def _answer_head() -> list[tuple[str, float]]:
    return [
        (_("What happens now"), 16), (_("We will do"), 60), (_("Because:"), 40), (_("Who"), 24), (_("By when"), 18)
    ]  # fmt: skip


def _answer(answer: Answer | None) -> Sequence[Value]:
    if answer is None:
        return "", "", "", "", ""
    return telling.status_word(answer), answer.text, answer.because, answer.who, telling.until(answer)


def _write(book: Workbook, table: Table, bold: Format, plain: Format, *, right_to_left: bool) -> None:
    sheet = book.add_worksheet(table.name[:31])
    if right_to_left:
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    for place, (title, wide) in enumerate(table.head):
        sheet.set_column(place, place, wide)
        sheet.write_string(0, place, title.rstrip(":"), bold)
    for number, row in enumerate(table.rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, place, value, plain)
            elif value:
                sheet.write_string(number, place, value[:LONGEST], plain)
