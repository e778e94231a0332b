"""The memory of a process."""

import contextlib
import resource
from pathlib import Path


def resident_mb(process: int) -> float:
    """The memory a process holds, in megabytes; 0 where the system does not say."""
    with contextlib.suppress(OSError):
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        return round(pages * resource.getpagesize() / 1e6, 1)
    return 0.0
