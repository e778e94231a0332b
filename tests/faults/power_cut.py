"""A power cut: the writer runs on a disk of its own (a file behind a loop device, past the page cache); the disk is
copied while the writer is stopped, and the copy is what the machine finds when it has power again (faults.md 3.2).

Needs root and a mount space of its own:  unshare -m python -m tests.faults.power_cut FOLDER SECONDS BETWEEN WHAT
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.outcome import assert_nothing_lost

SIZE = 64 * 1024 * 1024


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def disk(image: Path, at: Path) -> Iterator[None]:
    """The image as a disk of its own, mounted; what is written there and synced is in the image, and nothing else."""
    at.mkdir()
    device = run("losetup", "--direct-io=on", "-f", "--show", str(image))
    try:
        run("mount", device, str(at))
        try:
            yield
        finally:
            run("umount", str(at))
    finally:
        run("losetup", "-d", device)


def written_until_the_cut(folder: Path, image: Path, seconds: float, between: str, what: str) -> str:
    """Run the writer on the disk, stop it that long after its first thanks, copy the disk, end it. Returns what it
    had said by then: all of that it said before the copy was made."""
    mounted, said = folder / "disk", folder / "said"
    with disk(image, mounted):
        command = [sys.executable, "-m", "tests.faults.log_writer", str(mounted / "park.sayback"), "1000000", between]
        with said.open("wb") as out:
            child = subprocess.Popen([*command, what], stdout=out)
        try:
            wait_for_first_thanks(said, child)
            threading.Event().wait(seconds)
            child.send_signal(signal.SIGSTOP)
            wait_until_stopped(child.pid)
            words = said.read_text()
            run("cp", "--sparse=always", str(image), str(folder / "after"))
        finally:
            child.kill()
            child.wait()
    return words


def wait_for_first_thanks(said: Path, child: "subprocess.Popen[bytes]") -> None:
    while "thanked" not in said.read_text():
        assert child.poll() is None, "the writer ended by itself"
        threading.Event().wait(0.002)


def wait_until_stopped(pid: int) -> None:
    """Every thread of it: a write that has begun ends first."""
    while any(state(task) not in "Tt" for task in Path(f"/proc/{pid}/task").iterdir()):
        threading.Event().wait(0.002)


def state(task: Path) -> str:
    return (task / "stat").read_text().rpartition(")")[2].split()[0]


def main(folder: Path, seconds: float, between: str, what: str) -> None:
    image = folder / "image"
    with image.open("wb") as file:
        os.truncate(file.fileno(), SIZE)
    run("mkfs.ext4", "-qF", str(image))
    said = written_until_the_cut(folder, image, seconds, between, what)
    with disk(folder / "after", folder / "power is back"):
        count = assert_nothing_lost(folder / "power is back" / "park.sayback", said)
        left = [each.name for each in (folder / "power is back").rglob("*.sayback")]
    sys.stdout.write(f"{count} thanked, none lost, {len(left)} whole files\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3], sys.argv[4])
