"""Words on the screen in the reader's language: gettext, chosen for each thread or request."""

import gettext as gnu
from contextvars import ContextVar
from pathlib import Path

LOCALE = Path(__file__).parents[2] / "resources" / "locale"
_translations: ContextVar[gnu.NullTranslations] = ContextVar("translations")
_english = gnu.NullTranslations()


def use(language: str) -> None:
    """Speak this language from here on, in this thread or request; English where there is no catalogue."""
    _translations.set(gnu.translation("sayback", LOCALE, [language], fallback=True))


def gettext(message: str) -> str:
    """The message in the language in use."""
    return _translations.get(_english).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The message for this number of things; `{n}` in it is filled in by the caller."""
    return _translations.get(_english).ngettext(one, many, number)


_ = gettext
