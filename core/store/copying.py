"""A whole copy of an open workshop at another place, with its pictures and without people's addresses."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from core.base.errors import AlreadyThere, DiskFull, NotSaved
from core.base.files import sync_folder
from core.base.language import _
from core.store import files, pictures
from core.store.log import Log


def save_copy(log: Log, target: Path) -> None:
    """Make it whole under other names, then give it its own. Raises AlreadyThere, DiskFull, NotSaved."""
    half = target.with_name(f".{target.name}.half")
    half_pictures = files.pictures_file(half)
    try:
        _require_free(target, files.pictures_file(target))
        _remove(half, half_pictures)
        log.copy_to(half)
        pictures.copy_to(log.path, half)
        _give_name(half_pictures, files.pictures_file(target))
        _give_name(half, target)
        sync_folder(target.parent)
    except (OSError, NotSaved) as error:
        raise _not_made(error) from error
    finally:
        with suppress(OSError):
            _remove(half, half_pictures)


def _require_free(*paths: Path) -> None:
    if any(path.exists() for path in paths):
        raise AlreadyThere(
            _("There is a file of this name already. Nothing was changed."), _("Choose another name.")
        )


def _remove(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _give_name(half: Path, path: Path) -> None:
    """Bring it to the disk first. A workshop without pictures has no file of them."""
    if half.exists():
        with half.open("rb+") as file:
            os.fsync(file.fileno())
        half.rename(path)


def _not_made(error: OSError | NotSaved) -> NotSaved:
    """What a person is told: it is the other place that refuses, and the workshop itself is well."""
    if isinstance(error, DiskFull) or (isinstance(error, OSError) and error.errno == errno.ENOSPC):
        return DiskFull(
            _("There is too little room for the copy there. The workshop itself is safe."),
            _("Choose a folder on another disk."),
        )
    return NotSaved(
        _("The copy could not be made there. The workshop itself is safe."), _("Choose another folder.")
    )
