"""A real browser: with its script and without, two languages, a lost link, small screens, no word as markup."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from core.domain.commands import MoveNotes, NewTheme
from tests.web.browser import small_phone, tab
from tests.web.phones import CODE, SECONDS, Place, serving

pytestmark = pytest.mark.browser
ARABIC = "المنحدر شديد الانحدار"
MARKUP = '<script>document.title="broken"</script><img src=x onerror=alert(1)>"><svg onload=alert(2)>'


def open_question(page: Page, place: Place) -> None:
    page.goto(f"{place.base}/{CODE}/q/1")


def send(page: Page, text: str) -> None:
    page.get_by_label("Your note").fill(text)
    page.get_by_role("button", name="Send my note").click()


@pytest.mark.parametrize("text", ["The ramp is steep", ARABIC, MARKUP])
def test_without_javascript_a_note_is_shown_as_it_was_written(chromium: Browser, place: Place, text: str) -> None:
    with tab(chromium, script=False) as page:
        open_question(page, place)
        send(page, text)
        expect(page.get_by_role("heading", name="Thank you. We have your note.")).to_be_visible()
        expect(page.locator("#renewed .note bdi").first).to_have_text(text)
        page.get_by_role("link", name="My notes", exact=True).click()
        expect(page.locator(".note .said")).to_have_text(text)
        page.get_by_role("link", name="Wall").click()
        expect(page.locator(".cards bdi")).to_have_text(text)
    assert place.texts() == [text]


def test_without_javascript_two_taps_are_one_note_and_back_other_words_two(chromium: Browser, place: Place) -> None:
    with tab(chromium, script=False) as page:
        open_question(page, place)
        page.get_by_label("Your note").fill("The ramp is steep")
        page.get_by_role("button", name="Send my note").dblclick()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        assert place.texts() == ["The ramp is steep"]
        page.go_back()
        send(page, "The door is heavy")
        expect(page.locator("#renewed .note bdi").first).to_have_text("The door is heavy")
    assert place.texts() == ["The ramp is steep", "The door is heavy"]
    assert len(place.session.board.by_contributor) == 1


def test_without_javascript_a_note_that_is_too_long_comes_back(chromium: Browser, place: Place) -> None:
    with tab(chromium, script=False) as page:
        open_question(page, place)
        send(page, "word " * 120)
        expect(page.get_by_role("alert")).to_contain_text("Your note is a bit too long")
        expect(page.get_by_text("Take out about 17 words")).to_be_visible()
        expect(page.get_by_label("Your note")).to_have_value("word " * 120)
        send(page, "word " * 90)
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert place.texts() == [("word " * 90).strip()]


def test_the_script_sends_without_a_reload_and_the_next_note_can_be_written(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        open_question(page, place)
        address = page.url
        send(page, "The ramp is steep")
        expect(page.get_by_role("heading", name="Thank you. We have your note.")).to_be_focused()
        expect(page.locator("#renewed bdi")).to_have_text("The ramp is steep")
        expect(page.locator("#groups")).to_have_text(re.compile(r"^(\w{4} ){3}\w{4}$"))
        expect(page.get_by_label("Your note")).to_have_value("")
        send(page, ARABIC)
        expect(page.locator("#renewed bdi")).to_have_text(ARABIC)
        expect(page.locator("#code")).to_be_hidden()
        assert page.url == address
    assert place.texts() == ["The ramp is steep", ARABIC]
    assert len(place.session.board.by_contributor) == 1


def test_a_note_whose_answer_is_lost_is_sent_until_it_is_known_to_be_there(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        open_question(page, place)
        lost: list[str] = []

        def lose(route: Route) -> None:
            if len(lost) < 2:
                lost.append(route.request.post_data or "")
                route.fetch()    # it arrives; the answer does not
                route.abort()
            else:
                route.continue_()

        page.route("**/note", lose)
        send(page, "The ramp is steep")
        expect(page.get_by_role("heading", name="Your note is safe on this phone")).to_be_visible()
        expect(page.locator("#outbox-step")).to_have_text(re.compile("Waiting for the link. Next try in . seconds?."))
        page.get_by_role("button", name="Try now").click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        assert len(lost) == 2
        assert lost[0] == lost[1]
    assert place.texts() == ["The ramp is steep"]
    assert len(place.session.board.by_contributor) == 1


def test_a_draft_is_kept_over_a_reload_with_its_id(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        open_question(page, place)
        page.get_by_label("Your note").fill("half a thou")
        expect(page.get_by_text("Kept on this phone as you type.")).to_be_visible()
        page.reload()
        expect(page.get_by_label("Your note")).to_have_value("half a thou")
        send(page, "half a thought")
        expect(page.locator("#renewed bdi")).to_have_text("half a thought")
        page.reload()
        expect(page.get_by_label("Your note")).to_have_value("")


def test_the_script_works_where_storage_is_blocked(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })")
        open_question(page, place)
        send(page, "The ramp is steep")
        expect(page.locator("#renewed bdi")).to_have_text("The ramp is steep")


def test_room_in_the_note_is_told_in_words(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        open_question(page, place)
        box, left = page.get_by_label("Your note"), page.locator("#left")
        expect(left).to_have_text("Lots of room.")
        box.fill("x" * 300)
        expect(left).to_have_text("Room for about 33 more words.")
        box.fill("x" * 470)
        expect(left).to_have_text("Nearly full. About 5 more words will fit.")
        box.fill("x" * 499)
        expect(left).to_have_text("This note is full. Send it, then start a new one.")
        box.fill("x" * 560)
        expect(left).to_have_text("About 10 words too many.")
        page.get_by_role("button", name="Send my note").click()
        expect(page.get_by_role("alert").filter(has_text="a bit too long")).to_be_visible()
        expect(box).to_have_value("x" * 560)


@pytest.mark.parametrize("text", ["Ring me on 020 7946 0958", "Write to ada@example.org"])
def test_a_number_or_an_address_is_asked_about_once_before_it_goes(chromium: Browser, place: Place, text: str) -> None:
    """P14: who presses again sends the note as it is, and a moderator reads it first."""
    with tab(chromium) as ada:
        open_question(ada, place)
        send(ada, text)
        expect(ada.get_by_role("alert")).to_contain_text("in your note?")
        expect(ada.get_by_role("textbox")).to_have_value(text)
        assert not place.session.board.notes
        ada.get_by_role("button", name="Send my note").click()
        expect(ada.get_by_text("Someone will read this first").first).to_be_visible()
        assert place.texts() == [text]
        assert place.session.board.balance.held == 1


def test_two_phones_see_each_other_s_notes_on_the_wall_live(chromium: Browser, place: Place) -> None:
    with tab(chromium) as ada, tab(chromium, width=1280) as wall:
        wall.goto(f"{place.base}/{CODE}/wall")
        open_question(ada, place)
        send(ada, "The ramp is steep")
        expect(wall.locator(".cards")).to_contain_text("The ramp is steep")
        (note,) = place.session.board.notes
        question = place.session.board.questions_in_order()[0].id
        place.session.do(NewTheme(question, "Getting in", (note,))).result(SECONDS)
        expect(wall.get_by_role("heading", name="Getting in")).to_be_visible()
        expect(wall.locator(".part.sun .note.sun")).to_have_text("The ramp is steep")
        expect(wall.locator(".lead")).to_contain_text("1 note and 1 theme.")


def test_one_sees_one_s_own_note_land_in_a_theme(chromium: Browser, place: Place) -> None:
    with tab(chromium) as ada:
        open_question(ada, place)
        send(ada, "The ramp is steep")
        ada.get_by_role("link", name="See where it is now").click()
        expect(ada.get_by_text("It is not in a theme yet.")).to_be_visible()
        (note,) = place.session.board.notes
        question = place.session.board.questions_in_order()[0].id
        place.session.do(NewTheme(question, "Getting in")).result(SECONDS)
        (theme,) = place.session.board.themes
        place.session.do(MoveNotes((note,), theme)).result(SECONDS)
        expect(ada.locator("#renewed .track")).to_contain_text("Getting in")
        expect(ada.locator(".note.sun")).to_have_count(1)


def test_the_receipt_opens_my_notes_on_another_phone(chromium: Browser, place: Place) -> None:
    with tab(chromium, script=False) as ada, tab(chromium) as other:
        open_question(ada, place)
        send(ada, "The ramp is steep")
        groups = ada.locator(".groups span").all_inner_texts()
        other.goto(f"{place.base}/claim")
        other.get_by_label("Your code").fill(" ".join(groups).lower())
        other.get_by_role("button", name="Open my notes").click()
        expect(other.locator(".note .said")).to_have_text("The ramp is steep")
        other.context.clear_cookies()
        other.goto(f"{place.base}/CLAIM#{''.join(groups)}")
        expect(other.locator(".note .said")).to_have_text("The ramp is steep")
        assert "".join(groups) not in other.url


def test_joining_by_hand_takes_three_taps_to_the_first_note(chromium: Browser, place: Place) -> None:
    with tab(chromium, script=False) as page:
        page.goto(place.base)
        page.get_by_label("Code").fill("abc 234")
        page.get_by_role("button", name="Join").click()
        page.get_by_role("link", name="Start").click()
        send(page, "The ramp is steep")
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_the_first_page_is_light(chromium: Browser, place: Place) -> None:
    with tab(chromium) as page:
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))
        open_question(page, place)
        expect(page.locator("#left")).to_have_text("Lots of room.")    # the script has come
        sizes = {each.url: each.sizes()["responseBodySize"] for each in asked if "/live" not in each.url}
        assert len(sizes) == 3, sizes
        assert sum(sizes.values()) <= 25 * 1024, sizes
        assert next(size for url, size in sizes.items() if url.endswith(".js")) <= 9 * 1024
        assert next(size for url, size in sizes.items() if url.endswith(".css")) <= 6 * 1024


@pytest.mark.parametrize("look", ["light", "dark", "forced", "twice"])
def test_nothing_is_cut_off_on_a_small_phone(chromium: Browser, place: Place, look: str) -> None:
    context = small_phone(chromium, look)
    page = context.new_page()
    open_question(page, place)
    send(page, "The ramp is steep and here_is_one_very_long_word_that_nobody_would_ever_write_but_somebody_will")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    for path in ("", "/q/2", "/mine", "/wall", "/help"):
        page.goto(f"{place.base}/{CODE}{path}")
        if look == "twice":
            page.evaluate("document.documentElement.style.fontSize = '225%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()


def test_two_workshops_on_one_address_do_not_mix_people_up(chromium: Browser, place: Place, tmp_path: Path) -> None:
    with serving(tmp_path / "other.sayback") as other, tab(chromium, script=False) as page:
        open_question(page, place)
        send(page, "For the first workshop")
        open_question(page, other)
        send(page, "For the second workshop")
        open_question(page, place)
        send(page, "And again for the first")
    assert place.texts() == ["For the first workshop", "And again for the first"]
    assert len(place.session.board.by_contributor) == 1
