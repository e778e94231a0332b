"""An address is asked for after the note, never needed, kept apart from the notes, and deleted with one tap."""

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.base.identity import read_receipt, receipt_of, words_of
from core.domain.contact import CONSENT_VERSION, Contact, Way
from core.domain.running import BlockPerson
from core.store import backup
from core.web.limits import Limits, Rate
from core.web.static import RESOURCES
from tests.core.workshops import everything_on_disk
from tests.web.phones import CODE, SECONDS, Phone, Place, phone, serving

PAGE = f"/{CODE}/address"
EMAIL = "ada.lovelace@analytical.example"
POSTAL = "Ada Lovelace\r\n12 Ockham Park"
YES = {"agreed": "1"}
CONSENT = "43df"
"""Of the sentences below; other sentences are another version (core/domain/contact.py)."""


def contacts(place: Place) -> list[Contact]:
    return place.session.with_contacts(lambda contacts: contacts.all()).result(SECONDS)


@pytest.fixture
def writer(ada: Phone) -> Phone:
    """Ada has said something, and looks at the page."""
    ada.say("The ramp is steep")
    ada.open(PAGE)
    return ada


def test_the_page_says_who_why_and_how_long_and_can_be_skipped(writer: Phone) -> None:
    for said in (
        "Shall we send you what happens next?", "Youth Involvement Team", "may use my address to send me this.",
        "We will send your notes, where they went, and what we will do. You can skip this page.",
        "We keep it in its own file, away from your notes.", "We delete it 30 days after we write to you.",
        "We never keep it for more than a year.", "No thank you, skip this",
    ):  # fmt: skip
        assert said in writer.page
    boxes = re.findall(r'<input type="checkbox"[^>]*>', writer.page)
    assert len(boxes) == 2
    assert not any("checked" in box for box in boxes)
    assert re.findall(r'autocomplete="([\w-]+)"', writer.page) == ["email", "street-address"]


def test_the_page_before_it_leads_there(place: Place, ada: Phone) -> None:
    ada.say("The ramp is steep")
    assert f'href="{PAGE}"' in ada.page
    assert "Send me what happens next" in ada.page
    ada.open(f"/{CODE}/mine")
    assert f'href="{PAGE}"' in ada.page


@pytest.mark.parametrize(
    ("fields", "way", "address"),
    [({"way": "email", "email": f" {EMAIL} "}, Way.EMAIL, EMAIL),
     ({"way": "post", "postal": POSTAL, "email": "left over"}, Way.POST, "Ada Lovelace\n12 Ockham Park")],
)  # fmt: skip
def test_an_address_is_kept_with_what_was_agreed_to(
    place: Place, writer: Phone, fields: dict[str, str], way: Way, address: str
) -> None:
    answer = writer.post(PAGE, **writer.form, **fields, **YES, next="1")
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    [kept] = contacts(place)
    assert (kept.way, kept.address) == (way, address)
    assert kept.contributor in place.session.board.by_contributor
    assert (kept.consent.version, kept.consent.language, kept.consent.next_event) == (CONSENT_VERSION, "en", True)
    writer.open(PAGE)
    assert "We have your address" in writer.page
    assert address in writer.page
    assert "We will tell you about the next event too." in writer.page


def test_consent_is_kept_in_the_language_it_was_given_in(place: Place, writer: Phone) -> None:
    writer.post("/language", language="cy", back=PAGE)
    writer.post(PAGE, **writer.form, email=EMAIL, **YES)
    assert contacts(place)[0].consent.language == "cy"


def test_it_is_changed_without_being_asked_again_and_deleted_with_one_tap(place: Place, writer: Phone) -> None:
    writer.post(PAGE, **writer.form, email=EMAIL, **YES)
    writer.open(f"{PAGE}?change")
    assert f'value="{EMAIL}"' in writer.page
    writer.post(PAGE, **writer.form, email="ada@example.org", **YES)
    assert [each.address for each in contacts(place)] == ["ada@example.org"]
    answer = writer.post(PAGE, **writer.form, delete="1")
    assert contacts(place) == []
    writer.open(answer.headers["location"])
    assert "Your address is deleted. Nothing of it is left." in writer.page
    assert b"@example.org" not in everything_on_disk(place.session.path.parent)


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [({"email": "ada", **YES}, "email", "That email address looks wrong."),
     ({"email": "", **YES}, "email", "It needs an @ sign in it."),
     ({"email": EMAIL}, "agreed", "Tick this box, or skip this page."),
     ({"way": "post", "postal": "", **YES}, "post", "There is no postal address yet."),
     ({"email": f"{EMAIL}\r\nBcc: victim@example.org", **YES}, "email", "It needs an @ sign in it."),
     ({"way": "nonsense", "email": "ada", **YES}, "email", "It needs an @ sign in it.")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    place: Place, writer: Phone, fields: dict[str, str], field: str, said: str
) -> None:
    answer = writer.post(PAGE, **writer.form, **fields)
    assert answer.status_code == 400
    page = answer.text
    assert "<title>Error: " in page
    assert re.search(rf'id="summary".*<a class="big" href="#{field}">', page, re.DOTALL)
    assert re.search(rf'id="{field}"[^>]*aria-invalid="true" aria-describedby="wrong"', page)
    assert said in page
    assert fields.get("email", "").partition("\r")[0] in page
    assert contacts(place) == []


