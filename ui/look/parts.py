"""Small parts every screen is made of: buttons with icon and keys, labels with a tone, key caps, badges."""

from enum import StrEnum
from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QFrame,
    QLabel,
    QScrollBar,
    QSizePolicy,
    QWidget,
)

from core.base.language import _
from ui.look.icons import SIZE, paint_icon
from ui.look.theme import Text, Tokens, font, tokens_of

CAP_HEIGHT = 20.0
CAP_PADDING = 5.0
GAP = 8.0
CTRL = Qt.KeyboardModifier.ControlModifier


class Kind(StrEnum):
    """How much a button asks to be pressed."""

    MAIN = "main"
    PLAIN = "plain"
    QUIET = "quiet"


class Tone(StrEnum):
    """What a label is, told by its colour in the style sheet."""

    INK = "ink"
    SECOND = "second"
    QUIET = "quiet"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    ACCENT = "accent"


class RestingBar(QScrollBar):
    """Has no handle while all is seen."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setEnabled(False)
        self.rangeChanged.connect(self._rest)

    @Slot(int, int)
    def _rest(self, least: int, most: int) -> None:
        self.setEnabled(most > least)


def keep_room_for_bar(view: QAbstractScrollArea) -> None:
    """Its rows are as wide with a scroll bar as without one."""
    view.setVerticalScrollBar(RestingBar())
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)


def take_what_is_left(widget: QWidget) -> None:
    """It asks for no more height than it needs: it must not make the window's page longer than the window."""
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)


def plain_tip(words: str) -> str:
    """Words of people as a tool-tip, marked so that Qt does not take them for markup (attacks.md A04)."""
    return f"<p>{escape(words, quote=False)}</p>" if words else ""


class Label(QLabel):
    """A label of plain text: what people wrote is never taken for markup."""

    def __init__(
        self,
        text: str = "",
        size: Text | float = Text.BASE,
        *,
        bold: bool = False,
        tone: Tone = Tone.INK,
        wrap: bool = False,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(size, bold=bold))
        self.setWordWrap(wrap)
        self.set_tone(tone)
        self.setText(text)

    def set_tone(self, tone: Tone) -> None:
        """Change the colour by what it now means; before it is first seen, the style has not looked at it yet."""
        if self.property("tone") == tone.value:
            return
        self.setProperty("tone", tone.value)
        if self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            self.style().unpolish(self)
            self.style().polish(self)


class Icon(QWidget):
    """A still icon in the colour of a tone; it has no name, the text beside it speaks."""

    def __init__(self, name: str, tone: str = "ink", size: int = SIZE) -> None:
        super().__init__()
        self.name, self.tone = name, tone
        self.setFixedSize(size, size)

    def show_icon(self, name: str, tone: str) -> None:
        """Another icon, another colour."""
        self.name, self.tone = name, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour: QColor = getattr(tokens_of(self.palette()), self.tone)
        paint_icon(painter, self.name, colour, QRectF(self.rect()))


