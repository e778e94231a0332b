"""How long a record takes: the PDF beside the same words drawn by ReportLab alone, the web page, and the memory.

`measure` runs `python -m tests.bench.record FILE` for each size, so that memory is that of a fresh process.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from core.domain.board import EMPTY
from core.domain.terms import Mode
from core.record.html import make_html
from core.record.model import Card, QuestionPart, Record, ThemePart
from core.record.page.faces import face_of
from core.record.page.typeset import FONTS
from core.record.pdf import lay_out, make_pdf
from core.record.plan import plan
from core.record.writing import write
from core.store.reader import read_board
from tests.bench.rows import Row
from tests.bench.workshops import make_workshop
from tests.core.scripts import SAMPLES

SIZES = (500, 5_000)
PDF_SECONDS = {500: 1.0, 5_000: 5.0}
PAGE_SECONDS = {5_000: 0.3}
MEGABYTES = 150.0
COMPLEX_SECONDS, COLD_NOTES, COLD_SECONDS, TIMES_PLAIN = 8.0, 60, 1.5, 1.6
TALL = 780.0
LONGEST_SECONDS = 120
HOUSE = Path(__file__).parents[2]
LINE, COLUMN, LINES_ON_A_PAGE = 16.5, 210.0, 42
Result = TypeVar("Result")


def measure(folder: Path, sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """The record's rows of the bench, for workshops of these sizes."""
    usual = [row for notes in sizes for row in _measure_one(folder / f"record-{notes}.sayback", notes)]
    return [*usual, *_complex(max(sizes)), _cold(folder / "cold.sayback")]


def _complex(notes: int) -> list[Row]:
    """The record of notes that are all in scripts whose letters join or change places."""
    found = _child("--complex", str(notes))
    what = f"record of {notes:,} notes in complex scripts"
    return [
        Row(what=f"{what}: PDF", figure=found["pdf"], unit="s", goal=COMPLEX_SECONDS if notes == max(SIZES) else None),
        Row(what=f"{what}: memory", figure=found["memory"], unit="MB"),
    ]


def _cold(path: Path) -> Row:
    """The command, from nothing to a PDF on disk."""
    make_workshop(path, COLD_NOTES)
    command = [sys.executable, "main.py", "record", str(path), "--out", str(path.parent / "cold"), "--formats", "pdf"]
    seconds, _done = timed(
        lambda: subprocess.run(command, capture_output=True, check=True, timeout=LONGEST_SECONDS, cwd=HOUSE)
    )
    return Row(what=f"record of {COLD_NOTES} notes from a cold start", figure=seconds, unit="s", goal=COLD_SECONDS)


def _measure_one(path: Path, notes: int) -> list[Row]:
    make_workshop(path, notes)
    found = _child(str(path))
    what = f"record of {notes:,} notes"
    return [
        Row(what=f"{what}: PDF", figure=found["pdf"], unit="s", goal=PDF_SECONDS.get(notes), floor=found["floor"]),
        Row(what=f"{what}: PDF, times ReportLab's", figure=found["pdf"] / found["plain"], unit="x", goal=TIMES_PLAIN),
        Row(what=f"{what}: web page", figure=found["html"], unit="s", goal=PAGE_SECONDS.get(notes)),
        Row(what=f"{what}: all forms to disk", figure=found["all"], unit="s"),
        Row(what=f"{what}: memory", figure=found["memory"], unit="MB", goal=MEGABYTES),
    ]


def _child(*arguments: str) -> dict[str, float]:
    """The figures that a process of its own measured."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.bench.record", *arguments], capture_output=True, check=True, text=True,
        timeout=LONGEST_SECONDS, cwd=HOUSE,
    )  # fmt: skip
    found: dict[str, float] = json.loads(child.stdout)
    return found


def timed(run: Callable[[], Result]) -> tuple[float, Result]:
    """How many seconds it took, and what came of it."""
    began = time.perf_counter()
    result = run()
    return time.perf_counter() - began, result


def bare(record: Record) -> bytes:
    """The floor: every note's words on pages, by ReportLab alone in a font it brings along."""
    target = BytesIO()
    canvas = Canvas(target)
    room = 0
    for card in every_card(record):
        for line in simpleSplit(card.text, "Helvetica", 12, COLUMN):
            if room == 0:
                canvas.showPage()
                canvas.setFont("Helvetica", 12)
                room = LINES_ON_A_PAGE
            canvas.drawString(60, 60 + room * LINE, line)
            room -= 1
    canvas.save()
    return target.getvalue()


def plain(record: Record) -> bytes:
    """The same cards by ReportLab's own means, untagged: boxes with round corners, words in the same font."""
    face_of(FONTS[False])
    target = BytesIO()
    canvas = Canvas(target)
    top = TALL
    for number, card in enumerate(every_card(record)):
        lines = [*simpleSplit(card.text, FONTS[False], 12, COLUMN), "By phone"]
        high = len(lines) * LINE + 20
        if number % 2 == 0 and top - high < 60:
            canvas.showPage()
            top = TALL
        left = 62 + number % 2 * 247
        canvas.setFillColor(HexColor("#FFE58A"))
        canvas.setStrokeColor(HexColor("#B39F60"))
        canvas.roundRect(left, top - high, 230, high, 3, fill=1)
        canvas.setFillColor(HexColor("#1B2733"))
        canvas.setFont(FONTS[False], 12)
        for place, line in enumerate(lines, 1):
            canvas.drawString(left + 10, top - 4 - place * LINE, line)
        top -= high + 10 if number % 2 else 0
    canvas.save()
    return target.getvalue()


def in_complex_scripts(notes: int) -> Record:
    """A record whose every note is a sentence in a script that Qt lays out; no two are the same."""
    texts = [sample.text for sample in SAMPLES.values() if sample.is_shaped or sample.language == "zh"]
    said = (f"{texts[number % len(texts)]} {number}" for number in range(notes))
    cards = tuple(Card(text=text, mode=Mode.ROOM, day=date(2022, 7, 27)) for text in said)
    theme = ThemePart(rank=1, name="Benches", colour=0, notes=notes, cards=cards)
    return replace(plan(EMPTY), questions=(QuestionPart(number=1, words="Why?", themes=(theme,)),))


def every_card(record: Record) -> list[Card]:
    """Every card of the record."""
    themed = [card for part in record.questions for theme in part.themes for card in theme.cards]
    return themed + [card for part in record.questions for card in part.alone]


def main(path: Path) -> None:
    """Measure one workshop in this process, and print the figures as JSON."""
    board = read_board(path)
    pdf, _made = timed(lambda: make_pdf(lay_out(plan(board))))
    memory = peak()
    record = plan(board)
    by_reportlab, _plain = timed(lambda: plain(record))
    html, _page = timed(lambda: make_html(record))
    floor, _bare = timed(lambda: bare(record))
    with TemporaryDirectory() as folder:
        whole, _written = timed(lambda: write(path, Path(folder)))
    figures = {"pdf": pdf, "html": html, "floor": floor, "plain": by_reportlab, "all": whole, "memory": memory}
    print(json.dumps(figures))


def measure_complex(notes: int) -> None:
    """Measure so many notes in complex scripts in this process, and print the figures as JSON."""
    record = in_complex_scripts(notes)
    pdf, _made = timed(lambda: make_pdf(lay_out(record)))
    print(json.dumps({"pdf": pdf, "memory": peak()}))


def peak() -> float:
    """The most memory this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1] == "--complex":
        measure_complex(int(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))
