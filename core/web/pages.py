"""From what a page says to its HTML: templates, words and shapes; nothing here decides anything."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from core.base.language import LANGUAGES, SOURCE, _, direction_of, gettext, ngettext, spoken
from core.domain.board import Board
from core.web.now import time_words
from core.web.people import Visitor
from core.web.phrases import script_phrases
from core.web.static import RESOURCES, Asset, packed, takes_gzip

HTML = "text/html; charset=utf-8"
NAMES = {language.code: language.name for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the top of every page."""

    title: str
    code: str
    language: str
    takes_questions: bool = False
    written: str = SOURCE
    """The language of the workshop's own words, for voices that read aloud."""

    @classmethod
    def nobodys(cls) -> "Heading":
        """For who has no code yet, and for pages that are the same for everybody."""
        return cls("Sayback", "", spoken())

    @property
    def home(self) -> str:
        """Where the workshop's pages begin."""
        return f"/{self.code}"

    @property
    def places(self) -> list[tuple[str, str, str]]:
        """The places of the workshop: name, address behind its home, word. Questions to a panel where it has one."""
        ask = [("ask", "/ask", _("Ask"))] if self.takes_questions else []
        return [("write", "", _("Write")), ("wall", "/wall", _("Wall")), *ask, ("mine", "/mine", _("My notes"))]

    @property
    def direction(self) -> str:
        """Which way the language runs."""
        return direction_of(self.language)

    @property
    def language_name(self) -> str:
        """What its speakers call the language of the page."""
        return NAMES.get(self.language, NAMES[SOURCE])

    @property
    def languages(self) -> str:
        """Where another language is chosen."""
        return f"{self.home.rstrip('/')}/language"


def heading(board: Board) -> Heading:
    """The heading of this workshop's pages."""
    workshop = board.workshop
    if workshop is None:
        return Heading.nobodys()
    takes_questions = any(board.asking(question).live for question in board.questions)
    return Heading(board.title(), workshop.code, spoken(), takes_questions, workshop.language)


def bdi(words: str) -> Markup:
    """Somebody's own words, to be filled into a sentence of ours, whichever way either runs."""
    return Markup("<bdi>{}</bdi>").format(words)


def worded(message: str, **words: object) -> Markup:
    """A message in the visitor's language, with these words in it: what Jinja's own `_` makes, which goes through its
    context three times for each of the thirty of a page."""
    said = gettext(message)
    return Markup(said) % words if words else Markup(said % words)    # noqa: S704 - messages are ours


@cache
def environment(style: str, page: str, choosing: str, photo: str) -> Environment:
    """The templates and the addresses of what they load, once for a process: compiling takes a third of a second."""
    env = Environment(
        loader=FileSystemLoader(RESOURCES / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"], auto_reload=False,
    )  # fmt: skip
    env.install_gettext_callables(gettext, ngettext, newstyle=True)    # type: ignore[attr-defined]
    env.globals.update(_=worded, bdi=bdi, time_words=time_words, script_phrases=script_phrases)
    env.globals.update(style=style, script=page, script_of_choosing=choosing, script_of_photos=photo)
    return env


class Pages:
    """All templates, read once."""

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        self._env = environment(*(assets[name].url for name in ("style.css", "page.js", "choosing.js", "photo.js")))

    def show(
        self, request: Request, board: Board, page: str, visitor: Visitor, *, status: int = 200, **words: object
    ) -> Response:
        """A page of the workshop, in the visitor's language."""
        top = heading(board) if visitor.is_inside else Heading.nobodys()
        html = self._env.get_template(page).render(top=top, visitor=visitor, **words).encode()
        small = gzip.compress(html, 5, mtime=0) if takes_gzip(request) else b""
        return packed(request, html, small, kind=HTML, keep="no-store", status=status)

    def part(self, name: str, **words: object) -> Markup:
        """A part of a page that is put together once for many."""
        return Markup(self._env.get_template(name).render(**words))    # noqa: S704 - made by a template, which escapes

    def plain(self, what: str, advice: str) -> bytes:
        """A page that says one thing, the same for everybody."""
        words = {"top": Heading.nobodys(), "visitor": None, "what": what, "advice": advice}
        return self._env.get_template("plain.html").render(**words).encode()
