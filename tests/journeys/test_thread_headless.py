"""The thread without a desk, in words: a workshop is made, phones write, the server is killed while they do, nothing is
missing, and the record holds every note."""

import csv
import re
import signal
from pathlib import Path
from threading import Event

import pytest
from pypdf import PdfReader

from core.domain.board import Board
from core.rehearsal.page import Page
from core.store.reader import read_board
from tests.core.cli.program import LONDON, SECONDS, playing, serving, start

KILLED_AFTER = 15    # notes


def squeezed(text: str) -> str:
    """Without white space: a PDF breaks lines where it likes."""
    return re.sub(r"\s+", "", text)


def london_texts() -> list[str]:
    with LONDON.open(encoding="utf-8", newline="") as file:
        return sorted(" ".join(row["comment-body"].split()) for row in csv.DictReader(file))


def texts(board: Board) -> list[str]:
    return sorted(" ".join(board.text_of(note).split()) for note in board.notes.values())


def until_on_disk(file: Path, notes: int) -> None:
    """Wait until so many notes have been kept."""
    for _ in range(SECONDS * 20):
        if len(read_board(file).notes) >= notes:
            return
        Event().wait(0.05)
    raise AssertionError(f"{notes} notes never came")


@pytest.mark.faults
def test_from_phones_to_the_record_with_a_crash_between(tmp_path: Path) -> None:
    town, out = tmp_path / "town.sayback", tmp_path / "record"

    made = start(
        "new", town, "--title", "Young Londoners and the police", "--question", "What is the best way?",
        "--purpose", "To listen.", "--promise", "We will write back by 7 September.",
    )  # fmt: skip
    assert made.code == 0, made.err

    with serving(town) as server, playing(server.address, "10") as rehearsal:
        until_on_disk(town, KILLED_AFTER)
        server.stop(signal.SIGKILL)
        with serving(town, port=server.port) as again:
            assert again.code == server.code
            said, _ = rehearsal.communicate(timeout=SECONDS)
            assert "acknowledged 39" in said
            assert "lost 0" in said
            assert again.stop() == 0
    assert texts(read_board(town)) == london_texts()

    recorded = start("record", town, "--out", out)
    assert recorded.code == 0, recorded.err
    in_pdf = squeezed("".join(page.extract_text() for page in PdfReader(out / "record.pdf").pages))
    page = Page.read((out / "record.html").read_text("utf-8"))
    assert [text for text in london_texts() if squeezed(text) not in in_pdf] == []
    assert [text for text in london_texts() if not page.shows(text)] == []

    checked = start("check", town).json()
    assert checked["ok"] is True
    assert checked["balance"] == {"board": 39, "held": 0, "hidden": 0, "withdrawn": 0, "erased": 0, "received": 39}


@pytest.mark.faults
def test_the_record_becomes_a_workshop_again(tmp_path: Path) -> None:
    town, copy, out = tmp_path / "town.sayback", tmp_path / "copy.sayback", tmp_path / "record"
    assert start("new", town, "--title", "T", "--question", "Q").code == 0
    assert start("rehearse", town, LONDON, "--speed", "1000").code == 0
    assert start("record", town, "--out", out, "--formats", "json").code == 0
    assert start("new", copy, "--from", out / "workshop.json").code == 0
    assert start("check", copy).json()["ok"] is True
    assert texts(read_board(copy)) == texts(read_board(town))
    assert "lost 0" in start("rehearse", copy, LONDON, "--speed", "1000").out
    assert len(read_board(copy).notes) == 78
