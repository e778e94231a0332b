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
