"""Pictures in workshop.json: written as text, and believed only where each is what its hash says and can be drawn."""

import base64
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from core.base.pictures import LONGEST_SIDE, Picture, PictureKind

SECONDS = 15.0
DRAW_SMALL = (sys.executable, "-I", str(Path(__file__).parents[1] / "base" / "redraw.py"), "16")


def as_text(picture: Picture) -> Mapping[str, str | int]:
    """All of a picture, for JSON."""
    return {
        "hash": picture.hash, "kind": picture.kind.value, "width": picture.width, "height": picture.height,
        "data": base64.b64encode(picture.data).decode(),
    }  # fmt: skip


def from_text(found: Mapping[str, object]) -> Picture:
    """The picture. Raises ValueError where it is not whole, or not what it says."""
    kind, data = PictureKind(str(found.get("kind"))), base64.b64decode(str(found.get("data")), validate=True)
    picture = Picture(data, kind, _side(found.get("width")), _side(found.get("height")))
    if picture.hash != found.get("hash") or not can_be_drawn(data):
        raise ValueError("no picture of ours")
    return picture


def _side(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= LONGEST_SIDE:
        raise ValueError("no size of a picture")
    return value


def can_be_drawn(data: bytes) -> bool:
    """Looked at by a process of its own, as a photo from a phone is: a stranger's file may be made to do harm."""
    try:
        return subprocess.run(DRAW_SMALL, input=data, capture_output=True, timeout=SECONDS, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False
