"""Languages that nobody speaks: our own words made longer and strange, to see that pages bear any language."""

import re
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from core.base.language import DOMAIN
from tools.words import as_mo, forms, numbers_of

LONGER = 0.4
"""How much longer than English other languages are, at a guess that is on the safe side."""
PLACEHOLDER = re.compile(r"(\{\w*\})")
ACCENTED = str.maketrans("AEIOUYaeiouyCNScnsLlZzDdGgRrTt", "ÅÉÎÖÛÝåéîöûýÇÑŠçñšŁłŽžĐđĞğŘřŤť")
HEBREW = str.maketrans("abcdefghijklmnopqrstuvwxyz", "אבגדהופגחטיכלמנספצקרשתבגדה")
FILLING = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore "


def stretched(text: str) -> str:
    """Longer, with accents above and below the letters."""
    return _changed(text, lambda part: part.translate(ACCENTED).translate(_CAPITALS))


def mirrored(text: str) -> str:
    """Longer, and from right to left."""
    return _changed(text, lambda part: part.lower().translate(HEBREW))


_CAPITALS = str.maketrans({sign: chr(ord(sign) - 32) for sign in "bfhjkmpqvwx"})    # the rest has accents


def _changed(text: str, change: Callable[[str], str]) -> str:
    """Every word changed, what is filled in kept, and words added at the end."""
    more = (FILLING * 9)[: max(2, round(len(text) * LONGER))]
    parts = PLACEHOLDER.split(f"{text} {more}")
    return "".join(part if PLACEHOLDER.fullmatch(part) else change(part) for part in parts)


def write_pseudo(folder: Path, template: Catalog, language: str, change: Callable[[str], str]) -> None:
    """A compiled catalogue in which this language says every message in such words."""
    catalogue = Catalog(locale=language, charset="utf-8", fuzzy=False)
    for message in template:
        if message.id:
            catalogue.add(message.id, _in_every_form(message, language, change))
    path = folder / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(as_mo(catalogue))


def _in_every_form(message: Message, language: str, change: Callable[[str], str]) -> str | tuple[str, ...]:
    texts = [change(text) for text in forms(message.id)]
    return texts[0] if len(texts) == 1 else tuple(texts[-1] for _ in numbers_of(language))
