"""Tests of the desk for people who do not see it well, do not hear it, or do not use a mouse (access.md D1-D15)."""
