"""Three focus questions and a deadline, no event at all (SCENARIOS.md 3): a public page, unattended, which opens and
closes by the home's own clock; then every contributor is answered by a desk that connects later."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.base.clock import to_milliseconds
from core.base.ids import ThemeId, new_id
from core.domain.answering import GiveReply
from core.domain.commands import MakeWorkshop, NewTheme
from core.domain.terms import Asking, Status
from core.session import Session
from core.sync import addresses
from core.sync.line import ask_once
from tests.core.home.online import Online, Sharing, a_home, alike, browser, shared
from tests.core.sync.desks import until
from tests.core.table import WallClock
from tests.core.workshops import ANN, SECONDS
from tests.web.phones import Phone

OPENS = datetime(2016, 12, 1, 9, tzinfo=UTC)
CLOSES = datetime(2017, 1, 13, 17, tzinfo=UTC)
CONSULTATION = MakeWorkshop(
    title="Transforming Participation", code="ABC234", promise="We will answer every one of you.",
    questions=("What should stay?", "What should change?", "Who is not heard yet?"),
    asking=replace(Asking(), opens=to_milliseconds(OPENS), closes=to_milliseconds(CLOSES)),
)  # fmt: skip
EMAIL = "ada@engine.example"


@pytest.fixture
def wall() -> WallClock:
    return WallClock(OPENS - timedelta(days=1))


@pytest.fixture
def online(wall: WallClock, tmp_path: Path) -> Iterator[Online]:
    with a_home(tmp_path / "home", clock=wall) as online:
        yield online


@pytest.fixture
def left_alone(online: Online, tmp_path: Path) -> Sharing:
    """An organiser has brought it to the home, and shut the laptop for six weeks."""
    ann = shared(tmp_path / "ann", online.desks, online.invites(), CONSULTATION)
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


def test_it_opens_closes_and_is_answered(online: Online, left_alone: Sharing, wall: WallClock) -> None:
    ann = left_alone
    with browser(online.people, "ABC234") as ada, browser(online.people, "ABC234") as bo:
        # the day before there is nothing to fill in
        early = ada.open("/ABC234/q/1")
        assert "There is no question to answer just now" in early.text
        wall.now = OPENS + timedelta(seconds=1)
        ada.say("Keep the panels", question=1)
        ada.say("Shorter papers", question=2)
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
            until(alike(online, ann))
            assert texts(ann.session) == ["Keep the panels", "Shorter papers", "Just in time"]
            assert ask_once(ann.home, lambda line: addresses.fetched(ann.session, line)) == 1
            [contact] = ann.session.with_contacts(lambda book: book.all()).result(SECONDS)
            assert contact.address == EMAIL
            answer(ann.session)
            until(alike(online, ann))
        finally:
            ann.close()
        with browser(online.people, "ABC234") as elsewhere:    # on another device, by the receipt
            elsewhere.open("/claim")
            elsewhere.post("/claim", code=receipt or "")
            mine = elsewhere.open("/ABC234/mine").text
        assert "Papers have two pages now" in mine


def answer(session: Session) -> None:
    """Everything of the second question is in one theme, with a reply."""
    question = session.board.questions_in_order()[1].id
    notes = [note.id for note in session.board.notes.values() if note.question == question]
    theme = ThemeId(new_id())
    session.do(NewTheme(question, "Papers", tuple(notes), theme_id=theme)).result(SECONDS)
    session.do(GiveReply(subject=theme, text="Papers have two pages now.", status=Status.DONE)).result(SECONDS)
