"""Journeys walk through the whole house: they start the desk as the tests of the desk do."""

from tests.ui.conftest import *  # noqa: F403 - all its fixtures: twice one was new there, and no journey began
