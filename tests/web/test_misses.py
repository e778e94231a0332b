"""Who guesses codes waits, longer each time; who only mistypes does not."""

from core.web.limits import FIRST_PAUSE, LONGEST_PAUSE, Misses, Rate
from tests.web.test_limits import Watch

RATE = Rate(10, 1 / 6)


def shut(misses: Misses, watch: Watch) -> int:
    """Go on until there is a pause."""
    while not (wait := misses.wait("mallory")):
        pass
    assert misses.is_shut("mallory") == wait
    return wait


def test_ten_misses_a_minute_are_human() -> None:
    watch = Watch()
    misses = Misses(RATE, watch)
    assert [misses.wait("ada") for _ in range(10)] == [0] * 10
    for _ in range(100):
        watch.now += 6.01
        assert misses.wait("ada") == 0


def test_each_miss_beyond_doubles_the_pause() -> None:
    watch = Watch()
    misses = Misses(RATE, watch)
    pauses = []
    for _ in range(8):
        pauses.append(shut(misses, watch))
        watch.now += pauses[-1]
        assert misses.is_shut("mallory") == 0
    assert pauses[0] == FIRST_PAUSE
    assert pauses[1:4] == [2 * FIRST_PAUSE, 4 * FIRST_PAUSE, 8 * FIRST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE


def test_a_try_during_the_pause_does_not_make_it_longer_and_holds_up_nobody_else() -> None:
    watch = Watch()
    misses = Misses(RATE, watch)
    wait = shut(misses, watch)
    watch.now += 10
    assert misses.wait("mallory") == wait - 10
    assert misses.wait("ada") == 0


def test_who_stops_guessing_begins_afresh() -> None:
    watch = Watch()
    misses = Misses(RATE, watch)
    shut(misses, watch)
    watch.now += 10 * FIRST_PAUSE
    assert shut(misses, watch) == FIRST_PAUSE
