"""The pages as pictures before anything is written: what is on paper is on them, and no file of the record appears."""

import json
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from core.cli.program import run
from core.record.large import lay_out_large
from core.record.own import edition
from core.record.page.typeset import Typesetter
from core.record.pdf import LayOut, lay_out, setter_for
from core.record.plan import plan
from core.record.previewed import PictureSheet, pictured
from tests.core.record.boards import Hall, london, squeezed
from tests.core.record.test_replies import hall as answered  # noqa: F401 - a fixture
from tests.core.table import person
from tests.core.workshops import made, say

SVG = "{http://www.w3.org/2000/svg}"


def words(svg: bytes) -> str:
    return squeezed("".join(each.text or "" for each in ET.fromstring(svg).iter(f"{SVG}text")))  # noqa: S314 - our own


@pytest.mark.parametrize("lay", [lay_out, lay_out_large])
def test_every_page_shows_the_words_that_are_told_of_it(answered: Hall, lay: LayOut) -> None:  # noqa: F811
    record = edition(answered.board, person("Ada"))
    layout = lay(record, setter_for("en"))
    pages = list(pictured(layout, 99))
    assert [(page.page, page.of) for page in pages] == [(n, len(layout.pages)) for n in range(1, len(layout.pages) + 1)]
    shown = [words(page.svg) for page in pages]
    for page, seen in zip(pages, shown, strict=True):
        assert [word for word in page.says.split() if word not in seen] == []
    assert "Yournote" in "".join(shown)


def test_no_more_pages_are_drawn_than_are_wanted() -> None:
    assert len(list(pictured(lay_out(plan(london().board)), 2))) == 2


def test_words_are_never_markup() -> None:
    hall = Hall("<script>", title="]]></svg>")
    hall.theme('" onload="x', "<b>&amp;")
    tags = {each.tag.removeprefix(SVG) for page in pictured(lay_out(plan(hall.board)), 9)
            for each in ET.fromstring(page.svg).iter()}  # noqa: S314 - our own  # fmt: skip
    assert tags == {"svg", "rect", "text", "path"}


def places(sheet: PictureSheet) -> list[tuple[int, int]]:
    """Where the outlines begin, from the top left, as whoever shows the picture works it out."""
    found = []
    for path in ET.fromstring(sheet.svg()).iter(f"{SVG}path"):  # noqa: S314 - our own
        x, y = (float(number) for number in re.findall(r"-?[\d.]+", path.attrib["d"])[:2])
        for matrix in reversed(re.findall(r"matrix\(([^)]*)\)", path.attrib["transform"])):
            a, b, c, d, e, f = map(float, matrix.split())
            x, y = a * x + c * y + e, b * x + d * y + f
        found.append((round(x), round(y)))
    return found


def test_shapes_stand_where_they_do_on_paper() -> None:
    sheet = PictureSheet(Typesetter())
    sheet.box(100, 200, 50, 20, "#FFFFFF", radius=0)
    sheet.rule(30, 40, 50, "#000000")
    sheet.box(300, 400, 50, 20, "#FFFFFF", radius=0)
    assert places(sheet) == [(100, 200), (30, 40), (300, 400)]


def test_the_command_tells_each_page_and_writes_no_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with made(tmp_path / "park.sayback") as session:
        say(session, "A bench")
    out = tmp_path / "out"
    assert run(["record", str(tmp_path / "park.sayback"), "--out", str(out), "--preview", "3"], lambda file: 0) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [page["page"] for page in told] == [1, 2, 3]
    assert sorted(file.name for file in out.iterdir()) == ["page-001.png", "page-002.png", "page-003.png"]
    wide, tall = struct.unpack(">II", Path(told[0]["file"]).read_bytes()[16:24])
    assert (wide, tall) == (595, 842)
