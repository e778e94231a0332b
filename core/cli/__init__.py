"""The commands of `main.py`, on click: each works without a screen and says in plain words what it did."""

from core.cli.program import run

__all__ = ["run"]
