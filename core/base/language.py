"""Words on the screen in the reader's language: gettext, chosen for each thread or request."""

import gettext as gnu
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DOMAIN = "sayback"
LOCALE = Path(__file__).parents[2] / "resources" / "locale"
SOURCE = "en"
"""The language our words are written in."""
RIGHT_TO_LEFT = frozenset({"ar", "ur", "fa", "he"})


@dataclass(frozen=True, slots=True)
class Language:
    """A language we speak; `name` is what its own speakers call it."""

    code: str
    name: str

    @property
    def direction(self) -> str:
        """Which way it runs, as HTML says it."""
        return direction_of(self.code)

    @property
    def is_draft(self) -> bool:
        """Whether a machine made words of it that no person has checked yet. `tools/words.py` notes it."""
        return _catalogue(LOCALE, self.code).info().get("x-draft") == "yes"


LANGUAGES = (
    Language(SOURCE, "English"),
    Language("cy", "Cymraeg"),
    Language("pl", "Polski"),
    Language("ur", "اردو"),
    Language("ar", "العربية"),
    Language("bn", "বাংলা"),
    Language("zh", "中文"),
)

_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)


def use(language: str) -> None:
    """Speak this language from here on, in this thread or request; English where there is no catalogue."""
    _spoken.set(language)


def spoken() -> str:
    """The language in use."""
    return _spoken.get()


def direction_of(language: str) -> str:
    """Which way a language runs, as HTML says it."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def gettext(message: str) -> str:
    """The message in the language in use."""
    return _catalogue(LOCALE, _spoken.get()).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The message for this number of things; `{n}` in it is filled in by the caller."""
    return _catalogue(LOCALE, _spoken.get()).ngettext(one, many, number)


@lru_cache(maxsize=64)
def _catalogue(folder: Path, language: str) -> gnu.NullTranslations:
    """Read once for all threads and requests."""
    return gnu.translation(DOMAIN, folder, [language.replace("-", "_")], fallback=True)


_ = gettext
