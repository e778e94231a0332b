"""Writing what is printed before the day, in the workshop's language, as files in a folder."""

from collections.abc import Sequence
from contextvars import copy_context
from functools import partial
from pathlib import Path

from core.base import language, wifi
from core.base.language import _
from core.base.names import file_name, free_path
from core.domain.venues import need_venue
from core.record.files import save
from core.record.page.typeset import can_write
from core.record.prints import About, Paper, Piece, about, could_not_draw, make_print
from core.record.slips import OWNER_ONLY, Slip
from core.record.writing import Written
from core.store.reader import read_board, read_local


def print_piece(
    path: Path, out: Path, what: str, *, paper: str, count: int, address: str, slips: Sequence[Slip] = (),
    venue: str = "",
) -> Written:  # fmt: skip
    """One piece in a file of its own, for one of several venues with its link; slips never take the place of others.
    Raises what `write` and `need_venue` do."""
    board = read_board(path)
    of = need_venue(board, venue) if venue else None
    found = about(board, address, wifi.from_file(read_local(path, wifi.AS_KEPT)), of)
    make = partial(_made, found, Piece(what), Paper(paper), count, slips)
    name, content = copy_context().run(make)
    is_secret = Piece(what) is Piece.SLIPS
    target = free_path(out, name, ".pdf") if is_secret else out / f"{name}.pdf"
    save(target, content, OWNER_ONLY if is_secret else 0o644)
    remark = _("Some letters could not be printed. Boxes stand for them.")
    return Written((target,), (remark,) if could_not_draw(found) else ())


def _made(
    found: About, piece: Piece, paper: Paper, count: int, slips: Sequence[Slip]
) -> tuple[str, bytes]:
    """What the file is called, and what is in it."""
    language.use(found.language if can_write(found.language) else language.SOURCE)
    names = {
        Piece.POSTER: _("Poster"), Piece.CARDS: _("Table cards"), Piece.SLIPS: _("Paper slips"),
        Piece.SHEETS: _("Note sheets"),
    }  # fmt: skip
    name = f"{names[piece]} {paper.upper()}" if piece is Piece.POSTER else names[piece]
    name = file_name(f"{name} {found.place}", name) if found.place else name
    return name, make_print(piece, found, paper=paper, count=count, slips=slips)
