"""What the projector may show: no words before they are for all, no ids of people, no counts that are not told."""

from dataclasses import fields, is_dataclass

import pytest

from core.base.clock import utc_now
from core.base.ids import StepId, new_id
from core.domain.commands import (
    HideNotes,
    HoldNotes,
    RenameTheme,
    RewordNote,
    ShowNotes,
    WithdrawNote,
)
from core.domain.grouping import ShowAlsoIn
from core.domain.promising import CountVotes, MakePledge
from core.domain.running import (
    AddStep,
    AnswerNote,
    BeginStep,
    BlockPerson,
    CloseVote,
    MarkNote,
    MergeNotes,
    RevealParts,
    RevealQuestion,
    SetQuestion,
    StartTimer,
)
from core.domain.terms import Asking, CountWay, Mark, Mode, Parts, Reason, Reveal, StepKind, VoteOn
from tests.ui.projector.room import AT_ONCE, HELD, LATER, LIVE, NEVER, Room
from ui.projector import shown
from ui.projector.proposing import proposed, question_of
from ui.projector.serializer import without_unseen
from ui.projector.shown import (
    HowToVoteShown,
    LiveShown,
    PauseShown,
    QuestionShown,
    ResultsShown,
    SaidShown,
    ThemesShown,
    What,
)

SEEN = "phrase-on-the-wall"
HIDDEN = (
    "phrase-held-by-question", "phrase-held-for-number", "phrase-held-later", "phrase-hidden", "phrase-withdrawn",
    "phrase-erased", "phrase-not-revealed", "phrase-for-nobody", "phrase-merged", "phrase-before-rewording",
    "phrase-name-of-a-covered-theme", "phrase-reason", "Ada", "Ben", "Cy",
)  # fmt: skip
FIELDS = {
    "ShownNote": {"handle", "text", "colour", "name", "picture"},
    "ShownTheme": {"handle", "name", "colour", "notes", "count"},
    "ShownTimer": {"timer", "of"},
    "JoinShown": set(),
    "WelcomeShown": {"title", "purpose", "host", "promise"},
    "QuestionShown": {"text", "number", "of", "reveal", "is_open", "timer", "notes", "people"},
    "ThemesShown": {"question", "themes"},
    "HowToVoteShown": {"question", "on", "dots", "timer"},
    "Choice": {"handle", "text", "colour", "phones", "hands", "paper", "place"},
    "ResultsShown": {"question", "choices", "phones", "counted"},
    "LiveShown": {"question", "now", "support", "next", "answered"},
    "ShownPledge": {"what", "who", "by"},
    "PledgesShown": {"pledges"},
    "SaidShown": {"themes", "pledges", "promise"},
    "PauseShown": {"title", "next", "timer"},
}


def plant(room: Room) -> None:
    """A phrase of its own in every state in which a note is not for all, and people's names beside them."""
    for name in ("Ada", "Ben", "Cy"):
        room.named(name)
    room.say("phrase-held-by-question", HELD)
    room.say("phrase-held-for-number 07700 900123")
    covered = room.say("phrase-not-revealed", LATER)
    room.theme("phrase-name-of-a-covered-theme", covered, number=LATER)
    room.say("phrase-for-nobody", NEVER)
    room.do(HoldNotes((room.say("phrase-held-later"),), Reason.OTHER))
    room.do(HideNotes((room.say("phrase-hidden"),), Reason.OTHER, "phrase-reason"))
    room.do(WithdrawNote(room.say("phrase-withdrawn")), "Ada")
    room.do(RewordNote(room.say("phrase-before-rewording"), "reworded since"))
    room.do(MergeNotes((room.say("phrase-merged", LIVE),), room.say("the one that is shown", LIVE)))
    room.say("phrase-erased", by="Cy")
    room.session.erase(room.person("Cy")).result(10)


def test_nothing_that_is_not_for_all_is_in_any_view(room: Room) -> None:
    plant(room)
    note = room.say(SEEN, by="Ben")
    vote = room.vote(VoteOn.NOTES)
    room.votes(vote, "Ben", note)
    while_open = room.everything()
    room.do(CloseVote(vote))
    told = while_open + room.everything()
    assert SEEN in told
    assert [phrase for phrase in HIDDEN if phrase in told] == []
    board = room.board
    ids = [*board.notes, *board.themes, *board.by_contributor, *board.questions, *room.people.values(), *board.rounds]
    assert [id for id in ids if id in told] == []


def test_the_phrases_are_found_where_they_are_for_all(room: Room) -> None:
    """The test above looks in the right place."""
    plant(room)
    room.do(RevealQuestion(room.question(LATER)))
    told = room.everything(names=True)
    assert "phrase-not-revealed" in told
    assert "phrase-name-of-a-covered-theme" in told
    assert "Ada" in told


