"""Nobody is kept out of any page a phone shows: axe-core and our own measures (access.md, the W rows), in every state
of every page, in both directions, light, dark and with forced colours."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from core.base.ids import NoteId, QuestionId, RoundId, ThemeId, new_id
from core.domain.answering import GiveReply
from core.domain.commands import AskQuestion, Command, HideNotes, HoldNotes, MoveNotes, NewTheme
from core.domain.running import (
    AddStep,
    AnswerNote,
    BeginStep,
    CloseVote,
    EndWorkshop,
    MarkNote,
    OpenQuestion,
    OpenVote,
    SetQuestion,
    StartTimer,
)
from core.domain.terms import Asking, Mark, NoteKind, Reason, Reveal, Status, StepKind, VoteOn
from core.web.languages import COOKIE
from core.web.limits import Limits, Rate
from tests.core.table import NOON
from tests.web.access import by_keyboard, problems, stretched
from tests.web.browser import PATIENCE
from tests.web.phones import CODE, Phone, Place, phone, serving

pytestmark = pytest.mark.browser
LONG = "A very long note about the ramp at the north gate, " * 6
MANY = "ramp " * 130
CHANGING = re.compile(
    r"\b[0-9A-Z]{4}(?: [0-9A-Z]{4}){3}\b|/[0-9a-f]{16}\b|\b\d\d:\d\d\b|\b\d+ (?:minute|second)s?\b"
    r"|(?<=listitem: )[a-z]{3,8}$|\b\d{1,2} [A-Z][a-z]+ 20\d\d\b",
    re.MULTILINE,
)
"""What differs from run to run: codes, their words, handles, times, days."""


class Stand:
    """A workshop in full swing, and a phone in a browser at it."""

    def __init__(self, place: Place, page: Page, ada: Phone) -> None:
        self.place, self.page, self.ada = place, page, ada

    def does(self, command: Command) -> None:
        self.place.session.do(command).result(10)

    def opens(self, path: str = "") -> None:
        self.page.goto(f"{self.place.base}/{CODE}{path}")

    def sends(self, text: str, path: str = "/q/1") -> None:
        """By plain form: the browser has no script here."""
        self.opens(path)
        self.page.locator("textarea").first.fill(text)
        self.page.locator("form[action$='/note'] button[type=submit]").first.click()

    def note(self, text: str) -> NoteId:
        """A note of the phone's owner."""
        before = set(self.place.session.board.notes)
        self.ada.say(text)
        (note,) = set(self.place.session.board.notes) - before
        return note

    def theme(self, name: str, *notes: NoteId) -> ThemeId:
        theme = ThemeId(new_id())
        self.does(NewTheme(self.question, name, theme_id=theme))
        self.does(MoveNotes(notes, theme))
        return theme

    @property
    def question(self) -> QuestionId:
        return self.place.session.board.questions_in_order()[0].id

    def is_ada(self) -> None:
        """The browser is the phone that has sent notes."""
        for name, value in self.ada.http.cookies.items():
            self.page.context.add_cookies([{"name": name, "value": value, "url": self.place.base}])


def join(at: Stand) -> None:
    at.page.goto(at.place.base)


def join_wrong(at: Stand) -> None:
    join(at)
    at.page.locator("#code").fill("nonsense")
    at.page.locator("main button[type=submit]").click()


def claim(at: Stand) -> None:
    at.page.goto(f"{at.place.base}/claim")


def claim_wrong(at: Stand) -> None:
    claim(at)
    at.page.locator("#code").fill("nonsense")
    at.page.locator("main button[type=submit]").click()


def page_at(path: str) -> Callable[[Stand], None]:
    return lambda at: at.opens(path)


def hers(path: str) -> Callable[[Stand], None]:
    """A page of somebody who has sent notes of every kind of fate."""

    def state(at: Stand) -> None:
        shown, held, hidden = at.note("The ramp is steep"), at.note(LONG), at.note("مقعد في الظل")
        at.theme("Ways in", shown)
        at.does(HoldNotes((held,), Reason.PERSONAL_FACTS))
        at.does(HideNotes((hidden,), Reason.NAMES_SOMEONE))
        at.is_ada()
        at.opens(path)

    return state


