"""What a letter says: to one person, in their language, about their notes; weeks later only what has changed."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from core.base.language import LANGUAGES
from core.base.mail import MailServer
from core.domain.answering import GiveReply
from core.domain.commands import HideNotes, NewTheme, WithdrawNote
from core.domain.contact import Consent, Contact, Way
from core.domain.delivery import Delivery, Kind, State, message_of
from core.domain.events import Author
from core.domain.terms import Reason, Status
from core.post import templates
from core.post.letters import Letter, Table
from core.post.message import Enclosed, NoSuchAddress, as_html, as_text, make_message
from core.post.office import NothingToTell, Office
from core.post.sending import Tally
from core.post.templates import WrongText, read_text
from core.session import Session
from tests.core.post.mailboxes import Mailboxes, mail_server
from tests.core.post.test_sending import send
from tests.core.table import NOON, person
from tests.core.workshops import Clockwork, first_question, made, say

TEAM = MailServer(host="mail.example.org", sender="team@example.org", name="The team")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with made(tmp_path / "town.sayback") as session:
        yield session


def keep(session: Session, name: str, *, language: str = "en", way: Way = Way.EMAIL) -> Contact:
    consent = Consent(version=1, language=language, at=NOON)
    contact = Contact(contributor=person(name), way=way, address=f"{name.lower()}@example.org", consent=consent)
    session.with_contacts(lambda contacts: contacts.keep(contact)).result()
    return contact


def letter_to(session: Session, name: str, kind: Kind = Kind.RECORD, *, language: str = "en") -> Letter:
    return Office(session).writer(kind).write(person(name), keep(session, name, language=language))


def table(letter: Letter) -> Table:
    [found] = [block for block in letter.blocks if isinstance(block, Table)]
    return found


def of_letter(letter: Letter, to: str = "ada@example.org", server: MailServer = TEAM) -> bytes:
    delivery = Delivery(
        round=1, contributor=person("Ada"), message="ab" * 16, state=State.SENDING, at=NOON
    )  # fmt: skip
    return bytes(make_message(letter, delivery, to, server, NOON, [Enclosed("r.pdf", "application/pdf", b"%PDF")]))


def test_it_tells_where_each_own_note_went_and_what_happens_now(session: Session) -> None:
    for text in ("More trees", "The ramp is steep", "Call me names", "I take this back"):
        say(session, text)
    say(session, "Somebody else's secret", by="Ben")
    trees, ramp, rude, back = session.board.notes_by(person("Ada"))
    question = first_question(session)
    session.do(NewTheme(question=question, name="Green", note_ids=(trees.id,))).result()
    [green] = session.board.themes_of(question)
    session.do(HideNotes((rude.id,), Reason.HURTFUL)).result()
    session.do(WithdrawNote(back.id), Author(session.desk, person("Ada"))).result()
    session.do(GiveReply(subject=green.id, status=Status.DONE, text="Forty trees stand there now.")).result()
    session.do(GiveReply(subject=ramp.id, status=Status.CANNOT, because="The wall is listed.")).result()
    rows = [(row.said, row.where, row.status, row.now) for row in table(letter_to(session, "Ada")).rows]
    assert rows == [
        ("More trees", "Green", "Done", "Forty trees stand there now."),
        ("The ramp is steep", "On its own", "We cannot", "Because: The wall is listed."),
        ("Call me names", "Not shown", "", "We have read it. There is no answer yet."),
        ("I take this back", "You took it back", "", ""),
    ]
    assert "secret" not in as_text(letter_to(session, "Ada"))


@pytest.mark.parametrize("language", [each.code for each in LANGUAGES])
def test_it_is_in_the_language_its_reader_chose(session: Session, language: str) -> None:
    say(session, "More trees")
    letter = letter_to(session, "Ada", language=language)
    english = letter_to(session, "Ada")
    assert letter.language == language
    assert (as_text(letter) == as_text(english)) is (language == "en")
    assert not re.search(r"\{\w*\}", as_text(letter) + letter.subject)
    assert f'lang="{language}"' in as_html(letter)


def test_text_and_page_say_the_same_in_the_same_order_and_fetch_nothing(session: Session) -> None:
    say(session, "More <b>trees</b>")
    letter = letter_to(session, "Ada")
    page = as_html(letter)
    assert "<img" not in page
    assert "http" not in page
    assert "url(" not in page
    assert "More &lt;b&gt;trees" in page
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
    parts = ("Hello,", "More ", "There is no answer yet", "Tell us", "With thanks", "You gave")
    at = [words.index(part) for part in parts]
    assert at == sorted(at)


def test_its_headers_say_what_mail_programs_need(session: Session) -> None:
    say(session, "More trees")
    message = message_from_bytes(of_letter(letter_to(session, "Ada")), policy=policy.default)
    assert message["From"] == "The team <team@example.org>"
    assert message["Reply-To"] == "team@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<mailto:team@example.org?subject=Stop>"
    assert message["Message-ID"] == f"<{'ab' * 16}@example.org>"
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "application/pdf"]


@pytest.mark.parametrize(
    "sneaky", ["a@b.org\r\nBcc: all@b.org", "a@b.org\nBcc: x", "a@b.org, c@d.org", "not one", "a\u2028@b.org"]
)
def test_no_address_brings_a_header_of_its_own(session: Session, sneaky: str) -> None:
    say(session, "More trees")
    letter = letter_to(session, "Ada")
    with pytest.raises(NoSuchAddress):
        of_letter(letter, to=sneaky)
    with pytest.raises(NoSuchAddress):
        of_letter(letter, server=MailServer(host="h", sender=sneaky))


def test_no_name_or_title_brings_a_header_of_its_own(session: Session) -> None:
    say(session, "Nice\r\nBcc: all@example.org")
    letter = letter_to(session, "Ada")
    sneaky = Letter(language="en", subject="Hi\r\nBcc: all@example.org", blocks=letter.blocks)
    name = MailServer(host="h", sender="team@example.org", name="Team\r\nBcc: all@example.org")
    message = message_from_bytes(of_letter(sneaky, server=name), policy=policy.default)
    assert message["Bcc"] is None
    assert message["Subject"] == "Hi Bcc: all@example.org"


def test_an_organisers_own_text_is_used_and_a_wrong_one_is_not_kept(session: Session) -> None:
    say(session, "More trees")
    office = Office(session)
    office.keep_text(Kind.RECORD, "en", "Subject: Our park\nDear friend,\n{notes}\nYours, {host}")
    assert letter_to(session, "Ada").subject == "Our park"
    assert as_text(letter_to(session, "Ada")).startswith("Dear friend,")
    assert letter_to(session, "Ada", language="cy").subject != "Our park"
    for wrong in (
        "Dear friend,\n{notes}", "Subject: x\nno notes", "Subject: x\n{notes}\n{pasword}", "Subject: {0}\n{notes}",
        "Subject: x\n{notes}\n{workshop.__class__}", "Subject: x\n{notes}" + "y" * 20_000,
    ):  # fmt: skip
        with pytest.raises(WrongText):
            office.keep_text(Kind.RECORD, "en", wrong)
    assert letter_to(session, "Ada").subject == "Our park"
    office.keep_text(Kind.RECORD, "en", None)
    assert letter_to(session, "Ada").subject.startswith("Your notes from")


def test_what_people_wrote_is_never_filled_in_again() -> None:
    assert templates.filled("“{workshop}” {host}", {"workshop": "{host}", "host": "Eve"}) == "“{host}” Eve"
    assert read_text("Subject: a\n{notes}").as_typed == "Subject: a\n{notes}\n"


def test_six_weeks_later_only_what_changed_goes_and_only_to_those_it_concerns(session: Session) -> None:
    for name, text in (("Ada", "More trees"), ("Ada", "The ramp is steep"), ("Ben", "A café"), ("Cai", "Benches")):
        say(session, text, by=name)
    for name in ("Ada", "Ben", "Cai"):
        keep(session, name)
    office = Office(session, clock=Clockwork())
    ramp = session.board.notes_by(person("Ada"))[1]
    [cafe] = session.board.notes_by(person("Ben"))
    session.do(GiveReply(subject=cafe.id, text="We heard you.")).result()
    office.begin()
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as server:
        assert send(office, server) == Tally(sent=3)
        with pytest.raises(NothingToTell):
            office.begin(Kind.CHANGES)
        session.do(GiveReply(subject=ramp.id, status=Status.DONE, text="It is flat now.")).result()
        office.begin(Kind.CHANGES)
        assert send(office, server) == Tally(sent=1)
        with pytest.raises(NothingToTell):
            office.begin(Kind.CHANGES)
    to, letter = mailboxes.taken[-1]
    text = letter.get_body(("plain",)).get_content()    # type: ignore[union-attr]
    assert to == "ada@example.org"
    assert "You said: The ramp is steep" in text
    assert "Done. It is flat now." in text
    assert "More trees" not in text
    assert "Your other note has no news yet." in text
    assert letter["Message-ID"] != mailboxes.taken[0][1]["Message-ID"]


def test_addresses_are_erased_thirty_days_after_the_last_letter_that_was_promised(session: Session) -> None:
    now = [NOON]
    say(session, "More trees")
    keep(session, "Ada")
    office = Office(session, clock=lambda: now[0])
    office.promise_again(date(2026, 5, 1))
    office.begin()
    with mail_server(Mailboxes()) as server:
        send(office, server)

    def left(days: int) -> int:
        moment = NOON + timedelta(days=days)
        session.with_contacts(lambda contacts: contacts.forget_old(lambda: moment)).result()
        return len(office.contacts())

    assert (NOON.date(), left(45), left(77), left(79)) == (date(2026, 3, 14), 1, 1, 0)
    assert office.account().answered == 1    # the outbox outlives the address


def test_the_name_of_a_letter_never_changes(session: Session) -> None:
    workshop, ada, ben = session.workshop_id, person("Ada"), person("Ben")
    assert message_of(workshop, 1, ada) == message_of(workshop, 1, ada)
    assert len({message_of(workshop, 1, ada), message_of(workshop, 2, ada), message_of(workshop, 1, ben)}) == 3
