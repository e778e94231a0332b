"""Templates: plans to begin a workshop from, as JSON that a person can read and write."""

import json
from dataclasses import dataclass
from typing import cast

from core.domain.codec import UNREADABLE, said_of, value_reader
from core.domain.planning import Plan


class DamagedTemplateError(ValueError):
    """The text is no template, or holds values that no plan has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A plan with a name; `says` tells in a few words what it is for."""

    name: str
    says: str = ""
    plan: Plan = Plan()


_read = value_reader(Template)


def read_template(text: str) -> Template:
    """The template that was written there. Raises DamagedTemplateError."""
    try:
        return cast(Template, _read(json.loads(text)))
    except UNREADABLE as error:
        raise DamagedTemplateError from error


def write_template(template: Template) -> str:
    """The template as text; what is as usual is left out."""
    return json.dumps(template, default=said_of, ensure_ascii=False, indent=2) + "\n"
