"""A photo from a real browser: with its script and without, too big, over a link that is lost, on a small screen."""

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from tests.core.pictures import photo
from tests.web.browser import tab
from tests.web.phones import CODE, Place

pytestmark = pytest.mark.browser


def choose(page: Page, place: Place, file: bytes, text: str = "") -> None:
    """From the page of the question to the form, filled in."""
    page.goto(f"{place.base}/{CODE}/q/1")
    page.get_by_role("link", name="Add a photo").click()
    page.get_by_label("Your note").fill(text)
    page.get_by_label("Your photo").set_input_files(FilePayload(name="IMG_1.jpg", mimeType="image/jpeg", buffer=file))


def send(page: Page) -> None:
    page.get_by_role("button", name="Send my note").click()


def thanked(page: Page) -> None:
    expect(page.get_by_role("heading", name="Thank you. We have your note.")).to_be_visible()


def measured(route: Route, sizes: list[int]) -> None:
    """Let it through; how large it was, where the script sent it."""
    if route.request.method == "POST" and route.request.resource_type == "fetch":
        sizes.append(int(route.request.header_value("content-length") or len(route.request.post_data_buffer or b"")))
    route.continue_()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_photo_is_sent_and_seen_on_every_page(chromium: Browser, place: Place, script: bool) -> None:
    with tab(chromium, script=script) as page:
        choose(page, place, photo(2400, 1200), "our ramp")
        send(page)
        thanked(page)
        for name in ("", "My notes", "Wall"):
            if name:
                page.get_by_role("link", name=name, exact=True).first.click()
            image = page.get_by_role("img", name="our ramp")
            expect(image).to_have_js_property("naturalWidth", 1600)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert place.texts() == ["our ramp"]


def test_the_script_makes_a_photo_smaller_before_it_is_sent(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        sizes: list[int] = []
        page.route("**/photo", lambda route: measured(route, sizes))
        sent = photo(6000, 4000, quality=100)
        choose(page, place, sent)
        send(page)
        thanked(page)
        (size,) = sizes
        assert 0 < size < len(sent) / 3


def test_a_photo_waits_for_a_lost_link_and_goes_once(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        tries: list[str] = []

        def lose_the_first(route: Route) -> None:
            tries.append(route.request.method)
            if tries.count("POST") == 1 and tries[-1] == "POST":
                route.abort()
            else:
                route.continue_()

        page.route("**/photo", lose_the_first)
        choose(page, place, photo(), "our ramp")
        send(page)
        expect(page.locator("#photo-going")).to_have_text("Your photo is on its way. Please keep this page open.")
        thanked(page)
    assert tries.count("POST") == 2
    assert place.texts() == ["our ramp"]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_what_is_no_photo_comes_back_with_the_words(chromium: Browser, place: Place, script: bool) -> None:
    with tab(chromium, script=script) as page:
        choose(page, place, b"<svg></svg>", "our ramp")
        send(page)
        expect(page.get_by_role("alert")).to_contain_text("That photo is too big, or it is not a photo.")
        expect(page.get_by_label("Your note")).to_have_value("our ramp")
        page.get_by_label("Your photo").set_input_files(
            FilePayload(name="IMG_2.jpg", mimeType="image/jpeg", buffer=photo())
        )
        send(page)
        thanked(page)
    assert place.texts() == ["our ramp"]


def test_words_typed_on_the_questions_page_come_along(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        page.goto(f"{place.base}/{CODE}/q/1")
        page.get_by_label("Your note").fill("half a thought")
        page.get_by_role("link", name="Add a photo").click()
        expect(page.get_by_label("Your note")).to_have_value("half a thought")
