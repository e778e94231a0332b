"""Erasures reach every copy, and each desk says when it has carried one out: the words for that, and the act."""

import asyncio
from collections.abc import Sequence

from core.base.days import day_words
from core.base.ids import DeskId
from core.base.language import _, ngettext
from core.domain.board import Board
from core.domain.ledger import ConfirmErasures, Copies, ledger, unconfirmed
from core.domain.venues import venue_name
from core.session import Session


async def confirm_erasures(session: Session) -> None:
    """Say what was erased here since: it is gone from the file and its back-ups before an act that came after it is
    answered. Raises NotSaved."""
    if not session.is_view_only and unconfirmed(session.board, session.desk):
        await asyncio.wrap_future(session.do(ConfirmErasures(session.desk)))


def erasures_told(board: Board, here: DeskId) -> list[str]:
    """How far each erasure has come, a sentence or two for each."""
    return [_told(board, each, here) for each in ledger(board)]


def _told(board: Board, copies: Copies, here: DeskId) -> str:
    when = day_words(copies.erasure.received_at.astimezone().date())
    of = len(copies.gone) + len(copies.left)
    done = ngettext(
        "One person, erased on {day}: gone from {n} of {all} desk.",
        "One person, erased on {day}: gone from {n} of {all} desks.", of,
    ).format(day=when, n=len(copies.gone), all=of)  # fmt: skip
    if not copies.left:
        return done
    waiting = _("Not yet: {names}. It follows when they are next in step.")
    return f"{done} {waiting.format(names=', '.join(_names(board, copies.left, here)))}"


def _names(board: Board, desks: Sequence[DeskId], here: DeskId) -> list[str]:
    """By their venues; those that are at none are counted."""
    venues = [venue for desk in desks if (venue := board.venue_of_desk(desk)) is not None]
    others = sum(board.venue_of_desk(desk) is None and desk != here for desk in desks)
    named = [_("this desk")] if here in desks and board.venue_of_desk(here) is None else []
    named += dict.fromkeys(venue_name(board, venue) for venue in venues)
    more = ngettext("{n} other desk", "{n} other desks", others).format(n=others)
    return [*named, more] if others else named
