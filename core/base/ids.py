"""The names of things in the log: 128 random bits as 32 hexadecimal digits, one type for each kind of thing."""

from typing import NewType

from core.base.chance import random_bytes

EventId = NewType("EventId", str)
ActId = NewType("ActId", str)
OriginId = NewType("OriginId", str)
DeskId = NewType("DeskId", str)
WorkshopId = NewType("WorkshopId", str)
QuestionId = NewType("QuestionId", str)
NoteId = NewType("NoteId", str)
ThemeId = NewType("ThemeId", str)
StepId = NewType("StepId", str)
RoundId = NewType("RoundId", str)
CountId = NewType("CountId", str)
PledgeId = NewType("PledgeId", str)
EasyId = NewType("EasyId", str)
BackId = NewType("BackId", str)
ContributorId = NewType("ContributorId", str)
VenueId = NewType("VenueId", str)
WordsHash = NewType("WordsHash", str)
PictureHash = NewType("PictureHash", str)

HEX_DIGITS = "0123456789abcdef"


def new_id() -> str:
    """128 random bits, as 32 lower-case hexadecimal digits."""
    return random_bytes(16).hex()


def is_id(value: object) -> bool:
    """Whether a value from outside has the form of an id."""
    return isinstance(value, str) and len(value) == 32 and not value.strip(HEX_DIGITS)
