"""What the record says: everything once, in its order, and nobody can be picked out."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from core.base.ids import DeskId, VenueId
from core.domain.commands import ErasePerson, HideNotes, HoldNotes, RemoveTheme, WithdrawNote
from core.domain.places import at_venue
from core.domain.terms import ONLINE, Mode, Reason
from core.domain.venues import AddVenue, PlaceDesk
from core.record import telling, wording
from core.record.markdown import make_markdown
from core.record.model import Headcount
from core.record.options import Options
from core.record.plan import plan
from core.record.wording import FIXED
from tests.core.record.boards import Hall, crowd, every_text, london
from tests.core.table import NOON, name_of, person


def test_every_note_on_the_board_is_one_card() -> None:
    hall = london()
    record = plan(hall.board)
    cards = [card.text for part in record.questions for group in (*part.themes,) for card in group.cards]
    cards += [card.text for part in record.questions for card in part.alone]
    assert sorted(cards) == sorted(every_text(hall))


def test_themes_come_largest_first_and_equal_ones_as_they_were_made() -> None:
    hall = Hall()
    hall.theme("Benches", "One")
    hall.theme("Light", "Two", "Three")
    hall.theme("Water", "Four")
    (question,) = plan(hall.board).questions
    assert [(theme.rank, theme.name) for theme in question.themes] == [(1, "Light"), (2, "Benches"), (3, "Water")]


def test_notes_of_a_removed_theme_stand_alone() -> None:
    hall = Hall()
    made = hall.theme("Benches", "One", "Two")
    hall.does(RemoveTheme(made))
    (question,) = plan(hall.board).questions
    assert question.themes == ()
    assert [card.text for card in question.alone] == ["One", "Two"]


def test_hidden_held_withdrawn_and_erased_notes_are_counted_and_never_quoted() -> None:
    hall = Hall()
    hidden, held, back = hall.say("hidden words"), hall.say("held words"), hall.say("words taken back")
    hall.say("erased words", by="Ben")
    hall.say("shown words")
    hall.does(HideNotes((hidden,), Reason.NAMES_SOMEONE, "it names Mr Smith"))
    hall.does(HoldNotes((held,), Reason.OTHER))
    hall.does(WithdrawNote(back))
    hall.does(ErasePerson(person("Ben")))
    record = plan(hall.board)
    assert structs.asdict(record.balance) == {"board": 1, "held": 1, "hidden": 1, "withdrawn": 1, "erased": 1}
    assert [(each.reason, each.notes) for each in record.hidden] == [(Reason.NAMES_SOMEONE, 1)]
    for words in ("hidden words", "held words", "taken back", "erased words", "Mr Smith"):
        assert words not in repr(record)


def test_the_sum_of_the_notes_closes() -> None:
    hall = crowd(30)
    notes = list(hall.board.notes)
    hall.does(HideNotes(tuple(notes[:3]), Reason.HURTFUL))
    hall.does(WithdrawNote(notes[5]))
    record = plan(hall.board)
    assert sum(number for number, _where in wording.balance_parts(record.balance)) == record.balance.received == 30


def test_no_id_of_a_person_is_in_the_record() -> None:
    hall = london()
    said = repr(plan(hall.board))
    assert not [contributor for contributor in hall.board.by_contributor if contributor in said]


@pytest.mark.parametrize(
    ("people", "shown"),
    [(0, "0"), (1, "fewer than 8"), (7, "fewer than 8"), (8, "about 10"), (12, "about 10"), (13, "about 15"),
     (27, "about 25"), (1003, "about 1005")],
)  # fmt: skip
def test_people_are_rounded(people: int, shown: str) -> None:
    assert wording.people(Headcount.of(people)).replace("\u00a0", " ") == shown


def test_no_number_of_people_can_be_worked_out_from_the_others() -> None:
    """Whatever is shown of two ways and their total, more than one true number fits each small one (P9)."""
    seen: dict[tuple[Headcount, ...], set[tuple[int, int]]] = {}
    for room, home in product(range(40), repeat=2):
        seen.setdefault((Headcount.of(room), Headcount.of(home), Headcount.of(room + home)), set()).add((room, home))
    for shown, pairs in seen.items():
        for way in (0, 1):
            if shown[way].about is None:
                assert len({pair[way] for pair in pairs}) > 1, f"{shown} gives {pairs} away"


@given(st.integers(min_value=1, max_value=10**6))
def test_a_rounded_number_is_near_the_true_one(people: int) -> None:
    about = Headcount.of(people).about
    assert about is None if people < 8 else about is not None and abs(about - people) <= 2


def test_ways_of_joining_in_count_people_and_notes() -> None:
    hall = Hall()
    for number in range(9):
        hall.say(f"note {number}", by=f"phone {number}")
    hall.say("from paper", by="p", mode=Mode.PAPER)
    hall.say("from nobody", by=None, mode=Mode.REMOTE)
    ways = {way.mode: way for way in plan(hall.board).ways}
    assert (ways[Mode.ROOM].people, ways[Mode.ROOM].notes) == (Headcount(10), 9)
    assert (ways[Mode.PAPER].people, ways[Mode.PAPER].notes) == (Headcount(None), 1)
    assert (ways[Mode.REMOTE].people, ways[Mode.REMOTE].notes) == (Headcount(0), 1)


def test_the_day_is_that_of_the_notes() -> None:
    hall = Hall()
    hall.say("first")
    hall.say("second", at=NOON + timedelta(days=2))
    cover = plan(hall.board).cover
    assert (cover.first_day, cover.last_day) == (date(2026, 3, 14), date(2026, 3, 16))
    assert wording.days(cover).replace("\u00a0", " ") == "14 to 16 March 2026"


@pytest.mark.parametrize(
    ("said", "received", "day"),
    [(0, 0, 14), (0, 3, 14), (-9000, 1, 14), (9000, 1, 15)],    # sent later; a clock behind; a clock ahead
)
def test_the_day_holds_where_a_clock_is_wrong_or_the_file_is_a_copy(said: int, received: int, day: int) -> None:
    hall = Hall()
    hall.say("note", at=NOON + timedelta(days=said), received=NOON + timedelta(days=received))
    assert plan(hall.board).cover.first_day == date(2026, 3, day)


def test_a_table_of_long_ago_keeps_its_days() -> None:
    hall = Hall()
    hall.say("old", mode=Mode.IMPORTED, at=NOON - timedelta(days=365), received=NOON)
    assert plan(hall.board).cover.first_day == date(2025, 3, 14)


def test_a_workshop_without_notes_has_a_record_too() -> None:
    record = plan(Hall().board)
    assert record.balance.received == 0
    assert record.cover.first_day == date(2026, 3, 14)
    assert telling.came_up(record.questions[0]) == "No notes are on the board."


def test_the_record_of_all_venues_says_where_people_took_part_and_picks_nobody_out() -> None:
    hall = Hall()
    york, leeds = VenueId(name_of("york")), VenueId(name_of("leeds"))
    hall.does(AddVenue("York", york))
    hall.does(AddVenue("Leeds", leeds))
    hall.does(PlaceDesk(DeskId(name_of("desk")), york))
    for number in range(12):
        hall.say(f"Note {number}", by=f"Person {number}")
    hall.say("From home", by="Ada", mode=Mode.REMOTE)
    record = plan(hall.board)
    told = [wording.venue_row(at) for at in record.venues]
    assert told == [("York", f"about{FIXED}10", "12"), ("Online", f"fewer{FIXED}than{FIXED}8", "1")]
    assert all(name in make_markdown(record).decode() for name in ("York", "Online"))
    one = plan(at_venue(hall.board, ONLINE), options=Options(venue="online"))
    assert (one.venues, one.cover.venue, one.balance.received) == ((), "Online", 1)
    assert wording.who_took_part(one).startswith(f"Fewer{FIXED}than{FIXED}8 people")


def test_the_record_of_all_venues_says_where_each_theme_was_said() -> None:
    hall = Hall()
    york = VenueId(name_of("york"))
    hall.does(AddVenue("York", york))
    hall.does(PlaceDesk(DeskId(name_of("desk")), york))
    ways_in = hall.theme("Ways in", "A ramp at the door")
    hall.say("Steps from the car park", by="Ben", mode=Mode.REMOTE, theme=ways_in)
    hall.say("Light on the path", by="Ben", mode=Mode.REMOTE, theme=hall.theme("Light"))
    hall.theme("Empty")
    record = plan(hall.board)
    told = {theme.name: telling.under_a_theme(theme) for theme in record.questions[0].themes}
    assert told == {
        "Ways in": f"2{FIXED}notes. Said in every place.",
        "Light": f"1{FIXED}note. Said in: Online.",
        "Empty": "No notes are in this theme.",
    }
    one = plan(at_venue(hall.board, ONLINE), options=Options(venue="online"))
    assert not any(theme.places or theme.everywhere for theme in one.questions[0].themes)
