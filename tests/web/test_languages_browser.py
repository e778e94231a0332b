"""Every page bears every language: longer words, other letters, from right to left, on a small phone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from core.base.ids import StepId, new_id
from core.domain.commands import HideNotes, MoveNotes, NewTheme
from core.domain.running import (
    AddStep,
    BeginStep,
    CloseVote,
    EndWorkshop,
    OpenQuestion,
    OpenVote,
    SetQuestion,
    StartTimer,
)
from core.domain.terms import Asking, Naming, NoteKind, Reason, Reveal, StepKind, VoteOn
from core.web.languages import COOKIE
from core.web.limits import Limits
from tests.web.browser import tab
from tests.web.phones import CODE, SECONDS, Phone, Place, serving
from tests.web.pseudo import mirrored, stretched, write_pseudo
from tools.words import extracted

pytestmark = pytest.mark.browser
PAGES = (
    "/", "/claim", "/language", "/nowhere",
    f"/{CODE}", f"/{CODE}/q/1", f"/{CODE}/q/2", f"/{CODE}/mine", f"/{CODE}/wall", f"/{CODE}/help", f"/{CODE}/language",
    f"/{CODE}/code", f"/{CODE}/words", f"/{CODE}/address", f"/{CODE}/vote", f"/{CODE}/ask", f"/{CODE}/name",
    f"/{CODE}/your-words", f"/{CODE}/thanks/1", f"/{CODE}/q/1/photo",
)  # fmt: skip
"""Every page that can be loaded by somebody who has sent a note; a new one is added here."""
ASKED = Asking(kinds=tuple(NoteKind), namings=tuple(Naming), pictures=True)
STRANGE = {"pl": stretched, "ar": mirrored}
OUTSIDE = """() => [...document.querySelectorAll("body *")]
    .filter(at => !at.closest(".sr, .skip, [hidden], svg") && at.getClientRects().length)
    .filter(at => { const box = at.getBoundingClientRect(); return box.left < -0.5 || box.right > innerWidth + 0.5; })
    .map(at => `${at.tagName} ${at.className} ${at.textContent.trim().slice(0, 40)}`)"""
CUT_OFF = """() => [...document.querySelectorAll("body *")]
    .filter(at => !at.closest(".sr, svg, .meter, textarea") && getComputedStyle(at).overflowX !== "visible")
    .filter(at => at.scrollWidth > at.clientWidth + 1)
    .map(at => `${at.tagName} ${at.className} ${at.textContent.trim().slice(0, 40)}`)"""
ENGLISH = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    const others = "bdi, script, textarea, .groups, .tongue, [lang=en]";
    for (let at = walk.nextNode(); at; at = walk.nextNode()) {
        if (!at.parentElement.closest(others) && /[a-z]{3}/.test(at.data)) { found.push(at.data); }
    }
    return found;
}"""


@pytest.fixture(scope="module")
def strange_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Catalogues in which Polish is long, and Arabic long and mirrored, whatever has been translated so far."""
    folder = tmp_path_factory.mktemp("locale")
    template = extracted()
    for language, change in STRANGE.items():
        write_pseudo(folder, template, language, change)
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A workshop in full swing: a step with a timer, themes, a vote, and live questions on its second question."""
    with serving(tmp_path / "park.sayback", limits=Limits.raised()) as place:
        first, second = (question.id for question in place.session.board.questions_in_order())
        step = StepId(new_id())
        for command in (
            SetQuestion(first, ASKED), SetQuestion(second, Asking(live=True)),
            NewTheme(first, "Doors"), NewTheme(first, "Ramps"),
            OpenVote(first, VoteOn.THEMES, 3), AddStep(kind=StepKind.WRITE, question=first, step_id=step),
            BeginStep(step), StartTimer(300, datetime.now(UTC)),
        ):  # fmt: skip
            place.session.do(command).result(SECONDS)
        yield place


@pytest.fixture(params=STRANGE)
def abroad(
    request: pytest.FixtureRequest, chromium: Browser, strange_words: Path, place: Place,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Page]:
    """A small phone whose owner reads a strange language."""
    monkeypatch.setattr("core.base.language.LOCALE", strange_words)
    with tab(chromium) as page:
        page.context.add_cookies([{"name": COOKIE, "value": request.param, "url": place.base}])
        yield page


