"""Tables from other tools, as CSV in whatever form they came: read into rows, and brought in as notes in one act."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from core.base.clock import Clock, utc_now
from core.base.errors import WorkshopError
from core.base.ids import ContributorId, NoteId, QuestionId, new_id
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.bodies import NoteHeld
from core.domain.commands import SayNote
from core.domain.events import Author, Draft, NewEvent, sign
from core.domain.terms import PLAINLY_SHOWN, Mode, Reason
from core.domain.values import changed
from core.domain.words import NOTE_LIMIT, tidy
from core.record.spreadsheet import plain
from core.session import Session

Progress = Callable[[int, int, str], None]
SIZE_LIMIT = 50_000_000    # bytes
ROW_LIMIT = 50_000
STEP = 500
"""After so many rows progress is told."""
SEPARATORS = (",", ";", "\t", "|")
NO_TABLE = re.compile(r"\s*(\{|<\?xml|<!doctype|<html)", re.IGNORECASE)
NO_SEPARATOR = "\x1f"    # stands in no text that people write
EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)

COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text", "comment-body", "comment", "body", "content", "note", "notes", "idea", "answer", "response",
             "message", "feedback", "description", "subject"),
    "author": ("author", "author-id", "participant", "participant-id", "user", "user-id", "voter-id", "person",
               "respondent", "respondent-id", "created-by", "name"),
    "timestamp": ("timestamp", "datetime", "created", "created-at", "submitted", "submitted-at", "date", "day", "time"),
    "moderated": ("moderated", "moderation"),
    "question": ("question", "prompt", "topic"),
}  # fmt: skip
"""By which names each column is known, the surest first."""


class UnreadableTable(WorkshopError):
    """The file is no table that can be read; nothing was brought in."""


Line = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as text: its headings, and its rows with the line each begins on."""

    headings: tuple[str, ...]
    rows: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one row of a table says."""

    line: int
    text: str
    author: str = ""
    said_at: datetime | None = None
    is_held: bool = False
    question: str = ""


def import_table(
    session: Session, path: Path, mapping: Mapping[str, str] | None = None, progress: Progress | None = None,
    *, now: Clock = utc_now,
) -> int:  # fmt: skip
    """Bring a table in as notes, all in one act or nothing; how many came in. Each author is one made-up person whom
    nothing else is known about. `mapping` says which column is which. Raises UnreadableTable and NotSaved."""
    told: Progress = progress or (lambda done, total, what: None)
    rows = rows_of(read_table(path), mapping or {})
    _require_short(rows)
    events = events_of(session.board, rows, Author(session.desk), now, told)
    told(0, len(rows), _("Saving"))
    session.submit(*events).result()
    told(len(rows), len(rows), _("Saving"))
    return len(rows)


def events_of(
    board: Board, rows: Sequence[Row], author: Author, now: Clock, told: Progress = lambda done, total, what: None
) -> list[NewEvent]:
    """The notes of these rows as one act, in their order."""
    questions = {tidy(board.text(each.words)).casefold(): each.id for each in board.questions_in_order()}
    if not questions:
        raise WorkshopError(_("This workshop has no question yet."), _("Ask one first, then bring the table in."))
    people: dict[str, ContributorId] = {}
    drafts: list[Draft] = []
    times: dict[str, datetime] = {}
    for number, row in enumerate(rows, 1):
        person = people.setdefault(row.author, ContributorId(new_id())) if row.author else None
        note = NoteId(new_id())
        drafts += _drafts(board, row, _question_of(questions, row), (note, person))
        if row.said_at is not None:
            times[note] = row.said_at
        if number % STEP == 0 or number == len(rows):
            told(number, len(rows), _("Reading"))
    signed = sign(drafts, author, board.seen, now())
    return [changed(each, said_at=times.get(each.subject, each.said_at)) for each in signed]


def _drafts(board: Board, row: Row, question: QuestionId, who: tuple[NoteId, ContributorId | None]) -> list[Draft]:
    note, person = who
    said = SayNote(question=question, text=row.text, contributor=person, note_id=note, mode=Mode.IMPORTED)
    held = [Draft(note, NoteHeld(reason=Reason.OTHER, was=PLAINLY_SHOWN))] if row.is_held else []
    return [*said.drafts(board), *held]


def _question_of(questions: Mapping[str, QuestionId], row: Row) -> QuestionId:
    """The question the row names, else the first."""
    return questions.get(tidy(row.question).casefold()) or next(iter(questions.values()))


def read_table(path: Path) -> Table:
    """The table in a file, whatever tool wrote it. Raises UnreadableTable."""
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise UnreadableTable(_("This file is too large for a table."), _("Split it into smaller tables."))
        raw = path.read_bytes()
    except OSError as error:
        why = _("The file cannot be read: {why}").format(why=error.strerror)
        raise UnreadableTable(why, _("Check its name, and the folder it is in.")) from error
    return parse(decode(raw))


def decode(raw: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or the old code page of Windows. Raises UnreadableTable."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in raw:
        encodings = ["utf-16-le" if raw[1:200:2].count(0) > raw[0:200:2].count(0) else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableTable(
        _("This file is no table of text. Nothing was brought in."),
        _("Open it in your spreadsheet, save it as “CSV UTF-8”, and take that file."),
    )


def parse(text: str) -> Table:
    """Headings and rows, by the separator that fits best. Raises UnreadableTable."""
    if NO_TABLE.match(text):
        raise UnreadableTable(
            _("This file is no table. Nothing was brought in."),
            _("Take a CSV file. A workshop.json becomes a workshop by: python main.py new FILE --from workshop.json"),
        )
    named = re.match(r"sep=(.)\r?\n", text)
    text = text[named.end() :] if named else text
    separator = named[1] if named else separator_of(text)
    found = list(islice(_lines(text, separator), ROW_LIMIT + 2))
    if len(found) > ROW_LIMIT + 1:
        many = _("This table has more than {n} rows.").format(n=f"{ROW_LIMIT:,}")
        raise UnreadableTable(many, _("Split it into smaller tables."))
    if not found:
        raise UnreadableTable(_("This table is empty."), _("Check that it is the right file."))
    return _with_headings(found)


def _lines(text: str, separator: str) -> Iterator[Line]:
    """The rows that say anything, each with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begin = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begin, tuple(plain(cell) for cell in cells)
            begin = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableTable(
            _("Line {n} of the table cannot be read.").format(n=begin),
            _("Look at that line in your spreadsheet, and save the table as “CSV UTF-8”."),
        ) from error


