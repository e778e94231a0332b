"""How long the screen stands still while somebody works through the notes of an open consultation, pane by pane.

`measure` runs `python -m tests.bench.panes FILE` for each size: a desk in a process of its own, without a screen.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import count
from pathlib import Path

from core.base.ids import DeskId, NoteId, VenueId, new_id
from core.base.settings import SettingsFile
from core.domain.commands import HoldNotes
from core.domain.terms import Reason
from core.domain.venues import AddVenue, PlaceDesk
from core.session import Session
from tests.bench.rows import Row
from tests.bench.workshops import make_workshop

SIZES = (5_000, 20_000)
STILL_MS = 50.0
HELD = 0.07
TRIES = 5
LONGEST_SECONDS = 300
WINDOW = (1440, 900)


def measure(folder: Path, *, quick: bool = False) -> list[Row]:
    """The rows of the bench."""
    return [row for notes in (SIZES[:1] if quick else SIZES) for row in _measure_one(folder / f"panes-{notes}", notes)]


def _measure_one(folder: Path, notes: int) -> list[Row]:
    folder.mkdir()
    path = a_consultation(folder / "open.sayback", notes)
    child = subprocess.run(
        [sys.executable, "-m", "tests.bench.panes", str(path)], capture_output=True, timeout=LONGEST_SECONDS,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, cwd=Path(__file__).parents[2], text=True, check=True,
    )  # fmt: skip
    return [Row(**row) for row in json.loads(child.stdout.splitlines()[-1])]


def a_consultation(path: Path, notes: int) -> Path:
    """Many notes, of which some wait to be read, at two venues and online."""
    make_workshop(path, notes)
    session = Session.open(path, DeskId(new_id()))
    try:
        venue = VenueId(new_id())
        waiting = [NoteId(each) for each in sorted(session.board.notes)[: int(notes * HELD)]]
        made_by = next(iter(session.board.notes.values())).said.desk
        for command in (AddVenue("York", venue), AddVenue("Leeds"), PlaceDesk(made_by, venue)):
            session.do(command).result()
        session.do(HoldNotes(tuple(waiting), Reason.READ_FIRST)).result()
    finally:
        session.close(60)
    return path


def rows_of(path: Path) -> Iterator[Row]:
    """Measured in this process, at the real desk."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from core.web import server
    from tests.bench.watched import Watched

    server.USUAL_PORT = 0
    folder = Path(tempfile.mkdtemp(dir=path.parent))
    shutil.copy(path, folder / path.name)
    desk = Watched(SettingsFile(folder / "settings.json"), folder / path.name, WINDOW)
    notes = len(desk.running.session.board.notes)
    ctrl, key = Qt.KeyboardModifier.ControlModifier, Qt.Key
    letters = count()

    def row(what: str, act: Callable[[], object], tries: int = TRIES) -> Row:
        still = statistics.median(desk.stands_still(act) for _try in range(tries))
        return Row(what=f"panes of {notes:,} notes: {what}", figure=still * 1000, unit="ms still", goal=STILL_MS)

    def type_letter() -> None:
        QTest.keyClicks(desk.focused, "benchwords"[next(letters) % 10])

    desk.do("held")
    yield row("held, the next note", lambda: desk.key(key.Key_Down))
    yield row("held, show one", lambda: desk.key(key.Key_Return))
    yield row("held, the next page", desk.turn_held)
    desk.do("find")
    yield row("find, one letter", type_letter)
    desk.do("sample")
    yield row("find, a sample", desk.draw)
    yield row("find, the next of a sample", lambda: desk.key(key.Key_F3))
    desk.key(key.Key_Escape)
    yield row("you said, open", lambda: desk.do("replies"), 1)
    yield row("you said, the next", lambda: desk.key(key.Key_Down))
    yield row("venues side by side, open", lambda: desk.do("compare"), 1)
    yield row("venues side by side, a note comes", desk.hear_a_note)
    desk.key(key.Key_1, ctrl)
    desk.end()


if __name__ == "__main__":
    print(json.dumps([asdict(row) for row in rows_of(Path(sys.argv[1]))]))
