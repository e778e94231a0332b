"""The laptop starts again somewhere else: phones find it by themselves, and what waited on them arrives once."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.session import Session
from core.web.server import Join, ParticipantServer
from tests.core.venue import CABLE, WIFI, Venue
from tests.web.browser import running_chromium, tab
from tests.web.phones import CODE, DESK, WORKSHOP, until

pytestmark = pytest.mark.browser
UNSENT = ["The ramp is steep", "The door is heavy", "نريد مقاعد في الظل"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with closing(Session.create(tmp_path / "hall.sayback", WORKSHOP, DESK)) as session:
        yield session


@contextmanager
def served(session: Session, venue: Venue, port: int | None = None) -> Iterator[ParticipantServer]:
    """What the laptop does until it is shut; without a port it takes that of last time."""
    server = ParticipantServer(session, port=port, addresses=venue)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def base_of(server: ParticipantServer) -> str:
    return f"http://{server.join.host}:{server.join.port}"


def texts(session: Session) -> list[str]:
    board = session.board
    return [board.text_of(note) for note in sorted(board.notes.values(), key=lambda note: note.arrival)]


def writes(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Your note").fill(text)
    page.get_by_role("button", name="Send my note").click()


def takes_part(page: Page, server: ParticipantServer) -> Join:
    """One note is sent and thanked for; the next three are written while nobody answers. Where that was."""
    join = server.join
    page.goto(f"{base_of(server)}/{CODE}/q/1")
    writes(page, "Sent before")
    expect(page.get_by_role("heading", name="Thank you. We have your note.")).to_be_visible()
    server.stop()
    for text in UNSENT:
        writes(page, text)
        expect(page.get_by_role("textbox", name="Your note")).to_have_value("")
    expect(page.get_by_text("3 notes are safe on this phone.")).to_be_visible()
    page.get_by_role("textbox", name="Your note").fill("half a thought")
    return join


def has_found_its_way(page: Page, session: Session, server: ParticipantServer) -> None:
    """The page is at the new address and says that everything is there; the phone is who it was."""
    until(lambda: sorted(texts(session)) == sorted(["Sent before", *UNSENT]), "the three notes")
    assert texts(session)[1:] == UNSENT    # in the order in which they were written
    page.wait_for_url(f"{base_of(server)}/{CODE}/q/1")    # nothing of the phone's is left in the address
    expect(page.get_by_role("textbox", name="Your note")).to_have_value("half a thought")
    expect(page.locator("#outbox")).to_be_hidden()
    assert page.evaluate("sayback.outbox.waiting().length") == 0
    page.get_by_role("link", name="My notes", exact=True).click()
    expect(page.locator(".said")).to_have_count(1 + len(UNSENT))
    assert len(session.board.by_contributor) == 1


def test_the_laptop_is_in_another_network_by_now(chromium: Browser, session: Session) -> None:
    venue = Venue(WIFI, CABLE)
    with tab(chromium) as page, served(session, venue, port=0) as before:
        old = takes_part(page, before)
        venue.found = (CABLE,)
        with served(session, venue) as again:
            assert again.join.host != old.host
            has_found_its_way(page, session, again)


def test_another_workshop_has_the_port_of_last_time(
    chromium: Browser, session: Session, tmp_path: Path
) -> None:
    """The page is not taken in by it: what waits goes to its own workshop, at one of the next ports."""
    venue = Venue(WIFI)
    with tab(chromium) as page, served(session, venue, port=0) as before:
        old = takes_part(page, before)
        others = Session.create(tmp_path / "other.sayback", replace(WORKSHOP, code="XYZ789"), DESK)
        with closing(others), served(others, venue, port=old.port), served(session, venue) as again:
            assert again.join.port > old.port
            has_found_its_way(page, session, again)
            assert texts(others) == []
