"""The record as a web page: every note as it was written, in a page that stands on its own and reads well aloud."""

import gzip
import random
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from core.domain.commands import HideNotes
from core.domain.terms import Reason
from core.record.html import make_html
from core.record.plan import plan
from tests.core.record.boards import Hall, crowd, every_text, london, squeezed

PAYLOADS = (
    "<script>alert(1)</script>", "<b>oops", '"><img src=x onerror=alert(1)>', "</p></li></ul><h1>gone", "&lt;b&gt;",
    "{{ 7 * 7 }}", "{% for x in y %}", "javascript:alert(1)", "<!-- -->", "]]>", "<style>*{display:none}</style>",
    "نحن بحاجة إلى مقعد", "before \u202ereversed", "w" * 400,
)  # fmt: skip
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """What a browser makes of the page: its tags with their attributes, its words, and whether tags close in order."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.paragraphs: list[str] = []
        self._open: list[str] = []
        self.feed(page.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "p":
            self.paragraphs.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.words.append(data)
        if "p" in self._open:
            self.paragraphs[-1] += data

    @property
    def text(self) -> str:
        return squeezed("".join(self.words))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def made(hall: Hall) -> bytes:
    return make_html(plan(hall.board))


def test_every_note_of_the_london_session_is_on_the_page() -> None:
    hall = london()
    page = Page(made(hall))
    assert [note for note in every_text(hall) if note not in page.paragraphs] == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_words_are_never_markup_wherever_they_stand(payload: str) -> None:
    plain = Hall("Q", title="T", purpose="P", promise="R", host="H", venue="V")
    plain.theme("N", "X")
    plain.say("Y")
    hall = Hall(payload, title=payload, purpose=payload, promise=payload, host=payload, venue=payload)
    hall.theme(payload, payload)
    hall.say(payload)
    page, usual = Page(made(hall)), Page(made(plain))
    assert [tag for tag, _attributes in page.tags] == [tag for tag, _attributes in usual.tags]
    assert page.text.count(squeezed(payload)) >= 10


def test_nothing_is_fetched_and_nothing_runs() -> None:
    page = made(london())
    tags = Page(page)
    assert not {"script", "link", "img", "iframe", "object", "form"} & {tag for tag, _attributes in tags.tags}
    assert not [name for _tag, attributes in tags.tags for name in attributes if name.startswith("on") or name == "src"]
    assert all((each["href"] or "").startswith("#") for tag in ("a", "use") for each in tags.all(tag))
    assert b"url(" not in page
    assert b"@import" not in page
    policy = next(each["content"] for each in tags.all("meta") if each.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_it_can_be_read_aloud() -> None:
    page = Page(made(london()))
    (html,) = page.all("html")
    assert html["lang"] == "en"
    levels = [int(tag[1]) for tag, _attributes in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    names = [each["id"] for _tag, each in page.tags if "id" in each]
    assert len(set(names)) == len(names)
    links = [each["href"] or "" for each in page.all("a")]
    assert {link[1:] for link in links} <= set(names)
    assert {each["aria-labelledby"] for each in [*page.all("section"), *page.all("nav")]} <= set(names)
    assert all(each.get("scope") for each in page.all("th"))
    hidden = [each for each in page.all("svg") if each.get("aria-hidden") != "true"]
    assert all(attributes.get("aria-hidden") == "true" for attributes in hidden) or len(hidden) == len(page.all("use"))


def test_each_note_is_read_in_its_own_direction() -> None:
    hall = Hall()
    hall.say("مقعد")
    cards = [each for each in Page(made(hall)).all("p") if each.get("dir") == "auto"]
    assert cards


def test_notes_that_are_not_shown_are_counted_and_not_on_the_page() -> None:
    hall = Hall()
    hall.does(HideNotes((hall.say("secret words"),), Reason.PERSONAL_FACTS, "a telephone number"))
    hall.say("shown")
    text = Page(made(hall)).text
    assert "secretwords" not in text
    assert "telephone" not in text
    assert "Ithadprivatefactsinit1" in text
    assert "2camein=1ontheboard+1notshown" in text


def test_the_same_board_gives_the_same_page() -> None:
    assert made(london()) == made(london())


def test_500_notes_are_small_enough_to_send() -> None:
    words = " ".join(every_text(london())).split()
    chance = random.Random(1)
    hall = Hall()
    themes = [hall.theme(f"Theme {number}") for number in range(6)]
    for number in range(500):
        text = " ".join(chance.choice(words) for _word in range(10))
        hall.say(text, theme=themes[number % 7] if number % 7 < 6 else None)
    assert len(gzip.compress(made(hall), 6)) <= 15_360


def test_a_workshop_of_many_notes_or_none_has_a_page() -> None:
    assert "Nonoteshavecomein" in Page(made(Hall())).text
    assert len(Page(made(crowd(200))).all("li")) > 200
