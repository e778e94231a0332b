"""One workshop at several venues: where each note was said, what is seen of the others, what was said in all."""

import pytest

from core.base.errors import NotThere, Refused
from core.base.ids import DeskId, NoteId, QuestionId, ThemeId, VenueId, new_id
from core.domain import rules
from core.domain.board import Board
from core.domain.commands import Command, MoveNotes, NewTheme, SayNote
from core.domain.contributing import CastVote
from core.domain.events import Author, sign
from core.domain.places import NOTHING, Heard, at_venue, compared
from core.domain.running import CloseVote, OpenVote
from core.domain.terms import ONLINE, Mode, VoteOn
from core.domain.venues import (
    AddVenue,
    ChangeVenue,
    JoinVenues,
    KeepVenuesApart,
    PlaceDesk,
    RemoveVenue,
    need_venue,
    sign_of,
    venue_called,
    venue_name,
    venues_in_order,
)
from tests.core.table import NOON, Seat, Table, a_table, name_of, person, say, texts, theme

YORK, LEEDS = (VenueId(name_of(name)) for name in ("york", "leeds"))


@pytest.fixture
def day() -> tuple[Table, QuestionId, list[Seat]]:
    """A desk of the organiser, and one at each of two venues."""
    table, question, seats = a_table("national", "york", "leeds")
    national, york, leeds = seats
    national.sees_and_does(
        AddVenue("York", YORK), AddVenue("Leeds", LEEDS), PlaceDesk(york.desk, YORK), PlaceDesk(leeds.desk, LEEDS)
    )
    for seat in seats:
        seat.catches_up()
    return table, question, seats


def said(
    seat: Seat, question: QuestionId, text: str, by: str | None, *, venue: VenueId | None = None, mode: Mode = Mode.ROOM
) -> NoteId:
    note = NoteId(new_id())
    who = person(by) if by else None
    seat.does(SayNote(question=question, text=text, contributor=who, note_id=note, venue=venue, mode=mode))
    return note


def where(board: Board, note: NoteId) -> VenueId | None:
    return board.venue_of(board.notes[note])


def test_a_note_was_said_where_its_desk_is_or_where_its_writers_link_says(
    day: tuple[Table, QuestionId, list[Seat]]
) -> None:
    table, question, (national, york, leeds) = day
    at_york = said(york, question, "Buses", "Ada")
    by_link = said(leeds, question, "Trains", "Bo", venue=YORK)
    at_home = said(york, question, "Paths", "Cy", mode=Mode.REMOTE)
    online = said(national, question, "Bikes", "Di", venue=ONLINE)
    nowhere = said(national, question, "Boats", None)
    board = table.board
    found = [where(board, note) for note in (at_york, by_link, at_home, online, nowhere)]
    assert found == [YORK, YORK, ONLINE, ONLINE, None]
    assert board.venue_of_person(person("Bo")) == YORK


def test_a_desk_that_is_placed_later_was_there_all_the_time_and_a_venue_that_is_gone_is_none(
    day: tuple[Table, QuestionId, list[Seat]]
) -> None:
    table, question, (national, york, _leeds) = day
    early = said(national, question, "Early", "Ada")
    named = said(york, question, "Named", "Bo", venue=LEEDS)
    national.sees_and_does(PlaceDesk(national.desk, LEEDS))
    assert where(table.board, early) == LEEDS
    national.sees_and_does(RemoveVenue(LEEDS))
    assert where(table.board, early) is None
    assert where(table.board, named) == YORK    # it came in by York's desk
    assert venues_in_order(table.board) == [YORK, ONLINE]


def test_a_venue_is_found_by_its_sign_and_by_its_name_as_people_type_it(
    day: tuple[Table, QuestionId, list[Seat]]
) -> None:
    _table, _question, (national, *_) = day
    bury = VenueId(name_of("bury"))
    national.sees_and_does(AddVenue("Bury St Édmunds", bury), AddVenue("Bury"))
    for typed in ("bury-st-edmunds", "BURY ST EDMUNDS", sign_of(bury), bury):
        assert venue_called(national.board, typed) == bury
    national.sees_and_does(ChangeVenue(bury, "Thetford", 40))
    assert venue_called(national.board, sign_of(bury)) == bury    # a poster still leads there
    assert (venue_name(national.board, bury), national.board.venues[bury].people) == ("Thetford", 40)
    assert venue_called(national.board, "") is venue_called(national.board, "nowhere") is None
    assert venue_called(national.board, "online") == ONLINE
    with pytest.raises(Refused, match="Hull") as refused:
        need_venue(national.board, "Hull")
    assert "York, Leeds, Thetford, Bury, Online" in refused.value.advice


def test_where_there_is_one_place_there_are_no_venues() -> None:
    table, question, [desk] = a_table("desk")
    said(desk, question, "Paths", "Ada", mode=Mode.REMOTE)
    assert venues_in_order(table.board) == []
    assert compared(table.board, question).venues == ()
    assert not table.board.is_apart(question)


