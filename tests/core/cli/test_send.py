"""`send`: says the honest number, hands letters to a real mail server, writes drafts and paper, refuses kindly."""

import csv
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from core.cli import run
from core.domain.contact import Consent, Contact, Way
from core.session import Session
from tests.core.post.mailboxes import Mailboxes, mail_server
from tests.core.table import NOON, person
from tests.core.workshops import made, say

POSTAL = "Ben Smith\n14 Example Road\nLONDON"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Three people took part: one with e-mail, one with a postal address, one who left nothing."""
    path = tmp_path / "town.sayback"
    with made(path) as session:
        for name in ("Ada", "Ben", "Cai"):
            say(session, f"{name} says =SUM(A1)", by=name)
        keep(session, "Ada", Way.EMAIL, "ada@example.org")
        keep(session, "Ben", Way.POST, POSTAL)
    return path


def keep(session: Session, name: str, way: Way, address: str) -> None:
    consent = Consent(version=1, language="en", at=NOON)
    contact = Contact(contributor=person(name), way=way, address=address, consent=consent)
    session.with_contacts(lambda contacts: contacts.keep(contact)).result()


def go(*words: str | Path) -> int:
    return run(["send", *map(str, words)], lambda path: 0)


def test_without_more_it_says_the_honest_number(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert go(town) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Answered 0 of 3 people.", "      2  Waiting for their letter", "      1  Left no address",
    ]  # fmt: skip


def test_letters_go_once_and_the_number_grows(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as server:
        words = ("--host", server.host, "--port", str(server.port), "--security", "none", "--from", server.sender)
        assert go(town, "--go", *words) == 0
        assert go(town, "--go") == 0    # the server is remembered; nobody gets two
    assert mailboxes.count == {"ada@example.org": 1}
    assert "Answered 1 of 3 people." in capsys.readouterr().out


def test_drafts_are_unsure_until_somebody_says_that_they_went(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert go(town, "--drafts", tmp_path / "letters") == 0
    assert "Unsure whether it went" in capsys.readouterr().out
    [draft] = (tmp_path / "letters").iterdir()
    assert draft.stat().st_mode & 0o077 == 0
    message = message_from_bytes(draft.read_bytes(), policy=policy.default)
    assert (message["To"], message["X-Unsent"], message["From"]) == ("ada@example.org", "1", None)
    assert go(town, "--drafts", tmp_path / "again") == 0
    assert not (tmp_path / "again").exists()
    assert go(town, "--unsure", "went") == 0
    assert "Answered 1 of 3 people." in capsys.readouterr().out


def test_mail_merge_holds_everybody_once_and_no_formula(tmp_path: Path) -> None:
    with made(tmp_path / "other.sayback") as session:
        say(session, "Hello", by="Eve")
        keep(session, "Eve", Way.EMAIL, "=cmd@example.org")
    table = tmp_path / "letters.csv"
    assert go(tmp_path / "other.sayback", "--merge", table) == 0
    [row] = csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines())
    assert row["address"] == "'=cmd@example.org"
    assert "What you said: Hello" in table.read_text(encoding="utf-8-sig")


def test_letters_for_the_post_count_as_printed(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert go(town, "--paper", tmp_path / "post") == 0
    assert sorted(path.name for path in (tmp_path / "post").iterdir()) == ["labels.pdf", "letters.pdf"]
    assert "Printed for the post" in capsys.readouterr().out


def test_where_nobody_left_an_address_that_is_said_and_no_file_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with made(tmp_path / "other.sayback") as session:
        say(session, "Hello", by="Eve")
    folder = tmp_path / "out"
    written = ("--paper", folder, "--drafts", folder, "--merge", folder / "letters.csv")
    assert go(tmp_path / "other.sayback", *written) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:3] == [
        "Nobody waits for a letter by post.", "Nobody waits for a letter by email.", "Nobody waits for a letter.",
    ]  # fmt: skip
    assert "Answered 0 of 1 person." in said
    assert not folder.exists()


def test_a_dry_run_names_who_would_get_one_and_changes_nothing(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert go(town, "--dry-run") == 0
    said = capsys.readouterr().out
    assert "email: ada@example.org" in said
    assert "post: Ben Smith / 14 Example Road / LONDON" in said
    assert "Answered 0 of 3 people." in said
    assert not town.with_suffix(".post").exists()


def test_a_test_letter_goes_to_oneself_and_counts_for_nobody(town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as server:
        words = ("--host", server.host, "--port", str(server.port), "--security", "none", "--from", server.sender)
        assert go(town, "--test", "me@example.org", *words) == 0
    assert mailboxes.count == {"me@example.org": 1}
    assert "Answered 0 of 3 people." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--go",), "There is no mail server yet"),
     (("--from", "team\r\nBcc: all@example.org", "--host", "h"), "a sign in this address"),
     (("--from", "nobody at all", "--host", "h"), "is no e-mail address"),
     (("--go", "--host", "mail.example.org", "--security", "none", "--from", "a@b.org"), "only over a safe line")],
)  # fmt: skip
def test_what_cannot_be_done_is_said_with_advice(
    town: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert go(town, *words) == 1
    what, advice = capsys.readouterr().err.splitlines()
    assert said in what
    assert advice


def test_wrong_use_and_a_file_that_is_none(tmp_path: Path, town: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert go(town, "--unsure", "perhaps") == 2
    assert go(town, "--bounce", tmp_path / "nothing.eml") in (1, 2)
    assert go(tmp_path / "nothing.sayback") == 1
    (tmp_path / "hello.eml").write_text("Subject: hello\n\nHow are you?")
    assert go(town, "--bounce", tmp_path / "hello.eml") == 1
    assert "no message about a letter that came back" in capsys.readouterr().err
