"""Slips: codes on paper, in one file that only its owner may read; the workshop knows the people, not the codes."""

import csv
import os
import stat
from pathlib import Path

import pytest

from core.base.identity import contributor_of, read_receipt, read_secret
from core.base.ids import DeskId
from core.store.reader import read_board
from tests.core.cli.program import do, new_workshop
from tests.core.table import name_of
from tests.core.workshops import everything_on_disk, opened

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def town(tmp_path: Path, capsys: Capture) -> Path:
    return new_workshop(capsys, tmp_path / "town" / "town.sayback")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def test_each_slip_has_one_code_in_three_forms_and_the_workshop_knows_its_person(
    town: Path, tmp_path: Path, capsys: Capture
) -> None:
    out = tmp_path / "slips.csv"
    ended = do(capsys, "slips", town, "--count", "12", "--at", "https://say.example.org", "--out", out)
    assert ended.code == 0, ended.err
    assert ended.out == f"12 slips are in {out}.\n"
    board = read_board(town)
    slips = rows(out.read_text("utf-8"))
    assert [slip["number"] for slip in slips] == [str(number) for number in range(1, 13)]
    for slip in slips:
        secret = read_receipt(slip["code"])
        assert secret is not None
        assert secret == read_secret(slip["words"])
        assert slip["link"] == f"HTTPS://SAY.EXAMPLE.ORG/CLAIM#{slip['code'].replace(' ', '')}"
        assert board.is_known(contributor_of(secret))
    assert len({slip["code"] for slip in slips}) == 12


def test_no_file_of_the_workshop_holds_a_code(town: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "slips.csv"
    do(capsys, "slips", town, "--count", "5", "--out", out)
    kept = everything_on_disk(town.parent)
    for slip in rows(out.read_text("utf-8")):
        secret = read_receipt(slip["code"])
        assert secret is not None
        assert bytes(secret) not in kept
        for form in (slip["code"], slip["code"].replace(" ", ""), slip["words"]):
            assert form.encode() not in kept


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_their_owner_may_read_the_slips(town: Path, tmp_path: Path, capsys: Capture) -> None:
    do(capsys, "slips", town, "--count", "1", "--out", tmp_path / "slips.csv")
    assert stat.S_IMODE((tmp_path / "slips.csv").stat().st_mode) == 0o600


def test_slips_go_to_the_screen_where_no_file_is_named(town: Path, capsys: Capture) -> None:
    ended = do(capsys, "slips", town, "--count", "2")
    assert ended.code == 0
    assert [len(slip["words"].split()) for slip in rows(ended.out)] == [8, 8]
    assert rows(ended.out)[0]["link"].startswith("HTTP://")


def test_slips_that_were_handed_out_are_never_written_over(town: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "slips.csv"
    out.write_text("handed out")
    ended = do(capsys, "slips", town, "--count", "2", "--out", out)
    assert ended.code == 1
    assert "No slips were made." in ended.err
    assert out.read_text() == "handed out"
    assert not read_board(town).joined


def test_an_open_workshop_makes_no_slips_and_says_what_to_do(town: Path, tmp_path: Path, capsys: Capture) -> None:
    with opened(town, DeskId(name_of("Ann"))):
        ended = do(capsys, "slips", town, "--count", "2", "--out", tmp_path / "slips.csv")
    assert ended.code == 1
    assert "Another window has this workshop open." in ended.err
    assert not (tmp_path / "slips.csv").exists()


@pytest.mark.parametrize("count", ["0", "-1", "many"])
def test_a_number_that_makes_no_sense_is_wrong_use(town: Path, capsys: Capture, count: str) -> None:
    assert do(capsys, "slips", town, "--count", count).code == 2


def test_more_slips_than_a_hall_holds_are_refused(town: Path, capsys: Capture) -> None:
    ended = do(capsys, "slips", town, "--count", "2001")
    assert ended.code == 1
    assert "That is too many slips at once." in ended.err