def test_these_fields_and_no_others() -> None:
    """An allow-list: who adds a field thinks of who reads it."""
    made = (each for each in vars(shown).values() if isinstance(each, type) and each.__module__ == shown.__name__)
    values = [each for each in made if is_dataclass(each)]
    assert {each.__name__: {field.name for field in fields(each)} for each in values} == FIELDS


def themes(room: Room, number: int = AT_ONCE) -> ThemesShown:
    view = room.view(What.THEMES, number)
    assert isinstance(view, ThemesShown)
    return view


def texts(room: Room, number: int = AT_ONCE) -> list[list[str]]:
    return [[note.text for note in theme.notes] for theme in themes(room, number).themes]


def test_notes_are_shown_by_theme_the_lone_ones_last_and_those_in_two_counted_once(room: Room) -> None:
    lone, ramp, bench = room.say("lone"), room.say("ramp"), room.say("bench")
    doors, seats = room.theme("Doors", ramp), room.theme("Seats", bench)
    room.do(ShowAlsoIn((ramp,), seats))
    assert [(theme.name, theme.count) for theme in themes(room).themes] == [("Doors", 1), ("Seats", 1), ("", 1)]
    assert texts(room) == [["ramp"], ["bench", "ramp"], ["lone"]]
    room.do(HideNotes((lone, ramp), Reason.OTHER))
    assert texts(room) == [["bench"]]
    assert doors in room.board.themes


def test_parts_are_shown_before_the_rest(room: Room) -> None:
    ramp = room.say("ramp", LATER)
    room.say("bench", LATER)
    room.say("from home", LATER, mode=Mode.REMOTE)
    doors = room.theme("Doors", ramp, number=LATER)
    assert texts(room, LATER) == []
    room.do(RevealParts(room.question(LATER), Parts(themes=(doors,))))
    assert texts(room, LATER) == [["ramp"]]
    room.do(RevealParts(room.question(LATER), Parts(modes=(Mode.REMOTE,))))
    assert texts(room, LATER) == [["from home"]]


@pytest.mark.parametrize(
    ("asking", "told"),
    [
        (Asking(reveal=Reveal.LATER), None), (Asking(reveal=Reveal.LATER, counts=True), 2), (Asking(), 2),
        (Asking(reveal=Reveal.NEVER), None),
    ],
)  # fmt: skip
def test_how_many_notes_there_are_is_shown_only_where_the_question_says_so(
    room: Room, asking: Asking, told: int | None
) -> None:
    room.do(SetQuestion(room.question(LATER), asking))
    room.say("one", LATER)
    room.say("two", LATER, by="Ben")
    view = room.view(What.QUESTION, LATER)
    assert isinstance(view, QuestionShown)
    assert (view.notes, view.people) == (told, told)


def test_names_only_where_they_are_wanted(room: Room) -> None:
    room.named("Ada")
    room.say("ramp")
    assert themes(room).themes[0].notes[0].name == ""
    view = room.view(What.THEMES, names=True)
    assert isinstance(view, ThemesShown)
    assert view.themes[0].notes[0].name == "Ada"


def results(room: Room) -> ResultsShown:
    view = room.view(What.RESULTS)
    assert isinstance(view, ResultsShown)
    return view


def test_an_open_vote_shows_no_dots_and_a_closed_one_phones_hands_and_paper_apart(room: Room) -> None:
    ramp, bench, last = room.say("ramp"), room.say("bench"), room.say("nobody wants this")
    vote = room.vote(VoteOn.NOTES)
    room.votes(vote, "Ada", ramp, 2)
    room.votes(vote, "Ben", bench)
    room.do(CountVotes(round_id=vote, way=CountWay.HANDS, table=1, dots={bench: 2}, voters=4))
    room.do(CountVotes(round_id=vote, way=CountWay.HANDS, table=2, dots={bench: 1}, voters=3))
    room.do(CountVotes(round_id=vote, way=CountWay.DOTS, table=1, dots={ramp: 2}))
    assert results(room).choices is None
    assert "ramp" not in repr(room.view(What.HOW_TO_VOTE))
    room.do(CloseVote(vote))
    found = results(room)
    assert found.choices is not None
    told = [(each.text, each.phones, each.hands, each.paper, each.place) for each in found.choices]
    assert told == [("ramp", 2, 0, 2, 1), ("bench", 1, 3, 0, 1)]
    assert (found.phones, found.counted) == (2, 7)
    room.do(HideNotes((ramp,), Reason.OTHER))
    assert [each.text for each in results(room).choices or ()] == ["bench"]
    assert last in room.board.notes


