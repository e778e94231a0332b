"""The property test of the log: whatever happens between two desks and a home, on real files, they end with the same
board, nothing that was thanked for is lost or doubled, and nobody's unseen work is hidden."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from core.base.errors import Refused
from core.base.ids import ContributorId, DeskId, EventId, NoteId, PledgeId, RoundId, ThemeId
from core.domain.answering import GiveReply
from core.domain.board import Board, Note
from core.domain.bodies import NoteSaid
from core.domain.commands import (
    Command,
    HideNotes,
    HoldNotes,
    MoveNotes,
    NewTheme,
    PutBackNote,
    Redo,
    RemoveTheme,
    RenameTheme,
    RestoreTheme,
    RewordNote,
    SayNote,
    ShowNotes,
    Undo,
    WithdrawNote,
)
from core.domain.contributing import CastVote
from core.domain.easy import WriteEasy
from core.domain.events import EPOCH_SIZE, Author, Event, State
from core.domain.grouping import ShowAlsoIn
from core.domain.preparing import DescribeWorkshop, RewordQuestion, SeatPerson
from core.domain.promising import CountVotes, MakePledge
from core.domain.running import (
    AnswerNote,
    CloseVote,
    FreezeNotes,
    MarkNote,
    MergeNotes,
    OpenVote,
    RevealQuestion,
    StartTimer,
)
from core.domain.terms import CountWay, EasyPicture, Mark, Reason, Status, VoteOn
from core.session import Saved, Session
from core.store.check import check
from core.store.exchange import Answer
from tests.core.model import Sight, Truth, assert_true, picture
from tests.core.table import NOON, name_of, person
from tests.core.venues import Exchange, Venue, note_named
from tests.core.workshops import PARK, SECONDS, Clockwork, everything_on_disk

PEOPLE = ("Ada", "Bo", "Cy")
NAMES = ("home", "Ann", "Ben")
NOTE_CHANGES: dict[str, Callable[[Note, list[ThemeId], int], Command]] = {
    "reword": lambda note, themes, turn: RewordNote(note.id, f"other words {turn} for {note.id}"),
    "move": lambda note, themes, turn: MoveNotes((note.id,), themes[turn % len(themes)]),
    "move out": lambda note, themes, turn: MoveNotes((note.id,), None),
    "hide": lambda note, themes, turn: HideNotes((note.id,), Reason.HURTFUL),
    "hold": lambda note, themes, turn: HoldNotes((note.id,), Reason.OFF_TOPIC),
    "show": lambda note, themes, turn: ShowNotes((note.id,)),
    "withdraw": lambda note, themes, turn: WithdrawNote(note.id),
    "put back": lambda note, themes, turn: PutBackNote(note.id),
}
THEME_CHANGES: dict[str, Callable[[ThemeId, int], Command]] = {
    "rename": lambda theme, turn: RenameTheme(theme, f"name {turn}"),
    "remove": lambda theme, turn: RemoveTheme(theme),
    "restore": lambda theme, turn: RestoreTheme(theme),
}
VOTES = RoundId(name_of("votes"))
DOTS = 3
PLEDGE = PledgeId(name_of("pledge"))
RUN: dict[str, Callable[[Note, Note, int], Command]] = {
    "mark": lambda note, other, turn: MarkNote(note.id, tuple(Mark)[turn % len(Mark)]),
    "merge": lambda note, other, turn: MergeNotes((note.id,), other.id),
    "answer": lambda note, other, turn: AnswerNote(note.id, f"answer {turn} to {note.id}"),
    "reply": lambda note, other, turn: GiveReply(
        subject=name_of(f"theme {turn % 2}"), status=Status.DONE, text=f"reply {turn}"
    ),
    "reveal": lambda note, other, turn: RevealQuestion(note.question),
    "cover": lambda note, other, turn: RevealQuestion(note.question, on=False),
    "freeze": lambda note, other, turn: FreezeNotes(on=turn % 2 == 0),
    "timer": lambda note, other, turn: StartTimer(turn, NOON),
    "round": lambda note, other, turn: CloseVote(VOTES, on=turn % 2 == 0),
    "copy": lambda note, other, turn: ShowAlsoIn((note.id,), ThemeId(name_of(f"theme {turn % 2}"))),
    "describe": lambda note, other, turn: DescribeWorkshop(title=f"title {turn}"),
    "word": lambda note, other, turn: RewordQuestion(note.question, f"question {turn}"),
    "seat": lambda note, other, turn: SeatPerson(person("Ada"), 1 + turn % 3),
    "count": lambda note, other, turn: CountVotes(
        round_id=VOTES, way=CountWay.HANDS, table=1, dots={name_of("theme 0"): turn}
    ),
    "easy": lambda note, other, turn: WriteEasy([(EasyPicture.TALK, f"line {turn}")]),
    "pledge": lambda note, other, turn: MakePledge(what=f"pledge {turn}", pledge_id=PLEDGE),
}
MADE: Counter[str] = Counter()
"""What really happened, over all examples of a run."""


class Template:
    """The workshop that every example begins with: one note, two themes; made once."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sayback-property-"))
        self.path = self.folder / "template.sayback"
        self.note = note_named(0)
        session = Session.create(self.path, PARK, desk_of(0), clock=Clockwork())
        question = session.board.questions_in_order()[0].id
        for number in range(2):
            session.do(NewTheme(question, f"theme {number}", theme_id=ThemeId(name_of(f"theme {number}"))))
        session.do(OpenVote(question, VoteOn.THEMES, DOTS, VOTES))
        said = SayNote(question=question, text=text_of(0, "Ada"), contributor=person("Ada"), note_id=self.note)
        session.do(said, Author(session.desk, person("Ada"))).result(SECONDS)
        session.close()


