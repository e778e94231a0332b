"""The fonts that Sayback brings along, so that board, projector and record look the same on every machine."""

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[2] / "resources" / "fonts"


class Face(NamedTuple):
    """One file: the family that is in it, and whether it is the bold of that family."""

    name: str
    family: str
    bold: bool = False

    @property
    def file(self) -> Path:
        """Where it lies."""
        return FOLDER / f"{self.name}.ttf"


FACES = (
    Face("NotoSans-Regular", "Noto Sans"),
    Face("NotoSans-Bold", "Noto Sans", bold=True),
    Face("NotoSansArabic-Regular", "Noto Sans Arabic"),
    Face("NotoSansArabic-Bold", "Noto Sans Arabic", bold=True),
    Face("NotoNastaliqUrdu-Regular", "Noto Nastaliq Urdu"),
    Face("NotoSansBengali-Regular", "Noto Sans Bengali"),
    Face("NotoSansBengali-Bold", "Noto Sans Bengali", bold=True),
    Face("NotoSansGurmukhi-Regular", "Noto Sans Gurmukhi"),
    Face("NotoSansDevanagari-Regular", "Noto Sans Devanagari"),
    Face("NotoSansGujarati-Regular", "Noto Sans Gujarati"),
    Face("NotoSansTamil-Regular", "Noto Sans Tamil"),
    Face("NotoSansThai-Regular", "Noto Sans Thai"),
    Face("NotoSansHebrew-Regular", "Noto Sans Hebrew"),
    Face("NotoSansEthiopic-Regular", "Noto Sans Ethiopic"),
    Face("SaybackSansSC-Regular", "Sayback Sans SC"),
    Face("NotoSansSymbols-Regular", "Noto Sans Symbols"),
    Face("NotoSansSymbols2-Regular", "Noto Sans Symbols2"),
    Face("NotoSansMath-Regular", "Noto Sans Math"),
    Face("NotoEmoji-Regular", "Noto Emoji"),
)
FAMILIES = tuple(dict.fromkeys(face.family for face in FACES))
"""In the order in which they are asked for a sign."""
EMOJI = "Noto Emoji"
"""Drawn in one colour: a third of the size of the coloured ones, and nothing is lost on a grey printer."""
