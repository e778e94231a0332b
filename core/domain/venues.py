"""The places where one workshop is held at the same time: what organisers do with them, and how each is found."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from core.base.errors import NotThere, Refused
from core.base.ids import DeskId, QuestionId, VenueId, new_id
from core.base.language import _
from core.domain import keys
from core.domain.board import Board
from core.domain.events import Draft
from core.domain.registers import DeskPlaced, VenuesApart, VenueSet, VenuesJoined
from core.domain.terms import ONLINE, Venue
from core.domain.values import changed
from core.domain.words import Words

SIGN_LENGTH = 8
"""So much of its id stands in a venue's link: the link holds when the venue is called otherwise."""


@dataclass(frozen=True, slots=True)
class AddVenue:
    """Hold the workshop at one more venue, after the others."""

    name: str
    venue_id: VenueId | None = None

    def drafts(self, board: Board) -> Sequence[Draft]:
        last = max((venue.key for venue in board.venues.values()), default=None)
        words = Words.of(self.name)
        to = Venue(key=keys.between(last, None), name=words.hash)
        return [Draft(self.venue_id or VenueId(new_id()), VenueSet(to=to, was=None), (words,))]


@dataclass(frozen=True, slots=True)
class ChangeVenue:
    """Call a venue otherwise, or say how many people were counted there."""

    venue_id: VenueId
    name: str
    people: int = 0

    def drafts(self, board: Board) -> Sequence[Draft]:
        was = find_venue(board, self.venue_id)
        words = Words.of(self.name)
        is_same = words.text == board.text(was.name)
        to = changed(was, name=was.name if is_same else words.hash, people=self.people)
        return [] if to == was else [Draft(self.venue_id, VenueSet(to=to, was=was), () if is_same else (words,))]


@dataclass(frozen=True, slots=True)
class RemoveVenue:
    """It is no venue any more; what was said there stays, and stands where its desk is."""

    venue_id: VenueId

    def drafts(self, board: Board) -> Sequence[Draft]:
        return [Draft(self.venue_id, VenueSet(to=None, was=find_venue(board, self.venue_id)))]


@dataclass(frozen=True, slots=True)
class PlaceDesk:
    """Say at which venue a desk is; None: at none."""

    desk: DeskId
    venue: VenueId | None

    def drafts(self, board: Board) -> Sequence[Draft]:
        was: VenueId | None = board.setting(self.desk, DeskPlaced, None)
        return [] if was == self.venue else [Draft(self.desk, DeskPlaced(to=self.venue, was=was))]


@dataclass(frozen=True, slots=True)
class KeepVenuesApart:
    """Each venue sees its own notes only, until a question is joined; or all see all."""

    on: bool = True

    def drafts(self, board: Board) -> Sequence[Draft]:
        if board.workshop is None:
            raise NotThere
        was = board.are_venues_apart
        return [] if was is self.on else [Draft(board.workshop.id, VenuesApart(to=self.on, was=was))]


@dataclass(frozen=True, slots=True)
class JoinVenues:
    """Let every venue see what the others said to a question, or no longer."""

    question: QuestionId
    on: bool = True

    def drafts(self, board: Board) -> Sequence[Draft]:
        if self.question not in board.questions:
            raise NotThere
        was = board.setting(self.question, VenuesJoined, False)
        return [] if was is self.on else [Draft(self.question, VenuesJoined(to=self.on, was=was))]


def find_venue(board: Board, venue_id: VenueId) -> Venue:
    """The venue. Raises NotThere."""
    venue = board.venues.get(venue_id)
    if venue is None:
        raise NotThere
    return venue


def venues_in_order(board: Board) -> list[VenueId]:
    """All venues as the organiser ordered them, and then those who are online; empty where there is but one place."""
    if not board.venues:
        return []
    placed = sorted((id for id in board.venues if id != ONLINE), key=lambda id: (board.venues[id].key, id))
    return [*placed, ONLINE]


def venue_name(board: Board, venue: VenueId) -> str:
    """What people call it."""
    found = board.venues.get(venue)
    if found is not None and (name := board.text(found.name)):
        return name
    return _("Online") if venue == ONLINE else _("Venue without a name")


def sign_of(venue: VenueId) -> str:
    """What stands for a venue in a link."""
    return venue[:SIGN_LENGTH]


def venue_called(board: Board, typed: str) -> VenueId | None:
    """The venue of this sign, or of this name as people type it; None where there is none, or more than one."""
    by_sign = [id for id in venues_in_order(board) if typed in (id, sign_of(id))]
    plain = plain_name(typed)
    found = by_sign or [id for id in venues_in_order(board) if plain and plain_name(venue_name(board, id)) == plain]
    return found[0] if len(found) == 1 else None


def need_venue(board: Board, typed: str) -> VenueId:
    """The venue that somebody asked for. Raises Refused."""
    found = venue_called(board, typed)
    if found is not None:
        return found
    names = ", ".join(venue_name(board, id) for id in venues_in_order(board))
    advice = _("There are: {names}.").format(names=names) if names else _("This workshop has one place only.")
    raise Refused(_("There is no venue called {name}.").format(name=typed), advice)


def plain_name(name: str) -> str:
    """A name without case, accents and signs, as it may stand in a link: "Bury St Edmunds" is bury-st-edmunds."""
    parts = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[\W_]+", "-", "".join(each for each in parts if not unicodedata.combining(each))).strip("-")
