"""How notes come, in words for the screen."""

from datetime import datetime, timedelta

from core.base.language import _, ngettext
from core.domain.terms import Mode


def mode_name(mode: Mode) -> str:
    """How one note came."""
    return {
        Mode.ROOM: _("In the room"),
        Mode.REMOTE: _("At home"),
        Mode.PAPER: _("On paper"),
        Mode.SCRIBE: _("Typed for them"),
        Mode.IMPORTED: _("From a table"),
    }[mode]


def people_name(mode: Mode) -> str:
    """The people who take part this way."""
    return {
        Mode.ROOM: _("In the room, on phones"),
        Mode.REMOTE: _("At home"),
        Mode.PAPER: _("On paper"),
        Mode.SCRIBE: _("Typed for them"),
        Mode.IMPORTED: _("From a table"),
    }[mode]


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, in the fewest words."""
    passed = now - moment
    if passed < timedelta(seconds=10):
        return _("just now")
    if passed < timedelta(minutes=1):
        return _("{n} s").format(n=passed.seconds // 10 * 10)
    minutes = int(passed.total_seconds() // 60)
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    if minutes < 24 * 60:
        return _("{n} h").format(n=minutes // 60)
    days = minutes // (24 * 60)
    return ngettext("{n} day", "{n} days", days).format(n=days)


def percent(part: float) -> str:
    """A part of a whole, as the screen writes it."""
    return _("{n} %").format(n=round(100 * part))
