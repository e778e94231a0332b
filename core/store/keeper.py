"""Keeps copies of an open workshop: every five minutes while it changes and once it is closed; thins out old ones."""

import logging
import sqlite3
import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from core.base.clock import Clock
from core.base.errors import WorkshopError
from core.store import backup

logger = logging.getLogger("sayback.copies")
EVERY_SECONDS = 300.0
NEWEST_KEPT = 10
HOURS_KEPT = 24
DAYS_KEPT = 14


class Keeper:
    """A thread that copies the file when told that it changed. A copy that cannot be made is logged and tried again:
    copies are a help, never a promise."""

    def __init__(self, path: Path, clock: Clock, every: float = EVERY_SECONDS) -> None:
        self._path = path
        self._clock = clock
        self._every = every
        self._making = threading.Lock()
        self._changed = threading.Event()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="sayback-copies", daemon=True)
        self._thread.start()

    def note_change(self) -> None:
        """There is something new to copy."""
        self._changed.set()

    def stop(self, timeout: float) -> None:
        """Make the last copy, if something changed since the last one; waits at most `timeout` seconds for it."""
        self._ending.set()
        self._thread.join(timeout)

    def paused(self) -> threading.Lock:
        """While this is held no copy is made, and none is under way."""
        return self._making

    def _keep(self) -> None:
        ending = False
        while not ending:
            ending = self._ending.wait(self._every)
            with self._making:
                self._copy()

    def _copy(self) -> None:
        if not self._changed.is_set():
            return
        try:
            now = self._clock()
            backup.make(self._path, now)
            self._changed.clear()
            for old in too_old(backup.copies(self._path), now):
                old.unlink(missing_ok=True)
        except (OSError, sqlite3.Error, WorkshopError) as error:
            logger.warning("No copy could be made: %s", error)


def too_old(copies: Iterable[Path], now: datetime) -> list[Path]:
    """Which copies, newest first, are not needed: kept are the ten newest, and the newest of each hour of the last
    day and of each day of the last two weeks. Copies that were made before a new layout are always kept."""
    kept: set[str] = set()
    gone = []
    for number, copy in enumerate(each for each in copies if "before layout" not in each.name):
        made = datetime.fromtimestamp(copy.stat().st_mtime, now.tzinfo)
        hour, day = f"{made:%Y-%m-%d %H}", f"{made:%Y-%m-%d}"
        fresh = number < NEWEST_KEPT
        of_hour = hour not in kept and now - made < timedelta(hours=HOURS_KEPT)
        of_day = day not in kept and now - made < timedelta(days=DAYS_KEPT)
        if not (fresh or of_hour or of_day):
            gone.append(copy)
        kept |= {hour, day}
    return gone
