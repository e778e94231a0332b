"""Words that run another way stand in ours without turning anything round."""

import pytest

from core.base import language
from core.base.bidi import FIRST_STRONG, POP, is_right_to_left, isolated


@pytest.mark.parametrize(
    ("words", "right_to_left"),
    [
        ("Roads", False), ("3.5 (km)", False), ("الشوارع!", True), ("12 הכביש", True), ("Hello مرحبا", False),
        ("", False),
    ],
)  # fmt: skip
def test_the_first_letter_says_which_way_words_run(words: str, *, right_to_left: bool) -> None:
    assert is_right_to_left(words) is right_to_left


@pytest.mark.parametrize(
    ("spoken", "words", "stands_apart"),
    [
        ("en", "Roads (old)", False), ("en", "Straße, 3.5 km", False), ("en", "الشوارع!", True),
        ("en", "Hello مرحبا", True), ("ar", "الشوارع!", False), ("ar", "Roads", True), ("ur", "سڑکیں NHS", True),
        ("ar", "12", False),
    ],
)  # fmt: skip
def test_what_runs_against_us_stands_apart(spoken: str, words: str, *, stands_apart: bool) -> None:
    before = language.spoken()
    language.use(spoken)
    try:
        assert isolated(words) == (f"{FIRST_STRONG}{words}{POP}" if stands_apart else words)
    finally:
        language.use(before)
