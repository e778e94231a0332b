"""The people of the film: each author of a consultation is one contributor, who came in one of five ways."""

import csv
from collections.abc import Iterator
from pathlib import Path

from core.base.ids import ContributorId, NoteId, QuestionId, new_id
from core.domain.board import Board
from core.domain.commands import Command, SayNote
from core.domain.events import Author
from core.domain.terms import Mode, NoteKind
from core.sense.taking import TakeUp
from core.sense.themes import Way, suggest
from core.session import Saved, Session

WAYS = (Mode.ROOM, Mode.ROOM, Mode.REMOTE, Mode.PAPER, Mode.ROOM)
SHOWN = "1"
MAIN = 1
"""The question of the template that is grouped and voted on, from 0."""
ANYWHERE = (
    "الحافلة الأخيرة تغادر قبل نهاية الاجتماع (الساعة 9)!", "بس آخری ہے، اور بہت جلدی چلی جاتی ہے۔",
    "আমাদের এলাকায় আরও গাছ দরকার।", "公园晚上太暗了，需要更多路灯。", "האוטובוס האחרון יוצא מוקדם מדי.",
    "Więcej zieleni przy szkole, proszę 🌳", "Mae’r llwybr yn rhy gul i gadair olwyn.",
)  # fmt: skip


class Room:
    """Lets people say what they wrote, one after the other, and gives themes to what they said."""

    def __init__(self, session: Session, comments: Path) -> None:
        self.session = session
        self._people: dict[str, ContributorId] = {}
        self._rows = self._said(comments)

    @property
    def board(self) -> Board:
        """What is saved."""
        return self.session.board

    def question(self, number: int = MAIN) -> QuestionId:
        """One of the questions, from 0."""
        return self.board.questions_in_order()[number].id

    def do(self, command: Command, by: ContributorId | None = None) -> Saved:
        """Somebody does something: at the desk, or with a phone."""
        return self.session.do(command, Author(self.session.desk, by) if by else None).result(20)

    def writes(self, count: int, number: int = MAIN) -> list[NoteId]:
        """So many more notes come in."""
        rows = (row for row, _nothing in zip(self._rows, range(count), strict=False))
        return [self.say(row["comment-body"], row["author-id"], number) for row in rows]

    def say(self, text: str, who: str, number: int = MAIN, kind: NoteKind | None = None) -> NoteId:
        """One note, by the door where what should be read first is held."""
        person = self._people.setdefault(who, ContributorId(new_id()))
        way = WAYS[list(self._people).index(who) % len(WAYS)]
        note = NoteId(new_id())
        said = SayNote(
            question=self.question(number), text=text, contributor=person, note_id=note, mode=way, at_door=True,
            kind=kind,
        )  # fmt: skip
        self.do(said, person)
        return note

    def people(self) -> list[ContributorId]:
        """Who has written."""
        return list(self._people.values())

    def groups(self, number: int = MAIN) -> None:
        """Takes up all themes that are suggested."""
        question = self.question(number)
        found = tuple(each for each in suggest(self.board, question) if each.way is not Way.ON_THEIR_OWN)
        self.do(TakeUp(question, found))

    def _said(self, comments: Path) -> Iterator[dict[str, str]]:
        rows = csv.DictReader(comments.read_text("utf-8-sig").splitlines())
        return iter(sorted((row for row in rows if row["moderated"] == SHOWN), key=lambda row: int(row["timestamp"])))
