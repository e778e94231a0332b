"""The picture of a note, large, over the window: Escape or a click puts it away."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from core.base.language import _
from core.domain.board import Board, Note
from ui.dialogs.panel import EDGE, Panel
from ui.look.parts import Label
from ui.pictures import Pictures

BESIDE = QSize(40, 190)
"""What the panel is larger than the picture."""


class PicturePanel(Panel):
    """Shows the picture of one note as large as the window lets it, and its words."""

    def __init__(self, window: QWidget, board: Board, note: Note, pictures: Pictures) -> None:
        super().__init__(_("Photo of a note"), window, max(320, window.width() - 2 * EDGE))
        self._room = window.size() - BESIDE - QSize(2 * EDGE, 2 * EDGE)
        self.picture = QLabel(_("The picture is being fetched."))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(board.text_of(note) or _("Photo of a note, not typed in yet"))
        self.column.addWidget(self.picture, 1)
        if board.text_of(note):
            self.column.addWidget(Label(board.text_of(note), wrap=True))
        self._done = QPushButton(_("Close"))
        self._done.clicked.connect(self.leave)
        self.column.addWidget(self._done, alignment=Qt.AlignmentFlag.AlignRight)
        if note.picture is not None:
            pictures.whole(note.picture, self._show)

    def open(self) -> None:
        super().open()
        self._done.setFocus(Qt.FocusReason.OtherFocusReason)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.leave()

    def _show(self, image: QImage) -> None:
        if image.isNull():
            self.picture.setText(_("This picture is not on this computer."))
            return
        ratio = self.devicePixelRatio()
        fitted = image.size().scaled(self._room * ratio, Qt.AspectRatioMode.KeepAspectRatio)
        fitted = fitted.boundedTo(image.size() * ratio)
        shown = image.scaled(fitted, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        self.picture.setPixmap(QPixmap.fromImage(shown))
        self._centre()
