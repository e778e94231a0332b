"""Each script as the PDF draws it, beside the same words drawn by Chromium in the same font; no glyph is missing."""

import subprocess
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat
from playwright.sync_api import Browser

from core.base.fonts import FACES, FAMILIES
from core.record.page.faces import face_of
from core.record.page.lines import Laid, Line, Run, Span
from core.record.page.shaping import NAMES, the_shaper
from core.record.page.strokes import PAGE_HEIGHT
from core.record.page.tagged import TaggedPdf
from core.record.page.typeset import Style, Typesetter
from tests.core.record.test_html_browser import browser  # noqa: F401 - a fixture
from tests.core.scripts import MIXED, SAMPLES, Sample

DOTS = 144
SIZE = 36.0
PIXELS = SIZE * DOTS / 72
WIDE, ROW = 1000, 240
ALIKE = 0.92
"""What two drawings of the same outlines reach; letters that are not joined, or stand elsewhere, reach 0.91 at most."""
SHAPED = [name for name, sample in SAMPLES.items() if sample.is_shaped]


class Unshaped:
    """What a program does that knows no scripts: one letter after the other, from left to right."""

    def has(self, sign: str) -> bool:
        return True

    def lay_out(self, text: str, spans: Sequence[Span], *, bold: bool, limit: float, from_right: bool) -> list[Laid]:
        runs, pen = [], 0.0
        for place, sign in enumerate(text):
            family = next(span.family for span in spans if span.end > min(place, spans[-1].end - 1))
            names = [NAMES[family, False], *(face.name for face in FACES)]
            name = next((name for name in names if sign in face_of(name).letters), "")
            if name:
                face = face_of(name)
                runs.append(Run(name, [face.face.charToGlyph[ord(sign)]], [pen], [0.0], [place]))
                pen += face.width(sign)
        return [Laid(0, len(text), runs)]


def drawn(setter: Typesetter, folder: Path) -> dict[str, Image.Image]:
    """Every sample as the PDF draws it, a page for each."""
    document = TaggedPdf(setter, (WIDE, PAGE_HEIGHT), title="Scripts")
    for sample in SAMPLES.values():
        with document.page() as sheet:
            sheet.text(40, 100, sample.text, Style(SIZE, 60, colour="#000000"))
    (folder / "scripts.pdf").write_bytes(document.finished())
    command = ["pdftoppm", "-r", str(DOTS), "-gray", str(folder / "scripts.pdf"), str(folder / "page")]
    subprocess.run(command, check=True, timeout=60)
    pages = sorted(folder.glob("page-*.pgm"))
    return {name: ink(Image.open(page)) for name, page in zip(SAMPLES, pages, strict=True)}


def in_chromium(chromium: Browser, folder: Path) -> dict[str, Image.Image]:
    """Every sample as Chromium draws it in the same files."""
    faces = "".join(
        f"@font-face{{font-family:'{face.family} ours';src:url('{face.file.as_uri()}')}}"
        for face in FACES if not face.bold
    )  # fmt: skip
    rows = "".join(
        f"<p style=\"font-family:{families(sample)};font-kerning:{kerning(sample)}\" dir=auto>{escape(sample.text)}</p>"
        for sample in SAMPLES.values()
    )  # fmt: skip
    style = (
        f"body{{margin:0;text-rendering:geometricPrecision}}p{{margin:0;height:{ROW}px;line-height:{ROW}px;"
        f"font-size:{PIXELS}px;white-space:nowrap}}"
    )
    path = folder / "scripts.html"
    path.write_text(f"<meta charset=utf-8><style>{faces}{style}</style>{rows}", "utf-8")
    page = chromium.new_page(viewport={"width": WIDE * 2, "height": ROW * len(SAMPLES)})
    page.goto(path.as_uri())
    page.evaluate("() => document.fonts.ready")
    picture = Image.open(BytesIO(page.screenshot())).convert("L")
    page.close()
    rows_seen = (picture.crop((0, top, picture.width, top + ROW)) for top in range(0, picture.height, ROW))
    return dict(zip(SAMPLES, map(ink, rows_seen), strict=True))


