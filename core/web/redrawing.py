"""From a file that a phone sent to a picture we keep: drawn anew by a child process, never in the server's own."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path
from typing import BinaryIO

from core.base.pictures import LONGEST_SIDE, Picture, PictureKind

AT_ONCE = 2
SECONDS = 15.0
BYTES_AT_MOST = 4 * 2**20
"""More than any picture of 1600 x 1600 dots becomes."""
REDRAW = Path(__file__).parents[1] / "base" / "redraw.py"
COMMAND = (sys.executable, "-I", str(REDRAW), str(LONGEST_SIDE))


class NoPicture(Exception):
    """The file is no picture we take: too big, of another kind, damaged, or made to do harm."""


class Redrawer:
    """One process for each picture, a few at once. Nothing that happens in there hurts the server (faults.md F38):
    a tenth of a second to start one is little beside the photo's own way here."""

    def __init__(self, command: tuple[str, ...] = COMMAND, seconds: float = SECONDS) -> None:
        self._command = command
        self._seconds = seconds
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def redrawn(self, file: BinaryIO) -> Picture:
        """The picture in this file, which has a descriptor. Raises NoPicture, and OSError where no process can be
        started."""
        async with self._turns:
            file.seek(0)
            child = await asyncio.create_subprocess_exec(
                *self._command, stdin=file.fileno(), stdout=PIPE, stderr=DEVNULL
            )
            try:
                async with asyncio.timeout(self._seconds):
                    written = await _written(child)
                    code = await child.wait()
            except TimeoutError:
                raise NoPicture from None
            finally:
                await _ended(child)
        if code != 0:
            raise NoPicture
        return read_picture(written)


async def _written(child: Process) -> bytes:
    written = bytearray()
    while child.stdout and (some := await child.stdout.read(65_536)):
        written += some
        if len(written) > BYTES_AT_MOST:
            raise NoPicture
    return bytes(written)


async def _ended(child: Process) -> None:
    if child.returncode is None:
        child.kill()
        await child.wait()


def read_picture(written: bytes) -> Picture:
    """What the child says it drew. It has handled a stranger's file, so it is not believed either."""
    about, _, data = written.partition(b"\n")
    try:
        said = json.loads(about)
        picture = Picture(data, PictureKind(said["kind"]), int(said["width"]), int(said["height"]))
    except (ValueError, KeyError, TypeError) as error:
        raise NoPicture from error
    if not (0 < picture.width <= LONGEST_SIDE and 0 < picture.height <= LONGEST_SIDE and data):
        raise NoPicture
    return picture
