"""The making of everybody's copies is killed half-way: what lies there is whole, and the next time goes on from it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from core.record.editions import FOLDER, MANY, MARK
from tests.core.cli.program import HOUSE, SECONDS
from tests.core.table import person
from tests.core.workshops import made, say
from tests.web.phones import until

PEOPLE = MANY + 2
"""So many that a second process helps."""
DONE_BEFORE = 6


@pytest.mark.alone
@pytest.mark.faults
def test_killed_copies_are_whole_or_not_there_and_the_next_time_makes_the_rest(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        for number in range(PEOPLE):
            say(session, f"Note of person {number}", by=f"P{number}")
    folder = tmp_path / "out" / FOLDER
    command: list[str | Path] = [
        sys.executable, HOUSE / "main.py", "record", session.path, "--out", folder.parent, "--formats", "md",
        "--editions",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as making:
        until(lambda: len(list(folder.glob("*.pdf"))) >= DONE_BEFORE, "the first copies")
        making.send_signal(signal.SIGKILL)
    there = whole(folder)
    assert DONE_BEFORE <= len(there) < 2 * PEOPLE
    assert subprocess.run(command, stdout=subprocess.DEVNULL, timeout=SECONDS).returncode == 0
    wanted = {f"{person(f'P{number}')}.{kind}" for number in range(PEOPLE) for kind in ("pdf", "html")}
    after = whole(folder)
    assert set(after) == wanted
    made_of_both = {name for name in there if name.replace(".html", ".pdf") in there}
    assert {name: after[name] for name in made_of_both} == {name: there[name] for name in made_of_both}
    assert {file.name for file in folder.iterdir()} == wanted | {MARK}


def whole(folder: Path) -> dict[str, int]:
    """Each copy under its name, with what tells that it is the same file; every one can be read to its end."""
    found = [file for file in folder.iterdir() if file.suffix in (".pdf", ".html")]
    for file in found:
        if file.suffix == ".pdf":
            assert PdfReader(file).pages
        else:
            assert file.read_text("utf-8").rstrip().endswith("</html>")
    return {file.name: file.stat().st_ino for file in found}
