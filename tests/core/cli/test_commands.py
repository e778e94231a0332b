"""Each command does what its help says, and ends with the code that scripts rely on."""

import json
import shlex
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from core.base.ids import DeskId, ThemeId, new_id
from core.cli import run
from core.cli.program import program
from core.cli.serve import tell_how_to_join
from core.domain.answering import GiveReply
from core.domain.board import Board
from core.domain.commands import NewTheme
from core.domain.terms import Status
from core.domain.venues import AddVenue, PlaceDesk, venues_in_order
from core.session import Session
from core.store.reader import read_board, read_log
from core.web.server import Join
from tests.core.cli.program import HOUSE, LONDON, do, new_workshop, no_desk, serving
from tests.core.workshops import first_question, say
from tests.core.workshops import opened as held
from tests.web.phones import phone
from tests.web.phones import serving as in_the_room

Capture = pytest.CaptureFixture[str]
COMMANDS = sorted(program.commands)


@pytest.fixture
def town(tmp_path: Path, capsys: Capture) -> Path:
    return new_workshop(capsys, tmp_path / "town.sayback")


def texts(board: Board) -> list[str]:
    return sorted(board.text_of(note) for note in board.notes.values())


def examples(command: click.Command) -> list[list[str]]:
    """The command lines that a command's help shows."""
    text = (command.epilog or "").replace("\\\n", " ")
    return [shlex.split(line)[2:] for line in text.splitlines() if line.strip().startswith("python main.py")]


