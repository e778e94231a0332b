"""Taking part, from the QR code on the wall to the receipt on another phone: in a real browser, with its script and
without, while a facilitator works at a real desk."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import zxingcpp
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from core.base.ids import NoteId, QuestionId, RoundId, ThemeId, new_id
from core.domain.board import Board, Note, NoteState
from core.domain.commands import Command, MoveNotes, NewTheme
from core.domain.running import OpenVote
from core.domain.terms import VoteOn
from tests.core.workshops import everything_on_disk
from tests.ui.at_the_desk import DeskUnderTest
from tests.web.browser import PATIENCE, running_chromium

pytestmark = pytest.mark.browser

NewDesk = Callable[[], DeskUnderTest]
QUESTION = "What would make this park yours?"
ENGLISH, ARABIC = "The ramp at the north gate is steep", "نريد مقاعد في الظل"
BETTER = "The ramp at the north gate is too steep for my chair"
ADDRESS = "ada@example.org"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def desk(new_desk: NewDesk) -> Iterator[DeskUnderTest]:
    """A facilitator with a workshop, its QR code on the wall."""
    desk = new_desk()
    desk.begin(size=(1920, 1080))
    desk.make_workshop("A park for everyone", QUESTION)
    yield desk
    desk.close()


@contextmanager
def phone(chromium: Browser, *, script: bool = True) -> Iterator[tuple[BrowserContext, Page]]:
    """A small phone with a finger, not a mouse."""
    context = chromium.new_context(
        viewport={"width": 320, "height": 640}, is_mobile=True, has_touch=True, java_script_enabled=script,
        device_scale_factor=2,
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    try:
        yield context, context.new_page()
    finally:
        context.close()


def test_with_a_script(desk: DeskUnderTest, chromium: Browser) -> None:
    with phone(chromium) as (_context, page):
        joins(desk, page)
        tap(page, "Start")

        # a note in English is thanked for, and the phone says where it is
        writes(page, ENGLISH)
        expect(page.get_by_role("heading", name="Thank you. We have your note.")).to_be_visible()
        waits_for_notes(desk, ENGLISH)

        # the answer to a note in Arabic is lost; the page is loaded anew; the note is at the workshop once
        page.get_by_role("textbox", name="Your note").fill(ARABIC)
        loses_the_answer(page)
        expect(page.get_by_text("safe on this phone").first).to_be_visible()
        page.unroute_all()
        page.reload()
        waits_for_notes(desk, ENGLISH, ARABIC)
        until(page, lambda: waiting_on(page) == 0)

        # a note that lands in a theme is seen to land, without loading the page
        page.goto(places(page, "My notes"))
        theme = makes_a_theme(desk, "Ways in")
        puts(desk, ENGLISH, theme)
        expect(page.locator("main")).to_contain_text("“Ways in”")

        corrects(page, ENGLISH, BETTER)
        waits_for_notes(desk, BETTER, ARABIC)
        takes_back(page, ARABIC)
        desk.wait(lambda: state_of(desk.board, ARABIC) is NoteState.WITHDRAWN)

        # voting opens; the phone votes with a tap and no page is loaded
        votes = opens_a_vote(desk, 3)
        page.goto(f"{home_of(page)}/vote")
        more = page.get_by_role("button", name="One vote more").first
        more.tap()
        expect(page.get_by_role("status").filter(has_text="2 votes left")).to_be_visible()
        more.tap()
        expect(page.get_by_role("status").filter(has_text="1 vote left")).to_be_visible()
        desk.wait(lambda: dict(desk.board.tally(votes)) == {theme: 2})

        code = leaves_an_address(page)
    opens_the_receipt_elsewhere(chromium, page.url, code, script=True)
    the_address_lies_apart(desk)


def test_without_a_script(desk: DeskUnderTest, chromium: Browser) -> None:
    with phone(chromium, script=False) as (_context, page):
        joins(desk, page)
        tap(page, "Start")
        writes(page, ENGLISH)
        expect(page.get_by_role("heading", name="Thank you. We have your note.")).to_be_visible()
        waits_for_notes(desk, ENGLISH)

        # the network goes as a note is sent; loading the page anew sends it once more, and it is one note
        page.goto(home_of(page))
        page.get_by_role("textbox", name="Your note").fill(ARABIC)
        loses_the_answer(page)
        page.unroute_all()
        page.reload()
        expect(page.get_by_role("heading", name="Thank you. We have your note.")).to_be_visible()
        waits_for_notes(desk, ENGLISH, ARABIC)

        theme = makes_a_theme(desk, "Ways in")
        puts(desk, ENGLISH, theme)
        page.goto(f"{home_of(page)}/mine")
        expect(page.locator("main")).to_contain_text("“Ways in”")
        corrects(page, ENGLISH, BETTER)
        waits_for_notes(desk, BETTER, ARABIC)
        takes_back(page, ARABIC)
        desk.wait(lambda: state_of(desk.board, ARABIC) is NoteState.WITHDRAWN)

        votes = opens_a_vote(desk, 3)
        page.goto(f"{home_of(page)}/vote")
        for left in ("2 votes left", "1 vote left"):
            page.get_by_role("button", name="One vote more").first.tap()
            expect(page.get_by_role("status").filter(has_text=left)).to_be_visible()
        desk.wait(lambda: dict(desk.board.tally(votes)) == {theme: 2})

        code = leaves_an_address(page)
    opens_the_receipt_elsewhere(chromium, page.url, code, script=False)
    the_address_lies_apart(desk)


# -- what the person with the phone does


def joins(desk: DeskUnderTest, page: Page) -> None:
    """Scan the QR code that the desk shows."""
    assert desk.door.url
    desk.do("join-view")
    desk.wait(lambda: bool(scanned(desk.window)))
    page.goto(next(url for url in scanned(desk.window) if url.startswith("HTTP://")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("A park for everyone")
    desk.do("join-view")


def scanned(window: QWidget) -> list[str]:
    """What a phone's camera reads on the screen."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    view = memoryview(image.constBits()).cast("B", (image.height(), image.bytesPerLine()))
    return [each.text for each in zxingcpp.read_barcodes(view)]


