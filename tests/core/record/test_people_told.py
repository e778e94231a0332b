"""P9: no number of people that is told lets a small one be worked out, whatever is taken away from whatever."""

from collections.abc import Iterator
from itertools import combinations, product

from core.domain.terms import Mode
from core.record.model import Headcount
from core.record.plan import plan
from tests.core.record.boards import Hall

MOST = 16
SMALL = range(1, 8)
Told = tuple[Headcount, ...]


def told(people: tuple[int, ...]) -> Told:
    """What is told of so many people in each way, and of all together."""
    ways = tuple(Headcount.of(each) for each in people)
    return (*ways, Headcount.together([way for way, number in zip(ways, people, strict=True) if number]))


def given_away(ways: int) -> Iterator[tuple[Told, int]]:
    """What is told, and the place of a small number that only one truth fits: by everybody who knows how it is made."""
    truths: dict[Told, set[tuple[int, ...]]] = {}
    for people in product(range(MOST), repeat=ways):
        truths.setdefault(told(people), set()).add(people)
    for said, fitting in truths.items():
        for place in range(ways):
            found = {people[place] for people in fitting}
            if len(found) == 1 and found.pop() in SMALL:
                yield said, place


def test_no_small_number_can_be_worked_out_from_all_that_is_told() -> None:
    assert [*given_away(1), *given_away(2), *given_away(3)] == []


def test_a_total_tells_nothing_that_its_parts_do_not() -> None:
    """So no number of parts, however many, makes it give one away: the same parts always have the same total."""
    parts = [Headcount.of(number) for number in (0, 1, 7, 8, 12, 13, 40)]
    for size in range(1, 5):
        for some in combinations(parts, size):
            assert len({Headcount.together(some), Headcount.together(some[::-1])}) == 1


def test_totals_rounded_from_the_truth_would_give_four_sevens_away() -> None:
    """Why totals are added up from what is told: of four ways, "about 30" in all would mean seven in each."""
    fitting = [people for people in product(SMALL, repeat=4) if Headcount.of(sum(people)) == Headcount(30)]
    assert fitting == [(7, 7, 7, 7)]


def test_small_numbers_together_are_told_as_fewer_than() -> None:
    assert Headcount.together([Headcount.of(3), Headcount.of(5)]) == Headcount(None, 15)
    assert Headcount.together([Headcount.of(3), Headcount.of(0)]) == Headcount(None, 8)
    assert Headcount.together([Headcount.of(20), Headcount.of(3)]) == Headcount(25)


def test_the_people_of_the_record_are_those_of_its_ways_together() -> None:
    hall = Hall()
    for mode in (Mode.ROOM, Mode.PAPER, Mode.REMOTE, Mode.SCRIBE):
        for number in range(7):
            hall.say(f"note {number}", by=f"{mode} {number}", mode=mode)
    record = plan(hall.board)
    assert record.people == Headcount(None, 29)
    assert {way.people for way in record.ways} == {Headcount(None)}
