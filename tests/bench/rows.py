"""One line of the bench's table, and the table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A figure with what it should reach; `floor` is what the barest server did in the same run."""

    what: str
    figure: float
    unit: str
    goal: float | None = None
    more_is_better: bool = False
    floor: float | None = None

    @property
    def is_reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        return self.figure >= self.goal if self.more_is_better else self.figure <= self.goal


HEADINGS = ("what", "measured", "floor", "goal", "")


def table(rows: Sequence[Row]) -> str:
    """The rows in columns."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    aligned = ("<", ">", ">", ">", "<")
    lines = [
        "  ".join(f"{cell:{side}{width}}" for cell, side, width in zip(line, aligned, widths, strict=True)).rstrip()
        for line in cells
    ]
    return "\n".join([lines[0], "-" * (sum(widths) + 8), *lines[1:]])


def _cells(row: Row) -> tuple[str, str, str, str, str]:
    goal = "" if row.goal is None else f"{'>=' if row.more_is_better else '<='} {_number(row.goal)}"
    verdict = {None: "", True: "reached", False: "NOT REACHED"}[row.is_reached]
    floor = "" if row.floor is None else _number(row.floor)
    return row.what, f"{_number(row.figure)} {row.unit}".rstrip(), floor, goal, verdict


def _number(value: float) -> str:
    if math.isinf(value):
        return "never"
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.3g}"
