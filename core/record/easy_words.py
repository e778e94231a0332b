"""What Easy Read says: what its pictures stand for, first words for a facilitator to put into their own, and how long a
sentence may be."""

from core.base.language import _
from core.domain.easy import Written
from core.domain.terms import EasyPicture
from core.record import wording
from core.record.model import Record
from core.record.telling import votes

MOST_WORDS = 15
"""No sentence in Easy Read is longer."""
THEMES = 3


def names() -> dict[EasyPicture, str]:
    """What each picture stands for: what is read aloud in its place."""
    return {
        EasyPicture.PEOPLE: _("People"), EasyPicture.TALK: _("Talking"), EasyPicture.WRITE: _("Writing"),
        EasyPicture.VOTE: _("Voting"), EasyPicture.HOUSE: _("Home"), EasyPicture.MONEY: _("Money"),
        EasyPicture.SAFE: _("Being safe"), EasyPicture.LETTER: _("A letter"), EasyPicture.CLOCK: _("Time"),
        EasyPicture.YES: _("Yes"), EasyPicture.NO: _("No"), EasyPicture.ASK: _("A question"),
    }  # fmt: skip


def starter(record: Record) -> list[Written]:
    """First words, for somebody to put into their own: what was held, what mattered most, what comes."""
    cover = record.cover
    lines = [(EasyPicture.PEOPLE, _("We had a meeting. {people} people came.").format(people=_people(record)))]
    lines += [(EasyPicture.ASK, question.plain or question.words) for question in record.questions]
    for question in record.questions:
        for theme in question.themes[:THEMES]:
            how_much = votes(theme.votes) if theme.votes else wording.notes(theme.notes)
            lines.append((EasyPicture.TALK, f"{_('You said:')} {theme.name}. {how_much}."))
    if cover.reply_by:
        lines.append((EasyPicture.LETTER, _("We will write to you by {day}.").format(day=wording.day(cover.reply_by))))
    return lines


def _people(record: Record) -> str:
    said = wording.people(record.people)
    return said[0].upper() + said[1:]


def longest_sentence(text: str) -> int:
    """How many words the longest sentence has."""
    ends = text.replace("!", ".").replace("?", ".").replace("\n", ".").split(".")
    return max(len(sentence.split()) for sentence in ends)