def own_page(action: str) -> Callable[[Stand], None]:
    def state(at: Stand) -> None:
        at.note("The ramp is steep")
        at.is_ada()
        at.opens("/mine")
        at.page.locator(f"a[href$='{action}']").first.click()

    return state


def answered(at: Stand) -> None:
    """Notes with a reply, one that was answered back, and what came of that."""
    steep, bees = at.note("The ramp is steep"), at.note(LONG)
    ramps = at.theme("Ways in", steep)
    at.does(GiveReply(subject=ramps, text="We read this."))
    at.does(GiveReply(subject=ramps, status=Status.IN_PROGRESS, text="Work begins.", who="Parks team", by=738_000))
    at.does(GiveReply(subject=bees, status=Status.CANNOT, because="The soil is too poor."))
    at.is_ada()
    at.opens("/mine")
    at.page.locator("a[href$='answer-back']").first.click()
    at.page.locator("textarea").fill("I meant wasps")
    at.page.locator("main form button[type=submit]").first.click()


def answer_back_wrong(at: Stand) -> None:
    answered(at)
    at.page.locator("a[href$='answer-back']").first.click()
    at.page.locator("main form button[type=submit]").first.click()


def question_with_kinds(at: Stand) -> None:
    at.does(SetQuestion(at.question, Asking(kinds=tuple(NoteKind), minutes=5)))
    at.opens("/q/1")


def question_in_a_step(at: Stand) -> None:
    at.does(AddStep(kind=StepKind.WRITE, title="We write", question=at.question, minutes=5))
    at.does(BeginStep(at.place.session.board.agenda()[0][0]))
    at.does(StartTimer(10**9, NOON))
    at.opens("/q/1")


def too_long(at: Stand) -> None:
    at.sends(MANY)


def asked_about(at: Stand) -> None:
    at.sends("Ring me on 020 7946 0958")


def empty(at: Stand) -> None:
    at.sends(" ")


def thanks(at: Stand) -> None:
    at.sends("The ramp is steep")


def thanks_when_read_first(at: Stand) -> None:
    at.does(SetQuestion(at.question, Asking(hold=True)))
    at.sends("The ramp is steep")


def closed(at: Stand) -> None:
    at.opens("/q/1")
    at.page.locator("textarea").first.fill("still writing")
    at.does(SetQuestion(at.question, Asking(closes=1)))
    at.page.locator("form[action$='/note'] button[type=submit]").first.click()


def closed_before(at: Stand) -> None:
    at.does(OpenQuestion(at.question, on=False))
    at.opens("/q/1")


def busy(at: Stand) -> None:
    for _ in range(3):
        at.sends("The ramp is steep")


def wall(at: Stand) -> None:
    hers("/wall")(at)


def wall_before(at: Stand) -> None:
    at.does(SetQuestion(at.question, Asking(reveal=Reveal.LATER)))
    at.opens("/wall")


def vote(at: Stand) -> None:
    at.theme("Ways in", at.note("The ramp is steep"))
    at.theme("A very long name of a theme about ramps and gates and how to come in with a chair")
    at.does(OpenVote(at.question, VoteOn.THEMES, 3))
    at.is_ada()
    at.opens("/vote")


def vote_closed(at: Stand) -> None:
    at.theme("Ways in", at.note("The ramp is steep"))
    votes = RoundId(new_id())
    at.does(OpenVote(at.question, VoteOn.THEMES, 3, votes))
    at.does(CloseVote(votes))
    at.opens("/vote")


def ask(at: Stand) -> None:
    at.does(AskQuestion("What would you like to ask?", Asking(live=True)))
    live = at.place.session.board.questions_in_order()[-1].id
    for text in ("When will it be ready?", LONG, "لماذا؟"):
        at.ada.say(text, question=3)
    first, second, _ = (note.id for note in at.place.session.board.notes_of(live))
    at.does(MarkNote(first, Mark.ASKED))
    at.does(AnswerNote(first, "In May."))
    at.does(MarkNote(second, Mark.NOW))
    at.opens("/ask")


def over(at: Stand) -> None:
    at.does(EndWorkshop())
    at.opens()


def address_wrong(at: Stand) -> None:
    hers("/address")(at)
    at.page.locator("main form button[type=submit]").last.click()


