"""Fractional keys: there is always room for one more, and short keys stay short."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.keys import DIGITS, between, reordered, spread

KEYS = st.text(DIGITS, min_size=1, max_size=12).filter(lambda key: not key.endswith("0"))


def is_between(low: str | None, key: str, high: str | None) -> bool:
    return (low is None or low < key) and (high is None or key < high) and not key.endswith("0")


@given(st.none() | KEYS, st.none() | KEYS)
def test_there_is_room_between_any_two_keys(first: str | None, second: str | None) -> None:
    low, high = (first, second) if first is None or second is None else (min(first, second), max(first, second))
    if low is not None and low == high:
        high = None
    assert is_between(low, between(low, high), high)


@given(st.integers(0, 200), st.none() | KEYS, st.none() | KEYS)
def test_many_keys_at_once_stand_in_order_between_their_neighbours(
    count: int, first: str | None, second: str | None
) -> None:
    low, high = (first, second) if first is None or second is None else (min(first, second), max(first, second))
    if low is not None and low == high:
        low = None
    found = spread(count, low, high)
    assert len(found) == count
    assert found == sorted(set(found))
    assert all(is_between(low, key, high) for key in found)


@pytest.mark.parametrize(("low", "high"), [("V", "V"), ("W", "V"), ("a", "Z")])
def test_keys_that_are_no_gap_are_said_to_be_none(low: str, high: str) -> None:
    with pytest.raises(ValueError, match="no key between"):
        between(low, high)


def test_notes_put_at_the_end_one_after_another_keep_short_keys() -> None:
    key: str | None = None
    for _ in range(500):
        key = between(key, None)
    assert key is not None
    assert len(key) <= 20


def test_notes_put_anywhere_at_random_keep_short_keys() -> None:
    chance = random.Random(7)
    found: list[str] = []
    for _ in range(2000):
        at = chance.randint(0, len(found))
        found.insert(at, between(found[at - 1] if at else None, found[at] if at < len(found) else None))
    assert found == sorted(set(found))
    assert max(map(len, found)) <= 12


def test_a_thousand_notes_pushed_into_the_same_gap_still_fit() -> None:
    low, high = "A", "B"
    for step in range(1000):
        key = between(low, high)
        assert low < key < high
        low, high = (key, high) if step % 2 else (low, key)


def test_two_thousand_notes_filed_at_once_have_short_keys() -> None:
    assert max(map(len, spread(2000))) <= 6


def test_a_key_as_long_as_a_book_has_room_above_it() -> None:
    long = "z" * 100_000
    assert between(long, None) > long
    assert between("A" + long, "B") > "A" + long


@given(st.lists(st.none() | KEYS, max_size=12))
def test_a_new_order_has_its_keys_in_order(wanted: list[str | None]) -> None:
    found = reordered(wanted)
    assert len(found) == len(wanted)
    assert found == sorted(set(found))


def test_of_a_new_order_only_what_moved_gets_another_key() -> None:
    assert reordered(["B", "D", "F"]) == ["B", "D", "F"]
    first, moved, third = reordered(["D", "B", "F"])
    assert [key for key in (first, moved, third) if key not in "BDF"] != []
    assert sum(key in ("B", "D", "F") for key in (first, moved, third)) == 2
    assert reordered(["B", None, "D"])[::2] == ["B", "D"]
