"""From what a page says to its HTML: templates, words and shapes; nothing here decides anything."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from core.base.language import gettext, ngettext, use
from core.domain.board import Board
from core.web.people import Visitor
from core.web.static import RESOURCES, Asset, packed, takes_gzip

HTML = "text/html; charset=utf-8"
RIGHT_TO_LEFT = frozenset({"ar", "ur", "fa", "he"})


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the top of every page."""

    title: str
    code: str
    language: str

    @property
    def home(self) -> str:
        """Where the workshop's pages begin."""
        return f"/{self.code}"

    @property
    def direction(self) -> str:
        """Which way the language runs."""
        return "rtl" if self.language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


NOBODYS = Heading("Sayback", "", "en")
"""For who has no code yet, and for pages that are the same for everybody."""


def heading(board: Board) -> Heading:
    """The heading of this workshop's pages."""
    workshop = board.workshop
    if workshop is None:
        return NOBODYS
    return Heading(board.title(), workshop.code, workshop.language)


class Pages:
    """All templates, read once."""

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        self._env = Environment(
            loader=FileSystemLoader(RESOURCES / "templates"), autoescape=True, undefined=StrictUndefined,
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"],
        )  # fmt: skip
        self._env.install_gettext_callables(gettext, ngettext, newstyle=True)    # type: ignore[attr-defined]
        self._env.globals["style"] = assets["style.css"].url
        self._env.globals["script"] = assets["page.js"].url

    def show(
        self, request: Request, board: Board, page: str, visitor: Visitor, *, status: int = 200, **words: object
    ) -> Response:
        """A page of the workshop, in its language."""
        top = heading(board) if visitor.is_inside else NOBODYS
        use(top.language)
        html = self._env.get_template(page).render(top=top, visitor=visitor, **words).encode()
        small = gzip.compress(html, 5, mtime=0) if takes_gzip(request) else b""
        return packed(request, html, small, kind=HTML, keep="no-store", status=status)

    def plain(self, what: str, advice: str) -> bytes:
        """A page that says one thing, the same for everybody."""
        words = {"top": NOBODYS, "visitor": None, "what": what, "advice": advice}
        return self._env.get_template("plain.html").render(**words).encode()
