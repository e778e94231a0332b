"""The time, handed in as an argument so that tests can set it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


def to_milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970, the form in which the log keeps times."""
    return round(moment.timestamp() * 1000)


def from_milliseconds(milliseconds: int) -> datetime:
    """The moment, in UTC, that the log keeps as milliseconds since 1970."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def time_of_day(moment: datetime, now: datetime | None = None) -> str:
    """When it is by the clocks here; with the zone where that alone would mislead: in the hour that comes twice when
    the clocks go back, and where they have another offset than `now`."""
    there = moment.astimezone()
    by_the_clock = there.replace(tzinfo=None)
    once, again = (by_the_clock.replace(fold=fold).timestamp() for fold in (0, 1))
    is_plain = once == again and (now is None or there.utcoffset() == now.astimezone().utcoffset())
    return f"{there:%H:%M}" if is_plain else f"{there:%H:%M %Z}"
