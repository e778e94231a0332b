"""Starts Sayback: arguments and nothing else. `python main.py --help` says what there is."""

import gc
import sys
from pathlib import Path

from core.cli import run


def open_desk(file: Path | None) -> int:
    """The desk: the start screen, or this workshop. Qt loads only here."""
    gc.disable()  # a tenth of a second: nothing of what loads now is garbage; the desk turns it on again
    from ui.app import run as run_desk

    return run_desk([str(file)] if file else [])


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], open_desk))
