"""The London session in a workshop file, grouped into three themes, with one note hidden."""

import csv
from pathlib import Path

from core.base.ids import ContributorId, DeskId, NoteId, new_id
from core.domain.commands import HideNotes, MakeWorkshop, NewTheme, SayNote
from core.domain.terms import Mode, Reason
from core.rehearsal.practice import COMMENTS, QUESTION
from core.session import Session

THEMES = (
    ("A real say in decisions", ("give them", "policy", "Involve", "forefront", "scrutin", "power", "autonomy")),
    ("Trust and talking", ("talk", "dialogue", "conversation", "discussion", "communicat", "safe", "rapport")),
    ("Schools and training", ("school", "educat", "training", "cadets", "incentive")),
)
MODES = (Mode.ROOM, Mode.ROOM, Mode.REMOTE, Mode.PAPER, Mode.ROOM)


def london(path: Path, desk: DeskId, code: str = "HKW735") -> Path:
    """Make the file; each author is one contributor."""
    made = MakeWorkshop(
        title="Young people and local policing",
        questions=(QUESTION,),
        code=code,
        purpose="To hear how young Londoners want to check on the police near them.",
        promise="We will write to everyone by 7 September.",
        host="Youth Involvement Team",
        venue="Public library, hall 2",
    )
    session = Session.create(path, made, desk)
    try:
        say_all(session)
        group(session)
    finally:
        session.close()
    return path


def say_all(session: Session) -> None:
    """Every comment, in the order in which it was written."""
    (question,) = session.board.questions_in_order()
    rows = sorted(csv.DictReader(COMMENTS.read_text("utf-8-sig").splitlines()), key=lambda row: int(row["timestamp"]))
    authors: dict[str, tuple[ContributorId, Mode]] = {}
    for row in rows:
        mode = MODES[len(authors) % len(MODES)]
        who, how = authors.setdefault(row["author-id"], (ContributorId(new_id()), mode))
        say = SayNote(
            question=question.id, text=row["comment-body"], contributor=who, note_id=NoteId(new_id()), mode=how
        )
        session.do(say).result(10)


def group(session: Session) -> None:
    """Into themes, by words that stand in the notes."""
    (question,) = session.board.questions_in_order()
    for name, signs in THEMES:
        loose = session.board.loose_notes(question.id)
        fitting = [note.id for note in loose if any(sign in session.board.text_of(note) for sign in signs)]
        session.do(NewTheme(question.id, name, tuple(fitting))).result(10)
    accusing = next(n for n in session.board.loose_notes(question.id) if "abusers" in session.board.text_of(n))
    session.do(HideNotes((accusing.id,), Reason.NAMES_SOMEONE)).result(10)
