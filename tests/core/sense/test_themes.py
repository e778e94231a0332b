"""Suggested themes: told why, the same each time, in any language, and never for what somebody has placed."""

import csv
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from core.base.ids import DeskId, NoteId, QuestionId, ThemeId, new_id
from core.domain.board import Board
from core.domain.commands import MakeWorkshop, MoveNotes, NewTheme, RemoveTheme, SayNote, Undo
from core.domain.grouping import SetOnTheirOwn, own_lane
from core.rehearsal.practice import COMMENTS
from core.sense.taking import TakeUp, still_open
from core.sense.themes import Suggestion, Way, suggest
from core.sense.words import Vocabulary, likeness, words_in
from core.session import Session

BUSES = [
    "The bus fare is too high for pupils", "No bus after ten at night", "Cheaper bus fares on Sunday",
    "Our bus comes late every morning",
]  # fmt: skip
PLAYGROUNDS = [
    "The playground needs new swings", "Broken swings at the playground near the school",
    "A playground where small children can run", "Mend the playground fence",
]  # fmt: skip
ALONE = "Zoo tickets"
CHINESE = [
    "公共汽车票价太高", "晚上没有公共汽车", "公共汽车总是迟到", "需要更多的树木", "种更多的树木吧", "公园里树木太少",
]  # fmt: skip
ARABIC = ["الحافلة متأخرة كل صباح", "أجرة الحافلة مرتفعة", "لا توجد الحافلة ليلا"]
WELSH = ["Mae angen meinciau newydd yn y parc", "Mwy o feinciau wrth y parc", "Parc glanach i bawb"]


