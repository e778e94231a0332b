"""Whole windows and whole screens: start, new workshop, join view."""
