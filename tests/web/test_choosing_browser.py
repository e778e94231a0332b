"""In a real browser: the wall opens by itself, votes need no reload, a panel is asked; nothing moves what is read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.base.ids import NoteId, QuestionId
from core.domain import tallies
from core.domain.commands import Command, HideNotes, NewTheme, SayNote
from core.domain.running import (
    AddStep,
    BeginStep,
    CloseVote,
    MarkNote,
    OpenQuestion,
    OpenVote,
    RevealQuestion,
    SetQuestion,
    StartTimer,
)
from core.domain.terms import Asking, Mark, NoteKind, Reason, Reveal, StepKind, VoteOn
from core.web.limits import Limits
from tests.core.table import person
from tests.web.browser import small_phone, tab
from tests.web.phones import CODE, SECONDS, Place, serving, until

pytestmark = pytest.mark.browser
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze" * 3
ARABIC = "المنحدر شديد الانحدار"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with serving(tmp_path / "park.sayback", limits=Limits.raised()) as place:
        do(place, SetQuestion(question(place, 2), Asking(live=True)))
        yield place


def do(place: Place, command: Command) -> None:
    place.session.do(command).result(SECONDS)


def question(place: Place, number: int = 1) -> QuestionId:
    return place.session.board.questions_in_order()[number - 1].id


def said(place: Place, text: str, number: int = 1, kind: NoteKind | None = None) -> NoteId:
    """Somebody else's note."""
    note_id = NoteId(f"{len(place.session.board.notes):032x}")
    ada = person("Ada")
    do(place, SayNote(question=question(place, number), text=text, contributor=ada, note_id=note_id, kind=kind))
    return note_id


def go(page: Page, place: Place, where: str) -> None:
    page.goto(f"{place.base}/{CODE}{where}")


def vote_on(place: Place, *names: str, dots: int = 3) -> None:
    for name in names:
        do(place, NewTheme(question(place), name))
    do(place, OpenVote(question(place), VoteOn.THEMES, dots))


def counted(place: Place) -> list[int]:
    board = place.session.board
    return list(tallies.counted(board, board.rounds_in_order()[-1].id).dots.values())


def test_the_wall_opens_by_itself_and_new_notes_move_nothing_that_is_read(chromium: Browser, place: Place) -> None:
    do(place, SetQuestion(question(place), Asking(reveal=Reveal.LATER)))
    notes = tuple(said(place, f"note {number} " + "and more " * 12, kind=NoteKind.IDEA) for number in range(12))
    do(place, NewTheme(question(place), "Doors", notes[:3]))
    with tab(chromium) as page:
        go(page, place, "/wall")
        expect(page.get_by_role("heading", name="The wall is not open yet")).to_be_visible()
        do(place, RevealQuestion(question(place)))
        expect(page.get_by_role("heading", name="The wall", exact=True)).to_be_visible()
        read = page.get_by_text("note 8 ")
        read.scroll_into_view_if_needed()
        before = read.bounding_box()
        do(place, NewTheme(question(place), "Ramps", (said(place, "comes in above " * 8),)))
        expect(page.get_by_role("heading", name="Ramps")).to_be_attached()
        after = read.bounding_box()
        assert before is not None
        assert after is not None
        assert abs(before["y"] - after["y"]) < 2
        do(place, HideNotes((notes[0],), Reason.OTHER))
        expect(page.get_by_text("note 0 ")).to_have_count(0)


def test_votes_are_saved_as_one_taps_and_can_be_changed_until_voting_ends(chromium: Browser, place: Place) -> None:
    vote_on(place, "Doors", "Ramps")
    with tab(chromium) as page:
        go(page, place, "/vote")
        doors = page.locator(".ballot li").first
        more = doors.get_by_role("button", name="One vote more")
        for _ in range(3):
            more.click()
        expect(page.locator("#left")).to_have_text("You have 0 votes left.")
        expect(doors.locator("[data-dots]")).to_have_text("3")
        until(lambda: counted(place) == [3], "the votes")
        expect(more).to_be_focused()
        more.click(force=True)    # it is there to be pressed, and says why not
        expect(page.locator("#tap-said")).to_contain_text("You have no votes left.")
        doors.get_by_role("button", name="One vote less").click()
        expect(page.locator("#left")).to_have_text("You have 1 vote left.")
        until(lambda: counted(place) == [2], "the changed vote")
        page.reload()
        expect(doors.locator("[data-dots]")).to_have_text("2")
        do(place, CloseVote(place.session.board.rounds_in_order()[-1].id))
        expect(page.get_by_role("heading", name="Voting has ended")).to_be_visible()
        expect(doors).to_contain_text("2 votes")


