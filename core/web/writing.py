"""A page says that somebody is writing, never what: the desk counts them, so that nobody is hurried on too early."""

from starlette.requests import Request
from starlette.responses import Response

from core.base.identity import contributor_of, secret_from
from core.base.ids import ContributorId, is_id
from core.domain.terms import Mode
from core.web.forms import MODES, read_form
from core.web.people import Visitor
from core.web.room import Room

FIELDS = ("start", "m")
BODY = 1024


class Writing:
    """Takes what the script sends at most every 20 seconds. It is in no file, and forgotten in half a minute."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def tell(self, request: Request, visitor: Visitor) -> Response:
        """Somebody is writing. A newcomer is who they will be with their first note, so that nobody counts twice."""
        form = await read_form(request, FIELDS, (), BODY)
        who = visitor.contributor or _newcomer(form["start"])
        if who is not None and form.fault is None:
            self._room.presence.writes(who, MODES.get(form["m"], Mode.ROOM))
        return Response(status_code=204)


def _newcomer(start: str) -> ContributorId | None:
    return contributor_of(secret_from(bytes.fromhex(start))) if is_id(start) else None
