"""What is printed before the day: scanners read its QR codes, its text is large enough, its words are there."""

import io
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, FloatObject

from core.base import language
from core.base.bidi import is_right_to_left
from core.base.identity import new_secret, secret_from
from core.base.ids import DeskId, new_id
from core.base.wifi import Wifi
from core.domain.planning import MakePlanned, Plan, PlannedQuestion
from core.record.page.strokes import PAGE_HEIGHT, PAGE_WIDTH
from core.record.prints import About, Paper, Piece, make_print, of_wifi
from core.record.slips import Slip, slips_csv
from core.session import Session
from tests.core.cli.program import do
from tests.core.record.hearing import hear

ADDRESS = "http://192.168.1.20:8080"
ABOUT = About(
    title="Young Londoners and the police", code="K7Q2MX", address=ADDRESS, language="en", reply_by=date(2022, 9, 7),
    questions=("What works?", "What should change?"), wifi=Wifi("Hall-Guest", "tea-and-cake"),
)  # fmt: skip
JOIN = f"{ADDRESS}/K7Q2MX".upper()
SMALLEST = 12.0
MM_EACH = 25.4 / 72


def test_the_poster_says_all_that_is_needed_to_come_in() -> None:
    (page,) = pages(make_print(Piece.POSTER, ABOUT))
    assert scanned(page) == {JOIN}
    text = page.extract_text()
    for words in (
        "Have your say", "192.168.1.20:8080", "K7Q 2MX", "Wi-Fi: Hall-Guest", "Password: tea-and-cake",
        "We will write back by 7 September 2022.",
    ):  # fmt: skip
        assert words in " ".join(text.split())


@pytest.mark.parametrize("piece", [Piece.POSTER, Piece.CARDS, Piece.SHEETS])
def test_a_piece_for_one_of_several_venues_has_its_link_and_the_poster_its_name(piece: Piece) -> None:
    page = pages(make_print(piece, replace(ABOUT, venue="0f3a9c21", place="York, St Mary’s")))[0]
    assert scanned(page) == {f"{ADDRESS}/K7Q2MX/v/0f3a9c21"}
    assert ("York, St Mary’s" in page.extract_text()) is (piece is Piece.POSTER)


def test_a_poster_on_a3_is_the_same_and_larger() -> None:
    (a4,), (a3,) = (pages(make_print(Piece.POSTER, ABOUT, paper=paper)) for paper in Paper)
    assert [round(float(side) / 72 * 25.4) for side in a3.mediabox[2:]] == [297, 420]
    assert a3.extract_text() == a4.extract_text()


def test_there_is_a_card_for_each_table_and_it_reads_from_both_sides() -> None:
    found = pages(make_print(Piece.CARDS, ABOUT, count=3))
    assert [f"Table {n}" in page.extract_text() for n, page in enumerate(found, 1)] == [True] * 3
    assert all(page.extract_text().count("K7Q 2MX") == 2 for page in found)
    assert all(scanned(page) == {JOIN} for page in found)


def test_every_slip_has_its_own_code_for_eyes_and_for_phones() -> None:
    slips = [Slip.of(secret_from(bytes([number])), ADDRESS) for number in range(11)]
    first, second = pages(make_print(Piece.SLIPS, ABOUT, slips=slips))
    assert scanned(first) == {slip.link for slip in slips[:8]}
    assert scanned(second) == {slip.link for slip in slips[8:]}
    text = " ".join((first.extract_text() + second.extract_text()).split())
    assert all(slip.code in text for slip in slips)


def test_a_slip_of_somebody_whose_notes_were_typed_says_whose_it_is_and_has_the_code_as_words_too() -> None:
    slips = [Slip.of(new_secret(), ADDRESS, f"Person {number}, table 4") for number in range(1, 10)]
    said = [" ".join(page.extract_text().split()) for page in pages(make_print(Piece.SLIPS, ABOUT, slips=slips))]
    assert len(said) == 2
    for slip in slips:
        assert [all(each in page for each in (slip.who, slip.code, slip.words)) for page in said].count(True) == 1


