"""How the link of a desk stands, and the same in plain words."""

from dataclasses import dataclass
from enum import StrEnum

from core.base.errors import WorkshopError
from core.base.language import _, ngettext


class Way(StrEnum):
    """How the link stands."""

    BEGINS = "begins"
    ON = "on"
    LOST = "lost"    # tried again by itself
    ENDED = "ended"    # only somebody can mend it


@dataclass(frozen=True, slots=True)
class LinkState:
    """How the link stands, and how much waits here."""

    way: Way = Way.BEGINS
    waiting: int = 0
    problem: WorkshopError | None = None
    notes: int = 0
    is_online: bool = False

    @property
    def words(self) -> str:
        """The same in plain words."""
        if self.way is Way.ENDED and self.problem is not None:
            return str(self.problem)
        return self._at_a_home() if self.is_online else self._at_a_desk()

    def _at_a_desk(self) -> str:
        if self.way is Way.BEGINS:
            return _("Looking for the first desk…")
        if self.waiting == 0:
            return _("First desk: on") if self.way is Way.ON else _("First desk: not reached. Nothing waits.")
        if self.way is Way.ON:
            told = ngettext(
                "First desk: on, {n} change on its way", "First desk: on, {n} changes on their way", self.waiting
            )
        else:
            told = ngettext(
                "First desk: not reached. {n} change waits; it is safe here.",
                "First desk: not reached. {n} changes wait; they are safe here.",
                self.waiting,
            )
        return told.format(n=self.waiting)

    def _at_a_home(self) -> str:
        if self.waiting == 0:
            return {
                Way.BEGINS: _("Looking for the online home…"), Way.ON: _("Online home: everything is there"),
            }.get(self.way, _("Online home: not reached. Nothing waits."))  # fmt: skip
        if self.notes:
            told = ngettext(
                "{n} note not yet sent to the online home; it is safe here",
                "{n} notes not yet sent to the online home; they are safe here",
                self.notes,
            )
            return told.format(n=self.notes)
        told = ngettext(
            "{n} change not yet sent to the online home; it is safe here",
            "{n} changes not yet sent to the online home; they are safe here",
            self.waiting,
        )
        return told.format(n=self.waiting)
