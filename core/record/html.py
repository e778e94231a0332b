"""The record as one web page that needs nothing else: no script, no picture file, nothing fetched from anywhere."""

import base64
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from core.base.language import _, direction_of, ngettext
from core.base.pictures import Picture
from core.record import shapes, telling, wording
from core.record.model import Record
from core.record.page.typeset import one_line
from core.record.palette import ALONE, DARK, LIGHT, RESOURCES, TINTS, Look, Shape, look_of

SHAPE_BOX = 10.0
"""The size of the square a shape is drawn in, for the page's `viewBox`."""
USED_COLOURS = ("ink", "ink-2", "paper", "surface", "line", "edge", "accent", "accent-soft", "note-ink", *TINTS)


class Contents(NamedTuple):
    """A line of the contents: where it leads, and what it says."""

    anchor: str
    title: str


def make_html(record: Record) -> bytes:
    """The page. The same record gives the same bytes."""
    page = _template().render(
        record=record,
        direction_of=direction_of,
        wording=wording,
        contents=_contents(record),
        look_of=look_of,
        alone=ALONE,
        tint=tint_class,
        in_page=in_page,
        one_line=one_line,
        telling=telling,
        answered=[each for question in record.questions for each in question.answered],
        quotes=[quote for question in record.questions for quote in question.quotes],
        mark=shapes.MARK,
        symbols=_symbols(),
        light=_declared(LIGHT),
        dark=_declared(DARK),
        _=_,
        ngettext=ngettext,
    )
    return page.encode()


def tint_class(look: Look) -> str:
    """The class of a theme's tint."""
    return look.tint.removeprefix("note-")


def in_page(picture: Picture) -> str:
    """A picture as an address that holds all of it."""
    return f"data:{picture.kind.value};base64,{base64.b64encode(picture.data).decode()}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(RESOURCES / "record"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("record.html")


def _contents(record: Record) -> list[Contents]:
    asked = [Contents(f"q{each.number}", each.words) for each in record.questions if not each.live]
    answered = [Contents(f"q{each.number}", each.words) for each in record.questions if each.live]
    is_quoted = any(each.quotes for each in record.questions)
    return [
        Contents("people", _("Who took part")),
        *asked,
        *([Contents("own", _("In your own words"))] if is_quoted else []),
        *answered,
        *([Contents("said", _("You said, we will do"))] if any(each.answered for each in record.questions) else []),
        Contents("next", _("What happens next")),
        *([Contents("pledges", _("What people will do"))] if record.pledges else []),
        *([Contents("hidden", _("What was not shown, and why"))] if wording.not_shown(record) else []),
        Contents("reply", _("How to reply")),
        Contents("words", _("How your words are used")),
    ]


@cache
def _symbols() -> tuple[tuple[str, str], ...]:
    """Every shape as a path in a square of 10."""
    middle = SHAPE_BOX / 2
    return tuple((shape.value, _svg(shapes.outline(shape, middle, middle, middle * 0.75))) for shape in Shape)


def _svg(path: shapes.Path) -> str:
    steps = (
        f"L{_point(*step.end)}" if step.handles is None
        else f"C{_point(*step.handles[0])} {_point(*step.handles[1])} {_point(*step.end)}"
        for step in path.steps
    )  # fmt: skip
    return f"M{_point(*path.start)}{''.join(steps)}Z"


def _point(x: float, y: float) -> str:
    return f"{x:.2f} {y:.2f}"


def _declared(colours: Mapping[str, str]) -> str:
    """The colours as CSS properties."""
    return ";".join(f"--{name}:{colours[name]}" for name in USED_COLOURS)
