"""What somebody may not want to tell everybody is asked about once, before it goes (privacy.md P14): where the script
does not, the page does."""

from core.base.language import _
from core.domain.caution import Kind as Found
from core.domain.caution import found
from core.domain.words import NOTE_LIMIT, tidy
from core.web.forms import NoteForm
from core.web.people import Visitor
from core.web.problem import Kind, Problem

NUMBERS = {Found.PHONE, Found.NHS_NUMBER}


def ask_about_private(form: NoteForm, visitor: Visitor) -> None:
    """Raises a Problem for a number or an address in a note that its writer has not said yes to. The script has asked
    already; what is too long is told so first."""
    if visitor.is_script or form.is_sure or form.as_two or len(tidy(form.text)) > NOTE_LIMIT:
        return
    kinds = {each.kind for each in found(form.text)}
    if Found.EMAIL in kinds:
        raise _asked(_("Is that an email address in your note?"), form)
    if kinds & NUMBERS:
        raise _asked(_("Is that a phone number in your note?"), form)


def _asked(what: str, form: NoteForm) -> Problem:
    how = _("Please take it out if you can. You can still send it.")
    return Problem(400, what, how, text=form.text, kind=Kind.ASKED)