# What help says


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_teaches_with_an_example(name: str, capsys: Capture) -> None:
    ended = do(capsys, name, "--help")
    assert ended.code == 0
    assert f"python main.py {name} " in ended.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_example_is_one_the_command_understands(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("slips.csv").touch()    # an example before it makes it
    given = examples(program.commands[name])
    assert name in {first for first, *_words in given}
    for first, *words in given:
        program.commands[first].make_context(first, words).close()


def test_the_help_of_the_program_names_every_command(capsys: Capture) -> None:
    said = do(capsys, "--help").out
    assert all(f"\n  {name} " in said for name in COMMANDS)


# The desk


def opened(words: list[str]) -> tuple[int, list[Path | None]]:
    asked: list[Path | None] = []

    def desk(file: Path | None) -> int:
        asked.append(file)
        return 0

    return run(words, desk), asked


def test_without_a_word_the_desk_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    assert opened([]) == (0, [None])


def test_a_first_word_that_is_no_command_is_a_file_for_the_desk(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    assert opened([str(town)]) == (0, [town])


def test_a_command_that_is_mistyped_is_told_kindly(capsys: Capture) -> None:
    ended = do(capsys, "serv")
    assert ended.code == 1
    assert "no command of that name" in ended.err
    assert "--help" in ended.err


def test_what_is_our_fault_is_70_and_in_the_log_without_anyones_words(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    def broken(file: Path | None) -> int:
        raise RuntimeError("Mrs Brown said the ramp is steep")

    monkeypatch.setenv("DISPLAY", ":99")
    assert run([], broken) == 70
    said = capsys.readouterr().err
    log = (home / "state" / "sayback" / "faults.log").read_text("utf-8")
    assert "our fault" in said
    assert "RuntimeError" in log
    assert "Brown" not in said + log


# new


def test_a_new_workshop_asks_what_it_was_given(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "town.sayback"
    words = ["--question", "What works?", "--question", "What should change?", "--promise", "We answer by May."]
    assert do(capsys, "new", file, "--title", "Our town", *words).code == 0
    board = read_board(file)
    assert board.title() == "Our town"
    assert [board.text(each.words) for each in board.questions_in_order()] == ["What works?", "What should change?"]
    assert board.workshop is not None
    assert board.text(board.workshop.promise) == "We answer by May."
    assert len(board.workshop.code) == 6


def test_the_rooms_wifi_and_a_number_to_call_are_on_the_page_of_help(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "town.sayback"
    room = ["--telephone", "01234 567890", "--wifi", "Hall Guest", "--wifi-password", "correct horse"]
    assert do(capsys, "new", file, "--title", "Town", "--question", "Why?", *room).code == 0
    with in_the_room(file) as place, phone(place) as ada:
        code = place.session.board.workshop.code if place.session.board.workshop else ""
        page = ada.open(f"/{code}/help").text
        assert "You can also call us on <bdi>01234 567890</bdi>." in page
        assert "on the Wi-Fi called <bdi>Hall Guest</bdi>." in page
        assert "on <bdi>01234 567890</bdi>" in ada.open(f"/{code}/your-words").text
        assert "Hall Guest" in ada.open(f"/{code}/q/1").text    # beside what else helps when the link is lost
        assert "correct horse" not in "".join(ada.open(f"/{code}{path}").text for path in ("", "/q/1", "/help"))


@pytest.mark.parametrize("room", [["--wifi", "x" * 33], ["--wifi", "Hall", "--wifi-password", "short"]])
def test_a_wifi_that_no_phone_could_join_is_wrong_use(room: list[str], tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "town.sayback"
    assert do(capsys, "new", file, "--title", "Town", "--question", "Why?", *room).code == 2
    assert not file.exists()


def test_all_that_makes_a_workshop_belongs_to_it(town: Path) -> None:
    rows, _words = read_log(town)
    board = read_board(town)
    assert board.workshop is not None
    assert {row.workshop for row in rows} == {board.workshop.id}


def test_a_file_that_is_there_is_never_touched(town: Path, capsys: Capture) -> None:
    before = town.read_bytes()
    ended = do(capsys, "new", town, "--title", "Other", "--question", "Why?")
    assert ended.code == 1
    assert "another name" in ended.err
    assert town.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [(), ("--title", "T"), ("--question", "Q"), ("--title", "", "--question", "Q"), ("--nonsense",)],
)
def test_a_workshop_without_title_or_question_is_wrong_use(
    words: tuple[str, ...], tmp_path: Path, capsys: Capture
) -> None:
    assert do(capsys, "new", tmp_path / "town.sayback", *words).code == 2
    assert not list(tmp_path.glob("town*"))


def test_a_title_that_is_too_long_is_refused_and_leaves_no_file(tmp_path: Path, capsys: Capture) -> None:
    assert do(capsys, "new", tmp_path / "town.sayback", "--title", "t" * 500, "--question", "Q").code == 1
    assert not (tmp_path / "town.sayback").exists()


def test_a_workshop_copied_by_its_json_has_the_same_board(town: Path, tmp_path: Path, capsys: Capture) -> None:
    do(capsys, "import", town, LONDON)
    assert do(capsys, "record", town, "--out", tmp_path / "out", "--formats", "json").code == 0
    copy = tmp_path / "copy.sayback"
    assert do(capsys, "new", copy, "--from", tmp_path / "out" / "workshop.json").code == 0
    assert texts(read_board(copy)) == texts(read_board(town))
    assert read_board(copy).balance == read_board(town).balance


def test_a_copy_brings_its_own_title(town: Path, tmp_path: Path, capsys: Capture) -> None:
    assert do(capsys, "new", tmp_path / "b.sayback", "--from", tmp_path / "w.json", "--title", "Mine").code == 2


@pytest.mark.parametrize("way", ["file", "json"])
def test_the_themes_of_an_earlier_workshop_carry_on_with_what_was_replied(
    town: Path, tmp_path: Path, capsys: Capture, way: str
) -> None:
    with held(town) as session:
        question = first_question(session)
        theme = ThemeId(new_id())
        note = say(session, "The ramp is steep").note_id
        session.do(NewTheme(question, "Ramps", (note,), theme_id=theme)).result()
        session.do(GiveReply(subject=theme, text="Work begins.", status=Status.IN_PROGRESS)).result()
    source = town
    if way == "json":
        assert do(capsys, "record", town, "--out", tmp_path / "out", "--formats", "json").code == 0
        source = tmp_path / "out" / "workshop.json"
    ended = do(
        capsys, "new", tmp_path / "june.sayback", "--title", "June", "--from", source, "--carry-on", "--promise", "Soon"
    )
    assert (ended.code, ended.out.splitlines()[0]) == (0, "1 theme carries on.")
    board = read_board(tmp_path / "june.sayback")
    [carried] = board.themes.values()
    before = carried.carried
    assert before is not None
    assert before.reply is not None
    assert (board.text(carried.name), before.times, before.reply.status) == ("Ramps", 1, Status.IN_PROGRESS)
    assert board.text(before.reply.text) == "Work begins."
    assert [board.text(each.words) for each in board.questions_in_order()] == ["What should change?"]
    assert board.balance.received == 0


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff\xfe no json", b"[" * 100_000])
def test_a_copy_of_what_is_no_workshop_is_refused(content: bytes | None, tmp_path: Path, capsys: Capture) -> None:
    source = tmp_path / "w.json"
    if content is not None:
        source.write_bytes(content)
    assert do(capsys, "new", tmp_path / "b.sayback", "--from", source).code == 1
    assert not (tmp_path / "b.sayback").exists()


# check


def test_a_sound_file_is_ok(town: Path, capsys: Capture) -> None:
    ended = do(capsys, "check", town)
    assert ended.code == 0
    assert ended.json()["ok"] is True


def test_a_damaged_file_is_not_ok(town: Path, capsys: Capture) -> None:
    with sqlite3.connect(town) as database:
        database.execute("UPDATE event SET body = '{}'")
    database.close()
    ended = do(capsys, "check", town)
    assert ended.code == 1
    assert ended.json()["ok"] is False


# import


def test_the_london_session_is_imported(town: Path, capsys: Capture) -> None:
    ended = do(capsys, "import", town, LONDON)
    assert ended.code == 0
    assert "39 notes" in ended.out
    assert len(read_board(town).notes) == 39


def test_a_column_can_be_named(town: Path, tmp_path: Path, capsys: Capture) -> None:
    table = tmp_path / "answers.csv"
    table.write_text("When;Said\n1;The ramp is steep\n", "utf-8")
    assert do(capsys, "import", town, table, "--map", "text=Said").code == 0
    assert texts(read_board(town)) == ["The ramp is steep"]


def test_a_table_without_text_is_refused_with_what_to_do(town: Path, tmp_path: Path, capsys: Capture) -> None:
    table = tmp_path / "answers.csv"
    table.write_text("a,b\n1,2\n", "utf-8")
    ended = do(capsys, "import", town, table)
    assert ended.code == 1
    assert "--map" in ended.err or "column" in ended.err
    assert not read_board(town).notes


@pytest.mark.parametrize("mapping", ["text", "text=", "=Said"])
def test_a_map_that_names_nothing_is_wrong_use(mapping: str, town: Path, capsys: Capture) -> None:
    assert do(capsys, "import", town, LONDON, "--map", mapping).code == 2


# record


def test_the_record_is_written_in_every_form(town: Path, tmp_path: Path, capsys: Capture) -> None:
    do(capsys, "import", town, LONDON)
    ended = do(capsys, "record", town, "--out", tmp_path / "out")
    assert ended.code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"record.pdf", "record.html", "notes.csv", "workshop.json"}
    assert all(name in ended.out for name in names)


def test_only_the_wanted_forms_are_written(town: Path, tmp_path: Path, capsys: Capture) -> None:
    assert do(capsys, "record", town, "--out", tmp_path / "out", "--formats", "html, csv").code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"record.html", "notes.csv"}


def test_a_form_that_does_not_exist_is_wrong_use(town: Path, tmp_path: Path, capsys: Capture) -> None:
    ended = do(capsys, "record", town, "--out", tmp_path / "out", "--formats", "pdf,pfd")
    assert ended.code == 2
    assert "pfd" in ended.err
    assert not (tmp_path / "out").exists()


def test_progress_is_one_json_object_a_line(town: Path, tmp_path: Path, capsys: Capture) -> None:
    ended = do(capsys, "record", town, "--out", tmp_path / "out", "--formats", "html", "--progress")
    told = [json.loads(line) for line in ended.out.splitlines() if line.startswith("{")]
    assert told
    assert told[-1]["done"] == told[-1]["total"]


def test_a_folder_that_cannot_be_written_is_refused(town: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "out").write_text("a file in the way")
    ended = do(capsys, "record", town, "--out", tmp_path / "out")
    assert ended.code == 1
    assert len(ended.err.splitlines()) == 2


def test_record_and_check_work_while_a_desk_has_the_file_open(town: Path, tmp_path: Path, capsys: Capture) -> None:
    session = Session.open(town, DeskId(new_id()))
    try:
        assert do(capsys, "check", town).code == 0
        assert do(capsys, "record", town, "--out", tmp_path / "out", "--formats", "html").code == 0
    finally:
        session.close()


@pytest.mark.parametrize("words", [("serve",), ("import", LONDON), ("rehearse", LONDON)])
def test_what_writes_is_refused_while_a_desk_has_the_file_open(
    words: tuple[str, ...], town: Path, capsys: Capture
) -> None:
    session = Session.open(town, DeskId(new_id()))
    try:
        ended = do(capsys, words[0], town, *words[1:])
        assert ended.code == 1
        assert "open" in ended.err
        assert not session.board.notes
    finally:
        session.close()


# rehearse


@pytest.mark.slow
def test_a_rehearsal_into_a_file_loses_nothing(town: Path, capsys: Capture) -> None:
    ended = do(capsys, "rehearse", town, LONDON, "--speed", "1000")
    assert ended.code == 0, ended.err
    assert "39 notes" in ended.out
    assert "lost 0" in ended.out
    board = read_board(town)
    assert len(board.notes) == 39
    assert len(board.by_contributor) == 16


@pytest.mark.slow
def test_more_people_than_authors_may_be_asked_for(town: Path, capsys: Capture) -> None:
    assert do(capsys, "rehearse", town, LONDON, "--speed", "1000", "--people", "40").code == 0
    assert len(read_board(town).by_contributor) == 40


@pytest.mark.parametrize("words", [(), ("--join", "http://127.0.0.1:9/ABC234", "a", "b"), ("a", "b", "c"), ("a",)])
def test_a_rehearsal_needs_one_stage_and_one_table(words: tuple[str, ...], capsys: Capture) -> None:
    assert do(capsys, "rehearse", *words).code == 2


def test_a_rehearsal_at_an_address_without_workshop_is_refused(capsys: Capture) -> None:
    ended = do(capsys, "rehearse", "--join", "http://127.0.0.1:9/ABC234", LONDON)
    assert ended.code == 1
    assert "code on the screen" in ended.err


# serve


@pytest.mark.slow
def test_serve_says_how_to_join_and_ends_within_three_seconds(town: Path, capsys: Capture) -> None:
    with serving(town) as server:
        assert server.join == f"HTTP://127.0.0.1:{server.port}/{server.code}"
        assert do(capsys, "rehearse", "--join", server.address, LONDON, "--speed", "1000").code == 0
        asked = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - asked <= 3.5    # three, and the end of a Python process
    assert not town.with_name(town.name + "-wal").exists()
    assert len(read_board(town).notes) == 39


@pytest.mark.slow
def test_ctrl_c_ends_it_as_well(town: Path) -> None:
    with serving(town) as server:
        assert server.stop(signal.SIGINT) == 0


def test_serve_needs_a_file_that_is_there(tmp_path: Path, capsys: Capture) -> None:
    assert run(["serve"], no_desk) == 2
    ended = do(capsys, "serve", tmp_path / "nowhere.sayback")
    assert ended.code == 1
    assert not list(tmp_path.iterdir())


# How it starts


def test_the_commands_load_only_what_they_need() -> None:
    heavy = ("PySide6", "starlette", "reportlab", "httpx2", "sqlite3", "asyncio")
    ask = f"import sys, core.cli; print(*[name for name in {heavy} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", ask], cwd=HOUSE, capture_output=True, text=True, check=True)
    assert told.stdout.split() == []


def test_who_serves_without_a_network_reads_why_no_phone_can_join(capsys: Capture) -> None:
    tell_how_to_join(Join("HTTP://127.0.0.1:8000/ABC234", "ABC234", 8000, "127.0.0.1"))
    said = capsys.readouterr().out
    assert "This machine is on no network yet, so no phone can join." in said
    assert "127.0.0.1" not in said
    tell_how_to_join(Join("HTTP://192.168.4.12:8000/ABC234", "ABC234", 8000, "192.168.4.12"))
    assert "Or open http://192.168.4.12:8000 and type the code ABC234." in capsys.readouterr().out


def test_the_record_of_one_venue_has_what_was_said_there_and_says_which_there_are(
    town: Path, tmp_path: Path, capsys: Capture
) -> None:
    with held(town) as session:
        session.do(AddVenue("York")).result(10)
        session.do(PlaceDesk(session.desk, venues_in_order(session.board)[0])).result(10)
        say(session, "said in York")
    made = do(capsys, "record", town, "--out", tmp_path / "york", "--formats", "md", "--venue", "york")
    assert made.code == 0
    told = (tmp_path / "york" / "record.md").read_text("utf-8")
    assert "said in York" in told
    assert ", York" in told
    nowhere = do(capsys, "record", town, "--out", tmp_path / "hull", "--formats", "md", "--venue", "Hull")
    assert nowhere.code == 1
    assert "There are: York, Online." in nowhere.err
    ledger = do(capsys, "erase", town, "--ledger")
    assert (ledger.code, ledger.out) == (0, "Nobody was erased from this workshop.\n")
