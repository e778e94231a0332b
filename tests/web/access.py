"""What keeps people out of a page, as a machine can tell (access.md): axe-core, and what it does not see."""

from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Page

OURS = (Path(__file__).parent / "access.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STOPS_AT_MOST = 80


def axe() -> str:
    """axe-core, from the package that brings it."""
    found = find_spec("axe_playwright_python")
    assert found is not None
    assert found.origin is not None
    return (Path(found.origin).parent / "axe.min.js").read_text("utf-8")


def problems(page: Page) -> list[str]:
    """Everything that is wrong with the page as it stands."""
    page.evaluate(axe())
    page.evaluate(OURS)
    found = [*page.evaluate("tags => access.axe(tags)", TAGS)]
    for measure in ("tooWide", "tooSmall", "moving", "form"):
        found += page.evaluate(f"access.{measure}()")
    return found


def stretched(page: Page) -> list[str]:
    """What is cut off with the spacing of WCAG 1.4.12, and then with letters twice as big."""
    found: list[str] = []
    for change in ("space", "double"):
        page.evaluate(f"access.{change}()")
        found += [*page.evaluate("access.tooWide()"), *page.evaluate("access.clipped()")]
    return found


def by_keyboard(page: Page) -> list[str]:
    """What is wrong on the way through the page with Tab: the order, the rings, what is covered, a trap."""
    found: list[str] = []
    order: list[int] = []
    for _ in range(STOPS_AT_MOST):
        page.keyboard.press("Tab")
        focused = page.evaluate("access.focused()")
        if focused is None or (order and focused["at"] == order[0]):
            return [*found, *([] if order == sorted(order) else ["not in the order of reading"])]
        order.append(focused["at"])
        found += [] if focused["ring"] else [f"no ring: {focused['name']}"]
        found += [f"covered: {focused['name']}"] if focused["covered"] else []
    return [*found, "the keyboard does not come out again"]
