"""A workshop opened and closed fifty times leaves nothing: no widget, no thread, no file, no memory to speak of."""

import gc
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication

from tests.conftest import spare_what_is_there
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import hall
from ui.look.parts import Label

pytestmark = pytest.mark.slow

TIMES, WARM = 50, 10
GROWTH_MB = 8    # of forty workshops, after the first ten; measured: under 1


@dataclass(frozen=True, slots=True)
class Left:
    """What there is in this process."""

    widgets: int
    threads: int
    files: int
    megabytes: float


def left() -> Left:
    """As it is once all that was put away is gone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Left(
        widgets=len(QApplication.allWidgets()),
        threads=sum(not each.name.startswith("Dummy-") for each in threading.enumerate()),
        files=len(list(Path("/proc/self/fd").iterdir())),
        megabytes=pages * os.sysconf("SC_PAGE_SIZE") / 2**20,
    )


def test_a_workshop_opened_and_closed_fifty_times_leaves_nothing(
    new_desk: Callable[[], DeskUnderTest], tmp_path: Path
) -> None:
    spare_what_is_there()
    desk = new_desk()
    path = hall(tmp_path / "town.sayback", desk.settings.settings.desk)
    desk.begin()
    after: list[Left] = []
    for _time in range(TIMES):
        open_and_close(desk, path)
        after.append(left())
    warm, last = after[WARM], after[-1]
    assert last.widgets == warm.widgets
    desk.wait(lambda: left().threads <= min(each.threads for each in after))    # the last may be on its way out
    desk.wait(lambda: left().files <= min(each.files for each in after[WARM:]) + 2)
    assert last.megabytes - warm.megabytes < GROWTH_MB, [round(each.megabytes) for each in after]


def open_and_close(desk: DeskUnderTest, path: Path) -> None:
    """As a person does: both views, the people, then back to the list."""
    threads = threading.active_count()
    desk.desk.open(path)
    assert desk.door.code == "ABC234"
    desk.do("outline")
    desk.do("people")
    desk.do("board")
    desk.do("leave")
    desk.wait(lambda: desk.desk.open_desk is None and threading.active_count() <= threads + 1)
    desk.wait(lambda: not path.with_name(path.name + "-wal").exists())
    desk.wait(lambda: has_looked_around(desk))


def has_looked_around(desk: DeskUnderTest) -> bool:
    """Whether the list of workshops has heard of this laptop and of the templates, both from other threads."""
    buttons = any(name.startswith("Begin from the plan") for name in desk.names(QAbstractButton))
    return buttons and any("disk" in label.text() for label in desk.visible(Label))
