"""Why something could not be taken, as it is told to the person who sent it: kindly, and with their words kept."""

from enum import StrEnum

from core.base.errors import (
    Blocked,
    Closed,
    Frozen,
    NotOpenYet,
    NotSaved,
    NotThere,
    QuestionClosed,
    WasErased,
    WorkshopError,
    WorkshopOver,
)
from core.base.language import _

RETRY_SECONDS = 5


class Kind(StrEnum):
    """Which page says it."""

    CHECK = "check"      # one thing to put right in the form
    ASKED = "asked"      # one thing to look at; it may go as it is
    BUSY = "busy"        # the same again after a short breath
    UNSAVED = "unsaved"    # the disk did not take it; the words are on the phone only
    LATE = "late"        # the question has closed; it may be sent as a late note
    GONE = "gone"        # nothing the sender can put right here


class Problem(Exception):
    """`text` is what they wrote; `retry` the seconds after which it is worth sending again."""

    def __init__(
        self, status: int, what: str, advice: str, *, text: str = "", retry: int = 0, kind: Kind = Kind.CHECK
    ) -> None:
        super().__init__(what)
        self.status = status
        self.advice = advice
        self.text = text
        self.retry = retry
        self.kind = kind

    @classmethod
    def of(cls, error: WorkshopError, text: str) -> "Problem":
        """What the workshop said, for a phone. Errors of the disk are in the language of who opened it."""
        what, advice = _(str(error)), _(error.advice)
        if isinstance(error, NotSaved | Closed):
            return cls(
                503,
                _("Your note is not saved yet"),
                _("Please keep this page open. Your words are here."),
                text=text, retry=RETRY_SECONDS, kind=Kind.UNSAVED,
            )  # fmt: skip
        status, kind = next((told for errors, told in TOLD_AS.items() if isinstance(error, errors)), (400, Kind.CHECK))
        return cls(status, what, advice, text=text, kind=kind)


TOLD_AS: dict[type[WorkshopError], tuple[int, Kind]] = {
    WasErased: (403, Kind.GONE),
    Blocked: (403, Kind.GONE),
    NotThere: (404, Kind.GONE),
    QuestionClosed: (409, Kind.LATE),
    NotOpenYet: (409, Kind.CHECK),
    WorkshopOver: (409, Kind.GONE),
    Frozen: (409, Kind.GONE),
}
"""The status of an error that is about more than the form, and which page says it."""


def busy(seconds: int, text: str = "") -> Problem:
    """Too many at once."""
    return Problem(
        429,
        _("So many notes at once!"),
        _("Lots of people are writing, and we need a short breath. Your words are kept."),
        text=text, retry=seconds, kind=Kind.BUSY,
    )  # fmt: skip


def odd(status: int = 400, text: str = "") -> Problem:
    """Something no page of ours sends."""
    return Problem(
        status,
        _("We could not read that"),
        _("Your words are in the box, as far as we could read them. Look at them, then send them again."),
        text=text,
    )


def too_big() -> Problem:
    """More than we read at all."""
    return Problem(
        413,
        _("That is far too long for one note"),
        _("Go back: your words are still there. Send them as several notes."),
        kind=Kind.GONE,
    )
