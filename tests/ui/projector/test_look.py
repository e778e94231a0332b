"""How the projector's views look: large enough for ten metres, plain to see, nothing cut, nothing over another."""

from collections.abc import Iterator

import pytest
import zxingcpp
from PySide6.QtGui import QColor, QImage

from tests.ui.projector.samples import (
    ARABIC,
    LADDER,
    LONG,
    PICTURE,
    QUESTION,
    TEXTS,
    USUAL,
    VIEWS,
    theme,
)
from tests.ui.projector.watching import URL, Drawing, draw, painted
from tests.ui.test_desk import as_picture
from ui.look.theme import Scheme
from ui.projector.canvas import STRIP, size_in_units
from ui.projector.clock import polite
from ui.projector.shown import ProjectorView, ShownNote, ShownTheme, ThemesShown
from ui.projector.text import LEAST, Block, fitted
from ui.projector.views.themes import NOTE

SIZES = [(1920, 1080), (1280, 720), (1024, 768), (480, 270), (900, 1200)]
pytestmark = pytest.mark.usefixtures("dressed")


def pages(view: ProjectorView, size: tuple[int, int] = (1920, 1080)) -> Iterator[Drawing]:
    first = draw(view, size=size)
    yield first
    for page in range(1, len(first.drawn.keys)):
        yield painted(first.drawn, page, size=size)


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", VIEWS)
def test_all_words_are_at_least_24_points_inside_the_picture_and_clear_of_each_other(
    name: str, size: tuple[int, int]
) -> None:
    for drawing in pages(VIEWS[name], size):
        assert drawing.faults() == []


@pytest.mark.slow
@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("name", VIEWS)
def test_contrast_is_at_least_7_to_1_as_the_dots_on_the_screen_have_it(name: str, scheme: Scheme) -> None:
    drawing = draw(VIEWS[name], scheme=scheme, left=50)
    assert drawing.written
    poor = {each.block.text: found for each in drawing.written if (found := drawing.contrast(each)) < 7}
    assert poor == {}


@pytest.mark.slow
@pytest.mark.parametrize("scheme", Scheme)
def test_notes_of_every_colour_have_that_contrast_too(scheme: Scheme) -> None:
    for colour in (*range(6), None):
        view = ThemesShown(question="", themes=(theme("Doors", colour, (USUAL,)),))
        drawing = draw(view, scheme=scheme)
        (words,) = [each for each in drawing.written if each.block.text == USUAL]
        assert drawing.contrast(words) >= 7


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", ["themes", "results", "live", "long live", "pledges"])
def test_no_word_of_anybody_is_cut(name: str, size: tuple[int, int]) -> None:
    """Every line of every text is on some page."""
    lines: dict[tuple[str, int], set[int]] = {}
    for drawing in pages(VIEWS[name], size):
        for each in drawing.written:
            text = each.block.text.partition("\nCy Jones")[0]
            lines.setdefault((text, each.block.count), set()).update(each.lines)
    wanted = {"results": set(TEXTS), "long live": {LADDER}, "pledges": {USUAL, ARABIC, LONG.strip(), LADDER}}
    texts = {text.strip() for text, _count in lines}
    assert {text for text in wanted.get(name, set(TEXTS)) if text.strip() not in texts} == set()
    assert [text for (text, count), seen in lines.items() if seen != set(range(count))] == []


def of_notes(*texts: str) -> ThemesShown:
    return ThemesShown(question="", themes=(theme("Doors", 0, texts),))


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)], ids=str)
def test_six_short_notes_stand_on_a_page_and_the_seventh_on_the_next(size: tuple[int, int]) -> None:
    first, second = pages(of_notes(*(f"Note {number}" for number in range(7))), size)
    notes = [each for each in first.written if each.block.text.startswith("Note")]
    assert [each.block.text for each in notes] == [f"Note {number}" for number in range(6)]
    assert {each.block.size for each in notes} == {NOTE}
    assert "Note 6" in second.drawn.words(1)


def test_a_long_note_has_a_page_of_its_own_and_those_before_and_after_have_theirs() -> None:
    words = [drawing.drawn.words(number) for number, drawing in enumerate(pages(of_notes("first", LONG, "last")))]
    assert [("first" in each, LONG in each, "last" in each) for each in words] == [
        (True, False, False), (False, True, False), (False, False, True),
    ]  # fmt: skip


