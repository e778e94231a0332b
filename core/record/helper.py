"""The second process that makes editions: asked on its standard input, heard on its standard output."""

import json
import sys
from pathlib import Path

from core.record.editions import help_from_the_end
from core.record.options import Options


def main() -> None:
    """Make what is asked for, and tell of each file. Who asked may be gone: then telling fails, and this ends."""
    wish = json.load(sys.stdin)
    path, out, digest = Path(wish.pop("path")), Path(wish.pop("out")), wish.pop("digest")
    for _file in help_from_the_end(path, out, Options(**wish), digest):
        sys.stdout.write("\n")
        sys.stdout.flush()


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        sys.stderr.close()    # nobody is there to be told
