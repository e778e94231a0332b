"""What notes and frames are painted with: fonts, and pictures of papers made once for each size and colour."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from core.base.ids import PictureHash
from core.base.language import _
from core.domain.terms import Mode
from ui.board.sizes import (
    NOTE_BELOW_FOOT,
    NOTE_FOOT,
    NOTE_SIDE,
    NOTE_WIDTH,
    PICTURE_HEIGHT,
    TITLE_LINES,
    WORDS_WIDTH,
    frame_width,
)
from ui.board.words import Breaker
from ui.look.icons import MODE_ICONS, paint_icon
from ui.look.theme import Text, Tokens, font, shape_of

SHADOW = 6
"""Room around a paper for its shadow, in pixels at 100 %."""
LIFTED = 22
MOST_PAPERS = 600
MOST_NOTES = 50_000
"""So many texts stay broken into lines: a question that is come back to is shown at once."""
NOTE_RADIUS = 3.0
SHAPE_SIZE = 9.0
ICON_SIZE = 14.0
TITLE_WIDTH = frame_width(2) - 170
FADED = 0.42


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything of a note but its words."""

    colour: int | None
    height: int
    mode: Mode
    is_new: bool = False
    is_cut: bool = False
    is_reworded: bool = False
    is_in_two: bool = False
    votes: int = 0
    is_left_behind: bool = False
    is_hovered: bool = False
    is_lifted: bool = False


Small = Callable[[PictureHash], QImage | None]


def no_picture(_digest: PictureHash) -> QImage | None:
    """For a board that nobody reads pictures for."""
    return None