def test_dots_of_a_blocked_phone_are_not_shown(room: Room) -> None:
    ramp = room.say("ramp")
    theme = room.theme("Doors", ramp)
    vote = room.vote(VoteOn.THEMES)
    room.votes(vote, "Ada", theme)
    room.votes(vote, "Ben", theme)
    room.do(BlockPerson(room.person("Ben")))
    room.do(CloseVote(vote))
    (only,) = results(room).choices or ()
    assert (only.text, only.phones) == ("Doors", 1)


def test_the_live_question_that_is_answered_now_then_the_others_by_support(room: Room) -> None:
    when, who, why = (room.say(text, LIVE) for text in ("When?", "Who pays?", "Why?"))
    for name in ("Ben", "Cy"):
        room.supports(who, name)
    room.do(MarkNote(when, Mark.NOW))
    room.do(AnswerNote(room.say("Answered?", LIVE), "Yes"))
    room.do(MarkNote(why, Mark.PARKED))
    view = room.view(What.LIVE)
    assert isinstance(view, LiveShown)
    assert view.now is not None
    assert (view.now.text, view.question) == ("When?", "Live?")
    assert next((note.text, support) for note, support in view.next) == ("Who pays?", 2)
    assert "Why?" not in repr(view)
    assert view.answered == 1


def test_pledges_say_what_and_when_and_who_only_where_names_are_wanted(room: Room) -> None:
    theme = room.theme("Doors", room.say("ramp"))
    room.do(MakePledge(what="A new ramp", who="Cy Jones", by=738000, theme=theme))
    assert "Cy Jones" not in repr(room.view(What.PLEDGES))
    assert "Cy Jones" in repr(room.view(What.PLEDGES, names=True))
    said = room.view(What.SAID)
    assert isinstance(said, SaidShown)
    assert [(each.name, each.count, pledges) for each, pledges in said.themes] == [("Doors", 1, 1)]


def begin(room: Room, kind: StepKind, number: int | None = None, minutes: int = 0, title: str = "") -> None:
    step = StepId(new_id())
    question = None if number is None else room.question(number)
    room.do(AddStep(kind=kind, title=title, question=question, minutes=minutes, step_id=step))
    room.do(BeginStep(step))


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (StepKind.WELCOME, What.JOIN), (StepKind.WRITE, What.QUESTION), (StepKind.LOOK, What.THEMES),
        (StepKind.ASK, What.LIVE), (StepKind.PLEDGE, What.PLEDGES), (StepKind.BREAK, What.PAUSE),
        (StepKind.CLOSE, What.SAID), (StepKind.GROUP, What.THEMES), (StepKind.TALK, What.THEMES),
    ],
)  # fmt: skip
def test_each_step_asks_for_its_view(room: Room, kind: StepKind, what: What) -> None:
    assert proposed(room.board, room.question(AT_ONCE)) is What.JOIN
    begin(room, kind)
    assert proposed(room.board, room.question(AT_ONCE)) is what


def test_a_vote_is_explained_while_it_is_open_and_shown_once_it_is_closed(room: Room) -> None:
    begin(room, StepKind.VOTE, AT_ONCE)
    question = question_of(room.board, room.question(LATER))
    assert question == room.question(AT_ONCE)
    assert proposed(room.board, question) is What.THEMES
    vote = room.vote(VoteOn.NOTES)
    assert proposed(room.board, question) is What.HOW_TO_VOTE
    assert isinstance(room.view(What.HOW_TO_VOTE), HowToVoteShown)
    room.do(CloseVote(vote))
    assert proposed(room.board, question) is What.RESULTS


def test_the_countdown_knows_how_long_the_step_was_planned(room: Room) -> None:
    begin(room, StepKind.BREAK, minutes=15, title="Tea")
    room.do(StartTimer(600, utc_now()))
    view = room.view(What.PAUSE)
    assert isinstance(view, PauseShown)
    assert view.timer is not None
    assert (view.title, view.timer.of) == ("Tea", 900)


def test_a_view_that_is_kept_gets_nothing_new_and_loses_what_is_hidden(room: Room) -> None:
    ramp, bench, gone = room.say("ramp"), room.say("bench"), room.say("gone")
    doors = room.theme("Doors", ramp, bench, gone)
    before = themes(room)
    room.say("new")
    room.theme("Seats", room.say("new, too"))
    assert without_unseen(before, room.board) == before
    room.do(HideNotes((ramp,), Reason.OTHER))
    room.do(WithdrawNote(gone), "Ada")
    kept = without_unseen(before, room.board)
    assert isinstance(kept, ThemesShown)
    assert [[note.text for note in theme.notes] for theme in kept.themes] == [["bench"]]
    room.do(ShowNotes((ramp,)))
    room.do(RewordNote(bench, "seat"))
    room.do(RenameTheme(doors, "Other"))
    kept = without_unseen(before, room.board)
    assert isinstance(kept, ThemesShown)
    assert kept.themes == ()
