"""Writing a file so that at every moment either the old one or the whole new one is there."""

import os
from pathlib import Path


def write_atomically(path: Path, content: bytes | str, mode: int = 0o644) -> None:
    """Write beside `path` and rename over it, both on disk before this returns. Raises OSError."""
    temporary = path.with_name(f".{path.name[:100]}.{os.getpid()}.part")
    try:
        _write_through(temporary, content.encode() if isinstance(content, str) else content, mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put a folder's names on disk, where the system can (Windows cannot open a folder)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def set_aside(path: Path) -> Path:
    """Rename a damaged file to `.damaged` (or the first free number after it) and say where it is now."""
    aside = path.with_name(path.name + ".damaged")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged{number}")
    return path.rename(aside)


def _write_through(path: Path, content: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
