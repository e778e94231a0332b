"""What is made when it is first asked for: a workshop is on the screen before all of its rooms are built."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """Made at the first call, and the same from then on. What makes it also imports it, so that neither is waited for
    before the first paint."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self.made: T | None = None
        """What there is by now."""

    def __call__(self) -> T:
        if self.made is None:
            self.made = self._make()
        return self.made
