"""The record is made from the desk: it lies where it was wanted, can be stopped, and says why when it cannot be."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLineEdit

from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.london import london
from ui.look.parts import Label
from ui.making.export import Failure, Progress, Wanted, failure, parse_progress
from ui.making.preview import Page, Preview, Shown, parse_page

NewDesk = Callable[[], DeskUnderTest]


@pytest.fixture
def town(new_desk: NewDesk, tmp_path: Path) -> DeskUnderTest:
    """The London session, open at the desk."""
    desk = new_desk()
    desk.begin(london(tmp_path / "london.sayback", desk.settings.settings.desk))
    assert desk.open.screen.isVisible()
    return desk


def said(desk: DeskUnderTest) -> list[str]:
    return [label.text() for label in desk.visible(Label)]


def choose(desk: DeskUnderTest, folder: Path, *forms: str) -> None:
    """Open the panel, and fill it in."""
    desk.do("export")
    desk.find(QLineEdit, "Folder").setText(str(folder))
    for box in desk.visible(QCheckBox):
        box.setChecked(any(form in box.text() for form in forms))


@pytest.mark.slow
def test_the_record_lies_in_the_folder_and_the_folder_is_remembered(town: DeskUnderTest, tmp_path: Path) -> None:
    out = tmp_path / "The record of ours"
    choose(town, out, "CSV", "HTML")
    town.press("Make the record")
    town.wait(lambda: "The record is ready." in said(town), seconds=60)
    assert {path.name for path in out.iterdir()} == {"notes.csv", "record.html"}
    assert "Open the folder" in town.names(QAbstractButton)
    town.keys(Qt.Key.Key_Escape)
    assert town.settings.settings.folder == str(out)


def test_nothing_is_made_without_a_form(town: DeskUnderTest, tmp_path: Path) -> None:
    choose(town, tmp_path / "out")
    town.press("Make the record")
    assert "Tick at least one form." in said(town)
    assert not (tmp_path / "out").exists()


def test_making_it_can_be_stopped_and_leaves_what_was_there(town: DeskUnderTest, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "record.pdf").write_bytes(b"of last time")
    choose(town, out, "PDF", "HTML", "CSV", "JSON")
    town.press("Make the record")
    town.press("Stop")
    town.wait(lambda: "Stopped. No record was made." in said(town))
    assert (out / "record.pdf").read_bytes() == b"of last time"


def test_closing_the_panel_stops_the_work(town: DeskUnderTest, tmp_path: Path) -> None:
    choose(town, tmp_path / "out", "PDF")
    town.press("Make the record")
    town.keys(Qt.Key.Key_Escape)
    town.wait(lambda: "Make the record" not in said(town))


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_to_is_said_with_what_to_do(town: DeskUnderTest, tmp_path: Path) -> None:
    in_the_way = tmp_path / "letter.txt"
    in_the_way.write_text("Dear council")
    choose(town, in_the_way, "CSV")
    town.press("Make the record")
    town.wait(lambda: "Close" in town.names(QAbstractButton), seconds=60)
    assert "The record is ready." not in said(town)
    assert in_the_way.read_text() == "Dear council"


@pytest.mark.slow
def test_the_desk_works_on_while_the_record_is_made(town: DeskUnderTest, tmp_path: Path) -> None:
    choose(town, tmp_path / "out", "PDF", "HTML", "CSV", "JSON")
    town.press("Make the record")
    assert town.open.running.session.health == "good"
    town.do("undo")
    town.wait(lambda: town.board.balance.hidden == 0)
    town.wait(lambda: "The record is ready." in said(town), seconds=60)


@pytest.mark.slow
def test_a_copy_for_each_person_is_made_with_the_rest(town: DeskUnderTest, tmp_path: Path) -> None:
    choose(town, tmp_path / "out", "Markdown", "A copy for each person")
    town.press("Make the record")
    town.wait(lambda: "The record is ready." in said(town), seconds=120)
    people = len(town.board.by_contributor)
    assert f"record.md\n{2 * people} files for one person each" in said(town)
    assert len(list((tmp_path / "out" / "editions").glob("*.pdf"))) == people


def page_shown(desk: DeskUnderTest) -> str:
    return "".join(page.accessibleName() for page in desk.visible(Page))


@pytest.mark.slow
def test_the_pages_are_shown_before_anything_is_written(town: DeskUnderTest, tmp_path: Path) -> None:
    choose(town, tmp_path / "out", "PDF")
    town.wait(lambda: page_shown(town).startswith("Page 1 of "), seconds=60)
    (page,) = town.visible(Page)
    assert "Young people and local policing" in page.accessibleDescription()
    (preview,) = town.visible(Preview)
    town.wait(lambda: len(preview.pages) >= 3, seconds=60)
    page.setFocus()
    town.keys(Qt.Key.Key_Right)
    assert page_shown(town).startswith("Page 2 of ")
    town.press("Page before")
    assert page_shown(town).startswith("Page 1 of ")
    assert not (tmp_path / "out").exists()
    folder = preview.pages[0].file.parent
    town.keys(Qt.Key.Key_Escape)
    assert not folder.exists()


@pytest.mark.slow
def test_what_is_chosen_changes_the_pages(town: DeskUnderTest, tmp_path: Path) -> None:
    choose(town, tmp_path / "out", "PDF")
    town.wait(lambda: page_shown(town).startswith("Page 1 of "), seconds=60)
    (preview,) = town.visible(Preview)
    before = preview.pages[0].of
    town.find(QComboBox, "What is in it").setCurrentIndex(1)
    town.wait(lambda: [page.of < before for page in preview.pages[:1]] == [True], seconds=60)


def test_lines_of_a_preview() -> None:
    line = '{"page": 1, "of": 9, "file": "page-001.png", "says": "Thank you"}'
    assert parse_page(line) == Shown(1, 9, Path("page-001.png"), "Thank you")
    assert parse_page("Traceback") is None
    assert parse_page('{"page": 1}') is None


def test_what_is_wanted_as_the_command_line_names_it() -> None:
    wanted = Wanted(forms=("pdf",), editions=True, names=True, whole="verbatim", question=2)
    assert wanted.arguments == ["--formats", "pdf", "--editions", "--names", "--verbatim", "--question", "2"]
    assert Wanted(forms=()).is_nothing
    assert not Wanted(forms=(), editions=True).is_nothing


def test_lines_of_progress() -> None:
    assert parse_progress('{"done": 3, "total": 9, "what": "Pages"}') == Progress(3, 9, "Pages")
    assert parse_progress("out/record.pdf") is None
    assert parse_progress('{"done": "x"}') is None
    assert failure(1, "The disk is full.\nMake room.") == Failure("The disk is full.", "Make room.")
    assert failure(70, "Traceback").what == "The record could not be made."