def borne_badly(page: Page) -> list[str]:
    """What sticks out of the page, is cut off, or is still English."""
    return [*page.evaluate(OUTSIDE), *page.evaluate(CUT_OFF), *page.evaluate(ENGLISH)]


def with_notes(place: Place, writer: Phone) -> None:
    """One's own notes in every state: in a theme, on the board, held for what is in it, hidden; and a live question."""
    for text in ("The door is heavy", "Call me on 07700 900123", "The sign is too small"):
        writer.say(text)
    writer.open(f"/{CODE}/ask")
    assert writer.send("When will it be mended?").status_code == 303
    board = place.session.board
    ids = {board.text_of(note): note.id for note in board.notes.values()}
    theme = next(iter(sorted(board.themes)))
    moved, hidden = ids["The door is heavy"], ids["The sign is too small"]
    for command in (MoveNotes((moved,), theme), HideNotes((hidden,), Reason.OTHER)):
        place.session.do(command).result(SECONDS)


def test_every_page_bears_it(abroad: Page, place: Place, ada: Phone) -> None:
    sent = urlsplit(str(ada.say("The ramp is steep").url)).path
    with_notes(place, ada)
    for name, value in ada.http.cookies.items():
        abroad.context.add_cookies([{"name": name, "value": value, "url": place.base}])
    note = sent.replace("sent", "mine")
    assert found_on(abroad, place, *PAGES, sent, f"{note}/change", f"{note}/take-back") == {}


def found_on(page: Page, place: Place, *paths: str) -> dict[str, list[str]]:
    """What each page bears badly, where it does."""
    found = {}
    for path in paths:
        page.goto(place.base + path)
        found[path] = borne_badly(page)
    return {path: bad for path, bad in found.items() if bad}


def test_pages_that_are_not_open_bear_it(abroad: Page, place: Place) -> None:
    first, second = (question.id for question in place.session.board.questions_in_order())
    vote = place.session.board.rounds_in_order()[0].id
    for command in (
        SetQuestion(first, Asking(reveal=Reveal.LATER)), OpenQuestion(first, on=False),
        OpenQuestion(second, on=False), CloseVote(vote),
    ):  # fmt: skip
        place.session.do(command).result(SECONDS)
    pages = [f"/{CODE}{path}" for path in ("", "/q/1", "/q/2", "/wall", "/vote", "/ask")]
    assert found_on(abroad, place, *pages) == {}
    place.session.do(SetQuestion(first, Asking(reveal=Reveal.NEVER))).result(SECONDS)
    place.session.do(EndWorkshop()).result(SECONDS)
    assert found_on(abroad, place, *pages) == {}


def test_what_the_script_says_bears_it(abroad: Page, place: Place) -> None:
    abroad.goto(f"{place.base}/{CODE}")
    assert borne_badly(abroad) == []
    abroad.locator("main .button").click()
    abroad.locator("#text").fill("word " * 120)
    abroad.locator("#send").click()
    expect(abroad.locator("#wrong")).to_be_visible()
    assert borne_badly(abroad) == []
    abroad.locator("#text").fill("The ramp is steep")
    abroad.locator("#send").click()
    expect(abroad.locator("#done")).to_be_visible()
    assert borne_badly(abroad) == []


def test_what_came_back_without_javascript_bears_it(abroad: Page, place: Place) -> None:
    abroad.route("**/*.js", lambda route: route.abort())
    for path, field, words in (
        (f"/{CODE}/q/1", "text", "word " * 120), ("/", "code", "nothing"), ("/claim", "code", "nothing"),
    ):  # fmt: skip
        abroad.goto(place.base + path)
        abroad.locator(f"[name={field}]").fill(words)
        abroad.locator("main [type=submit]").first.click()
        expect(abroad.locator("[role=alert]").first).to_be_visible()
        assert borne_badly(abroad) == []


def test_a_choice_is_made_without_javascript_and_turns_the_page_round(chromium: Browser, place: Place) -> None:
    with tab(chromium, script=False) as page:
        page.goto(f"{place.base}/{CODE}/q/1")
        page.get_by_role("link", name="Choose your language: English").click()
        page.get_by_role("button", name="العربية").click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        assert page.url.endswith("/q/1")
        mark, tongue = page.locator(".top .mark").bounding_box(), page.locator(".tongue").bounding_box()
        assert mark
        assert tongue
        assert mark["x"] > tongue["x"]
        expect(page.locator("#text")).to_have_attribute("dir", "auto")
