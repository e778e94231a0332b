"""Who guesses codes waits, longer each time; who only mistypes does not."""

from core.base.rates import FORGET_ABOVE
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


def test_while_guesses_come_from_everywhere_each_address_has_one() -> None:
    """Whoever has many addresses would otherwise have ten guesses a minute of each."""
    watch = Watch()
    misses = Misses(RATE, watch, all_together=Rate(3, 1), is_strict=True)
    assert [misses.wait(f"mallory {number}") for number in range(3)] == [0] * 3
    assert misses.wait("mallory 3") == FIRST_PAUSE
    watch.now += FIRST_PAUSE - 1
    assert misses.is_shut("mallory 3") == 1
    assert misses.is_shut("ada") == 0    # who types a right code comes in
    assert misses.wait("ada") == 0    # the guessers have paused


def test_addresses_that_waited_long_ago_are_forgotten() -> None:
    watch = Watch()
    misses = Misses(RATE, watch, all_together=Rate(0, 1), is_strict=True)
    for number in range(3 * FORGET_ABOVE):
        misses.wait(number)
        watch.now += 0.1
    assert len(misses._pauses) <= 2 * FORGET_ABOVE


def test_who_stops_guessing_begins_afresh() -> None:
    watch = Watch()
    misses = Misses(RATE, watch)
    shut(misses, watch)
    watch.now += 10 * FIRST_PAUSE
    assert shut(misses, watch) == FIRST_PAUSE
