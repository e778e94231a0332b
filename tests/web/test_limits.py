"""The gates: so many at once, then so many a second, each for themselves."""

from hypothesis import given
from hypothesis import strategies as st

from core.web.limits import FORGET_ABOVE, Gate, Gates, Limits, Rate


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