STATES: dict[str, Callable[[Stand], None]] = {
    "join": join, "join wrong": join_wrong, "claim": claim, "claim wrong": claim_wrong, "welcome": page_at(""),
    "question": page_at("/q/1"), "question with kinds": question_with_kinds, "question in a step": question_in_a_step,
    "too long": too_long, "empty": empty, "thanks": thanks, "thanks, read first": thanks_when_read_first,
    "my notes": hers("/mine"), "my notes, none": page_at("/mine"), "change": own_page("/change"),
    "take back": own_page("/take-back"), "answered": answered,
    "answer back, wrong": answer_back_wrong, "name": hers("/name"), "closed while writing": closed,
    "closed": closed_before,
    "busy": busy, "wall": wall, "wall before": wall_before, "vote": vote, "vote closed": vote_closed,
    "no vote": page_at("/vote"), "ask": ask, "address": hers("/address"), "address wrong": address_wrong,
    "code": hers("/code"), "words": hers("/words"), "language": page_at("/language"), "help": page_at("/help"),
    "your words": page_at("/your-words"), "over": over, "nowhere": page_at("/nowhere"), "asked about": asked_about,
}  # fmt: skip


Look = tuple[int, str, str]
WIDTHS, COLOURS = (320, 1280), ("light", "dark", "forced")
LOOKS: tuple[Look, ...] = tuple(product(WIDTHS, ("en", "ar"), COLOURS))
CASES: list[tuple[str, Look]] = [
    (state, (WIDTHS[(number + arabic) % 2], language, COLOURS[(number // 2 + arabic) % 3]))
    for number, state in enumerate(STATES)
    for arabic, language in enumerate(("en", "ar"))
]
"""Each state in English and in Arabic, all looks over all states; `make test-long` has every state in every look."""
TREES = Path(__file__).parent / "trees"


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A phone that does not get our script, so that what is tested is the page as it came. All visits have this one, as
    to open one takes as long as to look at what it shows; it keeps nothing of a visit but cookies."""
    context = chromium.new_context(reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    context.route("**/*.js", lambda route: route.abort())
    yield context.new_page()
    context.close()


@contextmanager
def stand(page: Page, place: Place, look: Look) -> Iterator[Stand]:
    """The phone, which has never been here, in this look."""
    width, language, colours = look
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(
        color_scheme="dark" if colours == "dark" else "light", forced_colors="active" if colours == "forced" else "none"
    )
    page.context.clear_cookies()
    page.context.add_cookies([{"name": COOKIE, "value": language, "url": place.base}])
    with phone(place) as ada:
        yield Stand(place, page, ada)


@contextmanager
def seen(page: Page, folder: Path, state: str, look: Look) -> Iterator[None]:
    """It shows the page in this state, in this look."""
    limits = Limits(contributor=Rate(2, 0.01)) if state == "busy" else Limits.raised()
    with serving(folder / "park.sayback", limits=limits) as place, stand(page, place, look) as at:
        STATES[state](at)
        page.wait_for_load_state()    # a click does not wait for the style of the page it leads to
        yield
        page.goto("about:blank")


def is_for_everybody(page: Page) -> None:
    assert problems(page) == []
    assert by_keyboard(page) == []
    assert stretched(page) == []


def is_read_out_as_it_was_agreed(page: Page, state: str) -> None:
    """W27. `TREES=write` in the environment writes down how the pages are read out now; read what changed."""
    read_out = CHANGING.sub("…", page.locator("body").aria_snapshot()) + "\n"
    agreed = TREES / f"{state.replace(',', '').replace(' ', '-')}.txt"
    if os.environ.get("TREES") == "write":
        agreed.write_text(read_out, "utf-8")
    assert read_out == agreed.read_text("utf-8")


@pytest.mark.parametrize(("state", "look"), CASES, ids=lambda value: str(value).strip("()").replace("'", ""))
def test_nobody_is_kept_out_and_english_is_read_out_as_agreed(
    page: Page, tmp_path: Path, state: str, look: Look
) -> None:
    with seen(page, tmp_path, state, look):
        if look[1] == "en":
            is_read_out_as_it_was_agreed(page, state)
        is_for_everybody(page)


@pytest.mark.long
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: str(look).strip("()").replace("'", ""))
@pytest.mark.parametrize("state", STATES)
def test_nobody_is_kept_out_in_any_look(page: Page, tmp_path: Path, state: str, look: Look) -> None:
    with seen(page, tmp_path, state, look):
        is_for_everybody(page)
