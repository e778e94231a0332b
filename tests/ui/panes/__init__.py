"""Tests of the panes of the desk."""
