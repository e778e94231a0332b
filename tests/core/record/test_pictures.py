"""Pictures of notes in the record: seen where the note stands, told to those who do not see them, and carried along
in workshop.json, where nothing is believed that is not what it says."""

import base64
import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from core.base.errors import NotAWorkshop
from core.base.pictures import Picture
from core.domain.commands import HideNotes
from core.domain.terms import Reason
from core.record.bundle import parse, read_bundle
from core.record.html import make_html
from core.record.pdf import lay_out, make_pdf
from core.record.plan import plan
from core.record.writing import write
from core.session import Session
from core.store.check import check
from core.store.files import pictures_file
from tests.core.pictures import drawing, picture
from tests.core.record.boards import Hall, squeezed
from tests.core.record.hearing import hear
from tests.core.record.test_html import Page
from tests.core.store.test_pictures import kept, send
from tests.core.workshops import ANN, SECONDS, made

PHOTO, SKETCH = picture(1), drawing()
AT_HAND = {each.hash: each for each in (PHOTO, SKETCH)}
Content = dict[str, Any]    # JSON that a test bends


def shown(hall: Hall) -> Page:
    return Page(make_html(plan(hall.board, pictures=AT_HAND)))


def made_pdf(hall: Hall) -> bytes:
    return make_pdf(lay_out(plan(hall.board, pictures=AT_HAND)))


def pages(hall: Hall) -> PdfReader:
    return PdfReader(BytesIO(made_pdf(hall)), strict=True)


@pytest.fixture
def hall() -> Hall:
    hall = Hall()
    hall.say("our ramp", picture=PHOTO.hash)
    hall.say("", picture=SKETCH.hash)
    hall.say("words alone")
    return hall


def test_the_page_shows_each_picture_with_its_words_under_it(hall: Hall) -> None:
    page = shown(hall)
    images = page.all("img")
    assert [image["alt"] for image in images] == ["Picture of a note"] * 2
    for image, sent in zip(images, (PHOTO, SKETCH), strict=True):
        kind, _, data = (image["src"] or "").partition(";base64,")
        assert kind == f"data:{sent.kind.value}"
        assert base64.b64decode(data) == sent.data
    assert "our ramp" in page.paragraphs
    assert "(The words of this note are not here.)" not in page.paragraphs


def test_the_page_may_show_what_it_holds_and_fetch_nothing(hall: Hall) -> None:
    policy = next(each["content"] or "" for each in shown(hall).all("meta") if each.get("http-equiv"))
    assert "default-src 'none'" in policy
    assert "img-src data:;" in policy


def test_the_pdf_draws_each_picture_and_says_what_it_is(hall: Hall) -> None:
    reader = pages(hall)
    drawn = [image.image for page in reader.pages for image in page.images]
    assert [image.size for image in drawn if image] == [(64, 48), (64, 48)]
    figures = [part.says for part in hear(made_pdf(hall)).walk() if part.role == "Figure"]
    assert figures.count("Picture of a note") == 2
    assert squeezed("our ramp") in squeezed("".join(page.extract_text() for page in reader.pages))


def test_a_jpeg_goes_into_the_pdf_as_it_is_and_the_same_record_gives_the_same_bytes(hall: Hall) -> None:
    record = plan(hall.board, pictures=AT_HAND)
    pdf = make_pdf(lay_out(record))
    assert PHOTO.data in pdf
    assert pdf == make_pdf(lay_out(record))


@pytest.mark.parametrize(("width", "height"), [(1600, 20), (20, 1600), (1, 1)])
def test_a_picture_of_any_shape_stays_in_its_card(width: int, height: int) -> None:
    odd = Picture(PHOTO.data, PHOTO.kind, width, height)
    hall = Hall()
    hall.say("long words " * 45, picture=odd.hash)
    layout = lay_out(plan(hall.board, pictures={odd.hash: odd}))
    (card,) = [block for page in layout.pages for block, _x, _y in page if block.says.startswith("long words")]
    assert card.height < 700


