"""Fractional keys: the order of notes inside a theme as short strings, with always room for one more between two.

A key is a fraction between 0 and 1 written with 62 digits (0-9 A-Z a-z sort the same as text and as numbers) and
never ends in 0. See "Realtime editing of ordered sequences", Figma, 2017.
"""

from collections.abc import Sequence

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_DIGITS = frozenset(DIGITS)
KEY = r"\A[0-9A-Za-z]*[1-9A-Za-z]\Z"
"""What a key looks like; `is_key` finds it out sooner."""


def between(low: str | None, high: str | None) -> str:
    """A key after `low` and before `high`; None is the open end. Raises ValueError unless low < high."""
    if low is not None and high is not None and low >= high:
        raise ValueError(f"no key between {low!r} and {high!r}")
    low = low or ""
    shared = _shared_length(low, high)
    head, low, rest = (high or "")[:shared], low[shared:], None if high is None else high[shared:]
    first = DIGITS.index(low[0]) if low else 0
    last = DIGITS.index(rest[0]) if rest else len(DIGITS)
    if last - first > 1:
        return head + DIGITS[_step(first, last, open_end=rest is None)]
    if rest is not None and len(rest) > 1:
        return head + rest[0]
    return head + DIGITS[first] + _above(low[1:])


def is_key(text: str) -> bool:
    """Whether a text from outside is a key."""
    return _DIGITS.issuperset(text) and text[-1:] not in ("", DIGITS[0])


def spread(count: int, low: str | None = None, high: str | None = None) -> list[str]:
    """`count` keys in order between the two, close to as short as can be."""
    if count == 0:
        return []
    middle = between(low, high)
    left = (count - 1) // 2
    return [*spread(left, low, middle), middle, *spread(count - 1 - left, middle, high)]


def reordered(wanted: Sequence[str | None]) -> list[str]:
    """Keys for things that are to stand in this order: as many as can be keep the key they have, each of the others
    (and of the new, which have none) gets one between."""
    kept = _longest_rise(wanted)
    found: list[str] = []
    for place, key in enumerate(wanted):
        high = next((wanted[each] for each in kept if each >= place), None)
        found.append(key if key is not None and place in kept else between(found[-1] if found else None, high))
    return found


def _longest_rise(wanted: Sequence[str | None]) -> list[int]:
    """The places of the most keys that stand in order already."""
    rises: list[list[int]] = []
    for place, key in enumerate(wanted):
        if key is not None:
            before = [rise for rise in rises if (wanted[rise[-1]] or "") < key]
            rises.append([*max(before, key=len, default=[]), place])
    return max(rises, key=len, default=[])


def _above(low: str) -> str:
    """A key above the digits `low` with nothing above it."""
    full = len(low) - len(low.lstrip(DIGITS[-1]))
    first = DIGITS.index(low[full]) if full < len(low) else 0
    return low[:full] + DIGITS[_step(first, len(DIGITS), open_end=True)]


def _shared_length(low: str, high: str | None) -> int:
    """How many digits both begin with, the shorter one filled with zeros."""
    if high is None:
        return 0
    for index, digit in enumerate(high):
        if digit != (low[index] if index < len(low) else DIGITS[0]):
            return index
    return len(high)


def _step(first: int, last: int, *, open_end: bool) -> int:
    """Half-way in a gap; one step on when appending, so that keys of notes put at the end stay short."""
    return first + 1 if open_end and first else (first + last) // 2
