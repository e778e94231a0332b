"""A phone that slept for ten minutes (faults.md F36): its timers stood still, its stream died without a word. When
it wakes it shows how things are now, and sends what waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from core.domain.commands import NewTheme
from core.domain.running import AddStep, BeginStep, StartTimer
from core.domain.terms import StepKind
from core.web.limits import Limits
from tests.faults.proxy import Proxy, proxied
from tests.web.browser import FLAGS, PATIENCE
from tests.web.phones import CODE, Place, serving, until
from tests.web.test_choosing_browser import do, question, said
from tests.web.test_outbox import send

pytestmark = pytest.mark.browser
SCREEN = """
    window.isAsleep = false;
    Object.defineProperty(document, "hidden", { get: function () { return window.isAsleep; } });
"""
"""A browser without a window shows its pages always: the test says whether the screen is off."""


@contextmanager
def phone_behind(proxy: Proxy) -> Iterator[Page]:
    """A phone whose every connection goes through the proxy; its clock is the test's."""
    expect.set_options(timeout=PATIENCE)
    way = f"--host-resolver-rules=MAP 127.0.0.1 127.0.0.1:{proxy.port}"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*FLAGS, way])
        page = chromium.new_context(viewport={"width": 320, "height": 740}).new_page()
        page.set_default_timeout(PATIENCE)
        page.clock.install()
        page.add_init_script(SCREEN)
        yield page
        chromium.close()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with serving(tmp_path / "park.sayback", limits=Limits.raised()) as place:
        yield place


@pytest.fixture
def proxy(place: Place) -> Iterator[Proxy]:
    with proxied(place.server.join.port) as proxy:
        yield proxy


def falls_asleep(page: Page, proxy: Proxy) -> None:
    """The screen is off, and the stream that the page hears falls silent without a word."""
    page.evaluate("isAsleep = true; document.dispatchEvent(new Event('visibilitychange'))")
    streams = [line for line in proxy.lines if b"/live?" in line.asked]
    assert streams
    for line in streams:
        line.falls_silent()


def wakes(page: Page) -> None:
    """Ten minutes later; what should have happened meanwhile happens at most once."""
    page.clock.fast_forward("10:00")
    page.evaluate("isAsleep = false; document.dispatchEvent(new Event('visibilitychange'))")


def test_it_shows_how_things_are_now(place: Place, proxy: Proxy) -> None:
    do(place, AddStep(kind=StepKind.VOTE))
    (step,) = place.session.board.steps
    with phone_behind(proxy) as page:
        page.goto(f"{place.base}/{CODE}/wall")
        expect(page.get_by_role("heading", name="The wall", exact=True)).to_be_visible()
        until(lambda: place.server.here() == 1, "its stream")
        falls_asleep(page, proxy)
        do(place, NewTheme(question(place), "Ramps", (said(place, "The ramp is steep"),)))
        do(place, BeginStep(step))
        do(place, StartTimer(300, place.session._clock()))
        wakes(page)
        expect(page.get_by_role("heading", name="Ramps")).to_be_visible()
        expect(page.get_by_role("link", name="Vote for what matters")).to_be_visible()
        expect(page.locator("#time-left")).to_have_text("5 minutes left. No rush.")


def test_it_sends_what_waits(place: Place, proxy: Proxy) -> None:
    with phone_behind(proxy) as page:
        page.goto(f"{place.base}/{CODE}/q/1")
        until(lambda: place.server.here() == 1, "its stream")
        page.context.set_offline(True)
        send(page, "Written without a signal")
        expect(page.locator("#outbox")).to_be_visible()
        falls_asleep(page, proxy)
        page.context.set_offline(False)
        wakes(page)
        until(lambda: len(place.session.board.notes) == 1, "the note")
        expect(page.locator("#done")).to_be_visible()
