"""The laptop is carried from one time zone into another."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

NEEDS_ZONES = pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system keeps its zone to itself")
LONDON, WARSAW = "Europe/London", "Europe/Warsaw"


@contextmanager
def in_zone(name: str) -> Iterator[None]:
    """The clocks of this process are those of another place for a while."""
    before = os.environ.get("TZ")
    set_zone(name)
    try:
        yield
    finally:
        set_zone(before)


def set_zone(name: str | None) -> None:
    if name is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = name
    time.tzset()
