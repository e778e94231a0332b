"""The print rules of LOOK-RECORD that hold already, checked on the pages before they are drawn."""

from itertools import pairwise

import pytest

from core.record import styles
from core.record.flow import BETWEEN_CARDS, COLUMN, FOOT, HEADING_ROOM, LEFT, MM, TOP, Block, Columns, Page, paginate
from core.record.palette import look_of
from core.record.pdf import Layout, lay_out
from core.record.pictures import Group, grid_for, squares_of
from core.record.plan import plan
from core.record.styles import CARD, TEXT
from core.record.typeset import Style, Typesetter
from tests.core.record.boards import Hall, crowd, london

SLACK = 0.01    # points


@pytest.fixture(scope="module", params=["London", "300 notes", "one theme of 300", "long words"])
def layout(request: pytest.FixtureRequest) -> Layout:
    halls = {
        "London": london,
        "300 notes": lambda: crowd(300),
        "one theme of 300": lambda: crowd(300, themes=1),
        "long words": long_words,
    }
    return lay_out(plan(halls[request.param]().board))


def long_words() -> Hall:
    hall = Hall("What? " * 30, title="A very long title " * 8, purpose="why " * 300)
    for number in range(12):
        hall.theme(f"Theme {number} " + "accountability " * number, "w" * 400, "line\n" * 90, "short")
    return hall


def blocks_of(page: Page) -> list[tuple[Block, float, float]]:
    return [(placed.block, placed.y, placed.y + placed.block.height) for placed in page]


def test_nothing_is_smaller_than_12_points() -> None:
    sizes = {name: style.size for name, style in vars(styles).items() if isinstance(style, Style)}
    assert sizes
    assert min([*sizes.values(), *(style.size for style in styles.COVER_TITLES)]) >= 12


def test_no_block_crosses_the_end_of_a_page(layout: Layout) -> None:
    for page in layout.pages:
        for _block, top, bottom in blocks_of(page):
            assert top >= TOP - SLACK
            assert bottom <= FOOT + SLACK


def test_blocks_do_not_lie_on_each_other(layout: Layout) -> None:
    for page in layout.pages:
        for column in {placed.x for placed in page if placed.x != LEFT} | {LEFT}:
            stacked = sorted((p.y, p.y + p.block.height) for p in page if p.x == column)
            assert all(first[1] <= second[0] + SLACK for first, second in pairwise(stacked))


def test_no_heading_ends_a_page_or_stands_in_its_last_45_mm(layout: Layout) -> None:
    for page in layout.pages:
        blocks = blocks_of(page)
        for place, (block, top, _bottom) in enumerate(blocks):
            if block.level is not None:
                assert place + 1 < len(blocks), block.title
                assert top <= FOOT - HEADING_ROOM + SLACK, block.title


def test_a_theme_begins_where_60_mm_are_left(layout: Layout) -> None:
    tops = [placed.y for page in layout.pages for placed in page if placed.block.room == 60 * MM]
    assert max(tops, default=0) <= FOOT - 60 * MM + SLACK


def test_no_page_is_empty(layout: Layout) -> None:
    assert all(layout.pages)


def test_cards_go_to_the_shorter_column_so_that_both_end_within_one_card() -> None:
    cards = tuple(Block(height=20.0 + 17 * (number * 7 % 5), draw=lambda sheet, x, y: None) for number in range(30))
    pages = paginate([Columns(cards)])
    placed = [each for page in pages for each in page]
    assert [each.block for each in placed] == list(cards)
    for page in pages:
        ends = {x: max(p.y + p.block.height for p in page if p.x == x) for x in {p.x for p in page}}
        tallest = max(p.block.height for p in page) + BETWEEN_CARDS
        assert len(ends) == 1 or max(ends.values()) - min(ends.values()) <= tallest


def test_a_note_taller_than_a_page_goes_on_and_says_so() -> None:
    hall = Hall()
    hall.say("\n".join("abcdefgh"[number % 8] for number in range(250)))
    layout = lay_out(plan(hall.board))
    pieces = [(number, p.block) for number, page in enumerate(layout.pages) for p in page if p.block.needs_page]
    assert len(pieces) >= 5
    assert len({number for number, _block in pieces}) == len(pieces)
    assert all(block.height <= FOOT - TOP for _number, block in pieces)


def test_a_line_is_never_wider_than_it_may_be() -> None:
    setter = Typesetter()
    for text in ("w" * 400, "https://example.org/" + "x" * 300, "word " * 90, "نحن " * 40, "e" + "\u0301" * 499):
        for line in setter.lines(text, CARD, COLUMN):
            assert setter.width(line, CARD) <= COLUMN + SLACK


def test_breaking_lines_loses_no_sign() -> None:
    setter = Typesetter()
    for text in ("w" * 400, "a b  c\td", "word " * 90, "e" + "\u0301" * 499, "ab\n\ncd"):
        assert "".join("".join(setter.lines(text, TEXT, 100)).split()) == "".join(text.split())


def test_a_number_lets_go_of_its_unit_before_a_word_is_split() -> None:
    setter = Typesetter()
    width = setter.width("accountability", TEXT) + 1
    assert setter.lines("Theme 10 accountability", TEXT, width) == ("Theme 10", "accountability")


def test_a_sign_keeps_its_marks_when_a_long_word_breaks() -> None:
    setter = Typesetter()
    lines = setter.lines("e\u0301" * 200, TEXT, 100)
    assert len(lines) > 1
    assert all(line.startswith("e") for line in lines)


def test_the_last_line_of_a_paragraph_has_two_words_where_it_can() -> None:
    setter = Typesetter()
    for width in range(120, 400, 7):
        lines = setter.lines("One person may see what others miss. So we keep these notes in sight.", TEXT, width)
        assert len(lines) == 1 or len(lines[-1].split()) > 1 or len(lines[-2].split()) < 3


def test_numbers_stay_with_their_unit() -> None:
    setter = Typesetter()
    for width in range(110, 300, 5):
        lines = setter.lines("We met about\u00a025 people on 7 September 2022 and walked 12 miles.", TEXT, width)
        assert not [line for line in lines if line.endswith(("about", " 7", " 12")) or line in ("7", "12")]


@pytest.mark.parametrize(("notes", "each"), [(1, 1), (24, 1), (240, 1), (900, 1), (5000, 10), (50_000, 100)])
def test_the_squares_on_the_cover_always_fit(notes: int, each: int) -> None:
    width, height = 168 * MM, 100 * MM
    squares = squares_of([Group(look_of(0), notes, 0)], width, height)
    assert squares is not None
    size, gap, across = squares.grid
    rows = -(-len(squares.squares) // across)
    assert squares.notes_each == each
    assert 3 * MM - SLACK <= size <= 17.2 * MM + SLACK
    assert across * (size + gap) - gap <= width + SLACK
    assert rows * (size + gap) - gap <= height + SLACK


def test_no_grid_is_made_where_squares_would_be_too_small() -> None:
    assert grid_for(10_000, 168 * MM, 100 * MM) is None
