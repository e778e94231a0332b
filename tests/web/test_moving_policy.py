"""What a real browser lets a page of ours ask when its server is lost: our own other addresses, and nobody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from core.session import Session
from core.web.server import ParticipantServer
from tests.core.venue import CABLE, VPN, WIFI, Venue
from tests.web.phones import CODE, DESK, WORKSHOP

pytestmark = pytest.mark.browser
ASK = "async at => { try { return (await fetch(at)).status } catch (error) { return error.name } }"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ParticipantServer]:
    """Listens at both networks of the room; the VPN is not among them any more."""
    session = Session.create(tmp_path / "hall.sayback", WORKSHOP, DESK)
    venue = Venue(VPN)
    server = ParticipantServer(session, port=0, addresses=venue)
    try:
        server.start()
        venue.found = (WIFI, CABLE, VPN)
        server.choose(VPN)
        server.choose(CABLE)
        server.choose(WIFI)
        venue.found = (WIFI, CABLE)
        server.look()
        yield server
    finally:
        server.stop()
        session.close()


@pytest.fixture
def page(chromium: Browser, server: ParticipantServer) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"http://{WIFI.host}:{server.join.port}/{CODE}")
    yield page
    context.close()


def test_a_page_may_ask_our_other_address_and_gets_an_answer(page: Page, server: ParticipantServer) -> None:
    assert page.evaluate(ASK, f"http://{CABLE.host}:{server.join.port}/{CODE}/hello") == 204


def test_a_page_may_ask_nobody_else(page: Page, server: ParticipantServer) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    strangers = (f"http://127.0.0.1:{server.join.port}", f"http://{CABLE.host}:9")
    for stranger in strangers:
        assert page.evaluate(ASK, f"{stranger}/{CODE}/hello") == "TypeError"
    refusals = [text for text in refused if "Content Security Policy" in text]
    assert all(any(stranger in text for text in refusals) for stranger in strangers)
