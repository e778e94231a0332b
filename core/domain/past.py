"""What was done, act by act: from the events of the log, for a list of who did what and when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.base.ids import ActId, DeskId
from core.domain.bodies import ActRedone, ActUndone
from core.domain.events import Event


@dataclass(frozen=True, slots=True)
class Deed:
    """An act of a desk, or what contributors did between two of these. `taken_back`: by a later act; `about` is the
    act that this one takes back or does again."""

    events: tuple[Event, ...]
    taken_back: bool = False
    about: "Deed | None" = None

    @property
    def act(self) -> ActId:
        """Its name."""
        return self.events[0].act

    @property
    def desk(self) -> DeskId:
        """Where it was done."""
        return self.events[0].desk

    @property
    def at(self) -> datetime:
        """When it was done, or the last of it."""
        return self.events[-1].said_at

    @property
    def is_by_contributors(self) -> bool:
        """Whether people did it, not a desk."""
        return self.events[0].is_by_contributor

    @property
    def is_redo(self) -> bool:
        """Whether it does an act again."""
        return any(isinstance(event.body, ActRedone) for event in self.events)

    @property
    def root(self) -> "Deed":
        """What was first done, of whatever was taken back and done again since."""
        return self if self.about is None else self.about.root


def deeds(events: Iterable[Event], *, apart: bool = False) -> list[Deed]:
    """The deeds of these events, which come in order, the newest deed first. What contributors do one after the other
    is one deed, unless it is to stand `apart`."""
    groups = _grouped(events, apart)
    taken_back = _taken_back(groups)
    found: dict[ActId, Deed] = {}
    for group in groups:
        about = next((found.get(ActId(each.subject)) for each in group if _reverses(each)), None)
        deed = Deed(tuple(group), group[0].act in taken_back, about)
        found[deed.act] = deed
    return list(reversed(found.values()))


def _grouped(events: Iterable[Event], apart: bool) -> list[list[Event]]:
    by_act: dict[ActId, list[Event]] = {}
    crowd: list[Event] = []
    for event in events:
        if not event.is_by_contributor:
            crowd = []
            by_act.setdefault(event.act, []).append(event)
        elif crowd and (not apart or crowd[-1].act == event.act):
            crowd.append(event)
        else:
            crowd = by_act.setdefault(event.act, [])
            crowd.append(event)
    return list(by_act.values())


def _taken_back(groups: Sequence[Sequence[Event]]) -> set[ActId]:
    """The acts that were undone, and the undoings that were undone in their turn."""
    reversals = _reversals(groups)
    gone: set[ActId] = set()
    for group in reversed(groups):    # whatever reverses an act came after it
        act = group[0].act
        if any(later not in gone for later in reversals.get(act, ())):
            gone.add(act)
    return gone


def _reversals(groups: Sequence[Sequence[Event]]) -> Mapping[ActId, list[ActId]]:
    found: dict[ActId, list[ActId]] = {}
    for event in (each for group in groups for each in group if _reverses(each)):
        found.setdefault(ActId(event.subject), []).append(event.act)
    return found


def _reverses(event: Event) -> bool:
    return isinstance(event.body, ActUndone | ActRedone)
