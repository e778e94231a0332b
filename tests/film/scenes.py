"""What happens in the film, scene by scene."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from core.domain.commands import HideNotes, HoldNotes
from core.domain.contributing import CastVote, SupportNote
from core.domain.promising import CountVotes, MakePledge
from core.domain.running import (
    AnswerNote,
    BeginStep,
    CloseVote,
    MarkNote,
    OpenVote,
    RevealQuestion,
    StartTimer,
    StopTimer,
)
from core.domain.terms import CountWay, Mark, NoteKind, Reason, StepKind, VoteOn
from tests.film.room import ANYWHERE, MAIN, Room
from ui.dialogs.panel import Panel

if TYPE_CHECKING:
    from tests.film.__main__ import Film

SMALL, LARGE = (1280, 720), (1920, 1080)
VIEWS = ("welcome", "question", "themes", "how-to-vote", "results", "said", "pledges", "pause")


def day(film: "Film", room: Room) -> None:
    """From the doors to the pledges."""
    film.shoot("04-doors-nobody-yet", SMALL)
    film.do("join-view")
    film.shoot("05-join-view", LARGE, of=wall(film))
    film.do("join-view")
    begins(room, StepKind.WRITE, MAIN)
    room.do(StartTimer(300, datetime.now(UTC)))
    film.looks_at(room.question())
    room.writes(20)
    film.shoot("06-writing")
    number = room.say("Ring me on 020 7946 0123 about the ramp", "ann")
    room.do(HoldNotes((room.say("Mrs Hill at the desk is rude", "bob"),), Reason.NAMES_SOMEONE))
    film.do("held")
    film.shoot("07-held-queue")
    room.do(HideNotes((number,), Reason.PERSONAL_FACTS))
    room.writes(40)
    begins(room, StepKind.GROUP)
    room.do(StopTimer(datetime.now(UTC), away=True))
    film.do("suggest")
    film.settle(most=3000)
    film.shoot("08-suggestions")
    assert film.desk.open_desk is not None
    film.desk.open_desk.screen.suggestions.suggesting.close()
    room.groups()
    film.do("tidy", "fit")
    film.shoot("09-grouping-60")
    for at, text in enumerate(ANYWHERE):
        room.say(text, f"guest {at}")
    film.do("fit")
    film.shoot("10-any-script", SMALL)
    votes(film, room)
    after(film, room)
    many(film, room)


def votes(film: "Film", room: Room) -> None:
    """Phones, hands and paper dots, and how it looks on the wall."""
    room.do(RevealQuestion(room.question()))
    begins(room, StepKind.VOTE)
    themes = [theme.id for theme in room.board.themes_of(room.question())]
    made = room.do(OpenVote(room.question(), VoteOn.THEMES, 3)).events[0].subject
    vote = next(each for each in room.board.rounds if each == made)
    for at, person in enumerate(room.people()):
        room.do(CastVote(vote, person, themes[at * at % len(themes)], 1 + at % 3), person)
    room.do(CountVotes(round_id=vote, way=CountWay.HANDS, table=1, dots={themes[0]: 5, themes[1]: 3}, voters=8))
    film.shoot("11-vote-open")
    film.do("result")
    film.shoot("12-result", SMALL)
    for panel in film.window.findChildren(Panel):
        panel.close()
    room.do(CloseVote(vote))
    room.do(MakePledge(what="Ask the bus company for a later bus", who="Ann", theme=themes[0]))
    film.do("projector")
    for view in VIEWS:
        film.do(f"show-{view}")
        film.shoot(f"13-wall-{view}", LARGE, of=wall(film))
    film.do("projector")


def after(film: "Film", room: Room) -> None:
    """What is looked up, in every dress."""
    film.do("pledges")
    film.shoot("14-pledges", SMALL)
    film.do("pledges", "history")
    film.shoot("15-history", LARGE)
    film.do("history", "people")
    film.shoot("15-people", SMALL)
    film.do("people", "outline")
    film.shoot("16-outline")
    film.do("board", "scheme-dark")
    film.shoot("17-dark")
    film.do("scheme-high-contrast")
    film.shoot("18-high-contrast")
    film.do("scheme-light")


def many(film: "Film", room: Room) -> None:
    """As many notes as a large room writes in an hour."""
    film.looks_at(room.question())
    room.writes(240)
    room.groups()
    film.do("tidy", "fit")
    film.shoot("19-grouping-300")
    film.do("whole")
    film.shoot("20-grouping-300-near", LARGE)


def live(film: "Film", room: Room) -> None:
    """An hour with a panel."""
    begins(room, StepKind.ASK)
    question = next(at for at, each in enumerate(room.board.questions_in_order()) if room.board.asking(each.id).live)
    notes = room.writes(9, question)
    for at, note in enumerate(notes):
        for person in room.people()[: at * 2 % 9]:
            room.do(SupportNote(note, person), person)
    room.do(MarkNote(notes[1], Mark.ASKED))
    room.do(AnswerNote(notes[2], "Yes: the plan goes to the council in March."))
    room.do(MarkNote(notes[0], Mark.NOW))
    film.do("live-questions")
    film.shoot("21-live-questions")
    film.do("projector", "show-live")
    film.shoot("22-wall-live", LARGE, of=wall(film))
    film.do("projector")


def before(film: "Film") -> None:
    """The days before."""
    film.shoot("01-start")
    film.desk.show_form()
    film.shoot("02-new-workshop")
    film.desk.show_start()
    film.do("ready")
    film.settle(most=2500)
    film.shoot("03-is-all-ready", SMALL)


def glimpse(film: "Film", room: Room) -> None:
    """The same desk in another language."""
    begins(room, StepKind.GROUP)
    film.looks_at(room.question())
    room.writes(40)
    room.say("Mae’r parc yn rhy dywyll gyda’r nos", "ann", kind=NoteKind.PROBLEM)
    room.groups()
    film.do("tidy", "fit", "people")
    film.shoot("23-welsh")


def begins(room: Room, kind: StepKind, question: int | None = None) -> None:
    """Go to the first step of this kind."""
    wanted = room.question(question) if question is not None else None
    steps = room.board.agenda()
    found = [id for id, step in steps if step.kind is kind and wanted in (None, step.question)]
    room.do(BeginStep(found[0]))


def wall(film: "Film") -> QWidget:
    """The window on the projector."""
    assert film.desk.open_desk is not None
    window = film.desk.open_desk.projector.window
    assert window is not None
    window.showNormal()
    film.settle()
    return window
