"""Looks now and then whether this laptop comes to an end of something, and says so while there is still time: room on
the disk (faults.md F06), the battery (F54)."""

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.base.language import _
from ui.jobs import Jobs
from ui.watching.notices import Notice, Notices, Urgency

LOOK_MS = 30_000
MEGABYTE = 2**20
LITTLE, VERY_LITTLE = 500 * MEGABYTE, 100 * MEGABYTE
LOW, VERY_LOW = 20, 8    # per cent: about half an hour, and time enough to find the lead
ROOM, BATTERY = "room left", "battery left"

Judge = Callable[[], Notice | None]
"""Asks the system, not on the screen's thread; what is to be told just now, on the topic of the watch."""


class Watch(QObject):
    """Looks every half minute. What is as bad as before is not told again; what is well again is taken back."""

    worsened = Signal(object)    # Urgency

    def __init__(
        self, topic: str, judge: Judge, notices: Notices, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._topic, self._judge, self._notices, self._jobs = topic, judge, notices, jobs
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
        self._notices.settle(self._topic)

    @Slot()
    def look(self) -> None:
        """Ask the system."""
        self._jobs.run(self._judge, self._tell)

    def _tell(self, notice: Notice | None) -> None:
        urgency = notice.urgency if notice else None
        if urgency == self._told or not self._timer.isActive():
            return
        self._told = urgency
        self._notices.settle(self._topic)
        if notice is not None:
            self._notices.tell(notice)
            self.worsened.emit(urgency)


def free_bytes(folder: Path) -> int:
    """The room that is left where this folder lies."""
    return shutil.disk_usage(folder).free


def room_left(folder: Path, free: Callable[[Path], int] = free_bytes) -> Judge:
    """Tells at 500 MB and once more at 100 MB."""

    def judge() -> Notice | None:
        left = free(folder)
        if left >= LITTLE:
            return None
        return Notice(
            what=_("Only {n} MB are left on this disk.").format(n=left // MEGABYTE),
            advice=_("All notes are safe. Empty the recycle bin now, so that new ones can be kept."),
            urgency=Urgency.BAD if left < VERY_LITTLE else Urgency.WARN,
            topic=ROOM,
        )

    return judge


def battery_left(percent: Callable[[], int | None]) -> Judge:
    """Tells at 20 per cent and once more at 8, where there is a battery and nothing fills it."""

    def judge() -> Notice | None:
        left = percent()
        if left is None or left > LOW:
            return None
        return Notice(
            what=_("The battery is at {n} per cent.").format(n=left),
            advice=_("Plug the laptop in. All notes are safe, but phones cannot send while it sleeps."),
            urgency=Urgency.BAD if left <= VERY_LOW else Urgency.WARN,
            topic=BATTERY,
        )

    return judge
