"""One desk for each file: locks that the kernel frees when a desk crashes."""

import errno
import os
from contextlib import ExitStack
from pathlib import Path

from filelock import FileLock, Timeout

from core.base.errors import AlreadyOpen, NotSaved, WorkshopError
from core.base.language import _
from core.store.files import lock_file, read_only_place, require_ours

READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def hold(path: Path) -> ExitStack:
    """Hold a workshop file until the stack is closed. Raises AlreadyOpen, ReadOnlyPlace where nothing can be written,
    NotSaved where the disk refuses, and NotAWorkshop or NewerWorkshop for a file that is left as it is.

    Beside NAME.sayback.lock the file itself is locked where the system keeps such a lock apart from SQLite's own:
    so a second name of the same file (a hard link) is noticed too. The file is looked at only once the name is ours:
    closing it would free the locks that SQLite of this very process holds on it (sqlite.org/howtocorrupt.html, 2.2).
    """
    held = ExitStack()
    was_there = lock_file(path).exists()
    try:
        held.enter_context(FileLock(lock_file(path), blocking=False, thread_local=False))
        require_ours(path)
        _hold_every_name(path, held)
    except Timeout:
        held.close()
        raise AlreadyOpen(
            _("Another window has this workshop open."), _("Go to that window, or close it there first.")
        ) from None
    except OSError as error:
        held.close()
        if error.errno in READ_ONLY:
            raise read_only_place() from error
        raise NotSaved(
            _("This folder cannot be written to: {why}").format(why=error.strerror),
            _("Copy the workshop to another folder, then open it there."),
        ) from error
    except WorkshopError:
        held.close()
        if not was_there:
            lock_file(path).unlink(missing_ok=True)
        raise
    return held


def is_held(path: Path) -> bool:
    """Whether a desk has the workshop open. Makes no lock where there is none."""
    if not lock_file(path).exists():
        return False
    try:
        with FileLock(lock_file(path), blocking=False, thread_local=False):
            return False
    except Timeout:
        return True
    except OSError:    # where nothing can be written, nobody holds one
        return False


def _hold_every_name(path: Path, held: ExitStack) -> None:
    """Lock the file itself; a system without such locks keeps only the lock by name."""
    if os.name != "posix":
        return
    lock = FileLock(path, blocking=False, thread_local=False, fallback_to_soft=False)
    try:
        held.enter_context(lock)
    except OSError as error:
        if error.errno != errno.ENOSYS:
            raise
