"""Lays out text by Qt: letters that join or change places, both directions, and where lines may break.

The only module below the desk that knows Qt. It loads where there is such text, in the process that makes the record.
"""

import os
from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QGlyphRun,
    QGuiApplication,
    QRawFont,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from core.base.fonts import EMOJI, FACES, FAMILIES
from core.record.page.lines import Laid, Run, Span

UNITS = 1000
"""Text is laid out this large, so that all places come in thousandths of the size."""
WANTED = (
    QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphIndexes
    | QTextLayout.GlyphRunRetrievalFlag.RetrieveGlyphPositions
    | QTextLayout.GlyphRunRetrievalFlag.RetrieveStringIndexes
)
NAMES = {(face.family, face.bold): face.name for face in FACES}
ONLY_REGULAR = frozenset(FAMILIES) - {face.family for face in FACES if face.bold}
HALF = 0.5


class QtShaper:
    """See `core.record.page.lines.Shaper`. Needs an application of Qt to be there."""

    def __init__(self) -> None:
        for face in FACES:
            QFontDatabase.addApplicationFont(str(face.file))
        QFontDatabase.setApplicationEmojiFontFamilies([EMOJI])
        self._raw: list[QRawFont] = []
        self._known: dict[str, bool] = {}
        self._formats: dict[tuple[str, bool], QTextCharFormat] = {}

    def has(self, sign: str) -> bool:
        known = self._known.get(sign)
        if known is None:
            self._raw = self._raw or [QRawFont.fromFont(font_of(family, bold=False)) for family in FAMILIES]
            known = self._known[sign] = any(raw.supportsCharacter(ord(sign)) for raw in self._raw)
        return known

    def lay_out(
        self, text: str, spans: Sequence[Span], *, bold: bool, limit: float, from_right: bool
    ) -> list[Laid]:
        layout = QTextLayout(text, font_of(FAMILIES[0], bold=bold))
        layout.setTextOption(option(from_right))
        layout.setFormats([self._format(span, bold) for span in spans])
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(limit)
            line.setPosition(QPointF(0, 0))
            lines.append(line)
        layout.endLayout()
        return [laid(line) for line in lines]

    def _format(self, span: Span, bold: bool) -> QTextLayout.FormatRange:
        key = (span.family, bold and span.family not in ONLY_REGULAR)
        if key not in self._formats:
            self._formats[key] = QTextCharFormat()
            self._formats[key].setFont(font_of(*key))
        found = QTextLayout.FormatRange()
        found.start, found.length, found.format = span.start, span.end - span.start, self._formats[key]
        return found


@cache
def font_of(family: str, bold: bool) -> QFont:
    """A font that asks this family first, and then all others of ours."""
    font = QFont([family, *(other for other in FAMILIES if other != family)])
    font.setPixelSize(UNITS)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def option(from_right: bool) -> QTextOption:
    """How paragraphs are laid out that run this way."""
    made = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    made.setTextDirection(Qt.LayoutDirection.RightToLeft if from_right else Qt.LayoutDirection.LeftToRight)
    made.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setUseDesignMetrics(True)
    return made


def laid(line: QTextLine) -> Laid:
    """A line of Qt as ours."""
    start, base, left = line.textStart(), line.ascent(), line.x()
    runs = [run_of(line, run, left, base) for run in line.glyphRuns(-1, -1, WANTED)]
    return Laid(start, start + line.textLength(), [run for run in runs if run.face])


def run_of(line: QTextLine, run: QGlyphRun, left: float, base: float) -> Run:
    """One run of Qt from left to right. Qt forgets what some runs stand for where a second font had to help out; the
    place on the line tells it then."""
    font, numbers, places, starts = run.rawFont(), run.glyphIndexes(), run.positions(), run.stringIndexes()
    family = font.familyName()
    face = NAMES.get((family, font.weight() >= QFont.Weight.Bold)) or NAMES.get((family, False), "")
    xs = [place.x() for place in places]
    if not any(starts):
        starts = [int(line.xToCursor(x + HALF, QTextLine.CursorPosition.CursorOnCharacter)) for x in xs]
    ys = [base - place.y() for place in places]
    if left:
        xs = [x - left for x in xs]
    if run.isRightToLeft():
        return Run(face, numbers[::-1], xs[::-1], ys[::-1], starts[::-1])
    return Run(face, numbers, xs, ys, starts)


@cache
def the_shaper() -> QtShaper:
    """The one of this process. Makes an application of Qt that has no screen, where there is none yet."""
    if QGuiApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ.setdefault("QT_LOGGING_RULES", "qt.text.font.db=false")    # it tells of every font it tried
        the_application()
    return QtShaper()


@cache
def the_application() -> QGuiApplication:
    """Kept until the process ends."""
    return QGuiApplication([])
