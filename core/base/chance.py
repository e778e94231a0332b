"""Random bits of the system, fetched many at a time: each visit there lets go of Python's lock, and beside a busy
server it takes half a millisecond to get it back."""

import os
import threading

FETCHED = 4096


class Chance:
    """Gives each random byte away once. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bytes = bytearray()

    def take(self, count: int) -> bytes:
        """So many random bytes, fit for secrets."""
        with self._lock:
            if len(self._bytes) < count:
                self._bytes += os.urandom(max(FETCHED, count))
            taken = bytes(self._bytes[-count:])
            del self._bytes[-count:]
            return taken

    def forget(self) -> None:
        """In the child of a fork: it must not give away what its parent does."""
        self._lock = threading.Lock()    # the parent's may be held for ever
        self._bytes.clear()


_chance = Chance()
random_bytes = _chance.take
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_chance.forget)
