"""Style and script are one file each for a phone, however many they are written in, and small."""

from itertools import chain

import pytest

from core.web.static import FOR_SOME_PAGES, RESOURCES, SCRIPT, STYLE, read_assets, slim

KIB = 1024


@pytest.mark.parametrize(
    ("folder", "order"), [("style", STYLE), ("script", (*SCRIPT, *chain(*FOR_SOME_PAGES.values())))]
)
def test_no_file_is_forgotten(folder: str, order: tuple[str, ...]) -> None:
    assert sorted(order) == sorted(file.name for file in (RESOURCES / folder).iterdir())


@pytest.mark.parametrize(("name", "order"), [("style.css", STYLE), ("page.js", SCRIPT)])
def test_the_files_are_joined_in_their_order(name: str, order: tuple[str, ...]) -> None:
    folder = "style" if name.endswith("css") else "script"
    plain = read_assets()[name].plain
    places = [plain.index(slim((RESOURCES / folder / file).read_text("utf-8")).encode()) for file in order]
    assert places == sorted(places)


@pytest.mark.parametrize(("name", "most"), [("style.css", 6 * KIB), ("page.js", 9 * KIB)])
def test_they_are_small_enough_for_a_slow_phone(name: str, most: int) -> None:
    assert len(read_assets()[name].packed) <= most


def test_what_is_there_for_readers_is_not_sent() -> None:
    source = "/* Of two\n   lines. */\na { b: c }    /* said */\n  .d { e: f }\n"
    assert slim(source) == "a { b: c }    /* said */\n.d { e: f }\n"
