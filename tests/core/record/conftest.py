"""What the tests of the record stand on: one application of Qt, the one that tests of the desk use too."""

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def _app(qapp: QApplication) -> None:
    """Where text is shaped in this process an application must be there before, and there is only ever one."""
