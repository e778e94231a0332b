"""What stands on the board is what was written, whole, in its own direction, and large enough to read."""

import itertools

import pytest
from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest

from core.base.ids import RoundId, new_id
from core.domain.commands import AskQuestion
from core.domain.contributing import CastVote
from core.domain.events import Author
from core.domain.running import OpenVote
from core.domain.terms import VoteOn
from tests.ui.table import Table
from ui.board.arrange import LEAST_ZOOM, Arranger, packed
from ui.board.sizes import WORDS_WIDTH
from ui.board.words import ELLIPSIS
from ui.look import theme
from ui.look.theme import Scheme

ARABIC = "مرحبا بالعالم هذا نص عربي طويل بما يكفي ليلتف على عدة أسطر في الملاحظة"
UNBROKEN = "x" * 400
STRANGE = [
    "<b>oops",
    "&lt; <img src=x onerror=alert(1)> <a href='http://example.org'>link</a>",
    ARABIC,
    "日本語のテキストはスペースがないので折り返しが必要です",
    "👩‍👩‍👧‍👦 family and 🏳️‍🌈",
    "one\n\ntwo\nthree",
    "tab\there\u00a0and\u00a0no\u00a0break",
    "mixed עברית and English",
    "\u202eright to left override",
    "ที่นี่ไม่มีช่องว่างระหว่างคำจึงต้องตัดคำเอง",
]


@pytest.mark.parametrize("text", STRANGE)
def test_every_sign_of_a_note_is_on_it_and_fits(table: Table, text: str) -> None:
    note = table.say(text)
    lines = table.view.board_scene.cards[note].lines
    assert "".join("".join(lines.texts).split()) == "".join(text.split())
    metrics = QFontMetricsF(table.view.look.note_font)
    assert all(metrics.horizontalAdvance(line) <= WORDS_WIDTH + 1 for line in lines.texts)


def test_four_hundred_unbroken_letters_are_cut_after_twelve_lines_and_say_so(table: Table) -> None:
    note = table.say(UNBROKEN)
    lines = table.view.board_scene.cards[note].lines
    assert len(lines.texts) == 12
    assert lines.is_cut
    assert lines.texts[-1].endswith(ELLIPSIS)
    assert table.view.board_scene.paper_of(table.view.board_scene.cards[note]).is_cut


def test_arabic_keeps_its_own_direction(table: Table) -> None:
    right, left = table.say_all([ARABIC, "From left to right"])
    cards = table.view.board_scene.cards
    assert cards[right].lines.is_right_to_left
    assert not cards[left].lines.is_right_to_left


def test_notes_never_lie_over_each_other(table: Table) -> None:
    notes = table.say_all([*STRANGE, UNBROKEN])
    table.make_theme("Some of them", notes[:5])
    areas = [table.view.board_scene.area_of(note) for note in notes]
    assert not any(one.intersects(other) for one, other in itertools.combinations(areas, 2))
    for frame in table.view.board_scene.frames.values():
        for card in frame.flow.cards:
            assert frame.area.contains(table.view.board_scene.area_of(card.note_id))


def test_frames_placed_by_the_board_never_lie_over_each_other(table: Table) -> None:
    for number in range(9):
        table.make_theme(f"Theme {number}", table.say_all([f"{number} a", f"{number} b"]))
    frames = list(table.view.board_scene.frames.values())
    assert not any(one.area.intersects(other.area) for one, other in itertools.combinations(frames, 2))


@pytest.mark.parametrize("size", [(1216, 470), (1608, 880), (840, 500), (400, 300)])
def test_words_are_never_below_twelve_pixels_at_the_zoom_the_desk_chooses(
    table: Table, size: tuple[int, int]
) -> None:
    table.say_all([f"Note {number}" for number in range(12)])
    table.window.resize(*size)
    assert table.view.zoom >= LEAST_ZOOM
    assert not table.view.is_overview


def test_fit_shows_all_of_the_board(table: Table) -> None:
    for number in range(4):
        table.make_theme(f"Theme {number}", table.say_all([f"Note {number} {each} " * 6 for each in range(9)]))
    table.view.fit()
    shown = QSizeF(table.view.board_scene.bounds.size() * table.view.zoom)
    assert shown.width() <= table.view.width()
    assert shown.height() <= table.view.height()
    assert max(shown.width() / table.view.width(), shown.height() / table.view.height()) > 0.8
    table.view.whole()
    assert table.view.zoom == 1.0
    assert not table.view.is_overview


