"""Saves a copy on a stick without room; run on a file system of its own by test_log_disk.py."""

import sys
from pathlib import Path

import pytest

from core.base.errors import DiskFull
from core.session import Health
from tests.core.workshops import SECONDS, opened


def main(path: Path, stick: Path) -> None:
    with opened(path) as session:
        with pytest.raises(DiskFull) as full:
            session.save_copy(stick / "copy.sayback").result(SECONDS)
        assert session.health is Health.GOOD
    assert list(stick.iterdir()) == []
    sys.stdout.write(f"{full.value}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
