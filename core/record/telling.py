"""More sentences of the record, the same in every form: votes, answers, and what somebody's own copy tells them."""

from collections.abc import Iterable, Sequence

from core.base.language import _, ngettext
from core.domain.board import NoteState
from core.domain.terms import Mark, Status
from core.record.model import Answer, Card, Cover, LiveItem, OwnNote, PledgePart, QuestionPart, Quote, Record, ThemePart
from core.record.wording import day, fixed, mode_of_card, notes, people, reason, themes

ENDS = (".", "!", "?", "…", "。", "！", "？", "۔", "؟", "।")
"""What ends a sentence in the languages we speak."""


def votes(number: int) -> str:
    """A number of votes, with the word."""
    return fixed(ngettext("{n} vote", "{n} votes", number).format(n=f"{number:,}"))


def under_a_card(card: Card) -> str:
    """How a note came, its votes, and what else is known of it, as one line after its words."""
    parts = (
        mode_of_card(card.mode), votes(card.votes) if card.votes else "", _("late") if card.late else "", card.name
    )  # fmt: skip
    return ", ".join(part for part in parts if part)


def under_a_theme(theme: ThemePart) -> str:
    """How many notes and votes a theme has; where it was said, how often it was heard, what came of it until then."""
    said = notes(theme.notes) if theme.notes else _("No notes are in this theme.")
    counted = said if theme.votes is None else f"{said}, {votes(theme.votes)}"
    heard = _("Heard in {n} workshops.").format(n=theme.heard) if theme.heard > 1 else ""
    before = _("Last time: {status}.").format(status=status_word(theme.before)) if theme.before else ""
    more = [each for each in (said_where(theme), heard, before) if each]
    return " ".join((f"{counted}.", *more)) if more else counted


def said_where(theme: ThemePart) -> str:
    """At which of several venues a theme was said; empty where there is but one place."""
    if theme.everywhere:
        return _("Said in every place.")
    return _("Said in: {places}.").format(places="; ".join(theme.places)) if theme.places else ""


def beside_a_bar(theme: ThemePart) -> tuple[str, str]:
    """The number a bar stands for, and what is said beside it."""
    return (notes(theme.notes), "") if theme.votes is None else (votes(theme.votes), notes(theme.notes))


def what_came_first(part: QuestionPart) -> str:
    """The heading over the ranked themes."""
    return _("What mattered most") if part.has_votes else _("What came up most")


def came_up(part: QuestionPart) -> str:
    """The sentence above the ranked themes."""
    if not part.themes:
        return _("The notes were not put into themes.") if part.notes else _("No notes are on the board.")
    made = _("{notes} made {themes}. The longer the bar, the more notes said it.")
    voted = _("{notes} made {themes}. People put their votes on the ones they care about most.")
    sentence = voted if part.has_votes else made
    return sentence.format(notes=notes(part.grouped), themes=themes(len(part.themes)))


def plain_words(part: QuestionPart) -> str:
    """The question once more; empty where nobody wrote it so."""
    return _("In plain words: {words}").format(words=part.plain) if part.plain else ""


def for_team(part: QuestionPart) -> str:
    """Why the notes of a question do not stand here; empty where they do."""
    return _("Only the team reads the notes to this question.") if part.for_team else ""


def late_notes() -> str:
    """Over the notes that came when their question was closed."""
    return _("These came after the time was up. We read them, too.")


def under_a_quote(quote: Quote) -> str:
    """Where the words stand, and their votes."""
    said = votes(quote.card.votes) if quote.card.votes else ""
    return ", ".join(part for part in (quote.theme or _("Notes that stand alone"), said, quote.card.name) if part)


def about_quotes(quotes: Sequence[Quote]) -> str:
    """Over the quotes."""
    voted = any(quote.card.votes for quote in quotes)
    chosen = _("These notes had the most votes.") if voted else _("These notes come from the themes.")
    return f"{chosen} {_('The words are just as they were written.')}"


def only_with_a_yes() -> str:
    """Under the quotes."""
    return _("We only show words as a quote when the writer said yes.")


def about_live(part: QuestionPart) -> str:
    """How many questions came in, and what became of them."""
    count = sum(1 + len(item.also) for item in part.live)
    return ngettext("{n} question came in.", "{n} questions came in.", count).format(n=f"{count:,}")


def also_asked(question: str) -> str:
    """A question that was joined to another, under it."""
    return _("Also asked: {question}").format(question=question)


def state_of_live(item: LiveItem) -> str:
    """What became of a live question, and how many people wanted its answer."""
    stands = {
        Mark.NOW: _("Asked on the day"),
        Mark.ASKED: _("Asked on the day"),
        Mark.WRITING: _("Answered in writing") if item.answer else _("To be answered in writing"),
        Mark.PARKED: _("Answered in writing") if item.answer else _("Kept for later"),
        Mark.WAITING: _("Answered in writing") if item.answer else _("Not answered yet"),
    }[item.mark]
    if item.support.about == 0:
        return stands
    wanted = _("{people} people wanted to know").format(people=people(item.support))
    return f"{stands}, {wanted}"


def about_pledges() -> str:
    """Over the pledges."""
    return _("At the end, people said what they would do next. These pledges are small, and they are real.")