def test_the_same_slips_give_the_same_bytes() -> None:
    slips = [Slip.of(new_secret(), ADDRESS, "Person 1")]
    assert make_print(Piece.SLIPS, ABOUT, slips=slips) == make_print(Piece.SLIPS, ABOUT, slips=slips)


def test_a_note_sheet_asks_one_question_and_has_room_for_four_notes() -> None:
    found = pages(make_print(Piece.SHEETS, ABOUT, count=2))
    assert ["What works?" in page.extract_text() for page in found] == [True, True, False, False]
    assert all(f"Note {n}" in page.extract_text() for n in range(1, 5) for page in found)


@pytest.mark.parametrize("piece", Piece)
def test_nothing_is_smaller_than_twelve_points_and_every_code_is_read_aloud(piece: Piece) -> None:
    slips = [Slip.of(new_secret(), ADDRESS)]
    content = make_print(piece, ABOUT, slips=slips)
    for page in pages(content):
        operations = ContentStream(page.get_contents(), page.pdf).operations
        assert min(float(operands[1]) for operands, operator in operations if operator == b"Tf") >= SMALLEST
    spoken = [part.says for part in hear(content).walk() if part.role == "Figure"]
    assert spoken
    assert all(each.startswith("QR code. It opens ") for each in spoken)


def test_a_very_long_title_and_question_stay_on_their_page() -> None:
    long = About(title="Our town " * 20, code="K7Q2MX", address=ADDRESS, language="en", questions=("Why not? " * 22,))
    for piece in (Piece.POSTER, Piece.CARDS, Piece.SHEETS):
        assert len(pages(make_print(piece, long))) == 1


@pytest.mark.parametrize("code", ["ar", "ur"])
def test_where_one_writes_from_the_right_the_wifi_stands_at_the_right(code: str) -> None:
    language.use(code)
    try:
        assert all(map(is_right_to_left, of_wifi(Wifi("Hall-Guest", "tea-and-cake"))))
    finally:
        language.use(language.SOURCE)


@pytest.mark.slow
@pytest.mark.parametrize("code", ["en", "cy", "pl", "ar", "ur", "bn", "zh"])
def test_in_every_language_no_words_lie_on_a_code_on_a_cut_or_outside_the_page(code: str) -> None:
    slips = [Slip.of(secret_from(bytes([number])), ADDRESS) for number in range(3)]
    made = {piece: pages(make_print(piece, replace(ABOUT, language=code), slips=slips))[0] for piece in Piece}
    of_poster = [y for _x, y in placed(made[Piece.POSTER])]
    assert not [y for y in of_poster if 76 < y < 218]
    assert max(y for y in of_poster if y < 270) < 267    # inside the boxes
    places = cuts(made[Piece.SLIPS])
    assert len(places) == 3
    assert not [y for _x, y in placed(made[Piece.SLIPS]) for cut in places if -1.5 < y - cut < 4]
    assert all(4 < x < 206 and 4 < y < 293 for page in made.values() for x, y in placed(page))


@pytest.mark.parametrize(("piece", "millimetres"), [(Piece.POSTER, 140), (Piece.CARDS, 84), (Piece.SLIPS, 36)])
def test_each_code_is_as_large_as_it_has_to_be_for_how_far_one_stands(piece: Piece, millimetres: float) -> None:
    (page,) = pages(make_print(piece, ABOUT, slips=[Slip.of(secret_from(b"1"), ADDRESS)]))
    assert code_with_its_quiet_zone(page) == pytest.approx(millimetres, abs=0.1)