class Rule(QFrame):
    """A thin line between parts."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self.setProperty("part", "rule")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Button(QAbstractButton):
    """A button with an icon, words and the keys that do the same."""

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        keys: str = "",
        kind: Kind = Kind.PLAIN,
        height: int = 36,
        name: str = "",
        left: bool = False,
    ) -> None:
        super().__init__()
        self.icon_name, self.keys, self.kind, self.left = icon, key_names(keys), kind, left
        self.setText(text)
        self.setAccessibleName(name or text)
        if not text:
            self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(height)
        self.setFont(font(Text.BASE if height >= 36 else 13.0, bold=kind is Kind.MAIN))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        side = 10.0 if self.height() < 36 else 14.0
        if not self.text():
            return QSize(self.height(), self.height())
        return QSize(round(self._content_width() + 2 * side + 0.5), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def set_words(self, text: str) -> None:
        """Other words, for ears too."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & CTRL:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens_of(self.palette())
        ground, rim, ink = self._colours(colours)
        painter.setPen(QPen(rim, 1) if rim else Qt.PenStyle.NoPen)
        painter.setBrush(ground or Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        self._paint_content(painter, ink)

    def _colours(self, colours: Tokens) -> tuple[QColor | None, QColor | None, QColor]:
        pressed = self.isDown() or self.isChecked()
        if not self.isEnabled():
            is_quiet = self.kind is Kind.QUIET
            return None if is_quiet else colours.paper, None if is_quiet else colours.line, colours.ink_3
        if self.kind is Kind.MAIN:
            ground = colours.accent_strong if self.underMouse() or pressed else colours.accent
            return ground, ground, colours.on_accent
        if pressed:
            return colours.accent_soft, colours.accent, colours.ink
        if self.kind is Kind.QUIET:
            return (colours.accent_soft if self.underMouse() else None), None, colours.ink
        return colours.surface, (colours.ink if self.underMouse() else colours.edge), colours.ink

    def _content_width(self) -> float:
        metrics = QFontMetricsF(self.font())
        words = metrics.horizontalAdvance(self.text())
        icon = SIZE + GAP if self.icon_name else 0
        caps = GAP + caps_width(self.keys) if self.keys else 0
        return float(icon + words + caps)

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        if not self.text():
            corner = QPointF((self.width() - SIZE) / 2, (self.height() - SIZE) / 2)
            paint_icon(painter, self.icon_name, ink, QRectF(corner, QSizeF(SIZE, SIZE)))
            return
        x = 18.0 if self.left else (self.width() - self._content_width()) / 2
        middle = self.height() / 2
        if self.icon_name:
            paint_icon(painter, self.icon_name, ink, QRectF(x, middle - SIZE / 2, SIZE, SIZE))
            x += SIZE + GAP
        metrics = QFontMetricsF(self.font())
        painter.setPen(ink)
        painter.setFont(self.font())
        painter.drawText(QPointF(x, middle + (metrics.ascent() - metrics.descent()) / 2), self.text())
        if self.keys:
            x += metrics.horizontalAdvance(self.text()) + GAP
            paint_caps(painter, self.keys, QPointF(x, middle - CAP_HEIGHT / 2), ink, None)


class KeyCaps(QWidget):
    """The keys that do what stands beside them."""

    def __init__(self, keys: str) -> None:
        super().__init__()
        self.keys = key_names(keys)
        self.setFixedSize(round(caps_width(self.keys) + 1), round(CAP_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_caps(painter, self.keys, QPointF(0, 0), colours.ink_2, colours.surface)


class Badge(QWidget):
    """A count on a coloured disc; nothing at nought."""

    def __init__(self, tone: str = "accent") -> None:
        super().__init__()
        self.tone, self.count = tone, 0
        self.setFixedHeight(20)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Another number."""
        self.count = count
        metrics = QFontMetricsF(font(Text.SMALL, bold=True))
        self.setFixedWidth(round(max(20.0, metrics.horizontalAdvance(f"{count}") + 12)) if count else 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.count:
            return
        colours = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(getattr(colours, self.tone))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        painter.setPen(colours.on_accent)
        painter.setFont(font(Text.SMALL, bold=True))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, f"{self.count}")


def key_names(keys: str) -> tuple[str, ...]:
    """`Ctrl+Shift+Z` as the caps to draw, in the words of this system."""
    if not keys:
        return ()
    text = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    text = text.replace("Return", _("Enter"))
    if text.endswith("++"):
        return (*text[:-2].split("+"), "+")
    return tuple(text.split("+"))


def caps_width(keys: tuple[str, ...]) -> float:
    """How wide these caps are together."""
    metrics = QFontMetricsF(font(Text.SMALL))
    return sum(_cap_width(metrics, key) for key in keys) + 3.0 * (len(keys) - 1)


def paint_caps(
    painter: QPainter, keys: tuple[str, ...], at: QPointF, ink: QColor, ground: QColor | None
) -> None:
    """Draw key caps from this point to the right."""
    painter.setFont(font(Text.SMALL))
    metrics = QFontMetricsF(painter.font())
    x = at.x()
    for key in keys:
        cap = QRectF(x + 0.5, at.y() + 0.5, _cap_width(metrics, key) - 1, CAP_HEIGHT - 1)
        painter.setPen(QPen(ink, 1))
        painter.setBrush(ground or Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, 4, 4)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        x += cap.width() + 4


def _cap_width(metrics: QFontMetricsF, key: str) -> float:
    return max(CAP_HEIGHT, metrics.horizontalAdvance(key) + 2 * CAP_PADDING + 1)
