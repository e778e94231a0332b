"""A real browser, and phones in it: 320 pixels wide, with their script or without, in every kind of look."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

LEFT_OUT_BY_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
)  # fmt: skip
"""Said again, as chromium heeds the last list only."""
OF_ITS_WINDOW = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "PreloadTopChromeWebUI", "SpareRendererForSitePerProcess",
)  # fmt: skip
"""Pages of its own that chromium loads beside each phone, seen by nobody: more than a second of a core each time."""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    f"--disable-features={','.join((*LEFT_OUT_BY_PLAYWRIGHT, *OF_ITS_WINDOW))}",
]  # fmt: skip
PATIENCE = 20_000.0    # milliseconds, on a machine with neighbours


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Debian's chromium, until the tests of a module are done with it."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def tab(chromium: Browser, *, script: bool = True, width: int = 320) -> Iterator[Page]:
    """A fresh phone; fails where a page complained or asked something of a stranger."""
    context = chromium.new_context(viewport={"width": width, "height": 740}, java_script_enabled=script)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
    try:
        yield page
    finally:
        context.close()
    assert [text for text in complaints if "Failed to load resource" not in text] == []


def small_phone(chromium: Browser, look: str) -> BrowserContext:
    """320 pixels wide: light, dark, with forced colours, or with letters twice as big."""
    return chromium.new_context(
        viewport={"width": 320, "height": 740},
        color_scheme="dark" if look == "dark" else "light",
        forced_colors="active" if look == "forced" else "none",
    )
