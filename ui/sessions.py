"""How a desk comes to open workshops, handed in where the desk is put together."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.domain.commands import Command
from core.session import Session

if TYPE_CHECKING:    # it loads after the first paint
    from core.sync.known import Home


@dataclass(frozen=True, slots=True)
class Sessions:
    """How this desk opens, makes and joins workshops. All block, and raise a WorkshopError."""

    open: Callable[[Path], Session]
    create: Callable[[Path, Command], Session]
    join: Callable[["Home", Path], Session]
    known: Path    # where this desk remembers other desks
