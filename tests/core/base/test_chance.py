"""Random bits: given away once, to any thread, and never to parent and child alike."""

import os
from concurrent.futures import ThreadPoolExecutor

from core.base.chance import FETCHED, Chance, random_bytes


def test_as_many_as_asked_for_and_none_twice() -> None:
    chance = Chance()
    taken = [chance.take(16) for _ in range(3 * FETCHED // 16)]
    assert {len(each) for each in taken} == {16}
    assert len(set(taken)) == len(taken)
    assert len(chance.take(2 * FETCHED)) == 2 * FETCHED


def test_threads_share_none() -> None:
    chance = Chance()
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: chance.take(8), range(4000)))
    assert len(set(taken)) == len(taken)


def test_a_child_does_not_get_its_parent_s() -> None:
    random_bytes(1)
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(theirs, random_bytes(64))
        os._exit(0)
    os.waitpid(child, 0)
    with os.fdopen(ours, "rb") as told, os.fdopen(theirs, "wb"):
        assert told.read(64) != random_bytes(64)