def under_a_pledge(pledge: PledgePart) -> list[str]:
    """Who will do it, by when, and for which theme; what nobody said is left out."""
    until = _("by {day}").format(day=day(pledge.by)) if pledge.by else ""
    theme = _("Theme: {name}").format(name=pledge.theme) if pledge.theme else ""
    came = in_one_line(pledge.answer) if pledge.answer else ""
    return [part for part in (pledge.who, until, theme, came) if part]


def nobodys(record: Record) -> str:
    """Why some people have no copy of their own; empty where everybody can have one."""
    if not record.nobodys:
        return ""
    return _(
        "Notes without a name or a code: {n}. So we cannot make their writers their own copy. "
        "Their words count like all others."
    ).format(n=f"{record.nobodys:,}")


def you_sent(record: Record) -> str:
    """The first sentence of somebody's own copy."""
    mine = record.edition.notes if record.edition else ()
    if not mine:
        return _("You took part, and sent us no note of your own. This is what others said, and what came of it.")
    sent = _("You sent us {notes}. This page shows what you said, where it went, and what happens now.")
    return sent.format(notes=notes(len(mine)))


def own_words(note: OwnNote) -> str:
    """What somebody said; what stands there where the words are gone."""
    match note.state:
        case NoteState.WITHDRAWN:
            return _("A note that you took back.")
        case NoteState.ERASED:
            return _("The words of this note were erased")
    return note.text or ("" if note.picture else _("(The words of this note are not here.)"))


def own_place(note: OwnNote) -> tuple[str, str]:
    """Where it went: the place, and what is known about it there."""
    match note.state:
        case NoteState.HIDDEN:
            return _("Not shown on the board"), _("We have read your note, and it still counts.")
        case NoteState.HELD:
            return _("Someone will read this first"), ""
        case NoteState.WITHDRAWN | NoteState.ERASED:
            return "", _("Nobody else can see it.")
    told = [votes(note.votes) if note.votes else "", _("late") if note.late else ""]
    return note.theme or _("Notes that stand alone"), ", ".join(part for part in told if part)


def status_word(answer: Answer) -> str:
    """What came of something, in a word or two."""
    return {
        Status.HEARD: _("Heard"),
        Status.IN_PROGRESS: _("In progress"),
        Status.DONE: _("Done"),
        Status.CANNOT: _("We cannot"),
    }[answer.status]


def told(answer: Answer) -> str:
    """What was answered: the reason of a "cannot" first."""
    because = f"{_('Because:')} {answer.because}" if answer.because else ""
    return "\n".join(part for part in (because, answer.text) if part)


def told_whole(answer: Answer) -> str:
    """The same with who does it and by when, line by line."""
    who = _("Who: {name}").format(name=answer.who) if answer.who else ""
    by = _("By when: {day}").format(day=day(answer.by)) if answer.by else ""
    return "\n".join(part for part in (told(answer), who, by) if part)


def in_one_line(answer: Answer) -> str:
    """All of an answer where there is room for one line."""
    return in_sentences([status_word(answer), *told_whole(answer).split("\n")])


def in_sentences(lines: Iterable[str]) -> str:
    """Lines one after the other, with a full stop after each that nothing ends."""
    return " ".join(line if line.endswith(ENDS) else f"{line}." for line in lines if line)


def until(answer: Answer) -> str:
    """By when; empty where nobody said."""
    return day(answer.by) if answer.by else ""


def write_again(cover: Cover) -> str:
    """When people hear more; empty where no day was promised."""
    again = _("We will write to you again by {day} to say what has been done.")
    return again.format(day=day(cover.reply_by)) if cover.reply_by else ""


def own_status(note: OwnNote) -> str:
    """What came of it, in a word or two; empty where there is no answer."""
    return status_word(note.answers[0]) if note.answers else ""


def own_next(note: OwnNote, cover: Cover) -> str:
    """What happens now: the answers, why it was not shown, or when there will be one."""
    if note.answers:
        nearest, *others = note.answers
        return "\n".join((told_whole(nearest), *map(in_one_line, others)))
    if note.reason is not None:
        return _("Why: {reason}").format(reason=note.why or reason(note.reason))
    if note.state not in (NoteState.BOARD, NoteState.HELD):
        return ""
    if cover.reply_by:
        return _("No answer yet. We will write by {day}.").format(day=day(cover.reply_by))
    return _("No answer yet.")


def wrong_place() -> tuple[str, str]:
    """The box that asks somebody whether we got them right."""
    return _("Did we get you right?"), _(
        "If a note is in the wrong place, or we missed your point, please tell us. "
        "The end of this record shows how. We will mend it."
    )


def thick_line() -> str:
    """How somebody finds their notes further on."""
    return _("On the next pages your notes have a thick line and the words “Your note”.")


def how_to_reply(record: Record) -> list[str]:
    """How people answer back: only ways that there are."""
    host, telephone = record.cover.host, record.cover.telephone
    said = [_("Tell us if we got something wrong, or if you want to add to it.")]
    said.append(_("You can open your own page with your code while the workshop is on."))
    if host:
        said.append(_("Or tell {host}.").format(host=host))
    if telephone:
        said.append(_("By phone: {number}").format(number=telephone))
    return said
