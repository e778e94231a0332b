"""The colours and shapes of the record: those of resources/tokens.json, one pair for each theme."""

import json
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

RESOURCES = Path(__file__).parents[2] / "resources"
Colours = dict[str, str]

_schemes: dict[str, Colours] = json.loads((RESOURCES / "tokens.json").read_text("utf-8"))["colour"]
LIGHT = _schemes["light"]
DARK = _schemes["dark"]
TINTS = ("note-sun", "note-sky", "note-lilac", "note-leaf", "note-sand", "note-rose")


class Shape(StrEnum):
    """What tells themes apart where there is no colour."""

    CIRCLE = "circle"
    SQUARE = "square"
    STAR = "star"
    DIAMOND = "diamond"
    CROSS = "cross"
    TRIANGLE = "triangle"
    RING = "ring"


class Look(NamedTuple):
    """How a theme looks: its tint (a name in the tokens), its shape, and whether that is drawn hollow."""

    tint: str
    shape: Shape
    hollow: bool = False


ALONE = Look("surface", Shape.RING)
"""A note in no theme: white, with a ring."""
SHAPES = (Shape.CIRCLE, Shape.SQUARE, Shape.STAR, Shape.DIAMOND, Shape.CROSS, Shape.TRIANGLE)


def look_of(colour: int) -> Look:
    """The look of a theme's colour: six filled, the same six hollow, and so on."""
    again, place = divmod(colour, len(TINTS))
    return Look(TINTS[place], SHAPES[place], again % 2 == 1)


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with this share of the other one in it, both as #RRGGBB."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02X}" for one, two in pairs)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
