"""A desk in a process of its own that says when its board was first painted. Loads nothing but the desk.

`python -m tests.bench.first_paint FILE BEGAN`, BEGAN in seconds since 1970.
"""

import json
import os
import sys
import time
from pathlib import Path

from tests.bench.memory import resident_mb


def watch_desk(path: Path, began: float) -> None:
    """Open the desk by main.py, say when its board was first painted, close it."""
    from PySide6 import QtWidgets
    from PySide6.QtCore import QEvent, QObject

    import main

    class Watched(QtWidgets.QApplication):
        """Ends once the board has been painted."""

        def notify(self, receiver: QObject, event: QEvent) -> bool:
            done = super().notify(receiver, event)
            if event.type() is QEvent.Type.Paint and type(receiver.parent()).__name__ == "BoardView":
                found = {"seconds": time.time() - began, "memory": resident_mb(os.getpid())}
                print(json.dumps(found), flush=True)
                self.quit()
            return done

    QtWidgets.QApplication = Watched  # type: ignore[misc]
    main.open_desk(path)


if __name__ == "__main__":
    watch_desk(Path(sys.argv[1]), float(sys.argv[2]))
