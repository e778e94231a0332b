"""How the desk looks: the colours of resources/tokens.json, the fonts, and the style sheet made from them."""

import json
import string
from dataclasses import dataclass, fields
from enum import Enum, StrEnum
from functools import cache
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from core.base import fonts

RESOURCES = Path(__file__).parents[2] / "resources"
FAMILIES = (*fonts.FAMILIES, "Segoe UI", "SF Pro Text", "DejaVu Sans")
SHAPES = ("circle", "square", "star", "diamond", "cross", "triangle")
PAPERS = ("note_sun", "note_sky", "note_lilac", "note_leaf", "note_sand", "note_rose")


class Scheme(StrEnum):
    """The three sets of colours."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Every colour, by its name in resources/tokens.json."""

    scheme: Scheme
    ink: QColor
    ink_2: QColor
    ink_3: QColor
    paper: QColor
    table: QColor
    surface: QColor
    line: QColor
    edge: QColor
    accent: QColor
    accent_strong: QColor
    on_accent: QColor
    accent_soft: QColor
    focus: QColor
    focus_line: QColor
    good: QColor
    good_soft: QColor
    warn: QColor
    warn_soft: QColor
    bad: QColor
    bad_soft: QColor
    note_sun: QColor
    note_rose: QColor
    note_leaf: QColor
    note_sky: QColor
    note_lilac: QColor
    note_sand: QColor
    note_ink: QColor
    note_ink_2: QColor

    def paper_of(self, colour: int | None) -> QColor:
        """The paper of a note in a theme of this colour; a note without a theme is white."""
        if colour is None:
            return self.surface
        found: QColor = getattr(self, PAPERS[colour % len(PAPERS)])
        return found

    @property
    def is_plain(self) -> bool:
        """Whether shadows and motion are left out."""
        return self.scheme is Scheme.HIGH_CONTRAST


def shape_of(colour: int) -> tuple[str, bool]:
    """The shape that goes with a theme's colour, and whether it is filled (six are, the next six not)."""
    return SHAPES[colour % len(SHAPES)], colour // len(SHAPES) % 2 == 0


@cache
def tokens(scheme: Scheme) -> Tokens:
    """The colours of a scheme."""
    raw = json.loads((RESOURCES / "tokens.json").read_text(encoding="utf-8"))["colour"][scheme]
    names = (field.name for field in fields(Tokens) if field.name != "scheme")
    return Tokens(scheme=scheme, **{name: QColor(raw[name.replace("_", "-")]) for name in names})


def tokens_of(palette: QPalette) -> Tokens:
    """The colours a widget with this palette paints in: ask again on PaletteChange, keep nothing."""
    return tokens(_scheme_of(palette.color(QPalette.ColorRole.Link).rgb()))    # no style sheet changes this one


@cache
def _scheme_of(link: int) -> Scheme:
    return next((scheme for scheme in Scheme if tokens(scheme).accent.rgb() == link), Scheme.LIGHT)


class Text(Enum):
    """Sizes of type on the desk, in pixels at 100 %."""

    SMALL = 12.0
    NOTE = 13.5
    BASE = 14.0
    PANE_TITLE = 14.5
    THEME_TITLE = 15.5
    SUBHEADING = 17.0
    HEADING = 20.0
    TITLE = 26.0
    HEADLINE = 40.0


def font(size: Text | float, *, bold: bool = False) -> QFont:
    """Our type in this size (pixels), Regular or Bold."""
    pixels = size.value if isinstance(size, Text) else size
    return QFont(_made_font(pixels, bold, _dots_per_inch()))


@cache
def _made_font(pixels: float, bold: bool, dots_per_inch: float) -> QFont:
    """Made once: to look for its family costs more than to paint a row with it."""
    made = QFont(list(FAMILIES))
    if pixels.is_integer():
        made.setPixelSize(int(pixels))
    else:
        made.setPointSizeF(pixels * 72 / dots_per_inch)
    made.setBold(bold)
    return made


def _dots_per_inch() -> float:
    return QApplication.primaryScreen().logicalDotsPerInch()


def apply(app: QApplication, scheme: Scheme | None = None) -> Tokens:
    """Dress the whole application; None follows the system."""
    chosen = tokens(scheme or system_scheme(app))
    load_fonts()
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(font(Text.BASE))
    app.setPalette(palette(chosen))
    app.setStyleSheet(style_sheet(chosen))
    return chosen


def system_scheme(app: QApplication) -> Scheme:
    """What the person asked the system for."""
    hints = app.styleHints()
    accessibility = getattr(hints, "accessibility", None)    # Qt 6.10 on
    if accessibility and accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return Scheme.HIGH_CONTRAST
    return Scheme.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Scheme.LIGHT


STILL = "still"


def keep_still(on: bool) -> None:
    """Let nothing move on its own, or let it again; the application remembers."""
    app = QApplication.instance()
    if app is not None:
        app.setProperty(STILL, on)


def is_still() -> bool:
    """Whether a person asked for no motion."""
    app = QApplication.instance()
    return app is not None and bool(app.property(STILL))


@cache
def load_fonts() -> None:
    """Our own copies of the fonts: they come before the system's."""
    for face in fonts.FACES:
        QFontDatabase.addApplicationFont(str(face.file))
    QFontDatabase.setApplicationEmojiFontFamilies([fonts.EMOJI])


def palette(colours: Tokens) -> QPalette:
    """Qt's roles in our colours, so that every plain widget is right."""
    role = QPalette.ColorRole
    roles = {
        role.Window: colours.paper,
        role.WindowText: colours.ink,
        role.Base: colours.surface,
        role.AlternateBase: colours.paper,
        role.Text: colours.ink,
        role.Button: colours.surface,
        role.ButtonText: colours.ink,
        role.BrightText: colours.bad,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.PlaceholderText: colours.ink_3,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.ink,
        role.Light: colours.surface,
        role.Midlight: colours.line,
        role.Mid: colours.line,
        role.Dark: colours.edge,
        role.Shadow: colours.ink,
        role.Accent: colours.accent,
    }
    made = QPalette()
    for which, colour in roles.items():
        made.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, colours.ink_3)
    return made


def style_sheet(colours: Tokens) -> str:
    """resources/desk.qss with its $names filled in."""
    names = {field.name: getattr(colours, field.name) for field in fields(Tokens) if field.name != "scheme"}
    icons = {"icons": (RESOURCES / "icons").as_posix(), "tick": _tick(colours), **_arrows(colours)}
    template = string.Template((RESOURCES / "desk.qss").read_text(encoding="utf-8"))
    return template.substitute({name: colour.name() for name, colour in names.items()} | icons)


def _tick(colours: Tokens) -> str:
    """The tick of a check box must be seen on the accent, which is light where the ground is dark."""
    return "tick-on-dark" if colours.on_accent.lightness() > 128 else "tick-on-light"


def _arrows(colours: Tokens) -> dict[str, str]:
    """The arrows of fields that count or drop down must be seen on the ground of the field."""
    ground = "dark" if colours.surface.lightness() < 128 else "light"
    return {"up": f"up-on-{ground}", "down": f"down-on-{ground}"}
