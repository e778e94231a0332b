"""Whose words or address somebody asks about: found by their code, by their address, or by what they wrote."""

import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from core.base.errors import Refused
from core.base.identity import contributor_of, read_secret
from core.base.ids import ContributorId
from core.base.language import _
from core.domain.board import Board, Note
from core.domain.bodies import NoteReworded
from core.post.office import Office

FEWEST_SIGNS = 3
PASSAGE = 80


class NobodyFound(Refused):
    """Nobody of this workshop fits."""


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody, and by what they were found: the beginning of a note, a name or an address."""

    contributor: ContributorId
    by: str


def by_code(office: Office, typed: str) -> list[Found]:
    """Whose code it is, as signs or as words. Raises NobodyFound."""
    secret = read_secret(typed)
    who = contributor_of(secret) if secret else None
    if who is None or not office.board.is_known(who):
        raise NobodyFound(_("Nobody in this workshop has that code."), _("Look at the code again, sign by sign."))
    return [Found(who, _("their code"))]


def by_address(office: Office, typed: str) -> list[Found]:
    """Who left this address, or one with these words in it: two people may share one. Raises NobodyFound."""
    wanted = plain(typed)
    found = [each for each in office.contacts() if wanted and wanted in plain(each.address)]
    if not found:
        raise NobodyFound(
            _("Nobody left an address like that."), _("It may be deleted already. Try a code, or words of a note.")
        )
    return [Found(each.contributor, " / ".join(each.address.splitlines())) for each in found]


def by_text(office: Office, typed: str) -> list[Found]:
    """Who wrote these words: in a note as it is or once was, as their name, or as an answer back. Raises
    NobodyFound."""
    wanted = plain(typed)
    if len(wanted) < FEWEST_SIGNS:
        raise NobodyFound(_("That is too short to look for."), _("Type a few words of the note."))
    found = {each.contributor: each for each in _writers(office.board, wanted)}
    if not found:
        raise NobodyFound(_("Nobody wrote that, or it was erased."), _("Try fewer words, or other ones."))
    return list(found.values())


def anybody(office: Office, typed: str) -> list[Found]:
    """Whoever fits what was typed: by their code, their address, or words of theirs; each once. Raises NobodyFound."""
    found: dict[ContributorId, Found] = {}
    for search in (by_code, by_address, by_text):
        with suppress(NobodyFound):
            found |= {each.contributor: each for each in search(office, typed) if each.contributor not in found}
    if not found:
        raise NobodyFound(
            _("Nobody in this workshop fits."), _("Look at the code or the address again, or try fewer words.")
        )
    return list(found.values())


def also_in(board: Board, typed: str) -> list[str]:
    """Where else these words stand, written by those who ran the workshop: erasing a person does not touch it."""
    wanted = plain(typed)
    by_hosts = [board.text(theme.name) for theme in board.themes.values() if not theme.removed]
    by_hosts += [board.text(board.questions[id].words) for id in board.questions]
    given = (each[-1].reply for each in board.replies.values() if each)
    by_hosts += [board.text(words) for reply in given if reply for words in (reply.text, reply.because)]
    by_hosts += [board.text(pledge.what) for pledge in board.pledges.values()]
    return [text for text in by_hosts if wanted and wanted in plain(text)]


def nobodys_notes(board: Board, typed: str) -> int:
    """How many notes with these words are nobody's: they have no person to erase."""
    wanted = plain(typed)
    notes = (note for note in board.notes.values() if note.contributor is None and not note.erased)
    return sum(wanted in plain(board.text_of(note)) for note in notes)


def plain(text: str) -> str:
    """Words as they are compared: whatever the case, the form of the signs and the spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _texts(board: Board, note: Note) -> list[str]:
    """The words of a note, and those it had before."""
    before = note.reworded_by.body if note.reworded_by and not note.erased else None
    return [board.text_of(note), *([board.text(before.was)] if isinstance(before, NoteReworded) else [])]


def _writers(board: Board, wanted: str) -> Iterator[Found]:
    for note in sorted(board.notes.values(), key=lambda note: note.arrival):
        texts = [text for text in _texts(board, note) if wanted in plain(text)]
        if note.contributor is not None and texts:
            yield Found(note.contributor, " ".join(texts[0].split())[:PASSAGE])
    for back in board.backs_in_order():
        if wanted in plain(board.text(back.words)):
            yield Found(back.contributor, " ".join(board.text(back.words).split())[:PASSAGE])
    for who in board.joined:
        if wanted in plain(board.name(who)):
            yield Found(who, board.name(who))
