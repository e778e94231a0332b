"""The kinds of type of the record, as LOOK-RECORD sets them: nothing is smaller than 12 points."""

from core.record.page.typeset import Style
from core.record.palette import LIGHT

INK_2 = LIGHT["ink-2"]
ACCENT = LIGHT["accent"]

COVER_TITLES = (Style(40, 46, bold=True), Style(32, 38, bold=True), Style(26, 31, bold=True), Style(20, 25, bold=True))
COVER_EYEBROW = Style(15, 20, bold=True, colour=ACCENT)
COVER_LEAD = Style(18, 25)
COVER_NAME = Style(15, 20, bold=True, colour=ACCENT)
PART = Style(26, 31, bold=True)
HEADING = Style(22, 28, bold=True)
SUBHEADING = Style(17, 22, bold=True)
SMALL_HEADING = Style(13.5, 18, bold=True)
EYEBROW = Style(12, 16.5, bold=True, colour=ACCENT)
LEAD = Style(14.5, 21)
QUOTE = Style(16, 22.5)
TEXT = Style(12, 16.5)
STRONG = Style(12, 16.5, bold=True)
CARD = Style(12, 16.5, colour=LIGHT["note-ink"])
CARD_STRONG = Style(12, 16.5, bold=True, colour=LIGHT["note-ink"])
FOOT_LINE = Style(12, 16.5, colour=INK_2)
TILE = Style(30, 36, bold=True, colour=ACCENT)
TILE_WORD = Style(15, 36, bold=True, colour=ACCENT)
SUM = Style(20, 26, bold=True)
