"""The pictures of notes for the projector: read once each, kept as large as a screen needs them."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from core.base.ids import PictureHash
from ui.pictures import Pictures

LARGEST = QSize(1920, 1080)
MOST_KEPT = 40


class Photos(QObject):
    """Asks for pictures as a view names them; `came` tells that one is there."""

    came = Signal()

    def __init__(self, pictures: Pictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._kept: dict[PictureHash, QImage | None] = {}
        self._wanted: frozenset[PictureHash] = frozenset()

    def want(self, digests: Iterable[PictureHash]) -> None:
        """These are on the view now; others are forgotten as soon as there are too many."""
        self._wanted = frozenset(digests)
        for digest in [each for each in self._kept if each not in self._wanted]:
            if len(self._kept) > MOST_KEPT:
                del self._kept[digest]

    def picture(self, digest: PictureHash) -> QImage | None:
        """The picture; None until it has been read, and empty where it is not on the disk."""
        if digest not in self._kept:
            self._kept[digest] = None
            self._pictures.whole(digest, partial(self._keep, digest))
        return self._kept[digest]

    def _keep(self, digest: PictureHash, image: QImage) -> None:
        fits = image.width() <= LARGEST.width() and image.height() <= LARGEST.height()
        smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self._kept[digest] = image if fits else image.scaled(LARGEST, *smooth)
        self.came.emit()
