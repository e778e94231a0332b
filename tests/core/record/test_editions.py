"""Everybody's editions as files: whole or not there, made once, and anew when the workshop went on."""

import itertools
import json
import stat
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from subprocess import PIPE

import pytest

from core.base.errors import NotSaved
from core.base.identity import contributor_of, groups_of, new_secret
from core.base.ids import ContributorId, NoteId, new_id
from core.domain.commands import ErasePerson, SayNote
from core.domain.events import Author
from core.record import editions
from core.record.options import PLAIN
from core.record.source import read_source
from core.record.writing import NobodyHasIt, write, write_for
from tests.core.table import person
from tests.core.workshops import first_question, made, opened, say
from tests.web.phones import until

PEOPLE = ("Ada", "Ben", "Cy")


@pytest.fixture
def park(tmp_path: Path) -> Path:
    with made(tmp_path / "park.sayback") as session:
        for number, who in enumerate(PEOPLE * 2):
            say(session, f"Note {number} of {who}", by=who)
        say(session, "From nobody", by=None)
    return tmp_path / "park.sayback"


def names(folder: Path) -> set[str]:
    return {file.name for file in (folder / "editions").iterdir()}


def expected(*people: str) -> set[str]:
    return {f"{person(who)}.{kind}" for who in people for kind in ("pdf", "html")} | {editions.MARK}


def inodes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_ino for file in (folder / "editions").iterdir()}


def test_there_is_a_pdf_and_a_page_for_each_contributor_and_for_nobody_else(park: Path, tmp_path: Path) -> None:
    written = write(park, tmp_path / "out", ["html"], with_editions=True)
    assert names(tmp_path / "out") == expected(*PEOPLE)
    assert len(written.files) == 1 + 2 * len(PEOPLE)
    assert written.remarks == (
        "Notes without a name or a code: 1. So we cannot make their writers their own copy. "
        "Their words count like all others.",
    )
    page = (tmp_path / "out" / "editions" / f"{person('Ada')}.html").read_text("utf-8")
    assert page.index("Note 0 of Ada") < page.index("Note 1 of Ben")
    assert page.count('<li class="own">') == 2
    assert stat.S_IMODE((tmp_path / "out" / "editions" / f"{person('Ada')}.pdf").stat().st_mode) == 0o600


def test_one_persons_copy_is_found_by_their_code_and_no_file_of_another_is_overwritten(tmp_path: Path) -> None:
    secret = new_secret()
    with made(tmp_path / "town.sayback") as session:
        said = SayNote(
            question=first_question(session), text="By me", contributor=contributor_of(secret), note_id=NoteId(new_id())
        )  # fmt: skip
        session.do(said, Author(session.desk, contributor_of(secret))).result()
        say(session, "By Ben", by="Ben")
    write_for(session.path, tmp_path / "out", person("Ben"))
    written = write_for(session.path, tmp_path / "out", " ".join(groups_of(secret)).lower())
    assert [file.name for file in written.files] == ["your-record 2.pdf", "your-record 2.html"]
    page = written.files[1].read_text("utf-8")
    assert page.index("By me") < page.index("By Ben")
    with pytest.raises(NobodyHasIt):
        write_for(session.path, tmp_path / "out", " ".join(groups_of(new_secret())))


