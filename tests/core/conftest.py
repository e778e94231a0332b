"""What the tests of core stand on: one application of Qt, the one that tests of the desk use too."""

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def _app(qapp: QApplication) -> None:
    """A record or a letter may be laid out by Qt in this process, which never has more than one application."""
