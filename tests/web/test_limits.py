"""The gates: so many at once, then so many a second, each for themselves."""

from hypothesis import given
from hypothesis import strategies as st

from core.domain.terms import Mode
from core.web.limits import FORGET_ABOVE, HURRY_SECONDS, Admission, Gate, Gates, Limits, Rate


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_so_many_at_once_then_so_many_a_second() -> None:
    watch = Watch()
    gate = Gate(Rate(3, 1), watch)
    assert [gate.wait("ada") for _ in range(5)] == [0, 0, 0, 1, 1]
    assert gate.wait("ben") == 0
    watch.now = 2
    assert [gate.wait("ada") for _ in range(3)] == [0, 0, 1]


def test_the_wait_that_is_named_is_long_enough() -> None:
    watch = Watch()
    gate = Gate(Rate(1, 0.1), watch)
    assert gate.wait("ada") == 0
    watch.now = gate.is_shut("ada")
    assert watch.now == 10
    assert gate.wait("ada") == 0


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_nobody_gets_more_through_than_the_rate_allows(pauses: list[float]) -> None:
    watch = Watch()
    gate = Gate(Rate(10, 1), watch)
    through = 0
    for pause in pauses:
        watch.now += pause
        through += gate.wait("ada") == 0
    assert through <= 10 + watch.now


def test_who_has_waited_long_enough_is_forgotten() -> None:
    watch = Watch()
    gate = Gate(Rate(10, 1), watch)
    for key in range(FORGET_ABOVE + 1):
        gate.wait(key)
    watch.now = 60
    gate.wait("ada")
    assert len(gate._left) == 1


def test_one_who_floods_spends_nobody_elses_share() -> None:
    gates = Gates(Limits(contributor=Rate(1, 1), everybody=Rate(2, 1)), Watch())
    assert gates.wait("ada", "192.0.2.1", is_new=False) == 0
    assert all(gates.wait("ada", "192.0.2.1", is_new=False) for _ in range(10))
    assert gates.wait("ben", "192.0.2.1", is_new=False) == 0


def test_who_writes_for_a_table_may_write_more() -> None:
    gates = Gates(Limits(), Watch())
    at_once = dict.fromkeys((Mode.ROOM, Mode.SCRIBE), 0)
    for mode in at_once:
        while not gates.admit(mode.value, "192.0.2.1", is_new=False, mode=mode).wait:
            at_once[mode] += 1
    assert at_once == {Mode.ROOM: 10, Mode.SCRIBE: 30}


def test_a_burst_of_newcomers_is_let_in_to_be_read_first_and_the_room_is_not_held_up() -> None:
    watch = Watch()
    gates = Gates(Limits.public(), watch)
    first = [gates.admit(f"new {at}", "192.0.2.1", is_new=True) for at in range(130)]
    assert [each.in_burst for each in first] == [False] * 120 + [True] * 10
    assert not any(each.wait for each in first)
    assert gates.admit("new 129", "192.0.2.1", is_new=False).in_burst
    assert not gates.admit("new 0", "192.0.2.1", is_new=False).in_burst
    assert not gates.admit("elsewhere", "192.0.2.2", is_new=True).in_burst
    watch.now += 1
    assert [gates.admit(f"later {at}", "192.0.2.1", is_new=True).in_burst for at in range(3)] == [False, False, True]


def test_somebody_who_is_nobody_is_new_each_time() -> None:
    gates = Gates(Limits(newcomers=Rate(2, 0.1)), Watch())
    assert [gates.admit(None, "192.0.2.1", is_new=False).in_burst for _ in range(3)] == [False, False, True]


def test_a_note_that_comes_again_costs_its_writer_nothing_but_other_words_and_a_flood_of_it_do() -> None:
    gates = Gates(Limits(), Watch())

    def comes(note: str) -> int:
        return gates.admit("Ada", "192.0.2.1", is_new=False, note=note).wait

    assert [comes("id The ramp is steep") for _ in range(50)] == [0] * 50
    assert [comes(f"id Other words {number}") for number in range(9)] == [0] * 9
    assert comes("id One too many") == 1
    assert comes("id The ramp is steep") == 0
    assert [comes("id The ramp is steep") for _ in range(20)][-1] == 1
    assert gates.admit("Ben", "192.0.2.1", is_new=False, note="id The ramp is steep").wait == 0


def test_65_people_behind_one_address_with_a_note_each_five_seconds_are_never_held_up() -> None:
    watch = Watch()
    gates = Gates(Limits(), watch)
    for second in range(300):
        watch.now = float(second)
        for person in range(second % 5, 65, 5):
            assert gates.admit(f"person {person}", "192.0.2.1", is_new=second < 5) == Admission()


def test_two_hundred_notes_a_second_of_one_device_are_ten_and_one_each_second_and_the_desk_is_told() -> None:
    watch = Watch()
    gates = Gates(Limits(), watch)
    let_in = 0
    for at in range(2000):
        watch.now = at / 200
        let_in += not gates.admit("flood", "192.0.2.1", is_new=False).wait
    assert let_in == 19
    assert gates.hurry.too_fast() == {"flood"}
    watch.now += HURRY_SECONDS + 1
    assert gates.hurry.too_fast() == frozenset()


def test_a_person_who_is_once_too_fast_is_no_flood() -> None:
    watch = Watch()
    gates = Gates(Limits(contributor=Rate(1, 1)), watch)
    for minute in range(30):
        watch.now = 60.0 * minute
        gates.admit("ada", "192.0.2.1", is_new=False)
        assert gates.admit("ada", "192.0.2.1", is_new=False).wait
    assert gates.hurry.too_fast() == frozenset()


def test_an_address_is_known_by_a_name_of_this_run_only() -> None:
    one, other = Gates(Limits()), Gates(Limits())
    assert one.name_of("192.0.2.1") == one.name_of("192.0.2.1") != one.name_of("192.0.2.2")
    assert one.name_of("192.0.2.1") != other.name_of("192.0.2.1")
    assert one.name_of("2001:db8::1") == one.name_of("2001:db8::2%eth0") != one.name_of("2001:db8:0:1::1")
    one.admit("ada", "192.0.2.1", is_new=True)
    one.wrong_codes.wait(one.name_of("192.0.2.1"))
    assert "192.0.2.1" not in repr((vars(one), vars(one.newcomers), vars(one.wrong_codes)))


def test_wrong_codes_of_all_together_are_few() -> None:
    gates = Gates(Limits(), Watch())
    waits = [gates.wrong_codes.wait(gates.name_of(f"192.0.2.{at}")) for at in range(10)]
    assert waits == [0] * 5 + [1] * 5
