"""Templates: plans to begin a workshop from, as JSON that a person can read and write."""

import json

from msgspec.json import decode

from core.domain.codec import UNREADABLE, said_of
from core.domain.planning import Plan
from core.domain.values import Frozen


class DamagedTemplateError(ValueError):
    """The text is no template, or holds values that no plan has."""


class Template(Frozen, frozen=True, kw_only=True):
    """A plan with a name; `says` tells in a few words what it is for."""

    name: str
    says: str = ""
    plan: Plan = Plan()


def read_template(text: str) -> Template:
    """The template that was written there. Raises DamagedTemplateError."""
    try:
        return decode(text, type=Template)
    except UNREADABLE as error:
        raise DamagedTemplateError from error


def write_template(template: Template) -> str:
    """The template as text; what is as usual is left out."""
    return json.dumps(template, default=said_of, ensure_ascii=False, indent=2) + "\n"
