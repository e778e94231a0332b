"""Words: what counts as the same text, and that erasing them leaves the events as they were."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.words import Words, tidy, words_hash

ANY_TEXT = st.text(st.characters())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("cafe\N{COMBINING ACUTE ACCENT}", "caf\N{LATIN SMALL LETTER E WITH ACUTE}"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("  \n the ramp is steep\t\n ", "the ramp is steep"),
        ("bell\a and null\0", "bell and null"),
        ("a tab\tstays", "a tab\tstays"),
        ("half a \ud83d sign", "half a ? sign"),
        ("نحتاج إلى مقاعد", "نحتاج إلى مقاعد"),
        ("👩🏽‍🦽 first", "👩🏽‍🦽 first"),
    ],
)
def test_words_are_kept_in_one_form_however_they_were_typed(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@given(ANY_TEXT)
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
    assert once == once.strip()


@given(ANY_TEXT)
def test_any_text_at_all_can_be_kept(text: str) -> None:
    assert Words.of(text).are_true


def test_the_same_words_said_twice_cannot_be_told_from_their_hashes() -> None:
    assert Words.of("I sleep in my car").hash != Words.of("I sleep in my car").hash


def test_a_hash_fits_its_own_salt_and_text_only() -> None:
    words = Words.of("The ramp is steep", b"0" * 16)
    assert words.hash == words_hash("The ramp is steep", b"0" * 16)
    assert words.hash == Words.of(" The ramp is steep\r\n", b"0" * 16).hash
    assert not Words(words.hash, words.salt, "The ramp is gentle").are_true
    assert not Words(words.hash, b"1" * 16, words.text).are_true