def tap(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.tap()


def writes(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Your note").fill(text)
    tap(page, "Send my note")


def loses_the_answer(page: Page) -> None:
    """The workshop gets the note and says so, but the network is gone before the phone hears it."""

    def cut(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    page.route("**/note", cut)
    with page.expect_event("requestfailed"):
        tap(page, "Send my note")


def waiting_on(page: Page) -> int:
    return int(page.evaluate("window.sayback.outbox.waiting().length"))


def corrects(page: Page, was: str, now: str) -> None:
    own(page, was).get_by_role("link", name="Change").tap()
    page.get_by_role("textbox", name="Your note").fill(now)
    tap(page, "Save my new words")
    expect(own(page, now)).to_be_visible()


def takes_back(page: Page, text: str) -> None:
    own(page, text).get_by_role("link", name="Take back").tap()
    tap(page, "Yes, take it back")
    expect(own(page, text)).to_contain_text("took this back")


def own(page: Page, text: str) -> Locator:
    return page.locator("ul.mine > li").filter(has=page.locator("bdi.said", has_text=text))


def leaves_an_address(page: Page) -> str:
    """By email, with the box ticked; and the code to keep is written down."""
    page.goto(f"{home_of(page)}/address")
    page.get_by_role("radio", name="By email").check()
    page.get_by_label("Your email address").fill(ADDRESS)
    page.get_by_role("checkbox", name="may use my address").check()
    tap(page, "Save my address")
    expect(page.get_by_role("heading", name="We have your address")).to_be_visible()
    page.goto(f"{home_of(page)}/mine")
    return page.locator(".groups").inner_text()


def opens_the_receipt_elsewhere(chromium: Browser, near: str, code: str, *, script: bool) -> None:
    """Type the code on a phone that has never been here."""
    with phone(chromium, script=script) as (_context, page):
        page.goto(near.partition("/")[0] + "//" + near.split("/")[2] + "/claim")
        page.get_by_label("Your code or words").fill(code.lower())
        tap(page, "Open my notes")
        expect(own(page, BETTER)).to_contain_text("“Ways in”")
        expect(own(page, ARABIC)).to_contain_text("took this back")


def origin_of(page: Page) -> str:
    return "/".join(page.url.split("/")[:3])


def home_of(page: Page) -> str:
    return "/".join(page.url.split("/")[:4])


def places(page: Page, name: str) -> str:
    path = page.get_by_role("navigation").get_by_role("link", name=name).get_attribute("href")
    return origin_of(page) + (path or "")


def until(page: Page, true: Callable[[], bool]) -> None:
    for _ in range(int(PATIENCE / 50)):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("waited in vain")


# -- what the facilitator does and sees


def does(desk: DeskUnderTest, command: Command) -> None:
    desk.open.running.session.do(command).result(10)


def question(board: Board) -> QuestionId:
    return board.questions_in_order()[0].id


def note_with(board: Board, text: str) -> Note:
    return next(note for note in board.notes.values() if board.text_of(note) == text)


def state_of(board: Board, text: str) -> NoteState:
    return note_with(board, text).state


def waits_for_notes(desk: DeskUnderTest, *texts: str) -> None:
    """These notes, each once, and no others."""
    desk.wait(lambda: sorted(map(desk.board.text_of, desk.board.notes.values())) == sorted(texts))


def makes_a_theme(desk: DeskUnderTest, name: str) -> ThemeId:
    theme = ThemeId(new_id())
    does(desk, NewTheme(question(desk.board), name, theme_id=theme))
    return theme


def puts(desk: DeskUnderTest, text: str, theme: ThemeId) -> None:
    note: NoteId = note_with(desk.board, text).id
    does(desk, MoveNotes((note,), theme))


def opens_a_vote(desk: DeskUnderTest, dots: int) -> RoundId:
    votes = RoundId(new_id())
    does(desk, OpenVote(question(desk.board), VoteOn.THEMES, dots, votes))
    return votes


def the_address_lies_apart(desk: DeskUnderTest) -> None:
    """It is in the file of addresses, and in no other."""
    path: Path = desk.open.running.session.path
    desk.close()
    holding = [each.name for each in path.parent.iterdir() if each.is_file() and ADDRESS.encode() in each.read_bytes()]
    assert holding == [path.with_suffix(".contacts").name]
    assert ADDRESS.encode() in everything_on_disk(path.parent)