def test_nobody_learns_whether_an_address_was_left_before(place: Place, writer: Phone, ben: Phone) -> None:
    first = writer.post(PAGE, **writer.form, email=EMAIL, **YES)
    ben.say("The door is heavy")
    ben.open(PAGE)
    second = ben.post(PAGE, **ben.form, email=EMAIL, **YES)
    assert (first.status_code, first.headers["location"]) == (second.status_code, second.headers["location"])
    assert len(contacts(place)) == 2


def test_who_has_sent_nothing_is_told_how_and_nothing_is_taken(place: Place, ben: Phone) -> None:
    assert ben.open(PAGE).status_code == 200
    assert "Send a note first, or use your code." in ben.page
    assert "<form" not in ben.page
    assert ben.post(PAGE, token="", email=EMAIL, **YES).status_code == 403
    assert contacts(place) == []


def test_a_form_of_somebody_else_is_not_taken(place: Place, writer: Phone, ben: Phone) -> None:
    ben.say("The door is heavy")
    assert ben.post(PAGE, **writer.form, email=EMAIL, **YES).status_code == 403
    assert ben.post(PAGE, token="x", delete="1").status_code == 403
    assert contacts(place) == []


def test_a_few_changes_an_hour_are_enough_and_deleting_always_works(tmp_path: Path) -> None:
    with serving(tmp_path / "a.sayback", limits=Limits(addresses=Rate(2, 0.001))) as place, phone(place) as ada:
        ada.say("The ramp is steep")
        ada.open(PAGE)
        sent = [ada.post(PAGE, **ada.form, email=f"a{number}@example.org", **YES) for number in range(3)]
        assert [answer.status_code for answer in sent] == [303, 303, 429]
        assert int(sent[2].headers["retry-after"]) > 0
        assert ada.post(PAGE, **ada.form, delete="1").status_code == 303
        assert contacts(place) == []


def test_a_blocked_person_may_still_take_their_address_back(place: Place, writer: Phone) -> None:
    writer.post(PAGE, **writer.form, email=EMAIL, **YES)
    place.session.do(BlockPerson(contacts(place)[0].contributor)).result(SECONDS)
    assert writer.open(PAGE).status_code == 200
    assert writer.post(PAGE, **writer.form, delete="1").status_code == 303
    assert contacts(place) == []


def test_an_address_that_the_disk_does_not_take_is_owned_up_to(place: Place, writer: Phone) -> None:
    place.session.path.with_suffix(".contacts").mkdir()
    answer = writer.post(PAGE, **writer.form, email=EMAIL, **YES)
    assert answer.status_code == 503
    assert "Your address is not saved yet" in answer.text


def test_no_file_but_one_holds_an_address_and_none_a_receipt(place: Place, writer: Phone, ben: Phone) -> None:
    """Privacy P2, as bytes: of everything on disk only NAME.contacts holds it, and no page but its owner's."""
    writer.post(PAGE, **writer.form, email=EMAIL, **YES)
    backup.make(place.session.path, datetime.now(UTC))
    secret = read_receipt(writer.http.cookies[f"sb_{place.session.workshop_id}"])
    assert secret is not None
    kept = everything_on_disk(place.session.path.parent)
    for form in (bytes(secret), receipt_of(secret).encode(), " ".join(words_of(secret)).encode()):
        assert form not in kept
    of_contacts = place.session.path.with_suffix(".contacts").read_bytes()
    assert of_contacts.count(EMAIL.encode()) == 1
    assert everything_on_disk(place.session.path.parent).count(EMAIL.encode()) == 1
    for page in ("", "/wall", "/mine", "/code", "/help"):
        assert EMAIL not in writer.open(f"/{CODE}{page}").text
        assert EMAIL not in ben.open(f"/{CODE}{page}").text


def test_other_sentences_are_another_version_of_consent() -> None:
    template = (RESOURCES / "templates" / "address.html").read_text("utf-8")
    beginnings = "Yes,|Tell me|We keep|We delete|We never|You can change|We will send"
    said = re.findall(rf'_\("((?:{beginnings})[^"]*)"\)', template)
    assert len(said) == 9
    assert hashlib.sha256("\n".join(said).encode()).hexdigest()[:4] == CONSENT, CONSENT_VERSION
