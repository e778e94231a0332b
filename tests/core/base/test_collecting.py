"""While much is made nobody looks for rings of garbage; afterwards it is as it was."""

import gc
import threading

import pytest

from core.base.collecting import uncollected


def test_the_last_one_who_is_done_begins_it_again() -> None:
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_one_thread_does_not_begin_it_for_another() -> None:
    inside, done = threading.Event(), threading.Event()

    def reads() -> None:
        with uncollected():
            inside.set()
            done.wait(10)

    other = threading.Thread(target=reads)
    with uncollected():
        other.start()
        assert inside.wait(10)
    assert not gc.isenabled()
    done.set()
    other.join()
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        with pytest.raises(ValueError, match="broke"), uncollected():
            raise ValueError("broke")
        assert not gc.isenabled()
    finally:
        gc.enable()