def test_the_strip_says_what_comes_next_and_the_heading_where_one_is() -> None:
    view = ThemesShown(question="", themes=(theme("Doors", 0, ("a",)), theme("Seats", 1, ("b", "c"))))
    first, second = pages(view)
    assert first.drawn.aside(0) == "Next: Seats, 2 notes"
    assert "Theme 1 of 2" in {each.block.text for each in first.written}
    assert second.drawn.aside(1) == "Every note stays in the record"


def foot_of(image: QImage) -> QImage:
    """The strip and what is just above it: as much as somebody's camera is held at."""
    return image.copy(0, image.height() * 3 // 4, image.width(), image.height() // 4)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768), (3840, 2160)], ids=str)
def test_the_code_in_the_strip_scans_and_address_and_code_stand_beside_it(size: tuple[int, int]) -> None:
    for name, view in VIEWS.items():
        drawing = draw(view, size=size)
        (code,) = zxingcpp.read_barcodes(as_picture(foot_of(drawing.image)))
        assert code.text == URL
        words = " ".join(each.block.text for each in drawing.written)
        assert "192.168.4.12:8000" in words, name
        assert "HKW 735" in words, name


def test_the_code_is_dark_on_white_in_dark_colours_too() -> None:
    drawing = draw(VIEWS["question"], scheme=Scheme.DARK)
    assert [code.text for code in zxingcpp.read_barcodes(as_picture(drawing.image))] == [URL]


def test_words_are_as_large_as_they_fit_in_steps_and_never_below_32() -> None:
    for height, size in ((400, 100.0), (230, 84.0), (200, 72.0), (1, LEAST)):
        assert fitted("What should change in our town?", 100, 1200, height).size == pytest.approx(size)


def test_lines_are_balanced_and_no_more_than_it_takes() -> None:
    plain, even = Block(QUESTION, 100, 1728), fitted(QUESTION, 100, 1728, 500)
    assert even.count == plain.count
    assert even.advance < plain.advance


def test_words_from_right_to_left_begin_at_the_right() -> None:
    drawing = draw(of_notes(ARABIC, "left"))
    (arabic,) = [each for each in drawing.written if each.block.text == ARABIC]
    ink = drawing.image.pixelColor(0, 0).lightness()
    box = arabic.box.toAlignedRect()
    card_right = round(arabic.box.left() + arabic.box.width())
    dark = [x for x in range(box.left(), card_right + 1) if column_has_ink(drawing.image, x, box.top(), box.bottom())]
    assert ink > 200
    assert card_right - max(dark) <= 6


def column_has_ink(image: QImage, x: int, top: int, bottom: int) -> bool:
    return any(image.pixelColor(x, y).lightness() < 100 for y in range(top, bottom))


def test_a_picture_is_fitted_and_words_stand_there_until_it_is_read() -> None:
    note = ShownNote(handle="a", text="", picture=PICTURE, colour=1)
    worded = ShownNote(handle="b", text="See the ramp", picture=PICTURE, colour=1)
    view = ThemesShown(
        question="", themes=(ShownTheme(handle="t", name="Doors", colour=1, notes=(note, worded), count=2),)
    )
    red = QImage(400, 100, QImage.Format.Format_RGB32)
    red.fill(QColor(200, 30, 30))
    for page, wide in ((0, 500), (1, 800)):
        image = draw(view, page, picture=red).image
        middle = [image.pixelColor(x, image.height() // 2 - 20).red() for x in range(image.width())]
        assert middle.count(200) >= wide
    assert "Photo of a note" in {each.block.text for each in draw(view).written}


def test_the_last_minute_is_told_politely() -> None:
    assert [polite(left) for left in (61, 60, 1, 0)] == [
        "", "One minute left. No rush.", "One minute left. No rush.", "The time is up. You can still finish.",
    ]  # fmt: skip
    said = {each.block.text for each in draw(VIEWS["pause"], left=40).written}
    assert {"0:40", "One minute left. No rush."} <= said
    assert "3:40" in {each.block.text for each in draw(VIEWS["question"]).written}


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_strip_is_always_104_high(size: tuple[int, int]) -> None:
    image = draw(VIEWS["said"], size=size, scheme=Scheme.HIGH_CONTRAST).image
    _width, height, scale = size_in_units(*size)
    edge = round((height - STRIP) * scale)
    assert image.pixelColor(size[0] - 3, edge).lightness() > 100