def test_progress_counts_every_edition_to_the_end(park: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    write(park, tmp_path, [], lambda *each: told.append(each), with_editions=True)
    assert [each[0] for each in told] == sorted(each[0] for each in told)
    assert told[-1][:2] == (600, 600)
    assert "6 of 6" in told[-1][2]


def test_what_is_whole_is_not_made_again(park: Path, tmp_path: Path) -> None:
    source = read_source(park, PLAIN)
    list(itertools.islice(editions.write_editions(source, tmp_path), 2))    # stopped after the first person
    before = inodes(tmp_path)
    assert len(before) == 3
    (tmp_path / "editions" / f".{person('Ben')}.pdf.77.part").write_bytes(b"%PDF half")
    files = list(editions.write_editions(read_source(park, PLAIN), tmp_path))
    assert {file.name for file in files} | {editions.MARK} == names(tmp_path) == expected(*PEOPLE)
    assert {name: at for name, at in inodes(tmp_path).items() if name in before} == before


def test_a_second_process_begins_at_the_other_end(park: Path, tmp_path: Path) -> None:
    source = read_source(park, PLAIN)
    list(itertools.islice(editions.write_editions(source, tmp_path), 2))
    before = inodes(tmp_path)
    helped = editions.help_from_the_end(park, tmp_path, PLAIN, source.digest)
    last = max(person(who) for who in PEOPLE)
    assert next(helped).stem == last
    list(helped)
    assert names(tmp_path) == expected(*PEOPLE)
    assert {name: at for name, at in inodes(tmp_path).items() if name in before} == before


def test_a_second_process_makes_nothing_of_a_workshop_that_went_on(park: Path, tmp_path: Path) -> None:
    assert list(editions.help_from_the_end(park, tmp_path, PLAIN, "of before")) == []


@pytest.mark.slow
def test_two_processes_make_what_one_makes(park: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(park, tmp_path / "one", [], with_editions=True)
    monkeypatch.setattr(editions, "MANY", 2)
    write(park, tmp_path / "two", [], with_editions=True)
    one, two = (tmp_path / out / "editions" for out in ("one", "two"))
    for name in expected(*PEOPLE):
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_the_helper_ends_when_nobody_hears_it_any_more(park: Path, tmp_path: Path) -> None:
    digest = read_source(park, PLAIN).digest
    wish = {"path": str(park), "out": str(tmp_path), "digest": digest, **asdict(PLAIN)}
    command = [sys.executable, "-m", editions.HELPER]
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=editions.HOUSE) as helper:
        assert helper.stdin is not None
        assert helper.stdout is not None
        helper.stdout.close()
        helper.stdin.write(json.dumps(wish).encode())
        helper.stdin.close()
        helper.wait(60)
    assert len(list((tmp_path / "editions").glob("*.pdf"))) <= 1


def test_what_the_helper_was_writing_at_the_end_is_not_left(
    park: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editions, "MANY", 2)
    monkeypatch.setattr(editions, "HELPER", "tests.core.record.slow_helper")
    making = editions.write_editions(read_source(park, PLAIN), tmp_path)
    next(making)
    until(lambda: any((tmp_path / "editions").glob(".*.html.*.part")))
    list(making)
    assert names(tmp_path) == expected(*PEOPLE)


def test_after_another_note_all_are_made_anew(park: Path, tmp_path: Path) -> None:
    write(park, tmp_path, [], with_editions=True)
    before = inodes(tmp_path)
    with opened(park) as session:
        say(session, "One more", by="Dee")
    write(park, tmp_path, [], with_editions=True)
    assert names(tmp_path) == expected(*PEOPLE, "Dee")
    assert "One more" in (tmp_path / "editions" / f"{person('Ada')}.html").read_text("utf-8")
    assert before.keys() < inodes(tmp_path).keys()


def test_the_copy_of_somebody_who_was_erased_is_taken_away(park: Path, tmp_path: Path) -> None:
    write(park, tmp_path, [], with_editions=True)
    (tmp_path / "editions" / "a-letter-of-mine.txt").write_text("not ours", "utf-8")
    with opened(park) as session:
        session.do(ErasePerson(ContributorId(person("Ben")))).result()
    write(park, tmp_path, [], with_editions=True)
    assert names(tmp_path) == expected("Ada", "Cy") | {"a-letter-of-mine.txt"}


def test_where_nothing_can_be_written_a_person_is_told(park: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "editions").write_text("a file", "utf-8")
    with pytest.raises(NotSaved) as refused:
        write(park, tmp_path / "out", [], with_editions=True)
    assert refused.value.advice


def test_an_edition_that_cannot_be_taken_away_is_told_with_what_to_do(park: Path, tmp_path: Path) -> None:
    (tmp_path / "editions" / f"{person('Zoe')}.pdf" / "in the way").mkdir(parents=True)
    with pytest.raises(NotSaved) as refused:
        write(park, tmp_path, [], with_editions=True)
    assert refused.value.advice


def test_two_times_give_the_same_bytes(park: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        write(park, tmp_path / out, [], with_editions=True)
    one, two = (tmp_path / out / "editions" for out in ("one", "two"))
    for name in expected(*PEOPLE):
        assert (one / name).read_bytes() == (two / name).read_bytes()
