"""Every word for the screen is in the catalogues, in plain English, and every translation keeps what it must."""

import ast
import io
import re
from collections.abc import Iterable, Iterator
from functools import cache
from gettext import GNUTranslations
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from jinja2 import Environment
from jinja2.nodes import Output, TemplateData

from core.base.reading import grade, sentences, syllables, words
from tests.house.project import HOUSE, nodes_of, product_modules, project_files, text_of, tree_of, words_of_the_source
from tools.words import (
    DRAFT,
    TRANSLATED,
    as_mo,
    as_po,
    faults,
    forms,
    is_for_participants,
    kept,
    po_path,
    said,
    take,
    todo,
    up_to_date,
)

WORDS_TO_JUDGE = 8    # a grade says nothing about a label
HIGHEST_GRADE = 5.0
LONGEST_SENTENCE = 20
SHOWS_WORDS = {
    "setText", "setPlainText", "setTitle", "setWindowTitle", "setToolTip", "setStatusTip", "setWhatsThis",
    "setPlaceholderText", "setAccessibleName", "setAccessibleDescription", "setInformativeText", "setLabelText",
    "setHeaderLabels", "setSuffix", "setPrefix", "addAction", "addMenu", "addTab", "addItem", "addItems", "addRow",
    "addButton", "insertItem", "showMessage", "drawText", "announce", "QLabel", "QPushButton", "QToolButton",
    "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "QListWidgetItem",
    "Problem", "Refused", "WorkshopError", "NothingToUndo", "plain",
}  # fmt: skip
ATTRIBUTES = re.compile(r"{% block live %}.*?{% endblock %}")    # of <body>: no words
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title", "content"}
SAME_EVERYWHERE = re.compile(r"Sayback|\t[\w+]+$")    # the name, and keys beside the words of a menu
WITH_WORDS = re.compile(r"[^\W\d_]{2}")
NOT_FOR_THE_SCREEN = {"width=device-width, initial-scale=1", "light dark"}    # of <meta>


@pytest.fixture(scope="module")
def participants() -> list[Message]:
    """What people read on their phones."""
    return [message for message in words_of_the_source() if message.id and is_for_participants(message)]


@cache
def now_in(language: str) -> Catalog:
    """What a language says of the words that there are now. Nobody changes it."""
    return up_to_date(language, words_of_the_source())


# ---- The catalogues ----


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_the_program_reads_is_what_people_translated(language: str) -> None:
    compiled = po_path(language).with_suffix(".mo").read_bytes()
    assert compiled == as_mo(kept(language)), "run `make words`"


@pytest.mark.slow
@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_holds_the_words_of_the_source_and_no_others(language: str) -> None:
    assert as_po(now_in(language)) == po_path(language).read_bytes(), "run `make words`"


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_people_read_on_their_phones_is_translated(language: str) -> None:
    missing = [message.id for message in todo(now_in(language))]
    assert missing == [], f'`make words ARGS="--todo {language}"` lists what to translate'


@pytest.mark.parametrize("language", TRANSLATED)
def test_gettext_reads_every_translation_back(language: str) -> None:
    catalogue = kept(language)
    reader = GNUTranslations(io.BytesIO(as_mo(catalogue)))
    for message in said(catalogue):
        texts = forms(message.id)
        if message.pluralizable:
            assert {reader.ngettext(texts[0], texts[1], n) for n in range(201)} == set(forms(message.string))
        else:
            assert reader.gettext(texts[0]) == message.string


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_loses_a_form_or_a_placeholder(language: str) -> None:
    assert [fault for message in said(kept(language)) for fault in faults(message, language)] == []


@pytest.mark.parametrize(
    ("id", "text", "is_wrong"),
    [
        ("{n} more", "jeszcze {n}", False),
        ("{n} more", "jeszcze", True),
        ("{n} more", "jeszcze {m} {n}", True),
        ("all of it", "100 %", True),
        (("{n} note", "{n} notes"), ("jedna notatka", "{n} notatki", "{n} notatek"), False),
        (("{n} note", "{n} notes"), ("{n} notatka", "{n} notatki", "notatek"), True),
        (("{n} note", "{n} notes"), ("{n} notatka", "{n} notatek"), True),
    ],
)
def test_a_lost_form_or_placeholder_is_found(id: str, text: str, is_wrong: bool) -> None:
    assert bool(faults(Message(id, text), "pl")) is is_wrong


def test_what_a_machine_translated_is_a_draft_until_a_person_takes_the_mark_away() -> None:
    catalogue = Catalog(locale="pl", charset="utf-8", fuzzy=False)
    catalogue.add("Write", locations=[("resources/web/templates/base.html", 0)])
    catalogue.add(("{n} note", "{n} notes"), locations=[("resources/web/templates/wall.html", 0)])
    assert len(list(todo(catalogue))) == 2
    assert take(catalogue, {"Write": "Pisz", "{n} note": ["{n} notatka", "{n} notatki"], "Nothing": "Nic"}, "pl") == [
        "2 forms, not 3: ('{n} note', '{n} notes')", "no such message: Nothing",
    ]  # fmt: skip
    assert [message.id for message in todo(catalogue)] == [("{n} note", "{n} notes")]
    assert GNUTranslations(io.BytesIO(as_mo(catalogue))).info()["x-draft"] == "yes"
    checked = catalogue.get("Write")
    assert checked
    checked.user_comments.remove(DRAFT)
    assert "x-draft" not in GNUTranslations(io.BytesIO(as_mo(catalogue))).info()


