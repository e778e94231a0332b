"""Receipts, slips and addresses in a real browser, with its script and without, on a small screen."""


import pytest
from playwright.sync_api import Browser, Page, expect

from core.base.identity import contributor_of, groups_of, new_secret, receipt_of, words_of
from core.domain.contact import Contact
from core.domain.running import MakeSlips
from tests.web.browser import small_phone, tab
from tests.web.phones import CODE, SECONDS, Phone, Place
from tests.web.test_receipts import joined

pytestmark = pytest.mark.browser
TOO_SMALL = """() => [...document.querySelectorAll("main a, main button, main input:not([type=hidden]), main textarea")]
    .filter(at => at.offsetParent).map(at => [at.outerHTML.slice(0, 60), at.getBoundingClientRect()])
    .filter(([, box]) => box.width < 44 || box.height < 44).map(([what]) => what)"""


def contacts(place: Place) -> list[Contact]:
    return place.session.with_contacts(lambda contacts: contacts.all()).result(SECONDS)


def take_part(page: Page, place: Place, typed: str) -> None:
    page.goto(f"{place.base}/claim")
    page.get_by_label("Your code or words").fill(typed)
    page.get_by_role("button", name="Open my notes").click()


def test_a_slip_that_is_scanned_opens_the_workshop_and_leaves_no_secret_in_the_address(
    chromium: Browser, place: Place
) -> None:
    secret = new_secret()
    place.session.do(MakeSlips((contributor_of(secret),))).result(SECONDS)
    with tab(chromium) as page:
        page.goto(f"{place.base}/claim#{receipt_of(secret)}")
        page.wait_for_url(f"{place.base}/{CODE}")
        page.go_back()
        assert receipt_of(secret) not in page.url
        page.goto(f"{place.base}/{CODE}/code")
        expect(page.locator(".groups span")).to_have_text(list(groups_of(secret)))


def test_without_javascript_eight_words_open_my_notes(chromium: Browser, place: Place, ada: Phone) -> None:
    secret = joined(ada)
    with tab(chromium, script=False) as page:
        take_part(page, place, ", ".join(words_of(secret)).upper())
        expect(page.locator(".said", has_text="The ramp is steep")).to_be_visible()
        page.goto(f"{place.base}/{CODE}/words")
        expect(page.locator(".eight li")).to_have_text(list(words_of(secret)))
        page.get_by_role("link", name="Back to the letters and numbers").click()
        expect(page.get_by_role("img", name="QR code that opens your notes")).to_be_visible()


def test_who_comes_by_a_link_from_another_site_is_still_themselves(
    chromium: Browser, place: Place, ada: Phone
) -> None:
    secret = joined(ada)
    with tab(chromium) as page:
        take_part(page, place, receipt_of(secret))
        link = f'<a href="{place.base}/{CODE}/mine">My notes</a>'
        page.route("http://elsewhere.test/", lambda route: route.fulfill(body=link, content_type="text/html"))
        page.goto("http://elsewhere.test/")
        page.get_by_role("link").click()
        expect(page.locator(".said", has_text="The ramp is steep")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_an_address_is_left_changed_and_deleted(chromium: Browser, place: Place, ada: Phone, script: bool) -> None:
    secret = joined(ada)
    with tab(chromium, script=script) as page:
        take_part(page, place, receipt_of(secret))
        page.get_by_role("link", name="Send me what happens next").click()
        expect(page.get_by_label("Your postal address")).to_be_hidden()
        page.get_by_label("By post").check()
        expect(page.get_by_label("Your email address")).to_be_hidden()
        page.get_by_label("Your postal address").fill("12 Ockham Park\nSurrey")
        page.get_by_label("Yes, the Youth Involvement Team").check()
        page.get_by_role("button", name="Save my address").click()
        expect(page.get_by_role("heading", name="We have your address")).to_be_visible()
        assert [each.address for each in contacts(place)] == ["12 Ockham Park\nSurrey"]
        page.get_by_role("link", name="Change my address").click()
        expect(page.get_by_label("Your postal address")).to_have_value("12 Ockham Park\nSurrey")
        page.go_back()
        page.get_by_role("button", name="Delete my address").click()
        expect(page.get_by_text("Your address is deleted. Nothing of it is left.")).to_be_visible()
        assert contacts(place) == []


def test_what_is_to_be_put_right_gets_the_focus_and_leads_to_its_field(
    chromium: Browser, place: Place, ada: Phone
) -> None:
    secret = joined(ada)
    with tab(chromium) as page:
        take_part(page, place, "no such code")
        expect(page.get_by_role("alert")).to_be_focused()
        take_part(page, place, receipt_of(secret))
        page.goto(f"{place.base}/{CODE}/address")
        page.get_by_label("Your email address").fill("ada")
        page.get_by_role("button", name="Save my address").click()
        expect(page.get_by_role("alert")).to_be_focused()
        page.get_by_role("link", name="That email address looks wrong.").click()
        expect(page.get_by_label("Your email address")).to_be_focused()
        expect(page.get_by_label("Your email address")).to_have_value("ada")


@pytest.mark.parametrize("look", ["light", "dark", "forced", "large"])
def test_every_page_fits_and_can_be_tapped(chromium: Browser, place: Place, ada: Phone, look: str) -> None:
    secret = joined(ada)
    context = small_phone(chromium, look)
    page = context.new_page()
    take_part(page, place, "no such code")
    pages = ["/", "/claim", *(f"/{CODE}/{name}" for name in ("code", "words", "address"))]
    wrong = []
    for number, path in enumerate(pages):
        if number == 2:
            take_part(page, place, receipt_of(secret))
        page.goto(place.base + path)
        if look == "large":
            page.evaluate("document.documentElement.style.fontSize = '225%'")
        width = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{path} is {width} wide"] if width > 320 else []
        wrong += [f"{path}: {what}" for what in page.evaluate(TOO_SMALL)]
    context.close()
    assert wrong == []
