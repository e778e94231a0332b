"""What one letter says to one person, before anyone decides how it looks: in their language, about their notes only."""

from collections.abc import Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo

from core.base import language
from core.base.ids import ContributorId, NoteId
from core.base.language import _, ngettext
from core.domain.board import Board, Note, NoteState
from core.domain.contact import KEPT_AFTER_WRITING, Contact, Way
from core.domain.delivery import Kind
from core.domain.events import Base
from core.post import news, templates
from core.post.news import News
from core.post.templates import FOOT, HEADING, NOTES, Text
from core.record.model import Cover
from core.record.page.typeset import one_line
from core.record.wording import day, days

MOST_ROWS = 6
"""A letter is one page; the rest stands in the record that comes with it."""
SHORTENED = 280


@dataclass(frozen=True, slots=True)
class Row:
    """One note of this person: its words, where it went, what happens now."""

    said: str
    where: str
    now: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: that of the letter, or a small one inside it."""

    words: str
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `quiet` is the small print at the foot."""

    words: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The notes: two or three columns under their heads; `left_out` had no room on the page."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: int = 0

    def cells(self, row: Row) -> tuple[str, ...]:
        """The cells of a row, as many as there are heads."""
        return (row.said, row.where, row.now) if len(self.heads) == 3 else (row.said, row.now)


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter. `about` are the notes it tells of."""

    language: str
    subject: str
    blocks: tuple[Block, ...]
    about: tuple[NoteId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """What letters of one round are written with. `texts` are the organiser's own, by language; `again_by` is the day
    by which everybody is written to once more; `online` is where people reach the workshop for as long as it takes
    (empty: nowhere); `has_record` is whether the record comes with the letter."""

    board: Board
    cover: Cover
    kind: Kind = Kind.RECORD
    texts: Mapping[str, Text] = field(default_factory=dict)
    again_by: date | None = None
    online: str = ""
    has_record: bool = False
    zone: tzinfo | None = UTC

    def write(self, who: ContributorId, contact: Contact | None, since: Base | None = None) -> Letter:
        """The letter to this person, in the language they read when they left their address."""
        spoken = contact.consent.language if contact else self._language
        return copy_context().run(self._write, spoken, who, contact, since)

    @property
    def _language(self) -> str:
        return self.board.workshop.language if self.board.workshop else language.SOURCE

    def _write(self, spoken: str, who: ContributorId, contact: Contact | None, since: Base | None) -> Letter:
        language.use(spoken)
        told = self._told(who, since)
        shown = told[:MOST_ROWS]
        table = self._table(shown)
        values = self._values(who, contact, len(told) - len(shown), told)
        text = self.texts.get(spoken) or templates.usual(self.kind)
        return Letter(
            language=spoken, subject=one_line(templates.filled(text.subject, values)),
            blocks=tuple(_blocks(text.lines, values, table)), about=tuple(each.note for each in told),
        )  # fmt: skip

    def _told(self, who: ContributorId, since: Base | None) -> Sequence[News]:
        found = news.of(self.board, who, since)
        return [each for each in found if each.is_new] if self.kind is Kind.CHANGES else found

    def _table(self, told: Sequence[News]) -> Table:
        rows = tuple(self._row(each) for each in told)
        if self.kind is Kind.CHANGES:
            return Table((_("You said"), _("What has changed")), rows)
        return Table((_("What you said"), _("Where it went"), _("What happens now")), rows)

    def _row(self, each: News) -> Row:
        note = self.board.notes[each.note]
        said = _shortened(self.board.text_of(note)) or _("(A picture)")
        return Row(said, where(self.board, note), each.words, each.status)

    def _values(
        self, who: ContributorId, contact: Contact | None, left_out: int, told: Sequence[News]
    ) -> dict[str, str]:
        board = self.board
        sent = len([note for note in board.notes_by(who) if not note.erased])
        host = board.text(board.workshop.host) if board.workshop else ""
        return {
            "workshop": one_line(board.title()), "day": days(self.cover),
            "host": one_line(host) or _("The people who ran the workshop"),
            "you_sent": ngettext("You sent us one note.", "You sent us {n} notes.", sent).format(n=sent),
            "rest": self._rest(left_out, sent - len(told)),
            "reply": self._reply(contact), "again": self._again(), "given": self._given(contact),
            "stop": self._stop(contact), "telephone": self._telephone, "code": "",
        }  # fmt: skip

    @property
    def _telephone(self) -> str:
        shop = self.board.workshop
        return one_line(self.board.text(shop.telephone)) if shop else ""

    def _rest(self, unshown: int, unchanged: int) -> str:
        if self.kind is Kind.CHANGES:
            if unchanged <= 0:
                return ""
            return ngettext(
                "Your other note has no news yet. We will write again when it does.",
                "Your other {n} notes have no news yet. We will write again when they do.", unchanged,
            ).format(n=unchanged)  # fmt: skip
        said = [_("The whole record comes with this letter. It works with screen readers.")] if self.has_record else []
        return " ".join([*([left_out(unshown)] if unshown else []), *said])

    def _reply(self, contact: Contact | None) -> str:
        if contact is not None and contact.way is Way.EMAIL:
            return _("Just write back. We read each reply.")
        said = [_("Scan the code with your phone.")] if self.online else []
        if self._telephone:
            said.append(_("You can call us on {telephone}.").format(telephone=self._telephone))
        return " ".join(said) or _("You can tell the people who ran the workshop.")

    def _again(self) -> str:
        if self.again_by is None:
            return ""
        return _("We will write once more, by {day}, to say what was done.").format(day=day(self.again_by))

    def _given(self, contact: Contact | None) -> str:
        if contact is None:
            return ""
        when = day(contact.consent.at.astimezone(self.zone).date())
        given = _("You gave us this address on {day} so that we could send you this.").format(day=when)
        kept = ngettext("We delete it one day after our last letter.", "We delete it {n} days after our last letter.",
                        KEPT_AFTER_WRITING.days)  # fmt: skip
        return f"{given} {kept.format(n=KEPT_AFTER_WRITING.days)}"

    def _stop(self, contact: Contact | None) -> str:
        if contact is None:
            return ""
        if contact.way is Way.EMAIL:
            return _("If you do not want more emails, reply “Stop”. We will delete your address.")
        return _("If you do not want more letters, tell us. We will delete your address.")


def left_out(notes: int) -> str:
    """What is said of notes that had no room in the letter."""
    return ngettext(
        "One more note of yours is in the record.", "{n} more notes of yours are in the record.", notes
    ).format(n=notes)


def where(board: Board, note: Note) -> str:
    """Where a note is now, as its writer is told."""
    match note.state:
        case NoteState.BOARD:
            theme = board.theme_of(note)
            return one_line(board.text(theme.name)) if theme else _("On its own")
        case NoteState.HELD:
            return _("Held back for now")
        case NoteState.HIDDEN:
            return _("Not shown")
        case NoteState.WITHDRAWN:
            return _("You took it back")
    return ""


def _blocks(lines: Sequence[str], values: Mapping[str, str], table: Table) -> list[Block]:
    """The lines with everything filled in; a line of which nothing is left goes, and so does a heading over nothing."""
    blocks: list[Block] = []
    is_foot = False
    for line in lines:
        words = templates.filled(line.removeprefix(HEADING), values) if line != NOTES else ""
        if line == FOOT:
            is_foot = True
        elif line == NOTES:
            blocks += [table] if table.rows else []
        elif words:
            is_heading = line.startswith(HEADING)
            blocks.append(Heading(words, is_small=True) if is_heading else Paragraph(words, quiet=is_foot))
    return [each for at, each in enumerate(blocks) if not _stands_over_nothing(blocks, at)]


def _stands_over_nothing(blocks: Sequence[Block], at: int) -> bool:
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    return isinstance(blocks[at], Heading) and (below is None or isinstance(below, Heading))


def _shortened(text: str) -> str:
    """The beginning of a long note, cut at a word; its writer knows the rest."""
    words = " ".join(text.split())
    return words if len(words) <= SHORTENED else words[:SHORTENED].rpartition(" ")[0] + " …"


def written_at(now: datetime, zone: tzinfo | None) -> str:
    """The day that stands on a letter."""
    return day(now.astimezone(zone).date())
