"""LOOK-RECORD's rules for the picture of the board, and for a printer without colours: nothing is lost on it."""

import re
from collections.abc import Callable
from io import BytesIO
from itertools import combinations

import pytest
from pypdf import PdfReader

from core.domain.terms import Status
from core.record.model import Answer, QuestionPart
from core.record.page.flow import MM
from core.record.page.sheet import Sheet
from core.record.page.strokes import PAGE_HEIGHT, PAGE_WIDTH, box_of
from core.record.page.tagged import TaggedPdf
from core.record.page.typeset import Typesetter
from core.record.palette import ALONE, LIGHT, Look, look_of
from core.record.pictures import board
from core.record.plan import plan
from core.record.telling import status_word
from tests.core.record.boards import Hall

COLOUR = re.compile(r"(?:[\d.]+ ){3}(?:rg|RG)\b")
SQUARE, SMALL = 7.2 * MM, 3 * MM


def drawn(draw: Callable[[Sheet], object]) -> str:
    """What a page's drawing is made of."""
    document = TaggedPdf(Typesetter(), (PAGE_WIDTH, PAGE_HEIGHT), title="A page")
    with document.page() as sheet:
        draw(sheet)
    (page,) = PdfReader(BytesIO(document.finished())).pages
    contents = page.get_contents()
    assert contents is not None
    return contents.get_data().decode("latin-1")


def in_grey(draw: Callable[[Sheet], object]) -> str:
    """The same where every colour is as good as any other."""
    return COLOUR.sub("", drawn(draw))


def question(alone: int, *themes: int) -> QuestionPart:
    hall = Hall()
    for number, notes in enumerate(themes):
        hall.theme(f"Theme {number}", *(f"note {number}.{at}" for at in range(notes)))
    for at in range(alone):
        hall.say(f"alone {at}", by=f"q{at}")
    return plan(hall.board).questions[0]


def board_of(part: QuestionPart) -> str:
    rows = board(Typesetter(), part)
    assert len({row.says for row in rows}) == len(rows)
    return "".join(drawn(lambda sheet, row=row: row.draw(sheet, 0.0, 100.0)) for row in rows)    # type: ignore[misc]


def squares(drawing: str, size: float) -> int:
    return drawing.count(box_of(size, size, min(1.5, size / 8)))


def test_four_themes_stand_side_by_side_and_each_note_is_a_square_of_7_mm() -> None:
    part = question(3, 6, 5, 4, 2, 1)
    first, second = board(Typesetter(), part)
    assert [each.says for each in (first, second)] == [
        "Theme 0 Theme 1 Theme 2 Theme 3", "Theme 4 Notes that stand alone",
    ]  # fmt: skip
    assert squares(board_of(part), SQUARE) == 6 + 5 + 4 + 2 + 1 + 3


@pytest.mark.parametrize(
    ("notes", "large", "small", "said"),
    [(60, 60, 0, False), (61, 0, 61, False), (160, 0, 160, False), (161, 1, 0, True)],
)
def test_squares_of_a_theme_with_many_notes_are_3_mm_and_then_a_number(
    notes: int, large: int, small: int, said: bool
) -> None:
    drawing = board_of(question(0, notes))
    assert (squares(drawing, SQUARE), squares(drawing, SMALL)) == (large, small)
    assert ("× 161" in words_of(question(0, notes))) is said


def words_of(part: QuestionPart) -> str:
    """The words of the board's picture, as a reader of PDF gets them."""
    document = TaggedPdf(Typesetter(), (PAGE_WIDTH, PAGE_HEIGHT), title="A page")
    with document.page() as sheet:
        for row in board(Typesetter(), part):
            row.draw(sheet, 0.0, 100.0)
    return " ".join(PdfReader(BytesIO(document.finished())).pages[0].extract_text().split())


def test_notes_that_stand_alone_have_a_frame_of_their_own_and_only_where_there_are_some() -> None:
    assert "Notes that stand alone" in words_of(question(1, 2))
    assert "Notes that stand alone" not in words_of(question(0, 2))


def test_notes_of_different_themes_differ_without_colour() -> None:
    hall = Hall()
    made = [hall.theme(f"Theme {number}") for number in range(11)]
    looks = [*(look_of(hall.board.themes[theme].colour) for theme in made), ALONE]
    chips = [in_grey(lambda sheet, look=look: sheet.chip(90.0, 90.0, SQUARE, look)) for look in looks]    # type: ignore[misc]
    assert [pair for pair in combinations(chips, 2) if pair[0] == pair[1]] == []


@pytest.mark.parametrize("look", [look_of(0), look_of(7), ALONE], ids=["filled", "hollow", "alone"])
def test_ones_own_note_has_a_thick_line_without_colour_too(look: Look) -> None:
    own, others = (
        in_grey(lambda sheet, mine=mine: sheet.chip(90.0, 90.0, SQUARE, look, own=mine))    # type: ignore[misc]
        for mine in (True, False)
    )
    assert own != others
    assert edge(own) >= 2 * edge(others)


def edge(drawing: str) -> float:
    """How thick the line round a note is (points): the first that is drawn."""
    found = re.search(r"([\d.]+) w\b", drawing)
    assert found is not None
    return float(found[1])


def test_what_became_of_a_note_is_told_in_words() -> None:
    told = {status: status_word(Answer(status=status)) for status in Status}
    assert len(set(told.values())) == len(told)
    assert all(told.values())


def test_words_and_signs_on_every_tint_can_be_read_in_grey() -> None:
    looks = [*(look_of(colour) for colour in range(6)), ALONE]
    assert [look.tint for look in looks if contrast(LIGHT["ink"], LIGHT[look.tint]) < 7] == []


def contrast(one: str, other: str) -> float:
    """Of luminances, as WCAG has it: a grey printer keeps those."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
