"""A day is read as people type it; what is none is told of in plain words."""

from datetime import date

import pytest

from core.base.days import day_words
from ui.words.days import NoSuchDay, read_day

TODAY = date(2026, 5, 13)    # a Wednesday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-06-01", date(2026, 6, 1)), ("14 May", date(2026, 5, 14)), ("14 may 2027", date(2027, 5, 14)),
        ("May 14", date(2026, 5, 14)), ("May 14, 2026", date(2026, 5, 14)), ("14th May", date(2026, 5, 14)),
        ("12 May", date(2027, 5, 12)), ("13 May", date(2026, 5, 13)), ("1 sept", date(2026, 9, 1)),
        ("14/5", date(2026, 5, 14)), ("14.5.", date(2026, 5, 14)), ("14/5/26", date(2026, 5, 14)),
        ("14.5.2026", date(2026, 5, 14)), ("1 Jan 2020", date(2020, 1, 1)), ("29 Feb", date(2028, 2, 29)),
        ("today", TODAY), (" Tomorrow ", date(2026, 5, 14)), ("Friday", date(2026, 5, 15)),
        ("fri", date(2026, 5, 15)), ("wednesday", date(2026, 5, 20)),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_type_it(typed: str, meant: date) -> None:
    assert read_day(typed, TODAY) == meant


def test_nothing_typed_is_no_day() -> None:
    assert read_day("  ", TODAY) is None


@pytest.mark.parametrize("typed", ["soon", "May", "12", "12 Maypole", "5 5 May 2026", "next week or so", "٣ May", "j"])
def test_what_is_no_day_is_told_with_an_example(typed: str) -> None:
    with pytest.raises(NoSuchDay, match="is no day we know") as caught:
        read_day(typed, TODAY)
    assert "12 May" in caught.value.advice


@pytest.mark.parametrize("typed", ["31 February", "31/4/2026", "2026-13-01", "99.99.", "0 May 2026"])
def test_a_day_that_is_in_no_calendar_is_told_as_that(typed: str) -> None:
    with pytest.raises(NoSuchDay, match="There is no day"):
        read_day(typed, TODAY)


def test_a_day_is_read_back_as_it_is_written() -> None:
    assert read_day(day_words(date(2026, 12, 3)), TODAY) == date(2026, 12, 3)
