"""`make bench`: every figure of the project in one table, beside a floor in the same run; also as JSON."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench.rows import Row, table

Part = Callable[[Path, bool], list[Row]]


def notes(folder: Path, quick: bool) -> list[Row]:
    """Notes from phones."""
    from tests.bench import notes

    return notes.measure(folder, quick=quick)


def coming(folder: Path, quick: bool) -> list[Row]:
    """Coming in, and looking."""
    from tests.bench import coming

    return coming.measure(folder, quick=quick)


def board(folder: Path, quick: bool) -> list[Row]:
    """The board on the screen."""
    from tests.bench import board

    return board.measure(folder, board.SIZES if quick else (*board.SIZES, board.LARGE))


def panes(folder: Path, quick: bool) -> list[Row]:
    """The panes of the desk with thousands of notes."""
    from tests.bench import panes

    return panes.measure(folder, quick=quick)


def record(folder: Path, quick: bool) -> list[Row]:
    """The record."""
    from tests.bench import record

    return record.measure(folder, record.SIZES[:1] if quick else record.SIZES)


def editions(folder: Path, quick: bool) -> list[Row]:
    """Everybody's own copy, and the spreadsheet."""
    from tests.bench import editions

    return editions.measure(folder, (65,) if quick else tuple(editions.SECONDS))


def start(folder: Path, quick: bool) -> list[Row]:
    """Starting."""
    from tests.bench import start

    return start.measure(folder, quick=quick)


def home(folder: Path, quick: bool) -> list[Row]:
    """An online home."""
    from tests.bench import home

    return home.measure(folder, quick=quick)


def large(folder: Path, quick: bool) -> list[Row]:
    """An online home on PostgreSQL."""
    from tests.bench import large

    return large.measure(folder, quick=quick)


def million(folder: Path, quick: bool) -> list[Row]:
    """A million people in an hour."""
    from tests.bench import million

    return million.measure(folder, quick=quick)


PARTS: Mapping[str, Part] = {
    "notes": notes, "coming": coming, "board": board, "panes": panes, "record": record, "editions": editions,
    "start": start, "home": home, "million": million, "large": large,
}  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Measure what was asked for; 1 where a part could not be measured. A goal that is not reached is no failure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    parser.add_argument("--quick", action="store_true", help="at most two minutes: fewer phones, smaller boards")
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part")
    options = parser.parse_args(arguments)
    rows: list[Row] = []
    failed: list[str] = []
    print(f"before: {about()}", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="sayback-bench-") as folder:
        for name in options.only or PARTS:
            began = time.monotonic()
            try:
                rows += PARTS[name](Path(folder), options.quick)
            except (subprocess.SubprocessError, ImportError, OSError) as error:
                failed.append(f"{name}: {why(error)}")
            print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    print(table(rows))
    print(about())
    for line in failed:
        print(f"COULD NOT BE MEASURED  {line}")
    if options.json:
        figures = [asdict(row) | {"reached": row.is_reached} for row in rows]
        found = {"machine": about(), "rows": figures, "failed": failed}
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 1 if failed else 0


def why(error: Exception) -> str:
    """What a part that broke said last."""
    said = getattr(error, "stderr", None) or str(error)
    return str(said).strip().splitlines()[-1] if str(said).strip() else type(error).__name__


def about() -> str:
    """Where it was measured: ratios count more than milliseconds on a machine with neighbours."""
    load = f"load {os.getloadavg()[0]:.1f}, " if hasattr(os, "getloadavg") else ""
    share = f"of which a busy loop gets {100 * share_of_a_processor():.0f} % of one"
    return f"{os.cpu_count()} processors, {share}, {load}Python {platform.python_version()} on {platform.system()}"


def share_of_a_processor(seconds: float = 0.5) -> float:
    """How much of the time the machine lets a busy loop run: 1 where it has no neighbours."""
    began, worked = time.perf_counter(), time.process_time()
    while time.perf_counter() - began < seconds:
        pass
    return (time.process_time() - worked) / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
