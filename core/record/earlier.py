"""An earlier workshop, looked at for what carries on into the next: its file, or the workshop.json of its record."""

from pathlib import Path

from core.domain.board import EMPTY, Board
from core.domain.fold import fold, with_words
from core.record.bundle import read_bundle
from core.store.reader import read_board

BUNDLE = ".json"


def earlier_board(path: Path) -> Board:
    """Its board, as that was left; the file is not changed. Raises NotAWorkshop or NewerWorkshop."""
    if path.suffix.lower() != BUNDLE:
        return read_board(path)
    bundle = read_bundle(path)
    return fold(with_words(EMPTY, bundle.words), bundle.events)
