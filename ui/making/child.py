"""A command of Sayback run as a process of its own, so that the screen never waits for it."""

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

MAIN = Path(__file__).parents[2] / "main.py"
END_MS = 3000


class Child(QObject):
    """`main.py` with arguments. Its lines are told as they come; then, once, how it ended."""

    line_came = Signal(str)
    ended = Signal(int, str)    # exit code (-1 where it was killed or never began), what it said on stderr

    def __init__(self, arguments: list[str], parent: QObject | None = None, *, told: str = "") -> None:
        """What is `told` comes to it by its standard input, where no list of processes shows it."""
        super().__init__(parent)
        self._told = told.encode()
        self._process = QProcess(self)
        self._process.setProgram(sys.executable)
        self._process.setArguments([str(MAIN), *arguments])
        self._process.setProcessEnvironment(_environment())
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._fail)
        self._over = False

    def start(self) -> None:
        """Begin; returns at once."""
        self._process.start()
        self._process.write(self._told)
        self._process.closeWriteChannel()

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return not self._over and self._process.state() != QProcess.ProcessState.NotRunning

    def stop(self) -> None:
        """End it now. What it writes, it writes under another name first: nothing half stays behind."""
        if self.is_running:
            self._process.kill()

    def stop_and_wait(self) -> None:
        """End it and let it go, when the desk itself ends."""
        self._over = True
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(END_MS)

    @Slot()
    def _read(self) -> None:
        while self._process.canReadLine():
            line = self._process.readLine().toStdString().strip()
            if line and not self._over:
                self.line_came.emit(line)

    @Slot(int, QProcess.ExitStatus)
    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._end(code if status is QProcess.ExitStatus.NormalExit else -1)

    @Slot(QProcess.ProcessError)
    def _fail(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(-1)

    def _end(self, code: int) -> None:
        if not self._over:
            self._over = True
            said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
            self.ended.emit(code, said.strip())


def _environment() -> QProcessEnvironment:
    """Ours, with UTF-8 on its pipes and no screen of its own."""
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("PYTHONIOENCODING", "utf-8")
    environment.insert("PYTHONUNBUFFERED", "1")
    return environment
