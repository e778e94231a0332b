"""Whoever asks gets all they gave us; once erased, none of their words is in any file of ours (privacy.md P5-P8)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.base.identity import contributor_of, groups_of, new_secret, words_of
from core.base.ids import BackId, NoteId, new_id
from core.cli import run
from core.domain.answering import AnswerBack, GiveReply
from core.domain.commands import HideNotes, NewTheme, RewordNote, SayNote
from core.domain.contact import Consent, Contact, Way
from core.domain.contributing import ShowPerson
from core.domain.delivery import State
from core.domain.events import Author
from core.domain.terms import Naming, Reason
from core.post.drafts import write_drafts
from core.post.erasing import erase, forget_address
from core.post.finding import NobodyFound, also_in, by_address, by_code, by_text
from core.post.holdings import give_back, holdings
from core.post.office import Office
from core.session import Session
from core.store import backup
from core.store.check import check
from tests.core.pictures import picture
from tests.core.post.test_letters import TEAM
from tests.core.table import NOON, person
from tests.core.workshops import ANN, PARK, Clockwork, first_question, say

PLANTED = (
    "zebra crossing note", "quagga first words", "Okapi Name", "okapi.quagga@example.org", "ibex answers back",
    "lynx by me",
)  # fmt: skip
SECRET = new_secret()
ADA = contributor_of(SECRET)


pytestmark = pytest.mark.slow    # each erasure writes the file and its copies anew


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / "here" / "town.sayback"
    session = Session.create(path, PARK, ANN, clock=Clockwork(), keeps_copies=True)
    yield session
    session.close()


def everything_ada_gave(session: Session, tmp_path: Path) -> Office:
    """Her words in each place where words of people may be."""
    by_ada = Author(session.desk, ADA)
    question = first_question(session)
    photo = picture()
    said = SayNote(
        question=question, text=PLANTED[1], contributor=ADA, note_id=NoteId(new_id()), picture=photo.hash
    )  # fmt: skip
    session.do_with_picture(said, photo, by_ada).result()
    [note] = session.board.notes_by(ADA)
    session.do(RewordNote(note.id, PLANTED[0]), by_ada).result()
    session.do(ShowPerson(ADA, Naming.OTHER_NAME, PLANTED[2]), by_ada).result()
    session.do(NewTheme(question=question, name="Roads", note_ids=(note.id,))).result()
    session.do(GiveReply(subject=note.id, text="We heard you.")).result()
    session.do(AnswerBack(note.id, ADA, PLANTED[4], BackId(new_id())), by_ada).result()
    hidden = SayNote(question=question, text=PLANTED[5], contributor=ADA, note_id=NoteId(new_id()))
    session.do(hidden, by_ada).result()
    session.do(HideNotes((session.board.notes_by(ADA)[1].id,), Reason.OTHER)).result()
    consent = Consent(version=1, language="en", at=NOON)
    contact = Contact(contributor=ADA, way=Way.EMAIL, address=PLANTED[3], consent=consent)
    session.with_contacts(lambda contacts: contacts.keep(contact)).result()
    say(session, "Ben's own words", by="Ben")
    backup.make(session.path, NOON)
    office = Office(session, clock=Clockwork())
    office.begin()
    write_drafts(office, tmp_path / "out", TEAM)
    return office


def hits(folder: Path) -> list[str]:
    """Which of her words stand in which file, in any of the ways text is kept."""
    found = []
    for file in sorted(folder.rglob("*")):
        content = file.read_bytes() if file.is_file() else b""
        for words in PLANTED if content.strip(b"\0") else ():    # room laid aside is long and empty
            forms = (words.encode(), words.encode("utf-16-le"), words.encode("utf-16-be"), words.casefold().encode())
            found += [f"{file.name}: {words}" for form in forms if form in content]
    return found


def test_nothing_of_an_erased_person_is_in_any_file_of_ours(session: Session, tmp_path: Path, home: Path) -> None:
    office = everything_ada_gave(session, tmp_path)
    here = session.path.parent
    planted = hits(here)
    assert {words for words in PLANTED for hit in planted if hit.endswith(words)} == set(PLANTED)
    outside = erase(office, [ADA])
    assert hits(here) + hits(home) == []
    assert [Path(each.path).parent for each in outside.there] == [tmp_path / "out"]
    session.close()
    assert hits(here) + hits(home) == []
    assert check(session.path).ok
    reopened = Session.open(session.path, ANN, clock=Clockwork())
    try:
        assert reopened.board.notes_by(person("Ben"))
        assert Office(reopened).account().all == 1
        assert ADA not in {each.contributor for each in Office(reopened).deliveries()}
    finally:
        reopened.close()


def test_somebody_is_found_by_code_by_address_and_by_what_they_wrote(session: Session, tmp_path: Path) -> None:
    office = everything_ada_gave(session, tmp_path)
    code = " ".join(groups_of(SECRET)).lower()
    for found in (
        by_code(office, code), by_code(office, " ".join(words_of(SECRET))), by_address(office, "OKAPI.quagga"),
        by_text(office, "ZEBRA  crossing"), by_text(office, "okapi name"), by_text(office, "ibex answers"),
    ):  # fmt: skip
        assert [each.contributor for each in found] == [ADA]
    wrong = ((by_code, "0000 0000 0000 0000"), (by_address, "nobody@"), (by_text, "unicorn"), (by_text, "a"))
    for search, typed in wrong:
        with pytest.raises(NobodyFound) as nobody:
            search(office, typed)
        assert nobody.value.advice
    session.do(NewTheme(question=first_question(session), name="About the zebra crossing note")).result()
    assert also_in(office.board, "zebra crossing") == ["About the zebra crossing note"]


def test_all_they_gave_is_handed_to_them(session: Session, tmp_path: Path) -> None:
    office = everything_ada_gave(session, tmp_path)
    paths = give_back(office, ADA, tmp_path / "for ada")
    text, page = (path.read_text(encoding="utf-8") for path in paths[:2])
    for words in PLANTED:
        assert words in text
        assert words in page
    assert "Ben's own words" not in text + page
    told = json.loads(text)
    assert (told["agreed_version"], told["address"], told["letters"][0].split()[1]) == (1, PLANTED[3], "unsure")
    assert len(paths) == 3    # her picture, too
    assert paths[0].stat().st_mode & 0o077 == 0


def test_only_the_address_can_be_erased(session: Session, tmp_path: Path) -> None:
    office = everything_ada_gave(session, tmp_path)
    assert forget_address(office, [ADA]) == 1
    assert office.contacts() == []
    held = holdings(office, ADA)
    assert (held.address, held.notes[0].words) == ("", (PLANTED[0], PLANTED[1]))
    assert [each.state for each in office.deliveries()] == [State.UNSURE]


def test_the_command_erases_once_it_is_said_twice_and_refuses_kindly(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    everything_ada_gave(session, tmp_path)
    path = session.path
    session.close()

    def go(*words: str) -> tuple[int, str]:
        code = run(["erase", str(path), *words], lambda file: 0)
        said = capsys.readouterr()
        return code, said.out + said.err

    code, said = go("--text", "words")
    assert (code, "Say which with --person" in said) == (1, True)
    code, said = go("--text", "zebra")
    assert (code, "Nothing was erased. Say --yes" in said) == (0, True)
    assert hits(path.parent)
    code, said = go("--text", "zebra", "--yes")
    assert (code, "outside our reach" in said, ".eml" in said) == (0, True, True)
    assert hits(path.parent) == []
    assert go("--text", "zebra", "--yes")[0] == 1
    assert go("--code", "x", "--text", "y")[0] == 2
    assert go()[0] == 2



def test_one_is_told_where_the_organisers_quoted_them(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(session, "The upper gate is locked after six")
    session.do(NewTheme(first_question(session), "“Gate is locked after six”")).result()
    path = session.path
    session.close()
    assert run(["erase", str(path), "--text", "upper gate", "--yes"], lambda file: 0) == 0
    said = capsys.readouterr()
    assert "These words stand also in what the organisers wrote: “Gate is locked after six”" in said.err
    assert "Erased here" in said.out


def test_every_file_that_goes_outside_is_on_the_list(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(session, "Ben's own words", by="Ben")
    path = session.path
    session.save_copy(tmp_path / "copy.sayback").result()
    words = ["record", str(path), "--out", str(tmp_path / "out"), "--formats", "html", "--editions"]
    assert run(words, lambda file: 0) == 0
    outside = erase(Office(session), [person("Ben")])
    names = {Path(each.path).name for each in outside.there}
    assert {"copy.sayback", "record.html", f"{person('Ben')}.pdf", f"{person('Ben')}.html"} <= names
    (tmp_path / "copy.sayback").unlink()
    assert erase(Office(session), []).gone == 1
    assert capsys.readouterr().out
