"""The desk speaks Welsh throughout, and counts as Welsh, Arabic and Polish do (access.md D14, D15)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton

from core.base import language
from core.domain.tallies import Votes
from tests.house.project import words_of_the_source
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall, hall
from tools.words import forms, todo, up_to_date
from ui.outline import telling

NewDesk = Callable[[], DeskUnderTest]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    language.use(language.SOURCE)


@pytest.mark.slow
def test_welsh_says_everything_that_the_program_says() -> None:
    missing = [forms(message.id)[0] for message in todo(up_to_date("cy", words_of_the_source()), whole=True)]
    assert missing == [], '`make words ARGS="--todo cy --whole"` lists them'


def test_the_desk_speaks_welsh(new_desk: NewDesk, tmp_path: Path) -> None:
    language.use("cy")
    desk = new_desk()
    desk.begin()
    assert "Gweithdy newydd" in desk.names(QAbstractButton)
    desk.desk.open(hall(tmp_path / "tref.sayback", desk.settings.settings.desk))
    room = Hall(desk)
    room.say("Mae’r ramp yn serth")
    assert room.desk.window.actions_["board"].text() == "&Bwrdd"
    room.desk.wait(lambda: any("Heb thema eto" in text for text in outline_rows(room)))
    assert "Thema newydd" in desk.names(QAbstractButton)


def outline_rows(room: Hall) -> list[str]:
    model = room.screen.outline.model
    question = model.index(0, 0)
    return [str(model.index(row, 0, question).data()) for row in range(model.rowCount(question))]


@pytest.mark.parametrize(
    ("code", "different"),
    [("cy", [1, 2, 3, 6, 5]), ("ar", [0, 1, 2, 3, 11, 100]), ("pl", [1, 2, 5])],
)
def test_each_plural_form_of_a_language_is_used_for_its_numbers(code: str, different: list[int]) -> None:
    language.use(code)
    said = [language.ngettext("{n} note", "{n} notes", number) for number in different]
    assert all("note" not in text for text in said)
    if code != "cy":    # after a number Welsh has one form of the noun
        assert len(set(said)) == len(set(forms_expected(code)))


def forms_expected(code: str) -> set[str]:
    """The forms of “{n} note” that the catalogue has."""
    message = up_to_date(code, words_of_the_source()).get("{n} note")
    assert message is not None
    return set(forms(message.string))


def test_votes_are_counted_in_the_language_of_the_desk(new_desk: NewDesk, tmp_path: Path) -> None:
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    room = Hall(desk)
    assert telling.spoken_votes(room.board, room.question, Votes(1)) == "1 vote"
    language.use("cy")
    assert telling.spoken_votes(room.board, room.question, Votes(2)).startswith("2 ")
    assert "vote" not in telling.spoken_votes(room.board, room.question, Votes(2))
