"""What was promised and is due: the day by which people were to be answered, and the days that replies name."""

from dataclasses import dataclass

from core.domain.board import Board
from core.domain.replies import reach
from core.domain.terms import Status

AHEAD = 7
"""So many days before a promised day one is reminded of it."""
OPEN = (Status.HEARD, Status.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Reminder:
    """By which day (as `date.toordinal` counts) people were promised an answer, how many still wait for one, and how
    many replies name a day that has come or is near, and are not done."""

    by: int | None
    waiting: int
    due: int

    def is_near(self, today: int) -> bool:
        """Whether it is time to answer."""
        return self.by is not None and self.waiting > 0 and self.by - today <= AHEAD

    def is_late(self, today: int) -> bool:
        """Whether the day is over."""
        return self.is_near(today) and self.by is not None and self.by < today


def reminder(board: Board, today: int) -> Reminder:
    """What is to be remembered of a workshop."""
    replies = (board.reply(subject) for subject in board.replies)
    due = sum(
        reply is not None and reply.by is not None and reply.status in OPEN and reply.by - today <= AHEAD
        for reply in replies
    )
    by = board.workshop.reply_by if board.workshop else None
    return Reminder(by, reach(board).waiting if by else 0, due)