def kerning(sample: Sample) -> str:
    """Letters that Qt need not lay out stand beside each other without being drawn closer."""
    line = Typesetter().line(sample.text, bold=False)
    return "auto" if isinstance(line, Line) and any(part.signs for part in line.parts) else "none"


def families(sample: Sample) -> str:
    return ",".join(f"'{family} ours'" for family in (sample.family, *FAMILIES))


def ink(picture: Image.Image) -> Image.Image:
    """What is drawn, white on black, without the paper around it."""
    white = ImageOps.invert(picture.convert("L"))
    box = white.point(lambda value: 255 if value > 64 else 0).getbbox()
    assert box is not None
    return white.crop(box)


def likeness(one: Image.Image, other: Image.Image) -> float:
    """How much of the ink lies on the ink of the other: 1 for the same, 0 for words of another size."""
    if any(abs(a - b) > max(3, 0.01 * a) for a, b in zip(one.size, other.size, strict=True)):
        return 0.0
    room = (max(one.width, other.width) + 4, max(one.height, other.height) + 4)
    first = on_black(one, room, (2, 2))
    moves = [(x, y) for x in (1, 2, 3) for y in (1, 2, 3)]
    return max(shared(first, on_black(other, room, move)) for move in moves)


def on_black(picture: Image.Image, room: tuple[int, int], at: tuple[int, int]) -> Image.Image:
    """The picture on a ground of this size, a little out of focus."""
    ground = Image.new("L", room)
    ground.paste(picture, at)
    return ground.filter(ImageFilter.GaussianBlur(1.5))


def shared(one: Image.Image, other: Image.Image) -> float:
    apart = ImageStat.Stat(ImageChops.difference(one, other)).sum[0]
    return 1.0 - apart / (ImageStat.Stat(one).sum[0] + ImageStat.Stat(other).sum[0])


@pytest.fixture(scope="module")
def ours(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Image.Image]:
    return drawn(Typesetter(), tmp_path_factory.mktemp("ours"))


@pytest.fixture
def theirs(browser: Browser, tmp_path: Path) -> Mapping[str, Image.Image]:  # noqa: F811
    return in_chromium(browser, tmp_path)


@pytest.mark.browser
def test_every_script_is_drawn_as_chromium_draws_it(
    ours: Mapping[str, Image.Image], theirs: Mapping[str, Image.Image], tmp_path: Path
) -> None:
    found = {name: likeness(ours[name], theirs[name]) for name in SAMPLES}
    assert {name: round(each, 2) for name, each in found.items() if each < ALIKE} == {}
    unshaped = drawn(Typesetter(shaper=Unshaped), tmp_path)
    assert [name for name in SHAPED if likeness(unshaped[name], theirs[name]) >= ALIKE] == [], "it would not be seen"


def test_a_heap_of_marks_stays_on_its_line_and_is_heard_whole() -> None:
    heap = "e" + "\u0301" * 499
    lines = Typesetter().lines(heap, Style(12, 16.5), 100)
    assert "".join(lines) == heap
    signs = [signs for line in lines if isinstance(line, Line) for part in line.parts for signs in part.signs]
    assert signs
    assert all(abs(each.y) <= 900 for each in signs)


@pytest.mark.parametrize("text", [*(sample.text for sample in SAMPLES.values()), MIXED], ids=[*SAMPLES, "mixed"])
@pytest.mark.parametrize("bold", [False, True])
def test_no_glyph_of_any_script_is_missing(text: str, bold: bool) -> None:
    setter = Typesetter()
    line = setter.line(text, bold)
    assert setter.missing(text) == ""
    if isinstance(line, Line):
        codes = [(signs.face, code) for part in line.parts for signs in part.signs for code in signs.codes]
        assert all(face_of(face).face.charToGlyph[ord(code)] for face, code in codes)
    assert the_shaper().has("□")
