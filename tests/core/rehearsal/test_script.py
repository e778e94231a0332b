"""Who says what and when: the real order, a minute long, for as many people as are wanted."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rehearsal.script import LONGEST_PAUSE, PLAYED_IN, Line, Saying, write_script

LONDON = Path(__file__).parents[3] / "resources" / "rehearsal" / "comments.csv"


@pytest.fixture
def london() -> list[Saying]:
    with LONDON.open(encoding="utf-8", newline="") as file:
        return [
            Saying(row["author-id"], row["comment-body"], int(row["timestamp"]) / 1000) for row in csv.DictReader(file)
        ]


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_the_london_session_plays_in_a_minute_in_its_own_order(london: list[Saying]) -> None:
    lines = write_script(london)
    assert texts(lines) == [saying.text for saying in sorted(london, key=lambda saying: saying.said_at)]
    assert lines[0].at == 0
    assert lines[-1].at == pytest.approx(PLAYED_IN)
    assert len({line.phone for line in lines}) == 16


def test_the_night_between_the_first_notes_and_the_session_does_not_swallow_the_minute(london: list[Saying]) -> None:
    lines = write_script(london)
    assert max(after.at - before.at for before, after in pairwise(lines)) < PLAYED_IN / 4


def test_twice_as_fast_is_half_as_long(london: list[Saying]) -> None:
    assert write_script(london, speed=2)[-1].at == pytest.approx(PLAYED_IN / 2)


def test_each_author_has_a_phone_of_their_own(london: list[Saying]) -> None:
    author_of = {saying.text: saying.author for saying in london}
    phones = {(author_of[line.text], line.phone) for line in write_script(london)}
    assert len(phones) == len({author for author, _ in phones}) == len({phone for _, phone in phones})


def test_sixty_five_people_are_sixty_five_phones_and_every_note_is_said(london: list[Saying]) -> None:
    lines = write_script(london, people=65)
    assert {line.phone for line in lines} == set(range(65))
    assert set(texts(lines)) == {saying.text for saying in london}
    assert len(lines) > 2 * len(london)


def test_fewer_people_than_authors_share_phones_and_nothing_is_left_out(london: list[Saying]) -> None:
    lines = write_script(london, people=5)
    assert {line.phone for line in lines} == set(range(5))
    assert sorted(texts(lines)) == sorted(saying.text for saying in london)


def test_notes_without_a_time_come_at_once() -> None:
    assert [line.at for line in write_script([Saying("a", "one", 0), Saying("b", "two", 0)])] == [0, 0]


def test_an_empty_table_is_an_empty_script() -> None:
    assert write_script([]) == ()


@pytest.mark.slow
@given(
    st.lists(st.builds(Saying, st.sampled_from("abcd"), st.text(max_size=3), st.floats(0, 1e9)), min_size=1),
    st.integers(1, 20),
)
def test_whoever_takes_part_says_their_lines_in_order(sayings: list[Saying], people: int) -> None:
    lines = write_script(sayings, people)
    in_order = [saying.text for saying in sorted(sayings, key=lambda saying: saying.said_at)]
    authors = len({saying.author for saying in sayings})
    assert all(0 <= line.phone < people for line in lines)
    assert len(lines) == len(sayings) if people <= authors else len(lines) >= len(sayings)
    for phone in {line.phone for line in lines}:
        said = iter(in_order)
        assert all(line.text in said for line in lines if line.phone == phone)


def test_a_pause_is_never_longer_than_two_minutes_of_the_real_one() -> None:
    week = 7 * 24 * 3600.0
    lines = write_script([Saying("a", "one", 0), Saying("a", "two", week), Saying("a", "three", week + LONGEST_PAUSE)])
    assert [line.at for line in lines] == [0, PLAYED_IN / 2, PLAYED_IN]
