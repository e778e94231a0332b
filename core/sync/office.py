"""What an online home does for an organiser's desk beyond the log: invitations, the desks that were let in, and the
addresses that people left, which are erased here once they are there.

    POST /invite           a code for another desk, in a role
    GET  /desks            who was let in, and who is here
    POST /away             this desk comes in no more
    GET  /contacts         addresses, some at a time
    POST /contacts/taken   these are safe at the desk: they are erased here
"""

import asyncio
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from core.base.ids import DeskId, VenueId
from core.domain.venues import venues_in_order
from core.session import Session
from core.sync import addresses
from core.sync.gate import ASK_AT_MOST, Errand, ForGuest, No, answer_of, json_of, word
from core.sync.hints import Hints
from core.sync.known import Guest, GuestBook
from core.sync.roles import AT_A_HOME, Role
from core.sync.wire import Garbled

CONTACTS_AT_ONCE = 200
TAKEN_AT_MOST = 64 * 1024
Invite = Callable[[Role, VenueId | None], str]


class Office:
    """For one workshop. Used on the loop of its gate."""

    def __init__(self, session: Session, guests: GuestBook, hints: Hints, invite: Invite) -> None:
        self._session, self._guests, self._hints, self._invite = session, guests, hints, invite

    def errands(self) -> tuple[Errand, ...]:
        """For the gate."""
        return (
            Errand("/invite", "POST", for_organisers(self._make_invitation)),
            Errand("/desks", "GET", for_organisers(self._tell_desks)),
            Errand("/away", "POST", for_organisers(self._send_away)),
            Errand("/contacts", "GET", for_organisers(self._tell_contacts)),
            Errand("/contacts/taken", "POST", for_organisers(self._forget_contacts)),
        )

    async def _make_invitation(self, request: Request, guest: Guest) -> Response:
        told = await json_of(request, ASK_AT_MOST)
        role, venue = word(told, "role"), VenueId(word(told, "venue")) if "venue" in told else None
        if role not in set(AT_A_HOME):
            raise Garbled("role")
        if venue is not None and venue not in venues_in_order(self._session.board):
            raise Garbled("venue")
        return answer_of({"code": await asyncio.to_thread(self._invite, Role(role), venue)})

    async def _tell_desks(self, request: Request, guest: Guest) -> Response:
        here = self._hints.here()
        told = [
            {"desk": each.desk, "name": each.name, "role": each.role.value, "here": each.desk in here}
            for each in await asyncio.to_thread(self._guests.all)
        ]
        return answer_of({"desks": told})

    async def _send_away(self, request: Request, guest: Guest) -> Response:
        desk = DeskId(word(await json_of(request, ASK_AT_MOST), "desk"))
        if desk == guest.desk:
            raise No(409, "oneself")
        await asyncio.to_thread(self._guests.send_away, desk)
        self._hints.send_away(desk)
        return answer_of({"away": desk})

    async def _tell_contacts(self, request: Request, guest: Guest) -> Response:
        found = await asyncio.wrap_future(self._session.with_contacts(lambda contacts: contacts.all()))
        told = [dict(addresses.told(each)) for each in found[:CONTACTS_AT_ONCE]]
        return answer_of({"contacts": told, "more": len(found) > CONTACTS_AT_ONCE})

    async def _forget_contacts(self, request: Request, guest: Guest) -> Response:
        """Those only that are still as they were sent: who has left another address meanwhile keeps that one here."""
        taken = addresses.taken_of(await json_of(request, TAKEN_AT_MOST))
        gone = self._session.with_contacts(
            lambda book: book.forget([each for each, at in taken if addresses.is_as_of(book.of(each), at)])
        )
        return answer_of({"erased": await asyncio.wrap_future(gone)})


def for_organisers(handler: ForGuest) -> ForGuest:
    """Who runs the workshop at this home; others are told that there is no such thing."""

    async def handled(request: Request, guest: Guest) -> Response:
        if guest.role is not Role.ORGANISER:
            raise No(404, "no such thing")
        return await handler(request, guest)

    return handled
