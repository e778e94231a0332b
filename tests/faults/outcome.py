"""What a fault left behind: every note that was thanked for must be there once, and the file must be whole."""

from collections import Counter
from pathlib import Path

from core.store import backup
from core.store.check import check
from core.store.reader import read_board
from tests.core.workshops import ANN, opened
from tests.faults.log_writer import text_of


def thanked(said: str) -> list[int]:
    """The numbers of the notes that the writer printed its thanks for; a last, half line does not count."""
    lines = said.split("\n")[:-1]
    return [int(line.split()[1]) for line in lines if line.startswith("thanked ")]


def assert_nothing_lost(path: Path, said: str) -> int:
    """Reads the file as it was left, then opens it as a desk does. Returns how many notes had been thanked for."""
    promised = Counter(text_of(number) for number in thanked(said))
    board = read_board(path)
    kept = Counter(board.text_of(note) for note in board.notes.values())
    assert promised - kept == Counter(), f"lost: {promised - kept}"
    assert max(kept.values(), default=1) == 1, "doubled"
    report = check(path)
    assert report.ok, report
    with opened(path, ANN) as session:
        assert len(session.board.notes) == len(board.notes)
    assert check(path).ok
    for copy in backup.copies(path):
        assert check(copy).ok, copy.name
    return sum(promised.values())
