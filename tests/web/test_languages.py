"""Each visitor reads their own language: chosen on a page, asked for by the phone, or else the workshop's."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from core.base.language import LANGUAGES
from core.web.languages import COOKIE, best_of
from tests.web.phones import CODE, WORKSHOP, Phone, phone, serving

PAGE = f"/{CODE}/language"
HTML_TAG = re.compile(r'<html lang="([\w-]+)" dir="(\w+)">')
BACK = re.compile(r'name="back" value="([^"]*)"')


def language_of(page: str) -> tuple[str, ...]:
    """Language and direction of a page."""
    found = HTML_TAG.search(page)
    assert found
    return found.groups()


def choose(phone: Phone, language: str, path: str = PAGE) -> str:
    """Open the page, tap a language; where that leads."""
    phone.open(path)
    back = BACK.search(phone.page)
    assert back
    response = phone.post(path, language=language, back=back[1])
    assert response.status_code == 303, response.text
    return response.headers["location"]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", None),
        ("pl", "pl"),
        ("pl-PL,pl;q=0.9,en;q=0.8", "pl"),
        ("fr-FR,fr;q=0.9,cy;q=0.5,en;q=0.8", "en"),
        ("so,fr", None),
        ("en;q=0,ur;q=0.1", "ur"),
        ("zh-Hans-CN", "zh"),
        ("AR-eg", "ar"),
        ("*", None),
        ("bn;q=2,cy;q=,pl;level=1", None),
        (",;,=,;q=1,q=0.5;;", None),
        ("cy , bn;q = 0.9", "cy"),
    ],
)
def test_the_phone_says_what_it_likes_to_read(accepted: str, language: str | None) -> None:
    assert best_of(accepted) == language


def test_a_choice_goes_before_the_phone_and_the_phone_before_the_workshop(tmp_path: Path) -> None:
    welsh = replace(WORKSHOP, language="cy")
    with serving(tmp_path / "cymru.sayback", workshop=welsh) as place, phone(place) as ada:
        ada.open()
        assert language_of(ada.page) == ("cy", "ltr")
        ada.http.headers["accept-language"] = "pl-PL,en;q=0.5"
        ada.open()
        assert language_of(ada.page) == ("pl", "ltr")
        choose(ada, "ur")
        ada.open()
        assert language_of(ada.page) == ("ur", "rtl")


def test_every_language_is_there_in_its_own_name_and_the_one_in_use_is_marked(ada: Phone) -> None:
    ada.http.headers["accept-language"] = "bn"
    ada.open(PAGE)
    for language in LANGUAGES:
        assert f'<bdi lang="{language.code}">{language.name}</bdi>' in ada.page
    assert re.findall(r'value="(\w+)"[^>]*aria-current', ada.page) == ["bn"]


@pytest.mark.parametrize("path", ["", "/q/2", "/wall", "/mine", "/help"])
def test_the_link_at_the_top_leads_there_and_the_choice_leads_back(ada: Phone, path: str) -> None:
    page = f"/{CODE}{path}"
    ada.open(page)
    assert f'href="{PAGE}"' in ada.page
    ada.http.headers["referer"] = ada.base + page
    assert choose(ada, "pl") == page


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/mine", "//elsewhere.example", "/\\elsewhere.example", f"/{CODE}/note", PAGE, "x"],
)
def test_the_choice_leads_nowhere_else(ada: Phone, elsewhere: str) -> None:
    ada.http.headers["referer"] = elsewhere
    assert choose(ada, "pl") == f"/{CODE}"
    response = ada.post(PAGE, language="pl", back=elsewhere)
    assert response.headers["location"] == f"/{CODE}"


def test_only_the_choice_makes_a_cookie_and_it_says_nothing_else(ada: Phone) -> None:
    assert "set-cookie" not in ada.open(PAGE).headers
    response = ada.post(PAGE, language="ar", back="")
    cookie = response.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=ar;")
    assert "SameSite=lax" in cookie
    assert "HttpOnly" in cookie
    assert not any(name.startswith("sb_") and name != COOKIE for name in ada.http.cookies)


def test_a_language_we_do_not_speak_is_not_taken(ada: Phone) -> None:
    ada.open(PAGE)
    response = ada.post(PAGE, language="xx")
    assert response.status_code == 400
    assert "set-cookie" not in response.headers
    ada.http.cookies.set(COOKIE, "xx")
    ada.open()
    assert language_of(ada.page) == ("en", "ltr")


def test_who_has_no_code_chooses_as_well_and_learns_nothing_about_the_workshop(ada: Phone) -> None:
    ada.open("/")
    assert 'href="/language"' in ada.page
    assert choose(ada, "pl", "/language") == "/"
    ada.open("/language")
    assert language_of(ada.page) == ("pl", "ltr")
    assert WORKSHOP.title not in ada.page
    assert CODE not in ada.page.upper()


def test_two_phones_at_the_same_time_each_read_their_own(ada: Phone, ben: Phone) -> None:
    ada.http.headers["accept-language"] = "ar"
    ben.http.headers["accept-language"] = "bn"
    for _ in range(3):
        ada.open()
        ben.open("/nowhere")
        assert language_of(ada.page) == ("ar", "rtl")
        assert language_of(ben.page) == ("bn", "ltr")


def test_a_public_place_keeps_the_choice_on_its_safe_connection_only(tmp_path: Path) -> None:
    with serving(tmp_path / "home.sayback", public="https://sayback.example") as place, phone(place) as ada:
        headers = {"host": "sayback.example", "origin": "https://sayback.example"}
        response = ada.http.post(ada.base + PAGE, data={"language": "pl"}, headers=headers, follow_redirects=False)
        assert "Secure" in response.headers["set-cookie"]


def test_a_refusal_at_the_door_is_in_the_visitors_language_too(ada: Phone) -> None:
    ada.http.headers["accept-language"] = "ur"
    response = ada.http.post(f"{ada.base}/{CODE}/note", data={"text": "x"}, headers={"origin": "http://elsewhere"})
    assert response.status_code == 403
    assert language_of(response.text) == ("ur", "rtl")


def test_words_of_the_workshop_are_in_its_own_language_for_voices_that_read_aloud(tmp_path: Path) -> None:
    welsh = replace(WORKSHOP, title="Y parc", questions=("Beth?",), language="cy")
    with serving(tmp_path / "parc.sayback", workshop=welsh) as place, phone(place) as ada:
        ada.http.headers["accept-language"] = "pl"
        ada.open(f"/{CODE}/q/1")
        assert language_of(ada.page) == ("pl", "ltr")
        assert '<span class="name"><bdi lang="cy">Y parc</bdi>' in ada.page
        assert '<bdi data-hear lang="cy">Beth?</bdi>' in ada.page
        assert 'data-hear-language="cy"' in ada.page