def test_pieces_are_made_by_command_while_a_desk_has_the_workshop_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "town.sayback"
    plan = Plan(title="Our town", reply_by=740_000, questions=(PlannedQuestion(text="Why?"),))
    session = Session.create(file, MakePlanned(plan=plan, code="ABC234"), DeskId(new_id()))
    slips = [Slip.of(new_secret(), ADDRESS)]
    out = tmp_path / "prints"
    made: list[str] = []
    for what in ("poster", "cards", "sheets"):
        made += do(capsys, "print", file, "--what", what, "--at", ADDRESS, "--out", out).out.splitlines()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(slips_csv(slips).encode()), "utf-8"))
    made += do(capsys, "print", file, "--what", "slips", "--codes", "-", "--at", ADDRESS, "--out", out).out.splitlines()
    session.close()
    assert [Path(line).stem for line in made] == ["Poster A4", "Table cards", "Note sheets", "Paper slips"]
    secret = out / "Paper slips.pdf"
    assert secret.stat().st_mode & 0o077 == 0
    assert scanned(PdfReader(secret).pages[0]) == {slips[0].link}


def test_slips_need_their_codes_and_a_table_that_is_none_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "town.sayback"
    plan = Plan(title="Our town", questions=(PlannedQuestion(text="Why?"),))
    Session.create(file, MakePlanned(plan=plan, code="ABC234"), DeskId(new_id())).close()
    assert do(capsys, "print", file, "--what", "slips", "--at", ADDRESS).code == 2
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    refused = do(capsys, "print", file, "--what", "slips", "--codes", tmp_path / "other.csv", "--at", ADDRESS)
    assert refused.code == 1
    assert "no table of codes" in refused.err


def placed(page: PageObject) -> list[tuple[float, float]]:
    """Where each piece of text begins, in millimetres from the top left."""
    found: list[tuple[float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            x, y = (tm[4] * cm[at] + tm[5] * cm[at + 2] + cm[at + 4] for at in (0, 1))
            found.append((x * MM_EACH, (PAGE_HEIGHT - y) * MM_EACH))

    page.extract_text(visitor_text=visit)
    return found


def cuts(page: PageObject) -> list[float]:
    """How many millimetres below the top lines go from edge to edge."""
    operations = ContentStream(page.get_contents(), page.pdf).operations
    lines = [
        (before, after) for (before, first), (after, second) in pairwise(operations) if (first, second) == (b"m", b"l")
    ]  # fmt: skip
    return [
        (PAGE_HEIGHT - float(begin[1])) * MM_EACH
        for begin, end in lines if abs(float(end[0]) - float(begin[0])) > PAGE_WIDTH - 1
    ]  # fmt: skip


def code_with_its_quiet_zone(page: PageObject) -> float:
    """How wide a QR code is, in millimetres, with the four squares of white around it."""
    boxes = [
        [float(each) for each in operands]
        for operands, operator in ContentStream(page.get_contents(), page.pdf).operations if operator == b"re"
    ]  # fmt: skip
    side, _count = Counter(high for *_place, high in boxes).most_common(1)[0]
    dark = [(x, x + wide) for x, _y, wide, high in boxes if high == side]
    return (max(right for _left, right in dark) - min(left for left, _right in dark) + 8 * side) * MM_EACH


def pages(content: bytes) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(content)).pages)


def scanned(page: PageObject) -> set[str]:
    """What a scanner reads in the black squares of a page, drawn as they are written."""
    dots = 4
    image = Image.new("L", (round(float(page.mediabox[2]) * dots), round(float(page.mediabox[3]) * dots)), 255)
    draw = ImageDraw.Draw(image)
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator == b"re" and all(isinstance(each, FloatObject | int | float) for each in operands):
            x, y, wide, high = (float(each) * dots for each in operands)
            top = image.height - y - high
            draw.rectangle((round(x), round(top), round(x + wide) - 1, round(top + high) - 1), fill=0)
    only_qr = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)    # among many dots another kind may be seen
    return {code.text for code in zxingcpp.read_barcodes(image, formats=only_qr)}
