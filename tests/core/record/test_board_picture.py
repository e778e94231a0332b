"""The board as a picture: every note is in it as text, in its own direction, and nothing is fetched or run."""

import struct
import sys
import xml.etree.ElementTree as ET

import pytest

from core.record.board_picture import make_svg
from core.record.options import Options
from core.record.plan import plan
from core.record.raster import NoPictures, make_png
from tests.core.record.boards import Hall, every_text, london, squeezed

SVG = "{http://www.w3.org/2000/svg}"
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def words(svg: bytes) -> str:
    return squeezed("".join(each.text or "" for each in ET.fromstring(svg).iter(f"{SVG}text")))  # noqa: S314 - our own


def test_every_note_is_in_it_and_told_to_those_who_do_not_see_it() -> None:
    hall = london()
    svg = make_svg(plan(hall.board))
    assert [text for text in every_text(hall) if squeezed(text) not in words(svg)] == []
    described = ET.fromstring(svg).find(f"{SVG}desc")  # noqa: S314 - our own
    assert described is not None
    assert (described.text or "").startswith("The board at the end. Who we are: 13\u00a0notes.")


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", "]]></svg>", '" onload="x', "&amp;", "\u202ex"])
def test_words_are_never_markup(payload: str) -> None:
    hall = Hall(payload, title=payload)
    hall.theme(payload, payload)
    tags = {each.tag.removeprefix(SVG) for each in ET.fromstring(make_svg(plan(hall.board))).iter()}  # noqa: S314
    assert tags == {"svg", "title", "desc", "rect", "text", "path"}


def test_it_needs_nothing_from_anywhere() -> None:
    svg = make_svg(plan(london().board))
    assert svg.count(b"http") == svg.count(b"http://www.w3.org/2000/svg")
    assert not [mark for mark in (b"url(", b"href", b"<image", b"@import", b"<style") if mark in svg]


def test_words_that_run_from_right_to_left_begin_at_the_right() -> None:
    hall = Hall()
    hall.say("\u0645\u0642\u0639\u062f in the park")
    (line,) = [line for line in make_svg(plan(hall.board)).decode().splitlines() if "in the park" in line]
    assert 'text-anchor="end"' in line
    assert "\u2067" in line


def test_the_same_board_gives_the_same_pixels_of_the_same_shape() -> None:
    svg = make_svg(plan(london().board))
    png = make_png(svg)
    assert png.startswith(SIGNATURE)
    assert png == make_png(make_svg(plan(london().board)))
    wide, tall = struct.unpack(">II", png[16:24])
    box = ET.fromstring(svg).attrib["viewBox"].split()  # noqa: S314 - our own
    assert wide / tall == pytest.approx(float(box[2]) / float(box[3]), rel=0.01)


def test_themes_alone_are_a_picture_too() -> None:
    hall = Hall()
    hall.theme("Benches", "only counted")
    svg = make_svg(plan(hall.board, options=Options(themes_only=True)))
    assert "Benches" in words(svg)
    assert "onlycounted" not in words(svg)


def test_where_pixels_cannot_be_drawn_a_person_is_told_what_to_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtSvg", None)
    with pytest.raises(NoPictures) as refused:
        make_png(b"<svg/>")
    assert "board.svg" in refused.value.advice
