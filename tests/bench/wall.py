"""How fast the projector follows: revealed notes by theme, made from the board, laid out and painted."""

import statistics
import time
from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QApplication

from core.domain.board import Board
from core.session import Session
from tests.bench.rows import Row
from ui.pictures import Pictures
from ui.projector.photos import Photos
from ui.projector.serializer import Glance, view_of
from ui.projector.shown import ProjectorView, What
from ui.projector.stage import Stage

GOAL = 50.0
"""Milliseconds of this process for each of the three: what comes is shown within 100 of them, and the desk goes on."""
SCREEN = (1920, 1080)


def rows(session: Session, notes: int, saying: Iterator[Callable[[], object]]) -> Iterator[Row]:
    """A first picture, then one more for each note that comes in."""
    pictures = Pictures(session.picture)
    stage = Stage(Photos(pictures))
    stage.resize(*SCREEN)
    stage.show()
    first = _times(stage, session.board)
    later = []
    for say in saying:
        say()
        later.append(_times(stage, session.board))
    stage.close()
    stage.deleteLater()
    pictures.close()
    QApplication.processEvents()
    for what, once, again in zip(("read", "laid out", "painted"), first, zip(*later, strict=True), strict=True):
        yield _row(notes, f"{what} first", once)
        yield _row(notes, f"{what} again, middle", statistics.median(again))


def _times(stage: Stage, board: Board) -> tuple[float, float, float]:
    found: list[ProjectorView] = []
    question = board.questions_in_order()[0].id
    read = _milliseconds(lambda: found.append(view_of(board, Glance(what=What.THEMES, question=question, time=0))))
    laid = _milliseconds(lambda: stage.show_view(found[0]))
    return read, laid, _milliseconds(stage.grab)


def _milliseconds(act: Callable[[], object]) -> float:
    """Of this process: its neighbours do not count."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def _row(notes: int, what: str, figure: float) -> Row:
    return Row(what=f"projector of {notes:,}: {what}", figure=figure, unit="ms", goal=GOAL)
