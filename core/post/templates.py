"""The texts of the letters: those of resources/letters in each language, or as the organiser wrote them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.base.errors import Refused
from core.base.language import _, gettext
from core.domain.delivery import Kind

FOLDER = Path(__file__).parents[2] / "resources" / "letters"
SUBJECT = "Subject: "
HEADING = "# "
FOOT = "---"
NOTES = "{notes}"
LONGEST = 10_000
PLACEHOLDER = re.compile(r"\{(\w*)\}")
KNOWN = frozenset({
    "workshop", "day", "host", "notes", "you_sent", "rest", "reply", "again", "given", "stop", "telephone", "code",
})  # fmt: skip
"""What a text may ask to be filled in."""


class WrongText(Refused):
    """A letter's text that no letter can be made from."""


@dataclass(frozen=True, slots=True)
class Text:
    """One letter's text, line by line, still with its placeholders."""

    subject: str
    lines: tuple[str, ...]

    @property
    def as_typed(self) -> str:
        """As people read and change it."""
        return "\n".join((SUBJECT + self.subject, *self.lines)) + "\n"


def usual(kind: Kind) -> Text:
    """The text we come with, in the language in use. Each line is one message of the catalogues."""
    subject, *lines = source_lines(kind)
    return Text(gettext(subject), tuple(_spoken(line) for line in lines))


def source_lines(kind: Kind) -> list[str]:
    """The lines as they stand in resources/letters; the first is the subject."""
    first, *lines = (FOLDER / f"{kind.value}.txt").read_text(encoding="utf-8").splitlines()
    return [first.removeprefix(SUBJECT), *lines]


def messages(lines: Sequence[str]) -> Iterator[str]:
    """What is to be translated of these lines: those with words of ours in them."""
    for line in lines:
        words = line.removeprefix(HEADING)
        if words != FOOT and PLACEHOLDER.sub("", words).strip():
            yield words


def _spoken(line: str) -> str:
    words = line.removeprefix(HEADING)
    if not list(messages([line])):
        return line
    return line.removesuffix(words) + gettext(words)


def read_text(typed: str) -> Text:
    """A text as an organiser typed it. Raises WrongText."""
    lines = [line.strip() for line in typed.strip().splitlines()]
    if len(typed) > LONGEST:
        raise WrongText(_("This text is too long for a letter."), _("Take out what people do not need."))
    if not lines or not lines[0].startswith(SUBJECT.strip()):
        raise WrongText(_("The first line must be the subject."), _("Begin it with “Subject:”."))
    wrong = [name for name in PLACEHOLDER.findall(typed) if name not in KNOWN]
    if wrong or typed.count("{") != len(PLACEHOLDER.findall(typed)):
        known = ", ".join(f"{{{name}}}" for name in sorted(KNOWN))
        raise WrongText(_("There is nothing to fill in for {{{name}}}.").format(name="".join(wrong[:1])),
                        _("You can use: {all}").format(all=known))  # fmt: skip
    if NOTES not in lines:
        raise WrongText(
            _("This letter would not say what came of people’s notes."), _("Put {notes} on a line of its own.")
        )
    return Text(lines[0].removeprefix(SUBJECT.strip()).strip(), tuple(lines[1:]))


def filled(line: str, values: Mapping[str, str]) -> str:
    """The line with these values in it; what a value holds is never filled in again."""
    return " ".join(PLACEHOLDER.sub(lambda found: values.get(found[1], ""), line).split())