class Look:
    """The colours and fonts of one board, with its pictures of papers at the zoom it was painted last."""

    def __init__(self, tokens: Tokens) -> None:
        self.note_font = _even(font(Text.NOTE))
        self.small_font = _even(font(Text.SMALL))
        self.small_bold = _even(font(Text.SMALL, bold=True))
        self.cap_font = _even(font(11.0, bold=True))
        self.title_font = _even(font(Text.THEME_TITLE, bold=True))
        self.name_font = _even(font(19.0, bold=True))
        self.label_font = _even(font(Text.BASE, bold=True))
        self.lines = lru_cache(MOST_NOTES)(Breaker(self.note_font, WORDS_WIDTH).lines)
        self.titles = Breaker(self.title_font, TITLE_WIDTH, TITLE_LINES)
        self.ascent = QFontMetricsF(self.note_font).ascent()
        self._papers: dict[Paper, QPixmap] = {}
        self._pictures: dict[PictureHash, QPixmap] = {}
        self.small_picture: Small = no_picture
        self._scale = (1.0, 1.0)
        self.set_tokens(tokens)

    def forget_words(self) -> None:
        """Keep no text: some of it may have been erased."""
        self.lines.cache_clear()

    def set_tokens(self, tokens: Tokens) -> None:
        """Paint in these colours from now on."""
        self.tokens = tokens
        self.rim = with_alpha(tokens.ink, 0.14) if not tokens.is_plain else tokens.ink
        self._papers.clear()

    def paper(self, paper: Paper, scale: float, ratio: float) -> QPixmap:
        """The picture of a paper at a zoom, for a screen with this many pixels to one of ours."""
        if (scale, ratio) != self._scale or len(self._papers) >= MOST_PAPERS:
            self._papers.clear()
            self._pictures.clear()
            self._scale = (scale, ratio)
        found = self._papers.get(paper)
        if found is None:
            found = self._papers[paper] = self._drawn(paper, scale, ratio)
        return found

    def picture(self, digest: PictureHash, scale: float, ratio: float) -> QPixmap | None:
        """A picture as large as it stands on a note at the zoom it was painted last; None until it is there."""
        found = self._pictures.get(digest)
        image = self.small_picture(digest) if found is None else None
        if image is not None:
            size = image.size().scaled(QSize(WORDS_WIDTH, PICTURE_HEIGHT), Qt.AspectRatioMode.KeepAspectRatio)
            fitted = (QSizeF(size) * scale * ratio).toSize()
            found = QPixmap.fromImage(image.scaled(fitted, mode=Qt.TransformationMode.SmoothTransformation))
            found.setDevicePixelRatio(ratio)
            self._pictures[digest] = found
        return found

    def room(self, paper: Paper) -> int:
        """How far its shadow reaches."""
        return LIFTED if paper.is_lifted else SHADOW

    def words_colour(self, paper: Paper) -> QColor:
        """The ink of its words."""
        ink = self.tokens.ink if paper.colour is None else self.tokens.note_ink
        return with_alpha(ink, FADED) if paper.is_left_behind else ink

    def _drawn(self, paper: Paper, scale: float, ratio: float) -> QPixmap:
        room = self.room(paper)
        wide, high = NOTE_WIDTH + 2 * room, paper.height + 2 * room
        dots = scale * ratio
        image = QImage(round(wide * dots), round(high * dots), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.scale(dots, dots)
        painter.translate(room, room)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, paper, QRectF(0, 0, NOTE_WIDTH, paper.height))
        painter.end()
        image.setDevicePixelRatio(ratio)
        return QPixmap.fromImage(image)

    def _paint(self, painter: QPainter, paper: Paper, rect: QRectF) -> None:
        if paper.is_left_behind:
            painter.setPen(QPen(self.tokens.edge, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), NOTE_RADIUS, NOTE_RADIUS)
            painter.setOpacity(FADED)
        else:
            self._paint_shadow(painter, rect, lifted=paper.is_lifted)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.tokens.paper_of(paper.colour))
            painter.drawRoundedRect(rect, NOTE_RADIUS, NOTE_RADIUS)
            painter.setPen(QPen(self.tokens.ink if paper.is_hovered else self.rim, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), NOTE_RADIUS, NOTE_RADIUS)
        self._paint_foot(painter, paper, rect)

    def _paint_shadow(self, painter: QPainter, rect: QRectF, *, lifted: bool) -> None:
        """0 1 2 ink 18 % and 0 2 6 ink 8 %, in a few steps; a lifted note's is longer; none in high contrast."""
        if self.tokens.is_plain:
            return
        steps = ((12, 9, 0.03), (8, 7, 0.04), (4, 4, 0.06), (1, 2, 0.2)) if lifted else ((3, 2, 0.05), (1, 1, 0.14))
        painter.setPen(Qt.PenStyle.NoPen)
        for out, down, alpha in steps:
            painter.setBrush(with_alpha(QColor("#000000"), alpha))
            spread = rect.adjusted(-out / 2, 0, out / 2, out / 2).translated(0, down)
            painter.drawRoundedRect(spread, NOTE_RADIUS + out / 2, NOTE_RADIUS + out / 2)

    def _paint_foot(self, painter: QPainter, paper: Paper, rect: QRectF) -> None:
        """Left how it came, then its flags; right the shape of its theme."""
        ink = self.tokens.ink_2 if paper.colour is None else self.tokens.note_ink_2
        middle = rect.bottom() - NOTE_BELOW_FOOT - NOTE_FOOT / 2
        box = QRectF(NOTE_SIDE - 1, middle - ICON_SIZE / 2, ICON_SIZE, ICON_SIZE)
        paint_icon(painter, MODE_ICONS[paper.mode], ink, box)
        x = box.right() + 5
        for icon in ("pencil",) * paper.is_reworded + ("two",) * paper.is_in_two:
            paint_icon(painter, icon, ink, QRectF(x, box.top(), ICON_SIZE, ICON_SIZE))
            x += ICON_SIZE + 5
        if paper.is_new:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.tokens.accent)
            painter.drawEllipse(QPointF(x + 4, middle), 4, 4)
            x = self._word(painter, _("New"), x + 12, middle)
        if paper.is_cut:
            self._word(painter, _("more"), x, middle)
        paint_shape(painter, paper.colour, ink, QPointF(rect.right() - NOTE_SIDE - SHAPE_SIZE / 2, middle), SHAPE_SIZE)
        if paper.votes:
            self._paint_votes(painter, paper.votes, QPointF(rect.right() - NOTE_SIDE - SHAPE_SIZE - 7, middle), ink)

    def _paint_votes(self, painter: QPainter, votes: int, end: QPointF, ink: QColor) -> None:
        """A tick and how many, left of the shape."""
        painter.setFont(self.small_bold)
        painter.setPen(ink)
        width = QFontMetricsF(self.small_bold).horizontalAdvance(f"{votes}")
        room = QRectF(end.x() - width - 1, end.y() - 10, width + 2, 20)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, f"{votes}")
        tick = QRectF(room.left() - ICON_SIZE - 3, end.y() - ICON_SIZE / 2, ICON_SIZE, ICON_SIZE)
        paint_icon(painter, "check", ink, tick)

    def _word(self, painter: QPainter, word: str, x: float, middle: float) -> float:
        """Write a flag; where the next one goes."""
        painter.setFont(self.small_bold)
        painter.setPen(self.tokens.note_ink if self.tokens.is_plain else self.tokens.ink)
        width = QFontMetricsF(self.small_bold).horizontalAdvance(word)
        painter.drawText(QRectF(x, middle - 10, width + 2, 20), Qt.AlignmentFlag.AlignVCenter, word)
        return x + width + 6


