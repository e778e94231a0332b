"""While very much is made that lives on, nobody looks through all of it for rings of garbage again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_open = 0


@contextmanager
def uncollected() -> Iterator[None]:
    """No looking for rings of garbage meanwhile, in the whole program; for some seconds, while something large is read.
    From several threads at once it lasts until the last of them is done."""
    _step(1)
    try:
        yield
    finally:
        _step(-1)


def _step(by: int) -> None:
    global _open    # noqa: PLW0603 - the collector is one for the whole program, too
    with _lock:
        if _open == 0 and gc.isenabled():
            gc.disable()
            _open = by
        elif _open > 0:
            _open += by
            if _open == 0:
                gc.enable()
