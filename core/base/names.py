"""File names made from what people call things: right on every system, and never the name of another file."""

import unicodedata
from pathlib import Path

LONGEST = 60
# Windows keeps these for devices, with any ending.
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}


def file_name(title: str, otherwise: str) -> str:
    """The title without signs that some system forbids; `otherwise` where nothing is left."""
    signs = (sign if sign.isalnum() or unicodedata.category(sign)[0] == "M" else " " for sign in title)
    name = " ".join("".join(signs).split())[:LONGEST].strip()
    return name if name and name.lower() not in RESERVED else otherwise


def free_path(folder: Path, name: str, suffix: str) -> Path:
    """A path in this folder that no file has yet."""
    path = folder / f"{name}{suffix}"
    number = 1
    while path.exists():
        number += 1
        path = folder / f"{name} {number}{suffix}"
    return path
