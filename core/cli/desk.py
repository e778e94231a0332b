"""Who acts when a command writes: this person's desk, as the settings know it."""

from core.base.ids import DeskId
from core.base.settings import SettingsFile, memory_folder
from core.store.memory import FolderMemory, Memory


def this_desk() -> DeskId:
    """The id of this person's desk; made and kept at the first use."""
    return SettingsFile().settings.desk


def memory() -> Memory:
    """What this desk remembers of each workshop, so that an older copy is noticed."""
    return FolderMemory(memory_folder())
