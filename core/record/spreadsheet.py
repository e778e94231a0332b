"""notes.csv: every note on the board as a row that no spreadsheet takes for a formula, and back again."""

import csv
import io
import re
import unicodedata

from core.record.model import Card, Record

HEADINGS = ("question", "theme", "text", "mode", "day")
FORMULA_SIGNS = frozenset("=+-@\t\r\N{MINUS SIGN}")
_GUARDED = re.compile(r"'*")


def notes_csv(record: Record) -> bytes:
    """The notes in the order of the record, every cell in quotes, in the UTF-8 that spreadsheets recognise."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADINGS)
    for question in record.questions:
        for theme in question.themes:
            writer.writerows(_row(question.words, theme.name, card) for card in theme.cards)
        writer.writerows(_row(question.words, "", card) for card in question.alone)
    return target.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet might otherwise run it (A07, CWE-1236)."""
    return f"'{text}" if is_risky(text) else text


def plain(cell: str) -> str:
    """What the cell was before it was guarded; also where another program had guarded it so."""
    return cell[1:] if cell.startswith("'") and is_risky(cell[1:]) else cell


def is_risky(text: str) -> bool:
    """Whether the first sign to be seen begins a formula, in any width, or an apostrophe before it hides one."""
    for sign in text[_GUARDED.match(text).end() :]:  # type: ignore[union-attr]
        if sign in FORMULA_SIGNS or FORMULA_SIGNS.intersection(unicodedata.normalize("NFKC", sign)):
            return True
        if not (sign.isspace() or unicodedata.category(sign) in ("Cf", "Cc")):
            return False
    return False


def _row(question: str, theme: str, card: Card) -> list[str]:
    return [guarded(cell) for cell in (question, theme, card.text, card.mode.value, card.day.isoformat())]
