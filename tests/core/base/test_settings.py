"""What the desk remembers: kept whole, read back the same, and never in the way when it is damaged."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.settings import RECENT_LIMIT, Recent, Settings, SettingsFile, parse


def recents(count: int) -> list[Recent]:
    return [Recent(path=f"/{number}.sayback", title=f"Town {number}", notes=number) for number in range(count)]


def test_settings_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "deep" / "settings.json")
    made = file.update(
        lambda before: replace(
            before.with_recent(Recent(path="/a b/é.sayback", title="«Ort» 中", notes=3, practice=True)),
            geometry="AdnQ",
            outline=True,
            scheme="dark",
            projector="HDMI-1",
        )
    )
    assert SettingsFile(file.path).settings == made


def test_this_desk_stays_the_same_desk(tmp_path: Path) -> None:
    first = SettingsFile(tmp_path / "settings.json").settings.desk
    assert SettingsFile(tmp_path / "settings.json").settings.desk == first
    assert SettingsFile(tmp_path / "other.json").settings.desk != first


def test_a_workshop_is_in_the_list_once_and_the_last_one_opened_first() -> None:
    settings = Settings()
    for recent in [*recents(3), Recent(path="/1.sayback", title="Town 1", notes=9)]:
        settings = settings.with_recent(recent)
    assert [(each.path, each.notes) for each in settings.recent] == [
        ("/1.sayback", 9), ("/2.sayback", 2), ("/0.sayback", 0),
    ]  # fmt: skip
    assert [each.path for each in settings.without_recent("/2.sayback").recent] == ["/1.sayback", "/0.sayback"]


def test_the_list_does_not_grow_for_ever() -> None:
    settings = Settings()
    for recent in recents(RECENT_LIMIT + 5):
        settings = settings.with_recent(recent)
    assert len(settings.recent) == RECENT_LIMIT
    assert settings.recent[0].path == f"/{RECENT_LIMIT + 4}.sayback"


def test_damaged_settings_are_kept_aside_each_time(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for words in ("first {", "second {"):
        path.write_text(words)
        assert SettingsFile(path).settings.recent == ()
    aside = {each.name: each.read_text() for each in tmp_path.iterdir() if each != path}
    assert aside == {"settings.json.damaged": "first {", "settings.json.damaged2": "second {"}


@pytest.mark.slow
@given(text=st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(repr))
def test_whatever_is_in_the_file_is_read_or_refused_in_one_of_the_expected_ways(text: str) -> None:
    try:
        parse(text)
    except (ValueError, TypeError, KeyError, AttributeError):
        return
    raise AssertionError("such a file cannot be one of ours")


def test_settings_of_a_newer_desk_with_fields_we_do_not_know_are_read(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    known = file.path.read_text().replace("{", '{"colour_of_hat": "red",', 1)
    assert parse(known).desk == file.settings.desk


@pytest.mark.parametrize("notes", ['"many"', "null", "[]"])
def test_a_number_that_is_none_is_damage(notes: str) -> None:
    desk = "0" * 32
    with pytest.raises(TypeError):
        parse(f'{{"desk": "{desk}", "recent": [{{"path": "a", "title": "b", "notes": {notes}}}]}}')
