"""Says so before the disk is full, while there is still time to make room (faults.md F06)."""

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from core.base.language import _
from ui.jobs import Jobs
from ui.notices import Notice, Notices, Urgency

LOOK_MS = 30_000
MEGABYTE = 2**20
LITTLE, VERY_LITTLE = 500 * MEGABYTE, 100 * MEGABYTE
TOPIC = "room left"


def free_bytes(folder: Path) -> int:
    """The room that is left where this folder lies."""
    return shutil.disk_usage(folder).free


class RoomLeft(QObject):
    """Looks every half minute, not on the screen's thread; tells at 500 MB and once more at 100 MB."""

    def __init__(
        self, folder: Path, notices: Notices, jobs: Jobs, *,
        free: Callable[[Path], int] = free_bytes, parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._folder, self._notices, self._jobs, self._free = folder, notices, jobs, free
        self._told: Urgency | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look now, and from now on."""
        self._timer.start()
        self.look()

    def end(self) -> None:
        """Look no more; what was told is settled."""
        self._timer.stop()
        self._notices.settle(TOPIC)

    @Slot()
    def look(self) -> None:
        """Ask the disk."""
        self._jobs.run(lambda: self._free(self._folder), self._tell)

    def _tell(self, free: int) -> None:
        urgency = Urgency.BAD if free < VERY_LITTLE else Urgency.WARN if free < LITTLE else None
        if urgency == self._told or not self._timer.isActive():
            return
        self._told = urgency
        self._notices.settle(TOPIC)
        if urgency is None:
            return
        self._notices.tell(
            Notice(
                what=_("Only {n} MB are left on this disk.").format(n=free // MEGABYTE),
                advice=_("All notes are safe. Empty the recycle bin now, so that new ones can be kept."),
                urgency=urgency,
                topic=TOPIC,
            )
        )