class Room:
    """A workshop of one question."""

    def __init__(self, path: Path) -> None:
        self.desk = DeskId(new_id())
        made = MakeWorkshop(title="Our town", questions=("What should change?",), code="ABC234")
        self.session = Session.create(path, made, self.desk)

    @property
    def board(self) -> Board:
        return self.session.board

    @property
    def question(self) -> QuestionId:
        return self.board.questions_in_order()[0].id

    def say(self, texts: Sequence[str]) -> list[NoteId]:
        """Notes in this order."""
        ids = [NoteId(new_id()) for _ in texts]
        saying = [
            self.session.do(SayNote(question=self.question, text=text, contributor=None, note_id=note_id))
            for text, note_id in zip(texts, ids, strict=True)
        ]
        for each in saying:
            each.result(30)
        return ids

    def theme(self, name: str, notes: Sequence[NoteId]) -> ThemeId:
        """A theme with these notes."""
        theme = ThemeId(new_id())
        self.session.do(NewTheme(self.question, name, tuple(notes), theme_id=theme)).result(10)
        return theme

    def suggested(self) -> tuple[Suggestion, ...]:
        """What is suggested now."""
        return suggest(self.board, self.question)

    def take(self, suggestions: Sequence[Suggestion]) -> None:
        """All of these, in one act."""
        self.session.do(TakeUp(self.question, tuple(suggestions))).result(10)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A workshop, closed again."""
    made = Room(tmp_path / "town.sayback")
    yield made
    made.session.close()


def of(found: Sequence[Suggestion], way: Way) -> list[Suggestion]:
    """Those of one way."""
    return [each for each in found if each.way is way]


def test_notes_that_share_words_make_themes_named_after_them(room: Room) -> None:
    buses, playgrounds = room.say(BUSES), room.say(PLAYGROUNDS)
    new = of(room.suggested(), Way.NEW_THEME)
    assert {each.notes for each in new} == {tuple(buses), tuple(playgrounds)}
    assert sorted(each.name.split(",")[0] for each in new) == ["Bus", "Playground"]
    for each in new:
        said = " ".join(room.board.text_of(room.board.notes[note]) for note in each.notes).casefold()
        assert all(word in said for word in each.words)


def test_a_note_that_is_like_those_of_a_theme_is_suggested_for_it_with_the_shared_words(room: Room) -> None:
    *placed, last = room.say(BUSES)
    room.say(PLAYGROUNDS)
    theme = room.theme("Buses", placed)
    (into,) = of(room.suggested(), Way.INTO_THEME)
    assert (into.theme, into.notes) == (theme, (last,))
    assert "bus" in into.words


def test_a_note_like_no_other_is_suggested_to_stand_on_its_own(room: Room) -> None:
    room.say([*BUSES, *PLAYGROUNDS])
    (alone,) = room.say([ALONE])
    (own,) = of(room.suggested(), Way.ON_THEIR_OWN)
    assert own.notes == (alone,)
    room.take([own])
    assert [note.id for note in room.board.notes_in(own_lane(room.question))] == [alone]
    assert of(room.suggested(), Way.ON_THEIR_OWN) == []


@pytest.mark.parametrize(
    ("texts", "groups"),
    [(CHINESE, [[0, 1, 2], [3, 4, 5]]), ([*ARABIC, *PLAYGROUNDS], [[3, 4, 5, 6], [0, 1, 2]]),
     ([*WELSH, *BUSES], [[3, 4, 5, 6], [0, 1, 2]])],
)  # fmt: skip
def test_it_works_in_other_scripts_and_languages(room: Room, texts: list[str], groups: list[list[int]]) -> None:
    notes = room.say(texts)
    found = [sorted(notes.index(note) for note in each.notes) for each in of(room.suggested(), Way.NEW_THEME)]
    assert sorted(found) == sorted(groups)


def _london() -> list[str]:
    with COMMENTS.open(encoding="utf-8", newline="") as file:
        return [row["comment-body"] for row in csv.DictReader(file)]


def test_a_real_workshop_gets_a_few_themes_the_same_each_time_each_note_in_one_at_most(room: Room) -> None:
    notes = room.say(_london())
    placed = room.theme("Listen", notes[:6])
    found = room.suggested()
    assert found == room.suggested()
    suggested = [note for each in found for note in each.notes]
    assert len(suggested) == len(set(suggested))
    assert not set(suggested) & set(notes[:6])
    assert 2 <= len(of(found, Way.NEW_THEME)) <= 12
    assert len(suggested) >= len(notes) / 2
    assert all(each.words for each in found if each.way is not Way.ON_THEIR_OWN)
    assert placed in room.board.themes


@pytest.mark.parametrize("texts", [[], ["One"], ["", "  "], ["the", "the"], ["!?", "…", "123"], ["x" * 500] * 2])
def test_little_to_go_by_suggests_nothing_and_does_no_harm(room: Room, texts: list[str]) -> None:
    room.say([text for text in texts if text.strip()])
    assert of(room.suggested(), Way.NEW_THEME) == []


def test_all_are_taken_in_one_act_with_colours_of_their_own_and_one_undo(room: Room) -> None:
    room.say([*BUSES, *PLAYGROUNDS, ALONE])
    found = room.suggested()
    room.take(found)
    themes = room.board.themes_of(room.question)
    assert len(themes) == 3
    assert len({theme.colour for theme in themes}) == 3
    assert room.board.loose_notes(room.question) == []
    room.session.do(Undo(room.desk)).result(10)
    assert len(room.board.loose_notes(room.question)) == 9
    assert room.board.themes_of(room.question) == []


def test_what_somebody_placed_meanwhile_stays_where_it_is(room: Room) -> None:
    notes = room.say([*BUSES, *PLAYGROUNDS])
    found = room.suggested()
    mine = room.theme("Mine", notes[:2])
    room.take(found)
    assert [note.id for note in room.board.notes_in(mine)] == notes[:2]
    assert still_open(room.board, room.question, found) == ()


def test_suggestions_for_a_theme_that_is_gone_are_gone(room: Room) -> None:
    *placed, _last = room.say(BUSES)
    room.say(PLAYGROUNDS)
    theme = room.theme("Buses", placed)
    (into,) = of(room.suggested(), Way.INTO_THEME)
    room.session.do(MoveNotes(tuple(placed), None)).result(10)
    room.session.do(RemoveTheme(theme)).result(10)
    assert still_open(room.board, room.question, [into]) == ()


def test_notes_on_their_own_are_not_drawn_into_themes(room: Room) -> None:
    notes = room.say(BUSES)
    room.session.do(SetOnTheirOwn(tuple(notes[:1]), room.question)).result(10)
    assert all(notes[0] not in each.notes for each in room.suggested())
    assert of(room.suggested(), Way.INTO_THEME) == []


def test_words_of_every_script_are_found() -> None:
    assert words_in("Roads, and the ROAD!") == ["roads", "and", "the", "road"]
    assert words_in("公共汽车") == ["公共", "共汽", "汽车"]
    assert words_in("हिन्दी में") == ["हिन्दी", "में"]
    assert words_in("e.g. 42 o'clock") == ["clock"]


def test_words_with_the_same_beginning_are_alike_and_common_ones_say_nothing() -> None:
    filler = [f"about{number} the thing" for number in range(40)]
    vocabulary = Vocabulary(["the police", "the policing", *filler])
    assert likeness(vocabulary.vectors[0], vocabulary.vectors[1]) > 0.99
    assert likeness(vocabulary.vectors[0], vocabulary.vectors[5]) == 0
    assert vocabulary.word("polic") == "police"


@pytest.fixture
def many() -> Callable[[int], list[str]]:
    """Texts with words as common as in a real language: the nth about 1/n as often as the first."""
    chance = random.Random(5)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=3 + rank // 40)) for rank in range(400)]
    weights = [1 / (rank + 1) for rank in range(400)]
    return lambda count: [" ".join(chance.choices(words, weights, k=chance.randint(6, 24))) for _ in range(count)]


@pytest.mark.slow
def test_two_thousand_notes_take_a_second_or_two(room: Room, many: Callable[[int], list[str]]) -> None:
    room.say(many(2000))
    began = time.process_time()
    found = room.suggested()
    assert time.process_time() - began < 5
    assert found


def test_words_that_only_join_others_name_no_theme() -> None:
    texts = [f"Nobody knows whether our {thing} stays open" for thing in ("pool", "pool", "clinic", "clinic", "school")]
    words = Vocabulary(texts)
    assert {words.word(stem) for vector in words.vectors for stem in vector}.isdisjoint({"whether", "our", "nobody"})
    assert {"pool", "clinic"} <= {words.word(stem) for vector in words.vectors for stem in vector}