def test_a_picture_that_is_not_at_hand_leaves_the_words(hall: Hall) -> None:
    page = Page(make_html(plan(hall.board)))
    assert page.all("img") == []
    assert "our ramp" in page.paragraphs
    assert "(The words of this note are not here.)" in page.paragraphs


@pytest.fixture
def park(tmp_path: Path) -> Path:
    with made(tmp_path / "park.sayback") as session:
        send(session, PHOTO, "our ramp")
        hidden = send(session, SKETCH, "a face")
        session.do(HideNotes((hidden.note_id,), Reason.NAMES_SOMEONE)).result(SECONDS)
    return tmp_path / "park.sayback"


def bundle_of(park: Path) -> Path:
    write(park, park.parent, ["json"])
    return park.parent / "workshop.json"


def test_the_record_that_is_written_shows_only_what_everybody_may_see(park: Path, tmp_path: Path) -> None:
    write(park, tmp_path)
    page = (tmp_path / "record.html").read_text("utf-8")
    assert base64.b64encode(PHOTO.data).decode() in page
    assert base64.b64encode(SKETCH.data).decode() not in page
    pdf = (tmp_path / "record.pdf").read_bytes()
    assert PHOTO.data in pdf
    assert len(re.findall(rb"/Subtype /Image", pdf)) == 1


def test_a_picture_that_was_damaged_on_disk_is_left_out(park: Path, tmp_path: Path) -> None:
    pictures_file(park).write_bytes(b"no pictures at all")
    write(park, tmp_path)
    assert "our ramp" in (tmp_path / "record.html").read_text("utf-8")
    assert b"/Subtype /Image" not in (tmp_path / "record.pdf").read_bytes()


def test_a_new_file_from_workshop_json_has_the_pictures_too(park: Path, tmp_path: Path) -> None:
    bundle = read_bundle(bundle_of(park))
    copy = tmp_path / "copy.sayback"
    Session.create_from(copy, bundle.events, bundle.words, ANN, pictures=bundle.pictures).close()
    assert kept(copy) == sorted(AT_HAND)
    assert check(copy).ok


def test_a_picture_that_no_note_names_is_not_taken_along(park: Path, tmp_path: Path) -> None:
    bundle = read_bundle(bundle_of(park))
    copy = tmp_path / "copy.sayback"
    pictures = (*bundle.pictures, picture(7))
    Session.create_from(copy, bundle.events, bundle.words, ANN, pictures=pictures).close()
    assert kept(copy) == sorted(AT_HAND)


def test_a_workshop_json_from_before_there_were_pictures_still_opens(park: Path) -> None:
    content: Content = json.loads(bundle_of(park).read_text("utf-8"))
    del content["pictures"]
    assert parse(json.dumps(content).encode()).pictures == ()


def other_bytes(found: Content) -> None:
    found["data"] = base64.b64encode(b"other bytes").decode()


def no_picture(found: Content) -> None:
    """True to its hash, but no program could draw it."""
    nothing = Picture(b"GIF89a", PHOTO.kind, 64, 48)
    found |= {"hash": nothing.hash, "data": base64.b64encode(nothing.data).decode()}


def another_kind(found: Content) -> None:
    found["kind"] = "image/svg+xml"


def too_wide(found: Content) -> None:
    found["width"] = 10**9


def no_base64(found: Content) -> None:
    found["data"] = "<svg>"


def without_data(found: Content) -> None:
    del found["data"]


@pytest.mark.parametrize("bend", [other_bytes, no_picture, another_kind, too_wide, no_base64, without_data])
def test_a_picture_that_was_bent_is_refused(park: Path, bend: Callable[[Content], None]) -> None:
    content: Content = json.loads(bundle_of(park).read_text("utf-8"))
    bend(content["pictures"][0])
    with pytest.raises(NotAWorkshop, match="a picture in it is not whole"):
        parse(json.dumps(content).encode())
