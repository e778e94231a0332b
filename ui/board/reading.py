"""What frames and notes of the board say, read from a board: headings, words, papers."""

from dataclasses import replace

from core.base.language import _
from core.domain.board import Board, Note
from core.domain.grouping import own_lane
from ui.board.frame_item import Heading
from ui.board.look import Look, Paper
from ui.board.words import Lines
from ui.outline.telling import again_words, votes_of_note
from ui.pictures import has_picture
from ui.places import Place, caps_of


def heading_of(board: Board, look: Look, place: Place) -> Heading:
    """What the header of a place says."""
    theme = board.themes.get(place.theme) if place.theme else None
    if theme is None:
        name = _("Not in a theme yet")
        return Heading(name, look.titles.lines(name))
    name = board.text(theme.name)
    caps = caps_of(board, board.themes_of(place.question))
    is_lane = theme.id == own_lane(place.question)
    below = _("Like no others. They go in the record too.") if is_lane else again_words(board, theme)
    return Heading(name, look.titles.lines(name), caps.get(theme.id, ""), theme.colour, below, is_lane)


def lines_of(board: Board, look: Look, note: Note) -> Lines:
    """The words of a note, and its picture, as they stand on it."""
    text = board.text_of(note)
    lines = look.lines(text)
    if not has_picture(note):
        return lines
    return replace(lines, picture=note.picture, texts=lines.texts if text else ())


def paper_of(board: Board, note: Note, lines: Lines, height: int, colour: int | None) -> Paper:
    """What a note is painted on in a frame of this colour."""
    votes = votes_of_note(board, note)
    return Paper(
        colour=colour,
        height=height,
        mode=note.mode,
        is_cut=lines.is_cut,
        is_reworded=note.reworded_by is not None,
        is_in_two=bool(board.copies.get(note.id)),
        votes=votes.phones if votes else 0,
    )
