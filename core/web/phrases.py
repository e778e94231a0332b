"""What the page's script says by itself, in the language of the page."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from core.base import language
from core.base.language import _, ngettext
from core.web.now import minutes_left, step_words, time_is_up

FORMS = 12
"""So many numbers have a form of their own; the last one is for all above (right for all our languages but a few
numbers that nobody counts to here)."""

Phrase = str | list[str]


def bent(forms: Callable[[int], str]) -> list[str]:
    """The words for 1, 2, 3..., with {n} where the number goes."""
    return [forms(n) for n in range(1, FORMS + 1)]


def script_phrases() -> Mapping[str, Phrase]:
    """By the names that the script knows them by."""
    return _phrases(language.LOCALE, language.spoken())


@lru_cache(maxsize=64)
def _phrases(locale: Path, spoken: str) -> Mapping[str, Phrase]:
    """In the language in use; put together once for each catalogue."""
    return {**_of_the_box(), **_of_the_outbox(), **_of_the_wall(), **_of_the_agenda(), **_of_choosing()}


def _of_the_box() -> dict[str, Phrase]:
    """While somebody writes."""
    return {
        "roomy": _("Lots of room."),
        "room": bent(lambda n: ngettext("Room for about {n} more word.", "Room for about {n} more words.", n)),
        "nearly": bent(
            lambda n: ngettext(
                "Nearly full. About {n} more word will fit.", "Nearly full. About {n} more words will fit.", n
            )
        ),
        "full": _("This note is full. Send it, then start a new one."),
        "over": bent(lambda n: ngettext("About {n} word too many.", "About {n} words too many.", n)),
        "error": _("Error"),
        "empty": _("There are no words in your note yet."),
        "empty-how": _("Type or say something, then send it."),
        "number": _("Is that a phone number in your note?"),
        "email": _("Is that an email address in your note?"),
        "private-how": _("Please take it out if you can. You can still send it."),
        "long": _("Your note is a bit too long"),
        "long-how": bent(
            lambda n: ngettext(
                "Take out about {n} word, or send this as two notes.",
                "Take out about {n} words, or send this as two notes.",
                n,
            )
        ),
        "closed": _("This question has closed"),
        "late": _("Send it as a late note"),
        "copied": _("Copied"),
    }


def _of_the_outbox() -> dict[str, Phrase]:
    """While notes are on their way."""
    return {
        "sending": _("Sending"),
        "arrived": _("Your note is at the workshop"),
        "link-what": _("Your note is safe on this phone"),
        "link-advice": _(
            "There is no link to the workshop just now. Your note will go by itself when the link is back. "
            "You can carry on."
        ),
        "lost": _("We have lost the link for now"),
        "safe": bent(
            lambda n: ngettext(
                "{n} note is safe on this phone. It will go by itself when the link is back.",
                "{n} notes are safe on this phone. They will go by themselves when the link is back.",
                n,
            )
        ),
        "next": bent(
            lambda n: ngettext(
                "Waiting for the link. Next try in {n} second.",
                "Waiting for the link. Next try in {n} seconds.",
                n,
            )
        ),
        "busy-what": _("So many notes at once!"),
        "busy-advice": _("Lots of people are writing, and we need a short breath. Your words are kept."),
        "again": bent(lambda n: ngettext("We will try again in {n} second.", "We will try again in {n} seconds.", n)),
        "photo": _("Photo of a note, not typed in yet"),
        "photo-gone": _("The photo is not on this phone any more"),
        "photo-gone-how": _("Your words are still here. Please take the photo once more."),
        "unsaved-what": _("Your note is not saved yet"),
        "unsaved-advice": _("It is safe on this phone. We will try again by ourselves."),
    }


def _of_the_wall() -> dict[str, Phrase]:
    """While new notes come in."""
    return {
        "live": _("New notes come in by themselves."),
        "new": bent(lambda n: ngettext("{n} new note came in.", "{n} new notes came in.", n)),
    }


def _of_the_agenda() -> dict[str, Phrase]:
    """While one step follows another."""
    steps = {f"step-{kind}": words for kind, words in step_words().items()}
    return {**steps, "now": _("Now:"), "minutes": bent(minutes_left), "up": time_is_up()}


def _of_choosing() -> dict[str, Phrase]:
    """While people vote and ask."""
    return {
        "no-votes": _("You have no votes left. Take one back, then you can put it somewhere else."),
        "tap-later": _("Not saved yet. We try again by ourselves. You can go on."),
        "asked-up": _("Thank you. We have your question."),
        "asked-held": _("Thank you. We have your question. Someone will read it first."),
    }
