"""The web page of the record in a real browser: narrow, dark, printed, and without a complaint."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from core.domain.answering import GiveReply
from core.domain.commands import HideNotes
from core.domain.contributing import ShowPerson
from core.domain.promising import MakePledge
from core.domain.running import AnswerNote, SetQuestion
from core.domain.terms import AS_USUAL, Naming, Reason, Status
from core.domain.values import changed
from core.record.html import make_html
from core.record.own import edition
from core.record.plan import plan
from tests.core.record.boards import Hall, crowd, london
from tests.core.record.test_html import PAYLOADS
from tests.core.table import person
from tests.web.access import axe
from tests.web.browser import running_chromium

pytestmark = pytest.mark.browser

CONTRAST = """
() => {
  const channels = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = at => {
    for (; at; at = at.parentElement) {
      const found = channels(getComputedStyle(at).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  return Math.min(...[...document.querySelectorAll('h1,h2,h3,p,li,td,th,small,b,a,.eyebrow')].map(each => {
    const [a, b] = [light(channels(getComputedStyle(each).color)), light(ground(each))].sort((x, y) => y - x);
    return (a + .05) / (b + .05);
  }));
}
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


def odd() -> Hall:
    hall = Hall("w" * 150, title="<b>" + "w" * 150, purpose="w" * 400, host="h" * 150, venue="v" * 150)
    hall.theme("accountability" * 9, *(text for text in PAYLOADS))
    return hall


def own_copy() -> bytes:
    """Somebody's own copy with all that a record can have: answers, quotes, live questions, pledges, late notes."""
    hall = panel()
    theme = hall.theme("Benches " + "accountability" * 3, "By the school", "w" * 90)
    hall.does(GiveReply(subject=theme, status=Status.CANNOT, because="the law does not let us.", text="We asked."))
    hall.does(ShowPerson(person("Ada"), Naming.NO_NAME, "", may_quote=True), actor=person("Ada"))
    hall.does(HideNotes((hall.say("Mr Smith did it", by="Ada"),), Reason.NAMES_SOMEONE, "it names somebody"))
    hall.does(MakePledge(what="I will bring two friends", who="A young person", theme=theme))
    return make_html(edition(hall.board, person("Ada")))


def panel() -> Hall:
    """A question to a panel beside the usual one."""
    hall = Hall("What would make it yours?", "Ask the panel", promise="We will write.")
    hall.does(SetQuestion(hall.question(1), changed(AS_USUAL, live=True)))
    hall.does(AnswerNote(hall.say("Who pays?", by="Ada", question=1), "We all do."))
    return hall


def written(folder: Path, hall: Hall) -> str:
    page = folder / "record.html"
    page.write_bytes(make_html(plan(hall.board)))
    return page.as_uri()


def listen(page: Page, heard: list[str]) -> None:
    """Everything the page complains of or asks for."""
    page.on("console", lambda message: heard.append(message.text))
    page.on("request", lambda request: heard.append(request.url))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_narrow_phone_and_can_be_read(browser: Browser, tmp_path: Path, scheme: str) -> None:
    for hall in (london(), odd(), crowd(70, themes=14)):
        page = browser.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
        complaints: list[str] = []
        listen(page, complaints)
        address = written(tmp_path, hall)
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate(CONTRAST) >= 4.5
        assert complaints == [address]
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_somebodys_own_copy_fits_and_no_rule_of_access_is_broken(
    browser: Browser, tmp_path: Path, scheme: str
) -> None:
    (tmp_path / "mine.html").write_bytes(own_copy())
    page = browser.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page.goto((tmp_path / "mine.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(CONTRAST) >= 4.5
    page.evaluate(axe())
    found = page.evaluate("axe.run().then(found => found.violations.map(each => [each.id, each.nodes[0].html]))")
    assert found == []
    page.close()


def test_words_can_be_twice_as_large(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 640, "height": 900})
    page.goto(written(tmp_path, london()))
    page.add_style_tag(content="html{font-size:2.25rem}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.close()


def test_it_prints(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(written(tmp_path, london()))
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(CONTRAST) >= 4.5
    page.close()
