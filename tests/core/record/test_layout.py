"""The print rules of LOOK-RECORD that hold already, checked on the pages before they are drawn."""

from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from core.domain.terms import Mode
from core.record.blocks import bar, card, paragraph, table
from core.record.large import lay_out_large
from core.record.model import Card
from core.record.page import styles
from core.record.page.flow import (
    BETWEEN_CARDS,
    COLUMN,
    FOOT,
    HEADING_ROOM,
    LEFT,
    MM,
    TOP,
    Block,
    Columns,
    Page,
    paginate,
)
from core.record.page.strokes import PAGE_HEIGHT, PAGE_WIDTH, box_of
from core.record.page.styles import CARD, TEXT
from core.record.page.tagged import TaggedPdf
from core.record.page.typeset import Style, Typesetter
from core.record.palette import look_of
from core.record.pdf import Layout, lay_out
from core.record.pictures import Group, grid_for, squares_of
from core.record.pieces import Cell, word_table
from core.record.plan import plan
from tests.core.record.boards import Hall, crowd, london
from tests.core.table import NOON

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


def test_what_keeps_with_something_never_ends_a_page(layout: Layout) -> None:
    large = lay_out_large(layout.record, layout.setter)
    for pages in (layout.pages, large.pages):
        for page, after in pairwise(pages):
            last = page[-1].block
            assert not last.keep or begins(after) > FOOT - TOP - last.height - HEADING_ROOM, last.says


def test_a_theme_begins_where_60_mm_are_left(layout: Layout) -> None:
    tops = [placed.y for page in layout.pages for placed in page if placed.block.room == 60 * MM]
    assert max(tops, default=0) <= FOOT - 60 * MM + SLACK


def begins(page: Page) -> float:
    """How much room what begins this page needs, with all it keeps with."""
    height = 0.0
    for placed in page:
        height += placed.block.height
        if not placed.block.keep:
            break
    return height


def test_a_page_is_filled_to_three_fifths_unless_a_part_ends_or_what_comes_next_is_very_high(layout: Layout) -> None:
    for page, after in pairwise(layout.pages):
        first = after[0].block
        if first.new_page or first.level == 1 or first.needs_page or begins(after) > 0.4 * (FOOT - TOP):
            continue
        end = max(bottom for _block, _top, bottom in blocks_of(page))
        assert end - TOP >= 0.6 * (FOOT - TOP), first.title or first.says


def test_a_theme_of_one_note_shares_its_page() -> None:
    hall = Hall()
    for number in range(4):
        hall.theme(f"Theme {number}", "One note")
    pages = lay_out(plan(hall.board)).pages
    themes = [number for number, page in enumerate(pages) for p in page if p.block.room == 60 * MM]
    assert len(themes) == 4
    assert len(set(themes)) <= 2


def test_the_head_of_a_table_stands_again_where_it_goes_on_and_is_heard_once() -> None:
    setter = Typesetter()
    rows = [(f"Somebody wrote this as number {number}", "phones 5", "5") for number in range(60)]
    for blocks in (table(setter, ("What", "How", "Votes"), rows), words_of_table(setter, rows)):
        pages = paginate(blocks)
        assert len(pages) > 1
        heads = [page[0].block for page in pages]
        assert [head.aside for head in heads] == [False] + [True] * (len(pages) - 1)
        assert len({head.height for head in heads}) == 1
        assert all(page[-1].y + page[-1].block.height <= FOOT for page in pages)


def words_of_table(setter: Typesetter, rows: Sequence[Sequence[str]]) -> list[Block]:
    return word_table(setter, ("What", "How", "Votes"), [[Cell(text) for text in row] for row in rows], (0.5, 0.3, 0.2))


def test_a_row_that_would_split_a_word_or_fill_half_a_page_is_a_stack() -> None:
    setter = Typesetter()
    usual = words_of_table(setter, [("short", "words", "here")])
    assert len(usual) == 2
    for row in (("a", "Donaudampfschifffahrtsgesellschaft", "1"), ("many words " * 120, "a", "1")):
        stacked = words_of_table(setter, [row])
        assert len(stacked) > 2
        assert not any(block.tags[0].role == "Table" for block in stacked)


def test_paragraphs_leave_no_single_line_on_either_page() -> None:
    for words in range(10, 400, 13):
        pieces = paragraph(Typesetter(), "word " * words)
        lines = [round(piece.height / TEXT.leading) for piece in pieces]
        assert min(lines) >= 2 or sum(lines) == 1


def test_a_long_note_leaves_three_lines_on_each_side_and_is_open_at_the_cut() -> None:
    for count in range(36, 90):
        note = Card(text="\n".join("abcdefgh"[number % 8] for number in range(count)), mode=Mode.ROOM, day=NOON.date())
        pieces = card(Typesetter(), note, look_of(0), (Mode.ROOM, "By phone"))
        assert all(piece.height >= 3 * CARD.leading for piece in pieces)
        assert all(piece.height <= FOOT - TOP for piece in pieces)


def test_every_bar_is_between_its_least_and_38_mm_and_its_number_is_beside_it() -> None:
    for share in (0.0, 0.001, 0.5, 1.0):
        document = TaggedPdf(Typesetter(), (PAGE_WIDTH, PAGE_HEIGHT), title="Bars")
        with document.page() as sheet:
            bar(Typesetter(), "Benches", "5 notes", share, look_of(0), 0.0).draw(sheet, 0.0, 100.0)
        (page,) = PdfReader(BytesIO(document.finished())).pages
        contents = page.get_contents()
        assert contents is not None
        drawn = contents.get_data().decode()
        long = max(1.2 * MM, share * 38 * MM)
        assert box_of(long, 6.4 * MM, min(2, long / 2)) in drawn
        number = next(part for part in drawn.split("BT ") if b"5 notes".hex() in part)
        assert float(number.split()[8]) > 90 * MM + long


def test_themes_differ_without_colour() -> None:
    looks = [look_of(colour) for colour in range(12)]
    assert len({(look.shape, look.hollow) for look in looks}) == len(looks)


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
