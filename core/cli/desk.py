"""Who acts when a command writes: this person's desk, as the settings know it."""

from pathlib import Path
from typing import TYPE_CHECKING

from core.base.ids import DeskId

if TYPE_CHECKING:
    from core.store.memory import Memory


def this_desk() -> DeskId:
    """The id of this person's desk; made and kept at the first use."""
    from core.base.settings import SettingsFile

    return SettingsFile().settings.desk


def known() -> Path:
    """Where this desk remembers other desks and homes."""
    from core.base.settings import SettingsFile

    return SettingsFile().known


def memory() -> "Memory":
    """What this desk remembers of each workshop, so that an older copy is noticed."""
    from core.base.settings import memory_folder
    from core.store.memory import FolderMemory

    return FolderMemory(memory_folder())
