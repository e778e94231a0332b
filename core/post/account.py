"""The one honest number: how many of those who took part have been answered, how, and who cannot be reached."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.base.ids import ContributorId
from core.domain.board import Board
from core.domain.contact import Contact, Way
from core.domain.delivery import Delivery, State
from core.domain.terms import Mode


class Standing(StrEnum):
    """How it stands with one person: the first that applies, in this order."""

    SENT = "sent"
    PRINTED = "printed"
    COLLECTED = "collected"
    UNSURE = "unsure"        # a person decides
    WAITING = "waiting"      # there is an address, and no letter yet
    REFUSED = "refused"      # there is an address that does not work
    NO_ADDRESS = "no address"


ANSWERED = (Standing.SENT, Standing.PRINTED, Standing.COLLECTED)
UNREACHED = (Standing.REFUSED, Standing.NO_ADDRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One contributor: how they came, how many notes they sent, how they want to be written to, how it stands. Of
    their letter only what a list of letters says."""

    contributor: ContributorId
    mode: Mode
    notes: int
    way: Way | None
    standing: Standing
    delivery: Delivery | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Everybody who took part, once. It always adds up: answered + unsure + waiting + cannot be reached = all."""

    people: tuple[Person, ...]
    nobodys: int = 0    # notes of people who chose to be nobody: there is no way back to them

    @property
    def all(self) -> int:
        """How many people took part."""
        return len(self.people)

    @property
    def by_standing(self) -> Mapping[Standing, int]:
        """How many people stand how."""
        return Counter(person.standing for person in self.people)

    @property
    def answered(self) -> int:
        """How many have been answered."""
        return self.count(*ANSWERED)

    @property
    def unreached(self) -> int:
        """How many cannot be reached."""
        return self.count(*UNREACHED)

    def count(self, *standings: Standing) -> int:
        """How many stand like one of these."""
        return sum(self.by_standing.get(each, 0) for each in standings)

    def of(self, *standings: Standing) -> list[Person]:
        """Those who stand like one of these."""
        return [person for person in self.people if person.standing in standings]


def account(board: Board, contacts: Iterable[Contact], deliveries: Iterable[Delivery]) -> Account:
    """Who took part and how it stands with each. Who was erased asked for no answer, and is not counted."""
    ways = {contact.contributor: contact.way for contact in contacts}
    letters: dict[ContributorId, list[Delivery]] = {}
    for each in deliveries:
        letters.setdefault(each.contributor, []).append(each)
    people = (
        _person(board, who, mode, ways.get(who), letters.get(who, []))
        for who, mode in board.joined.items()
        if mode is not None and who not in board.erased
    )
    nobodys = sum(note.contributor is None and not note.erased for note in board.notes.values())
    return Account(tuple(sorted(people, key=lambda person: (person.mode, person.contributor))), nobodys)


def _person(board: Board, who: ContributorId, mode: Mode, way: Way | None, letters: list[Delivery]) -> Person:
    standing, delivery = _standing(way, letters)
    return Person(
        contributor=who, mode=mode, notes=len(board.by_contributor.get(who, ())), way=way, standing=standing,
        delivery=delivery,
    )  # fmt: skip


def _standing(way: Way | None, letters: list[Delivery]) -> tuple[Standing, Delivery | None]:
    by_state = {each.state: each for each in letters}
    for state in (State.SENT, State.PRINTED, State.COLLECTED):
        if state in by_state:
            return Standing(state.value), by_state[state]
    collected = next((each for each in letters if each.collected), None)
    if collected is not None:
        return Standing.COLLECTED, collected
    if State.UNSURE in by_state:
        return Standing.UNSURE, by_state[State.UNSURE]
    if way is None:
        return (Standing.REFUSED if State.REFUSED in by_state else Standing.NO_ADDRESS), by_state.get(State.REFUSED)
    if State.REFUSED in by_state:
        return Standing.REFUSED, by_state[State.REFUSED]
    return Standing.WAITING, next(iter(letters), None)
