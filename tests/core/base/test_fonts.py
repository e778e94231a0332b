"""The vendored fonts: all of them are listed with their licence, small enough, and of a kind that a PDF takes in."""

import pytest

from core.base.fonts import EMOJI, FACES, FAMILIES, FOLDER, Face

LARGEST = 15_000_000


def test_every_font_is_on_the_list_and_every_one_on_the_list_is_there() -> None:
    assert {face.file for face in FACES} == set(FOLDER.glob("*.*tf"))
    assert EMOJI in FAMILIES


def test_where_each_comes_from_is_written_beside_them() -> None:
    rows = [line for line in (FOLDER / "README.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    told = {row.split()[1].strip(",") for row in rows}
    assert {face.name for face in FACES if not face.bold} <= told
    assert "SIL Open Font License, Version 1.1" in (FOLDER / "OFL.txt").read_text("utf-8")


def test_together_they_are_small_enough_to_come_along() -> None:
    assert sum(face.file.stat().st_size for face in FACES) < LARGEST


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.name)
def test_each_has_outlines_that_the_pdf_can_take_in(face: Face) -> None:
    head = face.file.read_bytes()[:512]
    assert head[:4] == b"\x00\x01\x00\x00"
    assert b"glyf" in head
    assert b"fvar" not in head, "only one weight is read of a font that has many"