def test_what_one_language_says_of_a_new_message_no_other_says() -> None:
    template = Catalog(charset="utf-8", fuzzy=False)
    template.add("Something new", locations=[("core/web/pages.py", 0)])
    polish, welsh = up_to_date("pl", template), up_to_date("cy", template)
    assert take(polish, {"Something new": "Coś nowego"}, "pl") == []
    assert [message.id for message in todo(welsh)] == ["Something new"]


# ---- No word is left out ----


def literal(node: ast.expr) -> str:
    """What stands in the source, word for word, of a text that is handed over."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return " ".join(map(literal, parts))
        case ast.BinOp(left=left, right=right):
            return literal(left) + literal(right)
        case ast.IfExp(body=body, orelse=orelse):
            return literal(body) + literal(orelse)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return " ".join(map(literal, parts))
        case ast.Call(func=ast.Attribute(attr="format", value=value)):
            return literal(value)
    return ""


def unmarked(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Words that are shown to people and do not go through the catalogue."""
    for node in nodes:
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in SHOWS_WORDS:
                texts = [SAME_EVERYWHERE.sub("", literal(given)) for given in node.args]
                yield from (f"{name}({text!r})" for text in texts if WITH_WORDS.search(text))


@pytest.mark.slow
@pytest.mark.parametrize("room", ["ui", "core"])
def test_no_word_for_the_screen_goes_past_the_catalogue(room: str) -> None:
    modules = [path for path in project_files() if path.suffix == ".py" and path.is_relative_to(HOUSE / room)]
    assert [f"{path.relative_to(HOUSE)}: {found}" for path in modules for found in unmarked(nodes_of(path))] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('x.setText("Hide")', 1),
        ('x.setText(_("Hide"))', 0),
        ('QLabel(f"{n} notes")', 1),
        ('QLabel(f"{n} %")', 0),
        ('x.setToolTip("Hide" if on else "")', 1),
        ('x.setText("{n} notes".format(n=n))', 1),
        ('x.addItems(["One", _("Two")])', 1),
        ('x.setObjectName("rail")', 0),
    ],
)
def test_an_unmarked_word_is_found(source: str, found: int) -> None:
    assert len(list(unmarked(ast.walk(ast.parse(source))))) == found


def said_too_early(node: ast.AST) -> Iterator[str]:
    """Words that are looked up when a module is read, when nobody's language is known yet."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.FunctionDef(args=inner) | ast.AsyncFunctionDef(args=inner):
                yield from said_too_early(inner)    # only what the arguments are by default
            case ast.Lambda():
                continue
            case ast.Call(func=ast.Name(id="_" | "gettext" | "ngettext")):
                yield ast.unparse(child)
            case _:
                yield from said_too_early(child)


@pytest.mark.slow
def test_no_word_is_looked_up_before_somebody_reads_it() -> None:
    assert [f"{path}: {found}" for path in product_modules() for found in said_too_early(tree_of(path))] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('HIDE = _("Hide")', 1),
        ('class A:\n    label = _("Hide")', 1),
        ('def f(label=_("Hide")): return _("Show")', 1),
        ('def f():\n    return _("Hide")', 0),
        ('SAY = {"hide": lambda: _("Hide")}', 0),
    ],
)
def test_a_word_that_is_looked_up_too_early_is_found(source: str, found: int) -> None:
    assert len(list(said_too_early(ast.parse(source)))) == found


class Reader(HTMLParser):
    """Collects what a page shows or says aloud of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in SPOKEN_ATTRIBUTES]


def plain_words(source: str) -> list[str]:
    """The words of a template that are not looked up in the catalogue."""
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(ATTRIBUTES.sub("", source))
    nodes = [node for output in tree.find_all(Output) for node in output.nodes]
    page = "".join(node.data if isinstance(node, TemplateData) else "0" for node in nodes)
    reader = Reader()
    reader.feed(page.replace("<0", "<b").replace("</0", "</b"))    # the name of an element may be an expression
    return [text.strip() for text in reader.found if any(map(str.isalpha, text)) and text not in NOT_FOR_THE_SCREEN]


@pytest.mark.parametrize("page", sorted((HOUSE / "resources/web/templates").glob("*.html")), ids=lambda path: path.name)
def test_no_word_of_a_page_goes_past_the_catalogue(page: Path) -> None:
    assert plain_words(text_of(page)) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p class="a">{{ _("Hello") }} 1</p>', []),
        ('<a aria-label="Hello" href="x"></a>', ["Hello"]),
        ("{% if a %}<b>Hello</b>{% endif %}", ["Hello"]),
    ],
)
def test_a_plain_word_of_a_page_is_found(source: str, found: list[str]) -> None:
    assert plain_words(source) == found


# ---- Plain words ----


def test_what_people_read_on_their_phones_is_plain(participants: list[Message]) -> None:
    texts = [text for message in participants for text in forms(message.id) if len(words(text)) >= WORDS_TO_JUDGE]
    hard = [f"grade {grade(text):.1f}: {text}" for text in texts if grade(text) > HIGHEST_GRADE]
    long = [part for text in texts for part in sentences(text) if len(words(part)) > LONGEST_SENTENCE]
    assert hard + long == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We keep it in its own file, away from your notes.", 1.6),
        ("We can see all that we hold about you. Use your code.", -0.5),
        ("Draft means a computer changed our words into this language. A person has not checked them yet.", 3.0),
        ("The organisation communicates its responsibilities.", 39 * 0.05 + 11.8 * 17 / 5 - 15.59),
    ],
)
def test_the_grade_is_that_of_the_formula(text: str, expected: float) -> None:
    assert grade(text) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("note", 1), ("notes", 1), ("changed", 1), ("started", 2), ("people", 2), ("table", 2), ("video", 3),
        ("someone", 2), ("places", 2),
    ],
)
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count