def test_without_javascript_people_vote_and_ask_all_the_same(chromium: Browser, place: Place) -> None:
    vote_on(place, "Doors", "Ramps")
    said(place, "When does it open?", 2)
    with tab(chromium, script=False) as page:
        go(page, place, "/vote")
        page.locator(".ballot li").nth(1).get_by_role("button", name="One vote more").click()
        expect(page.locator("#left")).to_have_text("You have 2 votes left.")
        assert counted(place) == [1]
        go(page, place, "/ask")
        page.get_by_role("button", name="I want to know this too (0)").click()
        expect(page.get_by_role("button", name="You want this answered too (1)")).to_be_visible()
        page.get_by_label("Your question").fill("And when does it close?")
        page.get_by_role("button", name="Send my question").click()
        expect(page.get_by_role("heading", name="Thank you. We have your note.")).to_be_visible()
        go(page, place, "/ask")
        expect(page.locator(".yours")).to_contain_text("And when does it close?")


def test_a_vote_that_does_not_get_through_is_tried_until_it_does(chromium: Browser, place: Place) -> None:
    vote_on(place, "Doors")
    with tab(chromium) as page:
        go(page, place, "/vote")
        page.route("**/vote", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
        page.get_by_role("button", name="One vote more").click()
        expect(page.locator("#tap-said")).to_contain_text("Not saved yet.")
        page.unroute("**/vote")
        until(lambda: counted(place) == [1], "the vote")
        expect(page.locator("#tap-said")).to_have_text("")


def test_a_panel_is_asked_and_supported_and_its_answers_come_in(chromium: Browser, place: Place) -> None:
    note = said(place, "When does it open?", 2)
    with tab(chromium) as page, tab(chromium) as other:
        go(other, place, "/ask")
        go(page, place, "/ask")
        page.get_by_label("Your question").fill("And when does it close?")
        page.get_by_role("button", name="Send my question").click()
        expect(page.locator("#asked-said")).to_have_text("Thank you. We have your question.")
        expect(page.get_by_label("Your question")).to_have_value("")
        expect(page.locator(".yours")).to_contain_text("And when does it close?")
        expect(other.get_by_text("And when does it close?")).to_be_visible()
        want = page.get_by_role("button", name="I want to know this too (0)").first
        want.click()
        expect(page.get_by_role("button", name="You want this answered too (1)")).to_be_visible()
        expect(other.get_by_role("button", name="I want to know this too (1)")).to_be_visible()
        other.get_by_label("Your question").fill("I am still typ")
        do(place, MarkNote(note, Mark.NOW))
        expect(other.get_by_text("Being answered now")).to_be_visible()
        expect(other.get_by_label("Your question")).to_have_value("I am still typ")
        expect(other.get_by_label("Your question")).to_be_focused()


def test_a_step_and_its_time_come_to_who_is_typing_and_take_nothing_away(chromium: Browser, place: Place) -> None:
    do(place, AddStep(kind=StepKind.VOTE))
    (step,) = place.session.board.steps
    with tab(chromium) as page:
        go(page, place, "/q/1")
        page.get_by_label("Your note").fill("I am still typ")
        do(place, BeginStep(step))
        do(place, StartTimer(90, place.session._clock()))
        expect(page.get_by_role("link", name="Vote for what matters")).to_be_visible()
        expect(page.locator("#time-left")).to_have_text("2 minutes left. No rush.")
        do(place, OpenQuestion(question(place), on=False))
        expect(page.get_by_text("This question has closed. You can finish")).to_be_visible()
        do(place, StartTimer(0, place.session._clock()))
        expect(page.locator("#time-left")).to_have_text("The time is up. You can still finish.")
        expect(page.get_by_label("Your note")).to_have_value("I am still typ")
        expect(page.get_by_label("Your note")).to_be_focused()


def test_on_a_page_that_says_that_the_question_has_closed_no_strip_without_words_comes(
    chromium: Browser, place: Place
) -> None:
    do(place, OpenQuestion(question(place), on=False))
    with tab(chromium) as page:
        go(page, place, "/q/1")
        page.evaluate("sayback.now({ closed: [1] })")
        expect(page.get_by_role("heading", name="This question has closed")).to_be_visible()
        expect(page.locator("#strip")).to_be_hidden()


@pytest.mark.parametrize("look", ["light", "dark", "forced"])
def test_sixty_themes_long_words_and_letters_from_the_right_fit_a_small_phone(
    chromium: Browser, place: Place, look: str
) -> None:
    vote_on(place, LONG[:190], ARABIC, *(f"Theme {number}" for number in range(58)))
    said(place, LONG)
    said(place, ARABIC)
    said(place, LONG, 2)
    context = small_phone(chromium, look)
    try:
        page = context.new_page()
        for where in ("/vote", "/wall", "/ask"):
            go(page, place, where)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, where
            small = page.evaluate(
                """() => Array.from(document.querySelectorAll("main button, main summary, nav a")).filter(at => {
                    const box = at.getBoundingClientRect(); return box.width && (box.width < 44 || box.height < 44);
                }).map(at => at.outerHTML.slice(0, 80))"""
            )
            assert small == [], where
    finally:
        context.close()