def _with_headings(found: list[Line]) -> Table:
    """A list of one column whose first line is no known heading has none: each line is a note."""
    headings = tuple(cell.strip() for cell in found[0][1])
    is_list = all(len(row) == 1 for _line, row in found)
    if is_list and known_as(headings[0]) not in COLUMNS["text"]:
        return Table(("text",), tuple(found))
    return Table(headings, tuple(found[1:]))


def separator_of(text: str) -> str:
    """What parts the cells: the sign by which most of the first rows have as many cells as the headings."""
    beginning = text[:100_000]

    def fits(separator: str) -> tuple[int, int]:
        try:
            rows = list(islice(csv.reader(io.StringIO(beginning, newline=""), delimiter=separator), 20))
        except csv.Error:
            return (0, 0)
        wide = len(rows[0]) if rows else 0
        return (sum(len(row) == wide for row in rows), wide) if wide > 1 else (0, 0)

    best = max(SEPARATORS, key=fits)
    return best if fits(best) > (0, 0) else NO_SEPARATOR


def rows_of(table: Table, mapping: Mapping[str, str]) -> list[Row]:
    """What the rows say, in the order in which it was said where every row knows when. Raises UnreadableTable."""
    columns = columns_of(table.headings, mapping)
    rows = [_row(line, cells, columns) for line, cells in table.rows]
    said = [row for row in rows if row.text]
    if not said:
        empty = _("The column “{name}” has no words in it.").format(name=table.headings[columns["text"]])
        raise UnreadableTable(empty, _which(table.headings))
    times = [row.said_at for row in said if row.said_at is not None]
    if len(times) < len(said):
        return said
    return [row for _when, row in sorted(zip(times, said, strict=True), key=lambda pair: pair[0])]


def columns_of(headings: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Where each column is: as told, else by the names it is known by. Raises UnreadableTable."""
    for wanted, heading in mapping.items():
        if wanted not in COLUMNS or heading not in headings:
            missing = wanted if wanted not in COLUMNS else heading
            raise UnreadableTable(_("There is no column “{name}”.").format(name=missing), _which(headings))
    known = [known_as(heading) for heading in headings]
    found = {wanted: headings.index(heading) for wanted, heading in mapping.items()}
    for wanted, names in COLUMNS.items():
        match = next((name for name in names if name in known), None)
        if match is not None and wanted not in found:
            found[wanted] = known.index(match)
    if "text" not in found:
        raise UnreadableTable(_("No column of this table is known to hold the notes."), _which(headings))
    return found


def known_as(heading: str) -> str:
    """A heading without what tools spell differently."""
    return re.sub(r"[\s_]+", "-", heading.strip().casefold())


def moment(cell: str) -> datetime | None:
    """The time a cell names: seconds or thousandths since 1970, an ISO date, or a day first as in 27/07/2022."""
    cell = cell.strip()
    if re.fullmatch(r"\d{9,13}", cell):
        number = int(cell)
        return EARLIEST.replace(day=1) + timedelta(milliseconds=number if number >= 10**11 else number * 1000)
    day_first = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})(.*)", cell)
    if day_first:
        day, month, year, rest = day_first.groups()
        cell = f"{year}-{int(month):02}-{int(day):02}{rest}"
    try:
        found = datetime.fromisoformat(cell)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _row(line: int, cells: tuple[str, ...], columns: Mapping[str, int]) -> Row:
    def cell(name: str) -> str:
        at = columns.get(name)
        return cells[at] if at is not None and at < len(cells) else ""

    said_at = moment(cell("timestamp"))
    return Row(
        line=line,
        text=tidy(cell("text")),
        author=cell("author").strip(),
        said_at=said_at if said_at is not None and said_at > EARLIEST else None,
        is_held=cell("moderated").strip() == "-1",
        question=cell("question"),
    )


def _require_short(rows: Sequence[Row]) -> None:
    """Nothing is cut short: the table comes in whole or not at all."""
    long = [str(row.line) for row in rows if len(row.text) > NOTE_LIMIT]
    if long:
        named = ", ".join(long[:10]) + (", …" if len(long) > 10 else "")
        raise UnreadableTable(
            ngettext(
                "One note of this table has more than {limit} signs (line {lines}). Nothing was brought in.",
                "{n} notes of this table have more than {limit} signs (lines {lines}). Nothing was brought in.",
                len(long),
            ).format(n=len(long), limit=NOTE_LIMIT, lines=named),
            _("Make them shorter, or split each into rows of its own. Then bring the table in again."),
        )


def _which(headings: Sequence[str]) -> str:
    names = ", ".join(heading for heading in headings if heading)
    return _("Say which column it is: --map text=COLUMN. The columns are: {names}.").format(names=names[:500])
