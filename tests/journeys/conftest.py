"""Journeys walk through the whole house: they start the desk as the tests of the desk do."""

from tests.ui.conftest import bell, dressed, new_desk, screens, venue, watch

__all__ = ["bell", "dressed", "new_desk", "screens", "venue", "watch"]
