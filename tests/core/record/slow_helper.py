"""A helper on a disk that never ends a write: what it makes is half there until it is killed."""

import os
from threading import Event

from core.record import helper


def main() -> None:
    """Do what the helper does, and stay in the first file it puts on disk."""
    os.fsync = lambda _descriptor: Event().wait()    # type: ignore[assignment]
    helper.main()


if __name__ == "__main__":
    main()