def test_empty_board_says_what_to_do_until_the_first_note(table: Table) -> None:
    assert table.view.empty.isVisible()
    table.say("First")
    assert not table.view.empty.isVisible()
    table.do(AskQuestion("Another?"))
    table.selection.set_question(table.board.questions_in_order()[1].id)
    assert table.view.empty.isVisible()


def test_key_caps_are_the_first_free_letters(table: Table) -> None:
    ids = [table.make_theme(name) for name in ("Homes", "Housing", "Hope", "H", "!?", "Été")]
    frames = [table.view.board_scene.theme_frame(theme_id) for theme_id in ids]
    caps = [frame.heading.caps for frame in frames if frame]
    assert caps[:3] == ["HO", "HU", "HP"]
    assert len(set(caps)) == len(caps)


@pytest.mark.parametrize("scheme", list(Scheme))
def test_board_follows_the_colours_of_the_window(table: Table, scheme: Scheme) -> None:
    table.say("Seen in every light")
    table.view.setPalette(theme.palette(theme.tokens(scheme)))
    assert table.view.look.tokens.scheme is scheme
    picture = table.view.grab().toImage()
    assert picture.pixelColor(3, table.view.viewport().height() - 3) == theme.tokens(scheme).table


def test_from_afar_each_note_is_found_where_it_is_seen(table: Table) -> None:
    notes = table.say_all([f"Note {number} " * (1 + number % 9) for number in range(30)])
    table.make_theme("Many", notes[:20])
    table.window.resize(420, 260)
    table.view.fit()
    assert table.view.is_overview
    scene = table.view.board_scene
    for note in notes:
        card = scene.card_at(scene.area_of(note).center())
        assert card is not None
        assert card.note_id == note
    table.drag(table.at(notes[25]), table.at(notes[0]))
    table.until(lambda: table.theme_of(notes[25]) == "Many")


def test_large_board_is_opened_so_that_all_of_it_is_seen(table: Table) -> None:
    frames = [(3, 900.0)] * 7 + [(9, 2400.0)]
    slots = packed([span for span, _ in frames], [height for _, height in frames], 1600, 900)
    arranger = Arranger(max(slot.start + slot.span for slot in slots))
    areas = arranger.tops(slots, [height for _, height in frames], ())
    assert not any(one.meets(other) for one, other in itertools.combinations(areas, 2))
    wide = max(area.x + area.width for area in areas)
    high = max(area.y + area.height for area in areas)
    filled = sum(area.width * area.height for area in areas) / (wide * high)
    assert filled > 0.7
    assert 1.0 < wide / high < 3.0


def test_votes_stand_on_a_note_as_they_come_and_only_where_there_are_any(table: Table) -> None:
    note, other = table.say_all(["A bench", "A tree"])
    vote, voter = RoundId(new_id()), Author(table.session.desk, table.person)
    table.do(OpenVote(table.question, VoteOn.NOTES, 3, vote))
    items = table.view.board_scene.items_of
    assert items[note].paper.votes == 0
    table.do(CastVote(vote, table.person, note, 2), voter)
    assert (items[note].paper.votes, items[other].paper.votes) == (2, 0)


def test_the_map_of_the_board_is_there_where_the_board_does_not_fit_and_a_press_goes_there(table: Table) -> None:
    table.window.resize(1500, 600)
    notes = table.say_all([f"Note {number} " * 12 for number in range(50)])
    table.view.whole()
    table.until(table.view.minimap.isVisible)
    assert not table.view.seen.intersects(table.view.board_scene.area_of(notes[-1]))
    corner = table.view.minimap.rect().bottomRight() - QPoint(30, 12)
    QTest.mouseClick(table.view.minimap, Qt.MouseButton.LeftButton, pos=corner)
    assert table.view.seen.intersects(table.view.board_scene.area_of(notes[-1]))
    table.view.fit()
    table.until(lambda: not table.view.minimap.isVisible())
