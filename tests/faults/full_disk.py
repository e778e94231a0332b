"""What happens on a disk with 12 MiB; run on a file system of its own by test_log_disk.py."""

import contextlib
import io
import shutil
import sys
from pathlib import Path

from core.session import Change, Health
from tests.core.workshops import opened
from tests.faults.log_writer import say
from tests.faults.outcome import assert_nothing_lost


def fill(filler: Path) -> None:
    """Take all the room there is."""
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def main(workshop: Path, folder: Path) -> None:
    path, filler = folder / "park.sayback", folder / "filler"
    shutil.copyfile(workshop, path)
    said = io.StringIO()
    with contextlib.redirect_stdout(said), opened(path) as session:
        told: list[Change] = []
        assert all(say(session, number) for number in range(20))
        healths: set[Health] = set()
        session.subscribe(told.append)
        session.subscribe(lambda change: healths.add(session.health))
        fill(filler)
        waiting = [number for number in range(20, 400) if not say(session, number)]
        assert waiting, "the disk never became full"
        assert Health.DISK_FULL in healths
        assert told
        filler.unlink()
        assert all(say(session, number) for number in waiting)
        assert session.health is Health.GOOD
    assert_nothing_lost(path, said.getvalue())
    sys.stdout.write("whole\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