NO_VENUES: list[Command] = [
    AddVenue(" "), AddVenue("x" * 61), ChangeVenue(YORK, "York", -1), PlaceDesk(DeskId(name_of("x")), VenueId("no")),
]  # fmt: skip


@pytest.mark.parametrize("command", NO_VENUES)
def test_what_is_no_venue_is_refused(day: tuple[Table, QuestionId, list[Seat]], command: Command) -> None:
    _table, _question, (national, *_) = day
    [event] = sign(command.drafts(national.board), Author(national.desk), national.board.seen, NOON)
    with pytest.raises((Refused, NotThere)):
        rules.check(national.board, event)


def test_venues_are_apart_until_a_question_is_joined(day: tuple[Table, QuestionId, list[Seat]]) -> None:
    table, question, (national, york, _leeds) = day
    assert not table.board.is_apart(question)
    national.sees_and_does(KeepVenuesApart())
    assert table.board.is_apart(question)
    national.sees_and_does(JoinVenues(question))
    assert not table.board.is_apart(question)
    with pytest.raises(NotThere):
        york.does(JoinVenues(QuestionId(name_of("none"))))


def test_themes_said_in_all_venues_in_some_and_in_one(day: tuple[Table, QuestionId, list[Seat]]) -> None:
    table, question, (national, york, leeds) = day
    everywhere = [
        said(york, question, "Buses", "Ada"), said(york, question, "A bus", "Ada"), said(leeds, question, "Bus", "Bo"),
        said(national, question, "The bus", "Cy", venue=ONLINE),
    ]  # fmt: skip
    two = [said(york, question, "Light", "Di"), said(leeds, question, "Lamps", None)]
    one = [said(leeds, question, "Trees", "Bo")]
    alone = said(national, question, "Loose", None)
    for seat in (national, york, leeds):
        seat.catches_up()
    grouped = (("Buses", everywhere), ("Light", two), ("Trees", one))
    buses, light, trees = (theme(national, question, name, notes) for name, notes in grouped)
    empty = theme(national, question, "Nobody yet")
    found = compared(table.board, question)
    assert {each.theme.id: each.heard for each in found.themes if each.theme} == {
        buses: Heard.ALL, light: Heard.SOME, trees: Heard.ONE, empty: Heard.NOWHERE,
    }  # fmt: skip
    said_of_buses = found.of(Heard.ALL)[0].said
    assert [(said_of_buses[id].notes, said_of_buses[id].people) for id in found.venues] == [(2, 1), (1, 1), (1, 1)]
    assert (found.themes[1].said[LEEDS].notes, found.themes[1].said[LEEDS].people) == (1, 0)
    assert found.themes[1].said[ONLINE] == NOTHING
    assert [found.there[id] for id in found.venues] == [2, 1, 1]
    assert found.nowhere == 1
    assert found.themes[-1].theme is not None    # what nobody can place stands in no column
    national.sees_and_does(PlaceDesk(national.desk, YORK))
    last = compared(table.board, question).themes[-1]
    assert (last.theme, last.notes) == (None, 1)
    assert where(table.board, alone) == YORK


def test_the_board_of_one_venue_has_its_notes_people_and_votes_and_closes(
    day: tuple[Table, QuestionId, list[Seat]]
) -> None:
    table, question, (national, york, leeds) = day
    here, there = said(york, question, "Buses", "Ada"), said(leeds, question, "Trains", "Bo")
    say(york, question, "Loose", by="Ada")
    national.catches_up()
    both = theme(national, question, "Moving", (here, there))
    other = theme(national, question, "Only there", (there,))
    national.sees_and_does(MoveNotes((here, there), both), OpenVote(question, VoteOn.THEMES, 3))
    [round_id] = table.board.rounds
    for seat, who, dots in ((york, "Ada", 2), (leeds, "Bo", 3)):
        seat.catches_up()
        seat.does(CastVote(round_id, person(who), both, dots), actor=person(who))
    national.sees_and_does(CloseVote(round_id), NewTheme(question, "Empty"))
    board = at_venue(table.board, YORK)
    assert texts(board, both) == ["Buses"]
    assert [board.text_of(note) for note in board.loose_notes(question)] == ["Loose"]
    assert list(board.themes) == [both]
    assert ThemeId(other) not in board.themes
    assert dict(board.tally(round_id)) == {both: 2}
    assert (board.balance.received, dict(board.people), list(board.joined)) == (2, {Mode.ROOM: 1}, [person("Ada")])
    assert board.workshop is not None
    assert board.text(board.workshop.venue) == "York"
    parts = [at_venue(table.board, venue).balance.received for venue in venues_in_order(table.board)]
    assert sum(parts) == table.board.balance.received
