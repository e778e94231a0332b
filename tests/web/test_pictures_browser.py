"""A photo from a real browser: with its script and without, too big, over a link that is lost, on a small screen."""

import re

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from core.base.pictures import Picture
from tests.core.pictures import photo
from tests.web.browser import tab
from tests.web.phones import CODE, Place, until

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


def loses_the_link(page: Page) -> None:
    page.route("**/photo", lambda route: route.abort() if route.request.method == "POST" else route.continue_())


def says_it_waits(page: Page) -> None:
    """The three states in words: here, not there yet, not up yet."""
    expect(page.get_by_role("heading", name="Your note is safe on this phone")).to_be_visible()
    track = page.locator("#outbox-track li")
    expect(track).to_contain_text(["On this phone", "At the workshop", "On the board"])
    expect(track.nth(1)).to_contain_text("Waiting for the link.")


def picture_of(place: Place, text: str = "our ramp") -> Picture:
    """The picture of the one note, from the workshop's disk."""
    (note,) = place.session.board.notes.values()
    assert place.session.board.text_of(note) == text
    assert note.picture is not None
    found = place.session.picture(note.picture)
    assert found is not None
    return found


def test_a_photo_whose_answer_is_lost_is_sent_until_it_is_known_to_be_there(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        sent: list[bytes] = []

        def lose_the_answer(route: Route) -> None:
            if route.request.method == "POST":
                sent.append(re.findall(rb'name="id"\r\n\r\n(\w{32})', route.request.post_data_buffer or b"")[0])
                if len(sent) == 1:
                    route.fetch(max_redirects=0)
                    route.abort()
                    return
            route.continue_()

        page.route("**/photo", lose_the_answer)
        choose(page, place, photo(), "our ramp")
        send(page)
        says_it_waits(page)
        page.get_by_role("button", name="Try now").click()
        thanked(page)
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert picture_of(place).width == 64


@pytest.mark.parametrize("path", ["/q/1/photo", "/q/1", "/mine", "/wall"])
def test_a_photo_taken_without_a_link_outlives_the_page_and_goes_from_any_other(
    chromium: Browser, place: Place, path: str
) -> None:
    with tab(chromium) as page:
        choose(page, place, photo(), "our ramp")
        loses_the_link(page)
        send(page)
        says_it_waits(page)
        expect(page.get_by_role("textbox", name="Your note")).to_have_value("")    # it is free for the next one
        page.close(run_before_unload=True)
        again = page.context.new_page()
        again.goto(f"{place.base}/{CODE}{path}")
        until(lambda: place.texts() == ["our ramp"], "the photo")
        assert picture_of(place).width == 64
        if path.endswith("/photo"):
            thanked(again)    # a form that is empty leads there, which would interrupt the count
        expect(again.locator("#outbox")).to_be_hidden()
        until(lambda: kept_photos(again) == 0, "the phone to let go of it")


def kept_photos(page: Page) -> int:
    """How many the phone keeps."""
    return int(page.evaluate(COUNT))


COUNT = """() => new Promise((yes, no) => {
    const opening = indexedDB.open("sayback", 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore("photos")
    opening.onerror = no
    opening.onsuccess = () => {
        const asked = opening.result.transaction("photos").objectStore("photos").count()
        asked.onsuccess = () => { opening.result.close(); yes(asked.result) }
    }
})"""


def test_words_and_photos_go_in_the_order_in_which_they_were_sent(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        loses_the_link(page)
        page.route("**/note", lambda route: route.abort())
        choose(page, place, photo(), "first")
        send(page)
        says_it_waits(page)
        page.goto(f"{place.base}/{CODE}/q/1")
        page.get_by_role("textbox", name="Your note").fill("second")
        send(page)
        expect(page.get_by_text("2 notes are safe on this phone.")).to_be_visible()
        page.unroute_all()
        page.reload()
        until(lambda: place.texts() == ["first", "second"], "both")
    assert len(place.session.board.by_contributor) == 1


def test_a_phone_that_is_full_says_so_kindly_and_loses_nothing(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        page.add_init_script(FULL)
        choose(page, place, photo(), "our ramp")
        send(page)
        expect(page.get_by_role("alert")).to_contain_text("There is no room for another photo on this phone")
        expect(page.get_by_role("alert")).to_contain_text("Or send your words only.")
        expect(page.get_by_role("textbox", name="Your note")).to_have_value("our ramp")
        assert page.evaluate("document.getElementById('photo').files.length") == 1
        assert page.evaluate("sayback.outbox.waiting().length") == 0
    assert place.texts() == []


FULL = """IDBObjectStore.prototype.put = function () {
    this.transaction.abort()
    Object.defineProperty(this.transaction, "error", { value: new DOMException("", "QuotaExceededError") })
    return {}
}"""


def test_more_than_a_phone_should_keep_is_not_begun(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        choose(page, place, photo(), "our ramp")
        loses_the_link(page)
        page.evaluate("sayback.keep.set('outbox', [{ id: 'a', text: '', photo: 20 * 1024 * 1024, fields: {} }])")
        send(page)
        expect(page.get_by_role("alert")).to_contain_text("There is no room for another photo on this phone")


def test_where_the_phone_keeps_no_photos_the_page_does_and_asks_to_stay_open(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        page.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { return undefined } })")
        choose(page, place, photo(), "our ramp")
        loses_the_link(page)
        send(page)
        expect(page.locator("#photo-going")).to_have_text("Your photo is on its way. Please keep this page open.")
        page.unroute_all()    # it is tried again by itself
        thanked(page)
    assert picture_of(place).width == 64


def test_a_photo_that_the_phone_has_lost_is_told_of_and_its_words_stay(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        choose(page, place, photo(), "our ramp")
        loses_the_link(page)
        send(page)
        says_it_waits(page)
        page.evaluate("indexedDB.deleteDatabase('sayback')")
        page.goto(f"{place.base}/{CODE}/q/1")
        lost = page.locator("#stopped")
        expect(lost).to_contain_text("The photo is not on this phone any more")
        expect(lost).to_contain_text("our ramp")
        lost.get_by_role("button", name="Clear it from this phone").click()
        expect(lost).to_be_empty()
    assert place.texts() == []


def test_a_number_beside_a_photo_is_asked_about_once(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        choose(page, place, photo(), "Ring me on 020 7946 0958")
        send(page)
        expect(page.get_by_role("alert")).to_contain_text("Is that a phone number in your note?")
        assert place.texts() == []
        send(page)
        thanked(page)
    assert picture_of(place, "Ring me on 020 7946 0958").width == 64


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
