"""The sentences of the record, the same in every form. Numbers hold on to their unit with a fixed space."""

from collections.abc import Iterable, Sequence
from datetime import date

from core.base.days import day_and_month
from core.base.language import _, ngettext
from core.domain.board import Balance
from core.domain.terms import Mode, Reason
from core.record.model import FEWEST_SHOWN, At, Card, Cover, Headcount, QuestionPart, Record, ThemePart, VoteLine, Way

FIXED = "\u00a0"


def fixed(text: str) -> str:
    """The text without a place to break it."""
    return text.replace(" ", FIXED)


def mode_of_card(mode: Mode) -> str:
    """How a note came, on its card."""
    return {
        Mode.ROOM: _("By phone"),
        Mode.REMOTE: _("From home"),
        Mode.PAPER: _("On paper"),
        Mode.SCRIBE: _("Said aloud, typed for them"),
        Mode.IMPORTED: _("From an earlier list"),
    }[mode]


def way(mode: Mode) -> str:
    """How people joined in, in the table."""
    return {
        Mode.ROOM: _("In the room, by phone"),
        Mode.REMOTE: _("From home"),
        Mode.PAPER: _("In the room, on paper"),
        Mode.SCRIBE: _("In the room, said aloud and typed for them"),
        Mode.IMPORTED: _("In an earlier list"),
    }[mode]


def people(count: Headcount) -> str:
    """A number of people: "about 25", "fewer than 8", "0"."""
    if count.about is None:
        return fixed(_("fewer than {n}").format(n=count.below))
    return fixed(_("about {n}").format(n=count.about)) if count.about else "0"


def people_of(joined: Way) -> str:
    """How many people joined in this way. Notes that were sent as nobody's tell of no people."""
    return _("not counted") if joined.people.about == 0 else people(joined.people)


def where() -> str:
    """Above the table of venues."""
    return _("Where people took part")


def venues_head() -> tuple[str, str, str]:
    """The headings of the table of venues."""
    return _("Where"), _("People"), _("Notes on the board")


def venue_row(at: At) -> tuple[str, str, str]:
    """A line of the table of venues."""
    told = _("not counted") if at.people.about == 0 else people(at.people)
    return at.name, told, f"{at.notes:,}"


def people_tile(count: Headcount) -> tuple[str, str]:
    """The same number for a tile: the words before it, and the number."""
    if count.about is None:
        return _("fewer than"), str(count.below)
    return (_("about") if count.about else ""), f"{count.about:,}"


def why_rounded() -> str:
    """Why numbers of people are not exact."""
    why = _("We round the number of people, and do not show numbers under {n}. That way nobody can be picked out.")
    return why.format(n=FEWEST_SHOWN)


def notes(number: int) -> str:
    """A number of notes, with the word."""
    return fixed(ngettext("{n} note", "{n} notes", number).format(n=number))


def themes(number: int) -> str:
    """A number of themes, with the word."""
    return fixed(ngettext("{n} theme", "{n} themes", number).format(n=number))


def day(when: date) -> str:
    """A day as people write it; it may break only before the year."""
    return f"{fixed(day_and_month(when))} {when.year}"


def days(cover: Cover) -> str:
    """The day of the workshop, or its first and last."""
    if cover.first_day == cover.last_day:
        return day(cover.first_day)
    same = (cover.first_day.year, cover.first_day.month) == (cover.last_day.year, cover.last_day.month)
    first = str(cover.first_day.day) if same else day(cover.first_day)
    return _("{first} to {last}").format(first=first, last=day(cover.last_day))


def when_and_where(cover: Cover) -> str:
    """The line under the title."""
    if not cover.venue:
        return days(cover)
    return _("{day}, {venue}").format(day=days(cover), venue=cover.venue)


def run_by(cover: Cover) -> str:
    """Who held the workshop; empty where nobody said."""
    return _("Run by {host}").format(host=cover.host) if cover.host else ""


def who_took_part(record: Record) -> str:
    """The first sentence about people."""
    if record.people.about == 0:
        return _("Nobody has joined in yet.") if not record.balance.received else _("Nobody gave a name or a code.")
    started = people(record.people)
    joined = _("{people} people joined in.").format(people=started[0].upper() + started[1:])
    return f"{joined} {_('All of their notes count the same.')}"


