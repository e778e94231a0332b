"""A picture of a drawing or of a paper note, as it is kept: drawn anew by us, with nothing else in it."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from core.base.ids import PictureHash

LONGEST_SIDE = 1600
"""Dots: enough to read a page of handwriting."""


class PictureKind(StrEnum):
    """How its bytes are written."""

    JPEG = "image/jpeg"
    PNG = "image/png"


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a picture and its size in dots."""

    data: bytes
    kind: PictureKind
    width: int
    height: int

    @property
    def hash(self) -> PictureHash:
        """What events call it: the SHA-256 of its bytes."""
        return PictureHash(hashlib.sha256(self.data).hexdigest())
