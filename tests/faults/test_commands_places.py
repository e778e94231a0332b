"""F52: any language of the system, any name of a home, any state of the settings: Sayback starts."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from core.store.reader import read_board
from tests.conftest import home_variables
from tests.core.cli.program import LONDON, Ended, start

pytestmark = pytest.mark.faults
ENVIRONMENTS: tuple[Mapping[str, str], ...] = (
    {"LANG": "C", "LC_ALL": "C"},
    {"LANG": "POSIX", "LC_ALL": "POSIX"},
    {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    {"LANG": "ar_EG.UTF-8", "LC_ALL": "ar_EG.UTF-8"},
    {"PYTHONIOENCODING": "latin-1"},
)
TITLE = "İstanbul: what now? ماذا"


def worked(ended: Ended) -> Ended:
    assert ended.code == 0, ended.err
    return ended


def a_whole_workshop(file: Path, env: Mapping[str, str]) -> None:
    worked(start("new", file, "--title", TITLE, "--question", "Ne değişmeli?", env=env))
    worked(start("import", file, LONDON, env=env))
    worked(start("record", file, "--out", file.parent / "récord", env=env))
    assert worked(start("check", file, env=env)).json()["ok"] is True
    board = read_board(file)
    assert board.title() == TITLE
    assert board.balance.board + board.balance.held == 39


@pytest.mark.parametrize("env", ENVIRONMENTS, ids=lambda env: "-".join(env.values()))
def test_it_works_in_every_language_of_the_system(env: Mapping[str, str], tmp_path: Path) -> None:
    a_whole_workshop(tmp_path / "İl ilçe.sayback", env)


def test_it_works_in_a_home_with_a_space_and_an_accent(tmp_path: Path) -> None:
    home = tmp_path / "Zoë Brontë"
    home.mkdir()
    a_whole_workshop(home / "été à la mairie.sayback", home_variables(home))
    assert list(home.rglob("settings.json"))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe\x00", b'{"desk": 1}', b'{"desk": "short"}'])
def test_settings_that_cannot_be_read_are_kept_aside(content: bytes, tmp_path: Path, home: Path) -> None:
    settings = home / "config" / "sayback" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_bytes(content)
    worked(start("new", tmp_path / "town.sayback", "--title", "T", "--question", "Q"))
    assert settings.with_name("settings.json.damaged").read_bytes() == content
    assert b"desk" in settings.read_bytes()
