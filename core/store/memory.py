"""What this desk last wrote to each workshop, kept outside the file, so that an older copy put back is noticed."""

import os
from pathlib import Path
from typing import Protocol

from core.base.ids import WorkshopId


class Memory(Protocol):
    """Remembers the highest number this desk gave or saw, per workshop."""

    def recall(self, workshop: WorkshopId) -> int:
        """The highest number; 0 where nothing is remembered."""

    def remember(self, workshop: WorkshopId, seq: int) -> None:
        """Keep a number if it is the highest so far."""


class FolderMemory:
    """A small file for each workshop in this desk's own settings folder. It is not synced at each commit: a crash of
    the program loses nothing of it, and a power cut only matters together with an older copy put back."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def recall(self, workshop: WorkshopId) -> int:
        """The highest number; 0 where nothing (readable) is remembered."""
        try:
            return int(self._file(workshop).read_text("ascii"))
        except (OSError, ValueError):
            return 0

    def remember(self, workshop: WorkshopId, seq: int) -> None:
        """Keep a number; always 20 digits in place, so that there is never half a file."""
        try:
            descriptor = self._open(workshop)
        except FileNotFoundError:
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor = self._open(workshop)
        try:
            os.write(descriptor, b"%020d" % seq)
        finally:
            os.close(descriptor)

    def _open(self, workshop: WorkshopId) -> int:
        return os.open(self._file(workshop), os.O_RDWR | os.O_CREAT, 0o600)

    def _file(self, workshop: WorkshopId) -> Path:
        return self._folder / f"{workshop}.head"


class NoMemory:
    """For a workshop that is only looked at, or for a desk without settings."""

    def recall(self, workshop: WorkshopId) -> int:
        """Nothing is remembered."""
        return 0

    def remember(self, workshop: WorkshopId, seq: int) -> None:
        """Nothing is kept."""
