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
    """Open the desk as main.py does, say when its board was first painted, close it."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication

    import ui.app
    from ui.board.view import BoardView

    class Watched(QApplication):
        """Ends once the board has been painted."""

        def notify(self, receiver: QObject, event: QEvent) -> bool:
            done = super().notify(receiver, event)
            if event.type() is QEvent.Type.Paint and isinstance(receiver.parent(), BoardView):
                found = {"seconds": time.time() - began, "memory": resident_mb(os.getpid())}
                print(json.dumps(found), flush=True)
                self.quit()
            return done

    ui.app.QApplication = Watched  # type: ignore[attr-defined]
    ui.app.run([str(path)])


if __name__ == "__main__":
    watch_desk(Path(sys.argv[1]), float(sys.argv[2]))
