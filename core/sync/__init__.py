"""Desks that share one workshop: the gate of its home, and the link of a desk to it."""