def thank_you(record: Record) -> str:
    """What came in, on the page that says thank you."""
    if not record.balance.received:
        return _("No notes have come in yet. This is what was asked.")
    came = ngettext("{notes} came in.", "{notes} came in.", record.balance.received)
    return came.format(notes=notes(record.balance.received)) + " " + _("Each one was kept and counted.")


def tiles(record: Record) -> list[tuple[str, str, str]]:
    """The three numbers that stand large: a word before each, the number, and what it counts."""
    before, people = people_tile(record.people)
    received, made = record.balance.received, record.themes
    third = (
        (record.votes, ngettext("vote was given", "votes were given", record.votes)) if record.votes
        else (made, ngettext("theme was made", "themes were made", made))
    )  # fmt: skip
    return [
        (before, people, _("people took part")),
        ("", f"{received:,}", ngettext("note came in", "notes came in", received)),
        ("", f"{third[0]:,}", third[1]),
    ]


def bar_length(theme: ThemePart) -> int:
    """What the bar of a theme shows: its votes, or its notes where nobody was asked to vote."""
    return theme.notes if theme.votes is None else theme.votes


def longest_bar(part: QuestionPart) -> int:
    """What the longest bar stands for; at least 1."""
    return max((bar_length(theme) for theme in part.themes), default=1) or 1


def balance_parts(balance: Balance) -> list[tuple[int, str]]:
    """Where the notes that came in are now. The parts always add up; only the first stands there at 0."""
    parts = [
        (balance.board, _("on the board")),
        (balance.held, _("held back for now")),
        (balance.hidden, _("not shown")),
        (balance.withdrawn, _("taken back by the writer")),
        (balance.erased, _("deleted for the writer")),
    ]
    return [part for index, part in enumerate(parts) if part[0] or index == 0]


def balance_sentence(balance: Balance) -> str:
    """The same as a sum in words: "39 came in = 37 on the board + 1 not shown + 1 taken back by the writer"."""
    parts = " + ".join(f"{number:,} {where}" for number, where in balance_parts(balance))
    return f"{balance.received:,} {_('came in')} = {parts}"


def under_the_board(part: QuestionPart) -> str:
    """The sentence under the picture of the board."""
    each = _("Each square is one note.")
    if not part.lone:
        return each
    alone = ngettext(
        "One note did not fit a theme, so it stands alone. We read it too.",
        "{n} notes did not fit a theme, so they stand alone. We read them too.",
        part.lone,
    )
    return f"{each} {alone.format(n=part.lone)}"


def board_in_words(part: QuestionPart) -> str:
    """What the picture of the board shows, for those who do not see it."""
    frames = [_frame_in_words(theme.name, theme.notes, theme.cards) for theme in part.themes]
    if part.lone:
        frames.append(_frame_in_words(_("Notes that stand alone"), part.lone, [*part.alone, *part.late]))
    return " ".join([_("The board at the end."), *frames])


def _frame_in_words(name: str, count: int, cards: Sequence[Card]) -> str:
    told = _("{theme}: {notes}.").format(theme=name, notes=notes(count))
    return " ".join(filter(None, (told, _yours(cards))))


def _yours(cards: Iterable[Card]) -> str:
    """How many of them the copy's owner wrote; nothing where that is none."""
    own = sum(card.own for card in cards)
    return _("Yours: {n}.").format(n=f"{own:,}") if own else ""


def squares_in_words(record: Record, per_square: int) -> str:
    """What the picture on the cover shows."""
    shown = record.balance.board
    if per_square > 1:
        return _("{notes} in {themes}, one square for every {n} notes.").format(
            notes=notes(shown), themes=themes(record.themes), n=per_square
        )
    told = _("{notes} in {themes}, one square each.").format(notes=notes(shown), themes=themes(record.themes))
    parts = (cards for part in record.questions for cards in (*(t.cards for t in part.themes), part.alone, part.late))
    return " ".join(filter(None, (told, _yours(card for cards in parts for card in cards))))


