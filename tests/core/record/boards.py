"""Boards to make records of: built from commands in memory, each act seen by all, and the London session."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.base.ids import ContributorId, DeskId, NoteId, OriginId, PictureHash, QuestionId, ThemeId, WorkshopId, new_id
from core.domain.board import EMPTY
from core.domain.commands import Command, MakeWorkshop, MoveNotes, NewTheme, SayNote
from core.domain.events import FACILITATOR, Author, Event, sign
from core.domain.fold import apply, with_words
from core.domain.terms import Mode
from tests.core.table import NOON, name_of, person

LONDON = Path(__file__).parents[3] / "resources" / "rehearsal" / "comments.csv"
QUESTION = "What is the best way to engage more young people in local scrutiny of policing?"
THEMES = {
    "A real part in decisions": ("decision", "power", "forefront", "stakeholders", "policy"),
    "Talk together, and feel safe to": ("talk", "safe", "conversation", "dialogues", "encounter"),
    "Thank young people for their time": ("incentiv", "training"),
    "Open facts about what the police do": ("transparen", "data", "truth", "brief", "abusers"),
    "Learn, and get to know each other": ("educate", "schools", "cadet", "bias", "role of"),
    "Who we are": ("i am", "my ", "i identify", "first language"),
}


class Hall:
    """A workshop whose board is at hand after every act."""

    def __init__(
        self, *questions: str, title: str = "The park", at: datetime = NOON, purpose: str = "", promise: str = "",
        host: str = "", venue: str = "",
    ) -> None:  # fmt: skip
        self.board = EMPTY
        self._events = 0
        asked = questions or ("What would make it yours?",)
        made = MakeWorkshop(
            title=title, questions=asked, code="ABC234", purpose=purpose, promise=promise, host=host, venue=venue
        )
        self.does(made, at=at)

    def does(
        self, command: Command, *, at: datetime = NOON, received: datetime | None = None, actor: str = FACILITATOR
    ) -> None:
        drafts = command.drafts(self.board)
        for new in sign(drafts, Author(DeskId(name_of("desk")), actor), self.board.seen, at):
            self._events += 1
            event = Event(
                id=new.id, workshop=WorkshopId("f" * 32), origin=OriginId(name_of("origin")), origin_seq=self._events,
                desk=new.author.desk, actor=actor, act=new.act, subject=new.subject, body=new.body, base=new.base,
                said_at=at, received_at=received or at, hash="", seq=self._events,
            )  # fmt: skip
            self.board = apply(with_words(self.board, new.words), event)

    def question(self, number: int = 0) -> QuestionId:
        return self.board.questions_in_order()[number].id

    def say(
        self, text: str, *, by: str | None = "Ada", mode: Mode = Mode.ROOM, theme: ThemeId | None = None,
        at: datetime = NOON, received: datetime | None = None, question: int = 0, id: str | None = None,
        picture: PictureHash | None = None,
    ) -> NoteId:  # fmt: skip
        who: ContributorId | None = person(by) if by else None
        note = NoteId(id or new_id())
        said = SayNote(
            question=self.question(question), text=text, contributor=who, note_id=note, mode=mode, picture=picture
        )
        self.does(said, at=at, received=received)
        if theme:
            self.does(MoveNotes((note,), theme))
        return note

    def theme(self, name: str, *texts: str, question: int = 0) -> ThemeId:
        made = ThemeId(new_id())
        self.does(NewTheme(self.question(question), name, theme_id=made))
        for text in texts:
            self.say(text, theme=made, question=question)
        return made


def london() -> Hall:
    """The session that was held in London in July 2022, grouped into themes."""
    hall = Hall(
        QUESTION, title="Young Londoners and the police",
        purpose="We want more young people to check on the police near them. Tell us what would make you join in.",
        promise="We will answer every theme in writing by 7 September 2022.",
        host="the Youth Involvement Team", venue="in London and online", at=datetime(2022, 7, 26, 8, 0, tzinfo=UTC),
    )  # fmt: skip
    with LONDON.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["timestamp"]))
    modes = (Mode.ROOM, Mode.ROOM, Mode.ROOM, Mode.REMOTE, Mode.PAPER)
    for number, row in enumerate(rows):
        at = datetime.fromtimestamp(int(row["timestamp"]) / 1000, NOON.tzinfo)
        mode = modes[int(row["author-id"]) % len(modes)]
        hall.say(row["comment-body"], by=f"person {row['author-id']}", mode=mode, at=at, id=f"{number:032x}")
    for number, (name, signs) in enumerate(THEMES.items()):
        loose = hall.board.loose_notes(hall.question())
        fitting = [note.id for note in loose if any(sign in hall.board.text_of(note).lower() for sign in signs)]
        hall.does(NewTheme(hall.question(), name, tuple(fitting), theme_id=ThemeId(f"{number:032x}")))
    return hall


def crowd(notes: int, themes: int = 5) -> Hall:
    """A workshop of any size; every sixth note stands alone."""
    hall = Hall()
    made = [hall.theme(f"Theme {'abcdefghijklmnop'[number % 16]}") for number in range(themes)]
    for number in range(notes):
        words = f"Note {number}: a bench by the school, and light on the path home. " * (1 + number % 4)
        theme = None if number % 6 == 5 else made[number % 6 % themes]
        hall.say(words.strip(), by=f"p{number // 3}", theme=theme, at=NOON + timedelta(seconds=number))
    return hall


def every_text(hall: Hall) -> list[str]:
    """The words of every note that everybody may see."""
    return [hall.board.text_of(note) for note in hall.board.notes.values() if note.is_on_board]


def squeezed(text: str) -> str:
    """The text without white space, as it is compared with what a PDF gives back."""
    return "".join(text.split())
