"""Tests of the outline, by keyboard and by ear."""
