"""How long a record takes: the PDF beside the same words drawn by ReportLab alone, the web page, and the memory.

`measure` runs `python -m tests.bench.record FILE` for each size, so that memory is that of a fresh process.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from core.record.html import make_html
from core.record.model import Card, Record
from core.record.pdf import lay_out, make_pdf
from core.record.plan import plan
from core.record.writing import write
from core.store.reader import read_board
from tests.bench.rows import Row
from tests.bench.workshops import make_workshop

SIZES = (500, 5_000)
PDF_SECONDS = {500: 1.0, 5_000: 5.0}
PAGE_SECONDS = {5_000: 0.3}
MEGABYTES = 150.0
LONGEST_SECONDS = 120
LINE, COLUMN, LINES_ON_A_PAGE = 16.5, 210.0, 42
Result = TypeVar("Result")


def measure(folder: Path, sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """The record's rows of the bench, for workshops of these sizes."""
    return [row for notes in sizes for row in _measure_one(folder / f"record-{notes}.sayback", notes)]


def _measure_one(path: Path, notes: int) -> list[Row]:
    make_workshop(path, notes)
    child = subprocess.run(
        [sys.executable, "-m", "tests.bench.record", str(path)], capture_output=True, check=True, text=True,
        timeout=LONGEST_SECONDS, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    found: dict[str, float] = json.loads(child.stdout)
    what = f"record of {notes:,} notes"
    return [
        Row(what=f"{what}: PDF", figure=found["pdf"], unit="s", goal=PDF_SECONDS.get(notes), floor=found["floor"]),
        Row(what=f"{what}: web page", figure=found["html"], unit="s", goal=PAGE_SECONDS.get(notes)),
        Row(what=f"{what}: all forms to disk", figure=found["all"], unit="s"),
        Row(what=f"{what}: memory", figure=found["memory"], unit="MB", goal=MEGABYTES),
    ]


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


def every_card(record: Record) -> list[Card]:
    """Every card of the record."""
    themed = [card for part in record.questions for theme in part.themes for card in theme.cards]
    return themed + [card for part in record.questions for card in part.alone]


def main(path: Path) -> None:
    """Measure one workshop in this process, and print the figures as JSON."""
    board = read_board(path)
    pdf, _made = timed(lambda: make_pdf(lay_out(plan(board))))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    record = plan(board)
    html, _page = timed(lambda: make_html(record))
    floor, _bare = timed(lambda: bare(record))
    with TemporaryDirectory() as folder:
        whole, _written = timed(lambda: write(path, Path(folder)))
    print(json.dumps({"pdf": pdf, "html": html, "floor": floor, "all": whole, "memory": memory}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
