"""A day as people type it: 2026-05-12, 12 May, May 12, 12/5/26, Friday, tomorrow."""

import re
import unicodedata
from datetime import date, timedelta

from core.base.days import month_names
from core.base.errors import WorkshopError
from core.base.language import _

NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})\.?(?:[./]?(\d{4}|\d{2}))?")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
FEWEST_LETTERS = 3


class NoSuchDay(WorkshopError):
    """What was typed is no day."""


def weekday_names() -> tuple[str, ...]:
    """The days of the week, from Monday."""
    return (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")
    )  # fmt: skip


def read_day(typed: str, today: date) -> date | None:
    """The day somebody means; without a year the next one from today on. None where nothing was typed. Raises
    NoSuchDay."""
    text = _plain(typed)
    if not text:
        return None
    if found := ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]), typed)
    if found := NUMBERS.fullmatch(text):
        return _with_year(int(found[1]), int(found[2]), found[3], today, typed)
    return _in_words(text.replace(",", " ").split(), today, typed)


def _in_words(words: list[str], today: date, typed: str) -> date:
    if len(words) == 1:
        near = {_plain(_("today")): 0, _plain(_("tomorrow")): 1}
        ahead = near.get(words[0], _to_weekday(words[0], today))
        if ahead is not None:
            return today + timedelta(days=ahead)
    numbers = [re.sub(r"(?<=\d)(st|nd|rd|th)$", "", word).rstrip(".") for word in words]
    months = [_month(word) for word in words]
    month = next((each for each in months if each), None)
    figures = [each for each in numbers if each.isascii() and each.isdigit()]
    if month is None or not 1 <= len(figures) <= 2 or len(figures) != len(words) - 1:
        raise _unknown(typed)
    return _with_year(int(figures[0]), month, figures[1] if len(figures) == 2 else None, today, typed)


def _with_year(day: int, month: int, year: str | None, today: date, typed: str) -> date:
    if year:
        return _day(int(year) + (2000 if len(year) <= 2 else 0), month, day, typed)
    for each in range(today.year, today.year + 5):    # 29 February may be years away
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise _missing(typed)


def _day(year: int, month: int, day: int, typed: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _missing(typed) from None


def _month(word: str) -> int | None:
    return _starts(word, [_plain(name) for name in month_names()], 1)


def _to_weekday(word: str, today: date) -> int | None:
    """In how many days it is that day of the week; today is not meant."""
    at = _starts(word, [_plain(name) for name in weekday_names()], 0)
    return None if at is None else (at - today.weekday() - 1) % 7 + 1


def _starts(word: str, names: list[str], first: int) -> int | None:
    word = word.rstrip(".")
    found = [at for at, name in enumerate(names, first) if name == word or name.startswith(word)]
    return found[0] if found and (len(word) >= FEWEST_LETTERS or word in names) else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _unknown(typed: str) -> NoSuchDay:
    return NoSuchDay(
        _("“{typed}” is no day we know.").format(typed=typed.strip()[:40]),
        _("Type a day like 12 May or 2026-05-12, or leave it empty."),
    )


def _missing(typed: str) -> NoSuchDay:
    return NoSuchDay(
        _("There is no day “{typed}”.").format(typed=typed.strip()[:40]), _("Look at a calendar, and type it again.")
    )
