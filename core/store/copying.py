"""A whole copy of an open workshop at another place, with its pictures and without people's addresses."""

import os
from pathlib import Path

from core.base.errors import AlreadyThere, NotSaved
from core.base.files import sync_folder
from core.base.language import _
from core.store import pictures
from core.store.log import Log


def save_copy(log: Log, target: Path) -> None:
    """Make it whole under another name, then give it its own. Raises AlreadyThere, NotSaved."""
    if target.exists():
        raise AlreadyThere(
            _("There is a file of this name already. Nothing was changed."), _("Choose another name.")
        )
    half = target.with_name(f".{target.name}.half")
    try:
        half.unlink(missing_ok=True)
        log.copy_to(half)
        pictures.copy_to(log.path, target)
        _to_disk(half)
        half.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise NotSaved(
            _("The copy could not be made here: {why}").format(why=error.strerror or error), _("Choose another folder.")
        ) from error
    finally:
        half.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
