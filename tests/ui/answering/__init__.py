"""Tests of the answers at the desk."""
