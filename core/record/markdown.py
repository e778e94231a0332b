"""record.md: the record as plain text with marks for headings and lists; people's words are never taken for marks."""

import re
from collections.abc import Sequence

from core.base.language import _
from core.record.model import Record
from core.record.page.typeset import one_line
from core.record.story import Element, Heading, Pairs, Points, Rows, Said, Sentence, facts, story

MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&$=:@^\"'])")
"""Every sign of ASCII with which some reader of Markdown begins or ends something."""


def make_markdown(record: Record) -> bytes:
    """The record. The same record gives the same bytes."""
    parts = [f"# {escaped(one_line(record.cover.title))}", *map(escaped, facts(record))]
    return ("\n\n".join([*parts, *map(_told, story(record))]) + "\n").encode()


def escaped(text: str) -> str:
    """The text so that it stands there as it was written, line by line."""
    lines = (MARKS.sub(r"\\\1", line.strip()) for line in text.replace("\u00a0", " ").split("\n"))
    return "  \n".join(line for line in lines if line)


def _told(element: Element) -> str:
    match element:
        case Heading():
            title = ": ".join(part for part in (element.eyebrow, one_line(element.text)) if part)
            return f"{'#' * (element.level + 1)} {escaped(title)}"
        case Sentence():
            return escaped(element.text)
        case Points():
            mark = "1." if element.ranked else "-"
            return "\n".join(f"{mark} {_in_one_line(item)}" for item in element.items)
        case Rows():
            rule = f"|{' --- |' * len(element.head)}"
            return "\n".join([_row(element.head), rule, *map(_row, element.rows)])
        case Said():
            return _said(element)
        case Pairs():
            return "\n".join(f"- **{escaped(label)}:** {_in_one_line(value)}" for label, value in element.pairs)


def _said(said: Said) -> str:
    label = f"**{escaped(_('Your note'))}**" if said.own else ""
    lines = [label, *escaped(said.text).split("\n"), *escaped(said.under).split("\n")]
    return "\n".join(f"> {line}" for line in _apart([line for line in lines if line]))


def _apart(lines: list[str]) -> list[str]:
    """Every line but the last ends with the two spaces that keep it one."""
    return [f"{line.rstrip()}  " for line in lines[:-1]] + [line.rstrip() for line in lines[-1:]]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_in_one_line, cells))} |"


def _in_one_line(text: str) -> str:
    return escaped(" ".join(text.split()))
