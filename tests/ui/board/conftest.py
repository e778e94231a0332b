"""A table with a workshop on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.table import Table


@pytest.fixture
def table(dressed: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Table]:
    """Board and outline of a new workshop, shown; put away again."""
    made = Table(tmp_path / "town.sayback", qtbot)
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
