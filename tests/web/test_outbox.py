"""Notes on their way, in a real browser: none is lost, none comes twice, whatever happens to link, page or server."""

import pytest
from playwright.sync_api import Browser, Page, expect

from core.domain.running import OpenQuestion
from tests.web.browser import tab
from tests.web.phones import CODE, SECONDS, Place, until

pytestmark = pytest.mark.browser


def open_question(page: Page, place: Place) -> None:
    page.goto(f"{place.base}/{CODE}/q/1")


def send(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#send").click()


def test_notes_written_without_a_link_wait_over_a_reload_and_go_in_one_name(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        open_question(page, place)
        page.route("**/note", lambda route: route.abort())
        send(page, "one")
        expect(page.get_by_role("heading", name="Your note is safe on this phone")).to_be_focused()
        expect(page.locator("#text")).to_have_value("")
        send(page, "two")
        expect(page.get_by_role("heading", name="We have lost the link for now")).to_be_visible()
        expect(page.get_by_text("2 notes are safe on this phone.")).to_be_visible()
        page.reload()
        page.unroute("**/note")
        until(lambda: place.texts() == ["one", "two"], "both notes")
        expect(page.locator("#outbox")).to_be_hidden()
    assert len(place.session.board.by_contributor) == 1


def test_two_tabs_of_one_phone_send_each_note_once_and_as_one_person(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        other = page.context.new_page()
        for each in (page, other):
            open_question(each, place)
        send(page, "from the one")
        send(other, "from the other")
        until(lambda: len(place.texts()) == 2, "both notes")
        expect(page.locator("#done")).to_be_visible()
        expect(other.locator("#done")).to_be_visible()
    assert sorted(place.texts()) == ["from the one", "from the other"]
    assert len(place.session.board.by_contributor) == 1


def test_a_question_that_closes_while_somebody_writes_keeps_the_words(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        open_question(page, place)
        page.locator("#text").fill("half a thought")
        question = place.session.board.questions_in_order()[0].id
        closed = {"saved": False, "what": "This question has closed", "advice": "", "token": "", "late": True}
        page.route("**/note", lambda route: route.fulfill(status=409, json=closed))
        place.session.do(OpenQuestion(question, on=False)).result(SECONDS)
        page.locator("#send").click()
        expect(page.get_by_role("heading", name="This question has closed")).to_be_visible()
        expect(page.locator("#text")).to_have_value("half a thought")
        expect(page.locator("#text")).to_be_focused()
        page.unroute("**/note")
        page.get_by_role("button", name="Send it as a late note").click()
        expect(page.locator("#done")).to_be_visible()
    assert place.texts() == ["half a thought"]


def test_a_cleared_cookie_comes_back_by_the_receipt_that_the_phone_kept(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        open_question(page, place)
        send(page, "before")
        expect(page.locator("#done")).to_be_visible()
        page.context.clear_cookies()
        send(page, "after")
        until(lambda: place.texts() == ["before", "after"], "the second note")
    assert len(place.session.board.by_contributor) == 1
