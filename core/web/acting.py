"""Small acts of those who take part, a vote or support: whose they are, and their way to the disk."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from core.base.errors import NoVotesLeft, VotingClosed, WorkshopError
from core.base.identity import Secret, contributor_of, is_token_of, new_secret, receipt_of, secret_from, token_of
from core.base.ids import ContributorId, VenueId, is_id
from core.base.language import _
from core.domain.commands import Command
from core.domain.events import Author
from core.domain.terms import Mode
from core.web.forms import MODES, Form
from core.web.people import Visitor
from core.web.problem import Problem, busy
from core.web.room import Room

ACT_FIELDS = ("token", "start", "m")
"""What the form of every act carries: its owner's token, or for somebody new the bits that their secret grows from."""
GONE_ON = NoVotesLeft | VotingClosed


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts; their phone gets its cookie with the answer where they are new."""

    secret: Secret
    contributor: ContributorId
    mode: Mode
    venue: VenueId | None
    is_new: bool

    def identity(self) -> dict[str, object]:
        """What the page's script needs to go on as this person."""
        known: dict[str, object] = {"token": token_of(self.secret)}
        return {**known, "receipt": receipt_of(self.secret), "first": True} if self.is_new else known


def mode_in(request: Request) -> str:
    """How somebody came, where the address says so; empty where it does not, or says what it may not."""
    mode = request.query_params.get("m", "")
    return mode if mode in MODES else ""


class Acting:
    """Lets acts in. Somebody who has done nothing here yet counts as a newcomer, as the writer of a first note does."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def actor(self, form: Form, visitor: Visitor, did_before: Callable[[ContributorId], bool]) -> Actor:
        """Who sent this form. `did_before` says whether somebody did what the form is about: then it is the same form
        once more, whose answer was lost. Raises a Problem for a form of somebody else, or one too many."""
        mode, venue = MODES.get(form["m"], Mode.ROOM), self._room.venue_for(visitor)
        if visitor.secret is None and visitor.is_script and form["token"]:
            raise tap_again()    # the cookie was cleared: the script shows the receipt first, and stays who it is
        if visitor.secret is not None and visitor.contributor is not None:
            if not is_own(form, visitor.secret):
                raise tap_again()
            actor = Actor(visitor.secret, visitor.contributor, mode, venue, is_new=False)
        else:
            secret = self._newcomer(form["start"], did_before)
            actor = Actor(secret, contributor_of(secret), mode, venue, is_new=True)
        wait = self._room.gates.wait(actor.contributor, visitor.address, is_new=actor.is_new)
        if wait:
            raise busy(wait)
        return actor

    async def do(self, actor: Actor, *commands: Command) -> None:
        """Do this in their name; returns after it is on disk. Raises a Problem."""
        session = self._room.session
        author = Author(session.desk, actor.contributor)
        try:
            for command in commands:
                await self._room.landing.saved(session.do(command, author))
        except WorkshopError as error:
            raise problem_of(error) from error

    def remember(self, response: Response, actor: Actor, origin: str) -> Response:
        """Give a new phone its cookie."""
        if actor.is_new:
            self._room.presence.saw(actor.contributor)
            self._room.people.remember(response, actor.secret, origin)
        return response

    def _newcomer(self, start: str, did_before: Callable[[ContributorId], bool]) -> Secret:
        if not is_id(start):
            return new_secret()
        secret = secret_from(bytes.fromhex(start))
        contributor = contributor_of(secret)
        return secret if not self._room.board.is_known(contributor) or did_before(contributor) else new_secret()


def is_own(form: Form, secret: Secret) -> bool:
    """Whether the form is this person's: by its token, or by the bits their secret grew from (Back button)."""
    if form["token"]:
        return is_token_of(secret, form["token"])
    return is_id(form["start"]) and secret_from(bytes.fromhex(form["start"])) == secret


def tap_again() -> Problem:
    """The form is not that of whoever sends it."""
    return Problem(403, _("Please tap once more"), _("This page was made for somebody else on this phone."))


def problem_of(error: WorkshopError) -> Problem:
    """What the workshop said, with the status it has on these pages: 409 where things are no longer as they were."""
    return Problem(409, str(error), error.advice) if isinstance(error, GONE_ON) else Problem.of(error, "")