def paint_swatch(painter: QPainter, tokens: Tokens, colour: int | None, room: QRectF) -> None:
    """A small paper of a colour with the shape that goes with it."""
    painter.setPen(QPen(tokens.edge, 1))
    painter.setBrush(tokens.paper_of(colour))
    painter.drawRoundedRect(room, 2, 2)
    ink = tokens.ink_2 if colour is None else tokens.note_ink
    paint_shape(painter, colour, ink, room.center(), room.width() * 0.6)


def paint_shape(painter: QPainter, colour: int | None, ink: QColor, centre: QPointF, size: float) -> None:
    """The shape that goes with a theme's colour; a ring for a note in no theme."""
    name, filled = ("circle", False) if colour is None else shape_of(colour)
    painter.setPen(QPen(ink, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(QBrush(ink) if filled else QBrush(Qt.BrushStyle.NoBrush))
    painter.drawPath(_outline(name, size).translated(centre))


def _outline(name: str, size: float) -> QPainterPath:
    half = size / 2 - 0.75
    path = QPainterPath()
    match name:
        case "circle":
            path.addEllipse(QPointF(0, 0), half, half)
        case "square":
            path.addRect(QRectF(-half, -half, 2 * half, 2 * half))
        case "cross":
            arm = half / 2.6
            corners = [(-arm, -half), (arm, -half), (arm, -arm), (half, -arm), (half, arm), (arm, arm)]
            corners += [(-x, -y) for x, y in corners]
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        case "star":
            radii = [half * 1.2, half * 0.52] * 5
            turns = [(radius, pi * index / 5 - pi / 2) for index, radius in enumerate(radii)]
            path.addPolygon(QPolygonF([QPointF(r * cos(turn), r * sin(turn)) for r, turn in turns]))
        case _:
            top = -half if name == "triangle" else -half * 1.15
            below = [(half, half * 0.85), (-half, half * 0.85)]
            sides = below if name == "triangle" else [(half * 1.15, 0.0), (0.0, half * 1.15), (-half * 1.15, 0.0)]
            path.addPolygon(QPolygonF([QPointF(0, top), *(QPointF(x, y) for x, y in sides)]))
    path.closeSubpath()
    return path


def with_alpha(colour: QColor, alpha: float) -> QColor:
    """The colour, seen through."""
    made = QColor(colour)
    made.setAlphaF(alpha)
    return made


def _even(made: QFont) -> QFont:
    """Letters as wide at every zoom as at 100 %, so that lines break the same."""
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
