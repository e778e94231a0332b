"""Pictures of notes on the desk: read and made smaller on a thread of its own, and what is said of them in words."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from core.base.ids import PictureHash
from core.base.language import _
from core.base.pictures import Picture
from core.domain.board import Board, Note
from ui.jobs import Jobs

SMALL = QSize(250, 168)
"""Dots: half as many again as a note has room for, for screens with small dots."""
MOST_KEPT = 300

Source = Callable[[PictureHash], Picture | None]


class Pictures(QObject):
    """Small pictures as they are asked for, and whole ones. A picture that is not on the disk stays a few words."""

    came = Signal(str)    # PictureHash

    def __init__(self, source: Source, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._jobs = Jobs(self)
        self._small: dict[PictureHash, QImage | None] = {}

    def close(self) -> None:
        """Read nothing more."""
        self._jobs.close()

    def small(self, digest: PictureHash) -> QImage | None:
        """The picture as a note shows it; None until it is there (`came` tells)."""
        if digest not in self._small:
            if len(self._small) >= MOST_KEPT:
                del self._small[next(iter(self._small))]
            self._small[digest] = None
            self._jobs.run(partial(self._read, digest, SMALL), partial(self._keep, digest))
        return self._small[digest]

    def whole(self, digest: PictureHash, then: Callable[[QImage], None]) -> None:
        """Hand over the whole picture, empty where it is not on the disk."""
        self._jobs.run(partial(self._read, digest, None), then)

    def _read(self, digest: PictureHash, room: QSize | None) -> QImage:
        picture = self._source(digest)
        image = QImage.fromData(picture.data) if picture else QImage()
        if room is None or image.isNull():
            return image
        fitted = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        return image.scaled(image.size().boundedTo(image.size().scaled(room, fitted[0])), *fitted)

    def _keep(self, digest: PictureHash, image: QImage) -> None:
        if not image.isNull():
            self._small[digest] = image
            self.came.emit(digest)


def has_picture(note: Note) -> bool:
    """Whether there is a picture to look at."""
    return note.picture is not None and not note.erased


def words_of(board: Board, note: Note) -> str:
    """The words of a note wherever it is told in words: of one with a picture also that it has one."""
    words = board.text_of(note)
    return "\n".join(filter(None, (_("Photo of a note"), words))) if has_picture(note) else words
