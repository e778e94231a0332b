"""Reminds of promised answers: when a workshop is opened, and in the list of workshops."""

from datetime import date

from core.base.days import day_words
from core.base.language import _, ngettext
from core.base.settings import Recent
from core.domain.reminding import Reminder
from ui.watching.notices import Choice, Notice, Urgency

TOPIC = "promised"


def notice(found: Reminder, today: date, show: Choice) -> Notice | None:
    """What is said as a workshop opens; None where nothing is due."""
    if found.by is not None and found.is_near(today.toordinal()):
        return Notice(
            what=promised(found.by, today), advice=waiting(found.waiting), choices=(show,), topic=TOPIC,
            urgency=Urgency.WARN if found.is_late(today.toordinal()) else Urgency.INFO,
        )  # fmt: skip
    if found.due:
        told = ngettext(
            "{n} answer names a day that is near or over.", "{n} answers name a day that is near or over.", found.due
        )
        return Notice(what=told.format(n=found.due), advice=_("Say what came of it."), choices=(show,), topic=TOPIC)
    return None


def promised(by: int, today: date) -> str:
    """The promised day, and that it is over where it is."""
    is_over = by < today.toordinal()
    told = _("The answer you promised by {day} is late.") if is_over else _("You promised an answer by {day}.")
    return told.format(day=day_words(date.fromordinal(by)))


def waiting(people: int) -> str:
    """How many wait."""
    return ngettext("{n} person waits for it.", "{n} people wait for it.", people).format(n=people)


def of_recent(recent: Recent, today: date) -> str:
    """What the list of workshops says at the side of one; empty where nobody waits, or the day is far off."""
    if not Reminder(recent.reply_by or None, recent.waiting, 0).is_near(today.toordinal()):
        return ""
    if recent.reply_by < today.toordinal():
        return _("The answer is late")
    return _("Answer by {day}").format(day=day_words(date.fromordinal(recent.reply_by)))
