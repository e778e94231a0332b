"""The small values that events carry: how a note came, where it lies, what was decided about it."""

from enum import StrEnum
from typing import NamedTuple

from core.base.ids import ThemeId


class Mode(StrEnum):
    """How a note came."""

    ROOM = "room"
    REMOTE = "remote"
    PAPER = "paper"
    SCRIBE = "scribe"
    IMPORTED = "imported"


class Visibility(StrEnum):
    """What the facilitators decided about a note."""

    SHOWN = "shown"
    HELD = "held"
    HIDDEN = "hidden"


class Reason(StrEnum):
    """Why a note is held or hidden; the writer is told."""

    OFF_TOPIC = "off topic"
    NAMES_SOMEONE = "names someone"
    PERSONAL_FACTS = "personal facts"
    HURTFUL = "hurtful"
    SAID_ALREADY = "said already"
    OTHER = "other"


class Spot(NamedTuple):
    """Where a note lies: its theme and its fractional key there, or neither."""

    theme: ThemeId | None
    key: str | None


class Box(NamedTuple):
    """Place and size of a theme's frame on the board, in board units (pixels at 100 %)."""

    x: float
    y: float
    width: float
    height: float


class Standing(NamedTuple):
    """What was decided about a note, and why."""

    visibility: Visibility
    reason: Reason | None


NOWHERE = Spot(None, None)
PLAINLY_SHOWN = Standing(Visibility.SHOWN, None)