@dataclass(frozen=True)
class Step:
    """Where something happens, and to whom; the rest depends on what."""

    site: int
    which: int
    who: str
    flag: bool


TEMPLATE: list[Template] = []
STEPS = st.builds(Step, st.integers(0, 2), st.integers(0, 30), st.sampled_from(PEOPLE), st.booleans())


class Log(RuleBasedStateMachine):
    """Any sequence of what can happen; `teardown` brings everybody together and looks."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="example-", dir=TEMPLATE[0].folder))
        self.venues = [self._venue(number) for number in range(3)]
        self.home = 0
        self.turn = 0
        self.seen = seen_one_after_another(self.venues[0].events())
        self.thanked: dict[tuple[ContributorId, str], NoteId] = {(person("Ada"), text_of(0, "Ada")): note_named(0)}
        self.ever_thanked = dict(self.thanked)
        self.refused: set[EventId] = set()
        self.doors: dict[NoteId, int] = {note_named(0): 0}
        self.put_back = False
        self.newest_epoch = 0
        self.erased: set[ContributorId] = set()
        self.secrets: list[str] = []

    def _venue(self, number: int) -> Venue:
        name = NAMES[number]
        path = self.folder / name / "park.sayback"
        path.parent.mkdir()
        shutil.copyfile(TEMPLATE[0].path, path)
        venue = Venue(path, desk_of(number), is_home=number == 0)
        venue.open()
        return venue

    @property
    def way(self) -> Exchange:
        return Exchange(self.venues[self.home])

    def desks(self) -> list[Venue]:
        return [venue for venue in self.venues if not venue.is_home]

    def do(self, site: int, command: Command, actor: str | None = None) -> Saved | None:
        """Do it where one sits, and write down what one had seen; None where it was refused."""
        venue = self.venues[site]
        before = venue.sight()
        author = Author(venue.desk, person(actor)) if actor else None
        self.turn += 1
        try:
            saved = venue.session.do(command, author).result(SECONDS)
        except Refused:
            return None
        for event in () if saved.repeated else saved.events:
            self.seen[event.id] = dict(before)
            before[event.id] = event.seq
        return saved

    @rule(what=st.deferred(lambda: st.sampled_from(HAPPENS)), step=STEPS)
    def next(self, what: str, step: Step) -> None:
        """One rule for all, so that every example has something of everything."""
        act: Callable[[Step], None] = getattr(self, what)
        act(step)

    # -- saying

    def somebody_says_something(self, step: Step) -> None:
        number = self.turn + 1
        self._says(step.site, step.who, text_of(number, step.who), note_named(number))

    def a_note_is_sent_again(self, step: Step) -> None:
        """The answer was lost; some change their words meanwhile, some come back by another door. Changed words, and
        other people's, come in by one door only and before any copy is put back: what else may become of them is in
        tests/core/store/test_two_doors.py."""
        (contributor, text), note_id = list(self.thanked.items())[step.which % len(self.thanked)]
        if step.flag:
            owner = next(name for name in PEOPLE if person(name) == contributor)
            self._says_the_same(step.site, owner, text, note_id)
        elif not self.put_back and self.doors.setdefault(note_id, step.site) == step.site:
            self._says(step.site, step.who, text_of(1000 + self.turn, step.who), note_id)

    def _says_the_same(self, site: int, owner: str, text: str, note_id: NoteId) -> None:
        there = (person(owner), text, note_id) in notes_on(self.venues[site].session.board)
        saved = self._says(site, owner, text, note_id)
        if saved is not None and there:
            assert saved.repeated
            MADE["sent twice"] += 1

    def _says(self, site: int, who: str, text: str, note_id: NoteId) -> Saved | None:
        question = self.venues[site].session.board.questions_in_order()[0].id
        command = SayNote(question=question, text=text, contributor=person(who), note_id=note_id)
        saved = self.do(site, command, who)
        if saved is not None:
            assert saved.text in (text, "")
            if not saved.repeated:
                self.doors.setdefault(saved.note_id, site)
                self.ever_thanked[person(who), text] = saved.note_id
            self.thanked[person(who), text] = saved.note_id
        return saved

    # -- grouping and moderating

    def a_note_is_changed(self, step: Step) -> None:
        """One of the two first notes, so that several come to change the same one."""
        board = self.venues[step.site].session.board
        what, other = sorted(NOTE_CHANGES)[step.which % 8], step.which // 8
        notes = sorted(board.notes.values(), key=lambda note: note.arrival)[:2]
        themes = [theme.id for question in board.questions_in_order() for theme in board.themes_of(question.id)]
        if themes or what != "move":
            self.do(step.site, NOTE_CHANGES[what](notes[other % len(notes)], themes, self.turn))

    def a_theme_is_changed(self, step: Step) -> None:
        board = self.venues[step.site].session.board
        themes = sorted(board.themes.values(), key=lambda theme: theme.arrival)
        what, other = sorted(THEME_CHANGES)[step.which % 3], step.which // 3
        self.do(step.site, THEME_CHANGES[what](themes[other % min(3, len(themes))].id, self.turn))

    def a_theme_is_made(self, step: Step) -> None:
        question = self.venues[step.site].session.board.questions_in_order()[0].id
        self.do(step.site, NewTheme(question, f"new {self.turn}", theme_id=ThemeId(name_of(f"new {self.turn}"))))

    def the_workshop_is_run(self, step: Step) -> None:
        """What sets one property: of a note, of the question, of the workshop, of the round of votes."""
        board = self.venues[step.site].session.board
        notes = sorted(board.notes.values(), key=lambda note: note.arrival)[:2]
        what, other = sorted(RUN)[step.which % len(RUN)], step.which // len(RUN)
        if self.do(step.site, RUN[what](notes[other % len(notes)], notes[0], self.turn)):
            MADE["run"] += 1

    def somebody_votes(self, step: Step) -> None:
        """At any door: two may each take all the dots of one voter."""
        themes = sorted(self.venues[step.site].session.board.themes)
        vote = CastVote(VOTES, person(step.who), themes[step.which % len(themes)], step.which % (DOTS + 1))
        if self.do(step.site, vote, step.who):
            MADE["votes"] += 1

    def an_act_is_undone_or_done_again(self, step: Step) -> None:
        which = Undo if step.flag else Redo
        if self.do(step.site, which(self.venues[step.site].desk)):
            MADE["undone or redone"] += 1

    def a_person_is_erased(self, step: Step) -> None:
        if self.turn < 8:
            return
        venue = self.venues[step.site]
        before = venue.sight()
        for event in venue.session.erase(person(step.who)).result(SECONDS).events:
            self.seen[event.id] = before
            MADE["erasures"] += 1

    # -- between the copies

    def a_desk_sends(self, step: Step) -> None:
        """All it has or some of it; half of the answers are lost on the way."""
        venue = self.desks()[step.site % 2]
        answers = self._push(venue, step.which % 5 or None)
        if step.flag and answers:
            MADE["lost answers"] += 1
        else:
            venue.session.merge([], [], answers).result(SECONDS)

    def a_desk_fetches(self, step: Step) -> None:
        self.way.pull(self.desks()[step.site % 2])

    def desk_and_home_meet(self, step: Step) -> None:
        venue = self.desks()[step.site % 2]
        self.way.pull(venue, self._push(venue))

    def one_desk_passes_on_to_the_other(self, step: Step) -> None:
        desks = self.desks()
        self.way.relay(desks[step.site % 2], desks[1 - step.site % 2])

    def _push(self, venue: Venue, count: int | None = None) -> list[Answer]:
        home = self.venues[self.home]
        before = home.sight()
        answers = self.way.push(venue, count)
        for answer in answers:
            if answer.refused is not None and answer.id not in self.refused:
                self.refused.add(answer.id)
                MADE["refusals"] += 1
        self._note_what_the_home_did(home, before | {answer.id: answer.seq for answer in answers})
        return answers

    def _note_what_the_home_did(self, home: Venue, before: dict[EventId, int | None]) -> None:
        """The home holds what it may not refuse, and gives a second note under one id an id of its own."""
        new = home.ids() - before.keys()
        for event in home.events() if new else ():
            if event.id in new:
                self.seen[event.id] = dict(before)
                before[event.id] = event.seq

    # -- files

    def a_workshop_is_closed_and_opened(self, step: Step) -> None:
        before = self.venues[step.site].ids()
        self.venues[step.site].reopen()
        assert self.venues[step.site].ids() == before

    def a_desk_is_killed(self, step: Step) -> None:
        venue = self.venues[step.site]
        left = venue.keep_copy(self.folder / f"killed {step.site}")
        venue.put_back(left)
        assert venue.ids() == left.ids
        MADE["kills"] += 1

    def a_copy_is_kept(self, step: Step) -> None:
        venue = self.venues[step.site]
        venue.kept = venue.keep_copy(self.folder / f"copy {step.site}")
        self._look_at_epochs()

    def an_older_copy_is_put_back(self, step: Step) -> None:
        venue = self.venues[step.site]
        if venue.kept is not None and venue.kept.ids != venue.ids():
            venue.put_back(venue.kept)
            assert venue.ids() >= venue.kept.ids
            MADE["restores"] += 1
            self._forget_what_no_copy_holds()

    def the_home_is_lost_and_a_desk_takes_over(self, step: Step) -> None:
        old, taker = self.venues[self.home], self.desks()[step.site % 2]
        self._look_at_epochs()
        if newest_epoch(taker) < self.newest_epoch:
            return  # two takers who do not know of each other may begin the same epoch (docs/log-rules.md)
        taker.reopen(is_home=True)
        self.home = self.venues.index(taker)
        old.is_home = False
        old.put_back(taker.keep_copy(self.folder / "taken over"))
        MADE["take-overs"] += 1
        self._forget_what_no_copy_holds()

    def _look_at_epochs(self) -> None:
        self.newest_epoch = max(self.newest_epoch, *(newest_epoch(venue) for venue in self.venues))

    def _forget_what_no_copy_holds(self) -> None:
        """What lay in one file only, and that file was thrown away by hand, is gone; nothing else may be. (It is
        back with the copy that still had it.)"""
        self.put_back = True
        boards = [venue.session.board for venue in self.venues]
        said = {(who, text) for board in boards for who, text, _ in notes_on(board)}
        erased = {who for board in boards for who in board.erased}
        self.thanked = {key: id for key, id in self.ever_thanked.items() if key in said or key[0] in erased}

    # -- what must be true

    def teardown(self) -> None:
        try:
            self._meet()
            self._all_see_the_same()
            self._everything_is_there_once()
            self._whoever_was_refused_was_told()
        finally:
            for venue in self.venues:
                venue.close()
        self._files_are_whole()
        shutil.rmtree(self.folder)

    def _meet(self) -> None:
        for _ in range(2):
            for desk in self.desks():
                self.way.pull(desk, self._push(desk))
        for desk in self.desks():
            assert self.way.push(desk) == []

    def _all_see_the_same(self) -> None:
        home = self.venues[self.home]
        order = [(event.seq, event.id) for event in home.events()]
        seen = picture(home.session.board)
        for venue in self.venues:
            assert [(event.seq, event.id) for event in venue.events()] == order
            assert picture(venue.session.board) == seen
        truth = Truth(self.seen).read(home.events())
        assert_true(home.session.board, truth)
        MADE["unseen overwrites"] += truth.overwrites
        self.erased = truth.erased
        texts = {text for who, text in self.thanked if who not in truth.erased}
        self.secrets = [text for who, text in self.thanked if who in truth.erased and text not in texts]
        self.secrets += [f"for {note}" for note in truth.owners if truth.is_erased(note)]

    def _everything_is_there_once(self) -> None:
        board = self.venues[self.home].session.board
        said = Counter((who, text) for who, text, _ in notes_on(board))
        kept = Counter(key for key in self.thanked if key[0] not in self.erased)
        assert said == kept, (said - kept, kept - said)

    def _whoever_was_refused_was_told(self) -> None:
        for venue in self.venues:
            told = {event.id: reason for event, reason in venue.session.refusals().result(SECONDS)}
            for event in venue.log()[0]:
                assert event.state is not State.PENDING
                assert (event.state is State.REFUSED) == bool(told.get(event.id))

    def _files_are_whole(self) -> None:
        for venue in self.venues:
            report = check(venue.path)
            assert report.ok, report
            on_disk = everything_on_disk(venue.path.parent).decode("utf-8", "replace")
            for secret in self.secrets:
                assert secret not in on_disk


OFTEN = {
    Log.somebody_says_something: 4,
    Log.a_note_is_sent_again: 3,
    Log.a_note_is_changed: 14,
    Log.a_theme_is_changed: 5,
    Log.a_theme_is_made: 1,
    Log.the_workshop_is_run: 5,
    Log.somebody_votes: 3,
    Log.an_act_is_undone_or_done_again: 4,
    Log.a_person_is_erased: 4,
    Log.a_desk_sends: 7,
    Log.a_desk_fetches: 4,
    Log.desk_and_home_meet: 3,
    Log.one_desk_passes_on_to_the_other: 2,
    Log.a_workshop_is_closed_and_opened: 1,
    Log.a_desk_is_killed: 1,
    Log.a_copy_is_kept: 4,
    Log.an_older_copy_is_put_back: 6,
    Log.the_home_is_lost_and_a_desk_takes_over: 1,
}
HAPPENS: list[str] = [act.__name__ for act, often in OFTEN.items() for _ in range(often)]


def desk_of(number: int) -> DeskId:
    return DeskId(name_of(f"desk {NAMES[number]}"))


def text_of(number: int, who: str) -> str:
    return f"note {number:04} of {who}."


def newest_epoch(venue: Venue) -> int:
    return venue.session.board.seen.seq // EPOCH_SIZE


def notes_on(board: Board) -> list[tuple[ContributorId, str, NoteId]]:
    """Who said what, in the words they first said it in; without the erased."""
    return [
        (note.contributor, board.text(note.said.body.words), note.id)
        for note in board.notes.values()
        if note.contributor and not note.erased and isinstance(note.said.body, NoteSaid)
    ]


def seen_one_after_another(events: list[Event]) -> dict[EventId, Sight]:
    return {event.id: {each.id: each.seq for each in events[:at]} for at, event in enumerate(events)}


WANTED = ("unseen overwrites", "lost answers", "refusals", "restores", "erasures")
AT_LEAST = 50


def run(examples: int) -> None:
    """Run that many examples, and up to as many again where chance made too little of something; what the issue asks
    for must have happened."""
    MADE.clear()
    TEMPLATE[:] = [Template()]
    try:
        run_state_machine_as_test(Log, settings=hypothesis.settings(USUAL, max_examples=examples))
        if any(MADE[what] < AT_LEAST for what in WANTED):
            run_state_machine_as_test(Log, settings=hypothesis.settings(USUAL, max_examples=examples))
    finally:
        shutil.rmtree(TEMPLATE[0].folder)
    assert all(MADE[what] >= AT_LEAST for what in WANTED), MADE


USUAL = hypothesis.settings(
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)

EXAMPLES = 150
"""Less than a minute of one core. `make test-long` runs a thousand."""


@pytest.mark.slow
def test_whatever_happens_between_two_desks_and_a_home_nothing_is_lost_doubled_or_hidden() -> None:
    run(EXAMPLES)


@pytest.mark.long
def test_a_thousand_times_whatever_happens_nothing_is_lost_doubled_or_hidden() -> None:
    run(1000)
