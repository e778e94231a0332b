"""The QR code of the venue's Wi-Fi: every name and password comes through as it was typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.wifi import Wifi, from_file, wrong_name, wrong_password

ANY_TEXT = st.text(st.characters(exclude_categories=("C", "Z")), max_size=32)


def read_by_a_phone(text: str) -> Wifi:
    """As phones read it: fields up to a semicolon that has no backslash before it, backslashes taken away."""
    assert text.startswith("WIFI:")
    assert text.endswith(";;")
    fields = dict(re.findall(r"([TSPH]):((?:\\.|[^;\\])*);", text.removeprefix("WIFI:")))
    plain = {key: re.sub(r"\\(.)", r"\1", value) for key, value in fields.items()}
    assert plain["T"] == ("WPA" if "P" in plain else "nopass")
    return Wifi(plain["S"], plain.get("P", ""), plain.get("H") == "true")


def test_the_code_is_the_one_that_all_phones_read() -> None:
    assert Wifi("Hall Guest", "welcome-in").for_qr == "WIFI:T:WPA;S:Hall Guest;P:welcome-in;;"
    assert Wifi("Hall Guest").for_qr == "WIFI:T:nopass;S:Hall Guest;;"
    assert Wifi("Hall Guest", "welcome-in", True).for_qr == "WIFI:T:WPA;S:Hall Guest;P:welcome-in;H:true;;"
    assert Wifi(r'a\b;c,d:e"f', "p;ss:word").for_qr == r'WIFI:T:WPA;S:a\\b\;c\,d\:e\"f;P:p\;ss\:word;;'


@given(ANY_TEXT.filter(bool), ANY_TEXT, st.booleans())
def test_whatever_is_in_name_and_password_comes_through(name: str, password: str, is_hidden: bool) -> None:
    wifi = Wifi(name, password, is_hidden)
    assert read_by_a_phone(wifi.for_qr) == wifi
    assert from_file(wifi.for_file()) == wifi


@pytest.mark.parametrize("name", ["", "x" * 33, "ö" * 17, "Hall\tGuest"])
def test_what_no_network_can_be_called_is_said(name: str) -> None:
    assert wrong_name(name)


@pytest.mark.parametrize("password", ["short", "x" * 64, "welcome\tin"])
def test_what_no_password_can_be_is_said(password: str) -> None:
    assert wrong_password(password)


def test_what_is_right_is_taken() -> None:
    assert wrong_name("Hall Guest") == wrong_name("ö" * 16) == ""
    assert wrong_password("") == wrong_password("welcome-in") == wrong_password(" pass word ") == ""


@pytest.mark.parametrize("kept", [None, "", "[]", "{}", '{"name": 1}', '{"name": "Hall", "password": 5}'])
def test_what_is_not_ours_is_no_network(kept: str | None) -> None:
    assert from_file(kept) is None