def under_the_squares(record: Record, per_square: int) -> str:
    """The sentence under the picture on the cover."""
    many = _("Each square is about {n} notes.").format(n=per_square)
    square = many if per_square > 1 else _("Each square is one note.")
    one = len(record.questions) == 1
    shape = _("Each colour and shape is one theme.") if one else _("In each question, a colour and shape is one theme.")
    mine = _("A thick line means the note is yours.") if per_square == 1 and record.edition else ""
    return " ".join(part for part in (square, shape if record.themes else "", mine) if part)


def reason(why: Reason) -> str:
    """Why notes were not shown."""
    return {
        Reason.OFF_TOPIC: _("It was about something else"),
        Reason.NAMES_SOMEONE: _("It named a person"),
        Reason.PERSONAL_FACTS: _("It had private facts in it"),
        Reason.HURTFUL: _("It could hurt someone"),
        Reason.SAID_ALREADY: _("The same had been said before"),
        Reason.OTHER: _("For another reason"),
    }[why]


def question_of(part: QuestionPart, of: int) -> str:
    """Which question this is."""
    return _("The question") if of == 1 else fixed(_("Question {n} of {all}").format(n=part.number, all=of))


def lone_notes(part: QuestionPart) -> str:
    """Why notes without a theme stand in the record."""
    why = _("One person may see what others miss. So we keep these notes in sight.")
    return f"{notes(len(part.alone))}. {why}"


def find_your_notes() -> str:
    """How a contributor finds what they sent."""
    return _(
        "Every note on the board is in this record. Look for yours under its question. "
        "If a note of yours is in the wrong place, or is not here, please tell us."
    )


def not_shown(record: Record) -> list[str]:
    """What was left out, in sentences; empty where nothing was."""
    said = []
    if record.balance.hidden:
        said.append(_("These notes were read by the team and not shown. Their words are not in this record."))
    if record.balance.held:
        said.append(
            ngettext(
                "One note was still held back for the team to read when this record was made.",
                "{n} notes were still held back for the team to read when this record was made.",
                record.balance.held,
            ).format(n=record.balance.held)
        )
    return said


def what_happens_next(cover: Cover) -> list[str]:
    """What people may count on. Only what the host wrote is promised."""
    if cover.promise:
        return [_("This is what the team promised:")]
    team = cover.host or _("the team")
    ask = _("No promise was written down. Ask {team} what they will do with your words, and by when.")
    return [ask.format(team=team)]


def vote_ways(line: VoteLine) -> str:
    """How the votes came, apart: "phones 5 + hands 12"."""
    parts = (
        (line.phones, _("phones {n}")), (line.hands, _("hands {n}")), (line.dots, _("paper dots {n}"))
    )  # fmt: skip
    return " + ".join(fixed(words.format(n=f"{number:,}")) for number, words in parts if number)


def your_words(record: Record) -> list[str]:
    """How the words of the notes are used: only what is so."""
    said = [
        _("Your notes stand here just as they were written."),
        _("There is a name only where somebody chose to be named.") if record.has_names
        else _("There is no name on a note, unless someone wrote one in it."),
        _("Numbers of people are rounded. That way nobody can be picked out."),
        _("You can ask the team to take a note of yours out. The next copy will not have it."),
        _("Some people may have saved or printed this copy. We cannot take those copies back."),
    ]
    if record.balance.hidden or record.balance.withdrawn or record.balance.erased:
        said.insert(2, _("Notes that were hidden, taken back or deleted are counted. Their words are not in here."))
    return said


def words_of(card: Card) -> str:
    """A card's text, or what stands there where the words are not at hand; nothing under a picture without words."""
    return card.text or ("" if card.picture else _("(The words of this note are not here.)"))


def picture_of_note() -> str:
    """What a picture is, for those who do not see it; its words stand under it."""
    return _("Picture of a note")


def not_drawn(signs: int) -> list[str]:
    """What is said after the PDF was made; nothing where it could draw all."""
    if not signs:
        return []
    said = ngettext(
        "The PDF could not draw one sign and shows a box for it. The web page shows it right.",
        "The PDF could not draw {n} signs and shows boxes for them. The web page shows them right.",
        signs,
    )
    return [said.format(n=f"{signs:,}")]
