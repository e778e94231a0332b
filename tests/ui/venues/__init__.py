"""Tests of the venues at the desk."""
