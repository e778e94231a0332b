"""Hears of our own faults on any thread: they are written down without anyone's words, and a notice says so."""

import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.base.faults import record_fault
from core.base.language import _
from ui.watching.notices import Notice, Notices, Urgency


class FaultWatch(QObject):
    """Stands in for sys.excepthook and threading.excepthook until it is closed."""

    _happened = Signal()

    def __init__(self, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._before = (sys.excepthook, threading.excepthook)
        self._happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._on_fault
        threading.excepthook = self._on_thread_fault

    def close(self) -> None:
        """Let others hear again."""
        sys.excepthook, threading.excepthook = self._before

    def _on_fault(
        self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, fault, trace)
            return
        self._write_down(fault)

    def _on_thread_fault(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._write_down(arguments.exc_value)

    def _write_down(self, fault: BaseException) -> None:
        try:
            record_fault(fault)
        finally:    # the disk may be what failed: the person is told all the same
            self._happened.emit()

    @Slot()
    def _tell(self) -> None:
        self._notices.tell(
            Notice(
                what=_("Something went wrong. Your notes are saved."),
                advice=_("You can go on. If it happens again, close Sayback and open it."),
                urgency=Urgency.BAD,
                topic="fault",
            )
        )
