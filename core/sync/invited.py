"""Coming in to an online home: from an address and an invitation to a home that this desk knows."""

import logging
from dataclasses import dataclass, replace

import httpx2

from core.base.errors import WorkshopError
from core.base.ids import DeskId, WorkshopId, is_id
from core.base.language import _
from core.domain.moving import TellHome
from core.session import Session
from core.sync import wire
from core.sync.certificate import public_context
from core.sync.errors import HomeMoved, HomeNotReached, HomeRefused, NewerDesk, TooManyTries, WrongInvitation
from core.sync.invitations import NO_WORKSHOP, read_code
from core.sync.joining import Wait, fill, join
from core.sync.known import DESKS, Home, Homes, read_home
from core.sync.line import translated
from core.sync.roles import Role
from core.sync.vault import new_token, token_hash
from core.sync.wire import Garbled, Json

logger = logging.getLogger("sayback.sync")

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 30.0


def come_in(address: str, code: str, desk: DeskId, name: str, brings: WorkshopId = NO_WORKSHOP) -> Home:
    """Come in to a workshop that is at a home, or bring one of one's own. The token is made here, and only its hash is
    told before the gate knows us. Blocks. Raises WrongHome, WrongInvitation, HomeNotReached, HomeNotTrusted,
    HomeRefused, TooManyTries, NewerDesk."""
    address, signs, token = read_home(address), read_code(code), new_token()
    if signs is None:
        raise WrongInvitation
    asked = {"code": signs, "desk": desk, "name": name, "token_hash": token_hash(token), "workshop": brings}
    with httpx2.Client(
        base_url=address, verify=public_context(), timeout=httpx2.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    ) as client:
        told = _posted(client, asked)
    return _home(told, address, token, brings)


def join_anywhere(address: str, code: str, desk: DeskId, name: str, wait: Wait) -> Home | None:
    """Join by what somebody was given: ten signs invite to an online home, eight stand on a desk in the room. Blocks.
    Raises what either way does."""
    if read_code(code) is not None:
        return come_in(address, code, desk, name)
    return join(address, code, desk, name, wait)


@dataclass(frozen=True, slots=True)
class Shared:
    """Whether this desk will know the home after its next start, too; and whether the home that it had before, if it
    had one, has heard where the workshop is now and told us all that was said there."""

    lasts: bool
    left_well: bool = True


def share(session: Session, address: str, code: str, name: str, homes: Homes) -> Shared:
    """Give the order of an open workshop to an online home: from its next opening on this desk sends there and follows.
    One that is there already is only joined again. Blocks. Raises as `come_in` does, and NotSaved."""
    before, was_at = homes.of(session.workshop_id), session.board.home_address
    home = come_in(address, code, session.desk, name, session.workshop_id)
    session.do(TellHome(home.public)).result()
    left_well = was_at in ("", home.public) or (before is not None and _leave(session, before))
    lasts = homes.keep(replace(home, file=str(session.path)))
    if session.is_home:
        session.move_home().result()
    return Shared(lasts, left_well)


def _leave(session: Session, before: Home) -> bool:
    """Tell the home before where the workshop is now, and fetch what was said there since; whether that was done."""
    try:
        fill(session, before)
    except HomeMoved:    # all is told, and the new one does not know the old one's token
        return True
    except WorkshopError as error:
        logger.info("The home before was not reached: %s", type(error).__name__)
        return False
    return True


def _posted(client: httpx2.Client, asked: Json) -> Json:
    with translated(is_online=True):
        answer = client.post(f"{DESKS}/join", json=dict(asked))
        if not answer.headers.get("content-type", "").startswith("application/json"):
            raise HomeNotReached    # a proxy answers in its place, or it is no home
        told = wire.parsed(answer.content)
    match answer.status_code:
        case 200:
            return told
        case 403:
            raise WrongInvitation
        case 409:
            raise HomeRefused(_("Somebody has shared this workshop with this home before."))
        case 429:
            raise TooManyTries
        case 507:
            raise HomeRefused(_("The online home is full."))
        case 400 | 404 | 405:
            raise NewerDesk
    raise HomeNotReached


def _home(told: Json, address: str, token: str, brings: WorkshopId) -> Home:
    workshop, role, public = told.get("workshop"), told.get("role"), told.get("public")
    if told.get("protocol") != wire.PROTOCOL or not is_id(workshop) or role not in set(Role):
        raise NewerDesk
    if brings and workshop != brings:
        raise Garbled("another workshop")
    return Home(
        WorkshopId(str(workshop)), "", 0, "", token, Role(role), str(told.get("title", "")), address=address,
        public=str(public),
    )  # fmt: skip
