"""Three focus questions and a deadline, no event at all (SCENARIOS.md 3): a public page, unattended, which opens and
closes by the home's own clock, also where the primary of its database dies in these weeks and a standby takes its
place; then every contributor is answered by a desk that connects later."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from core.base.clock import to_milliseconds
from core.base.ids import ThemeId, new_id
from core.domain.answering import GiveReply
from core.domain.commands import MakeWorkshop, NewTheme
from core.domain.terms import Asking, Status
from core.domain.values import changed
from core.home.shared import SharedShelf
from core.session import Session
from core.sync import addresses
from core.sync.line import ask_once
from core.sync.roles import Role
from tests.core.home.large import Home, a_pair, before
from tests.core.home.online import Sharing, a_home, browser, serving, shared
from tests.core.home.processes import is_thanked
from tests.core.sync.desks import until
from tests.core.table import WallClock
from tests.core.workshops import ANN, SECONDS
from tests.core.zones import NEEDS_ZONES, WARSAW, in_zone
from tests.web.phones import Phone

OPENS = datetime(2016, 12, 1, 9, tzinfo=UTC)
CLOSES = datetime(2017, 1, 13, 17, tzinfo=UTC)
CONSULTATION = MakeWorkshop(
    title="Transforming Participation", code="ABC234", promise="We will answer every one of you.",
    questions=("What should stay?", "What should change?", "Who is not heard yet?"),
    asking=changed(Asking(), opens=to_milliseconds(OPENS), closes=to_milliseconds(CLOSES)),
)  # fmt: skip
AWAY_AT_MOST = 4 * SECONDS
FAULTS = (pytest.mark.slow, pytest.mark.faults, pytest.mark.alone)
EMAIL = "ada@engine.example"


@pytest.fixture
def wall() -> WallClock:
    return WallClock(OPENS - timedelta(days=1))


@pytest.fixture(params=["one home", pytest.param("two instances", marks=FAULTS)])
def online(request: pytest.FixtureRequest, wall: WallClock, tmp_path: Path) -> Iterator[Home]:
    """A home with files that nothing happens to; or two instances of which one stops, and then the primary is killed.
    They are in our process: no other has our clock."""
    with (a_quiet_home if request.param == "one home" else a_home_with_a_standby)(tmp_path / "home", wall) as online:
        yield online


@contextmanager
def a_quiet_home(folder: Path, wall: WallClock) -> Iterator[Home]:
    with a_home(folder, clock=wall) as only:
        yield Home((only.people,), only.desks, only.shelf.invitations.make, lambda: None)


@contextmanager
def a_home_with_a_standby(folder: Path, wall: WallClock) -> Iterator[Home]:
    with ExitStack() as opened:
        pair = opened.enter_context(a_pair())
        one, other = (opened.enter_context(serving(SharedShelf(pair.address, clock=wall))) for _number in range(2))

        def suffers() -> None:
            one.home.stop()
            pair.fails_over()

        yield opened.enter_context(before(one, other, other.shelf.invitations.make, suffers))


@pytest.fixture
def left_alone(online: Home, tmp_path: Path) -> Sharing:
    """An organiser has brought it to the home, and shut the laptop for six weeks."""
    ann = shared(tmp_path / "ann", online.desks, online.invites(Role.ORGANISER), CONSULTATION)
    ann.waits()
    ann.close()
    return ann


def comes_back(desk: Sharing) -> None:
    desk.session = Session.open(desk.path, ANN, memory=desk.memory)
    desk.link = desk.linked()


def texts(session: Session) -> list[str]:
    board = session.board
    return [board.text_of(note) for note in sorted(board.notes.values(), key=lambda note: note.arrival)]


def leaves_address(phone: Phone) -> None:
    phone.open("/ABC234/address")
    phone.post("/ABC234/address", **{**phone.form, "way": "email", "email": EMAIL, "agreed": "1"})


def test_it_opens_closes_and_is_answered(online: Home, left_alone: Sharing, wall: WallClock) -> None:
    ann, there = left_alone, online.people[-1]
    with browser(there, "ABC234") as ada, browser(there, "ABC234") as bo:
        # the day before there is nothing to fill in
        early = ada.open("/ABC234/q/1")
        assert "There is no question to answer just now" in early.text
        wall.now = OPENS + timedelta(seconds=1)
        ada.say("Keep the panels", question=1)
        online.suffers()
        until(partial(is_thanked, ada, "Shorter papers", new_id(), question=2), "it does not come back", AWAY_AT_MOST)
        leaves_address(ada)
        receipt = next(iter(ada.http.cookies.jar)).value
        bo.open("/ABC234/q/1")

        # the deadline: who was writing has a minute, by the home's clock, whatever the phone's says
        wall.now = CLOSES + timedelta(seconds=59)
        assert bo.send("Just in time").status_code == 303
        bo.open("/ABC234/q/3")
        wall.now = CLOSES + timedelta(seconds=61)
        late = bo.send("Carers who work nights")
        assert late.status_code == 409
        assert "This question has closed" in late.text
        assert "Carers who work nights" in late.text    # to copy, or to send as a late one

        # weeks later a desk connects, and answers
        comes_back(ann)
        try:
            until(lambda: texts(ann.session) == ["Keep the panels", "Shorter papers", "Just in time"])
            assert ask_once(ann.home, lambda line: addresses.fetched(ann.session, line)) == 1
            [contact] = ann.session.with_contacts(lambda book: book.all()).result(SECONDS)
            assert contact.address == EMAIL
            answer(ann.session)
            ann.waits()
        finally:
            ann.close()
        with browser(there, "ABC234") as elsewhere:    # on another device, by the receipt
            elsewhere.open("/claim")
            elsewhere.post("/claim", code=receipt or "")
            until(lambda: "Papers have two pages now" in elsewhere.open("/ABC234/mine").text)


def answer(session: Session) -> None:
    """Everything of the second question is in one theme, with a reply."""
    question = session.board.questions_in_order()[1].id
    notes = [note.id for note in session.board.notes.values() if note.question == question]
    theme = ThemeId(new_id())
    session.do(NewTheme(question, "Papers", tuple(notes), theme_id=theme)).result(SECONDS)
    session.do(GiveReply(subject=theme, text="Papers have two pages now.", status=Status.DONE)).result(SECONDS)


@NEEDS_ZONES
def test_before_it_opens_it_says_when_by_the_clocks_of_the_home(wall: WallClock, tmp_path: Path) -> None:
    with a_quiet_home(tmp_path / "home", wall) as online, in_zone(WARSAW):
        ann = shared(tmp_path / "ann", online.desks, online.invites(Role.ORGANISER), CONSULTATION)
        ann.waits()
        ann.close()
        told = {"en": "This opens on 1 December at 10:00.", "cy": "Mae hwn yn agor ar 1 Rhagfyr am 10:00."}
        for language, words in told.items():
            with browser(online.people[-1], "ABC234") as early:
                early.http.headers["accept-language"] = language
                assert words in early.open("/ABC234/q/1").text
                assert words in early.open("/ABC234").text
        wall.now = OPENS - timedelta(days=100)
        assert "This opens on 1 December at 10:00 CET." in early_words(online)
        wall.now = OPENS - timedelta(days=365)
        assert "This opens on 1 December 2016 at 10:00." in early_words(online)


def early_words(online: Home) -> str:
    with browser(online.people[-1], "ABC234") as early:
        return early.open("/ABC234").text
