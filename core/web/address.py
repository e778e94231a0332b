"""Where somebody wants to be written to: asked after the note, never needed, changed and deleted by its owner."""

from concurrent.futures import Future
from dataclasses import dataclass
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.base.clock import Clock, utc_now
from core.base.errors import WorkshopError
from core.base.identity import is_token_of
from core.base.ids import ContributorId
from core.base.language import _, spoken
from core.domain.contact import (
    CONSENT_VERSION,
    KEPT_AFTER_WRITING,
    Consent,
    Contact,
    Way,
    WrongAddress,
    read_address,
)
from core.web.forms import Form, read_form
from core.web.people import Visitor
from core.web.problem import RETRY_SECONDS, Kind, Problem
from core.web.room import SEE_OTHER, Room

Value = TypeVar("Value")
FIELDS = ("way", "email", "postal", "agreed", "next", "delete", "token")
NEEDS = ("token",)
WAYS = frozenset(way.value for way in Way)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressForm:
    """What the page sends, or what it is filled with."""

    way: Way = Way.EMAIL
    email: str = ""
    postal: str = ""
    agreed: bool = False
    next_event: bool = False

    @classmethod
    def of(cls, form: Form) -> "AddressForm":
        """What was sent."""
        return cls(
            way=Way(form["way"]) if form["way"] in WAYS else Way.EMAIL, email=form["email"], postal=form["postal"],
            agreed=form["agreed"] == "1", next_event=form["next"] == "1",
        )  # fmt: skip

    @classmethod
    def with_kept(cls, contact: Contact | None) -> "AddressForm":
        """What is known already is not asked for again; consent is given anew."""
        if contact is None:
            return cls()
        email, postal = (contact.address, "") if contact.way is Way.EMAIL else ("", contact.address)
        return cls(way=contact.way, email=email, postal=postal, next_event=contact.consent.next_event)

    @property
    def address(self) -> str:
        """As it was typed."""
        return self.email if self.way is Way.EMAIL else self.postal


class Wrong(Exception):
    """One thing to put right: at which field, what it is, and what to do."""

    def __init__(self, field: str, what: str, advice: str) -> None:
        super().__init__(what)
        self.field = field
        self.advice = advice


class WritingTo:
    """The page on which somebody may leave an address."""

    def __init__(self, room: Room, clock: Clock = utc_now) -> None:
        self._room = room
        self._clock = clock

    async def address(self, request: Request, visitor: Visitor) -> Response:
        """The form, or the address that is kept."""
        who = visitor.contributor
        if who is None:
            return self._page(request, visitor)
        contact = await self._on_disk(self._room.session.with_contacts(lambda contacts: contacts.of(who)))
        asks = contact is None or "change" in request.query_params
        form = AddressForm.with_kept(contact) if asks else None
        return self._page(request, visitor, form, contact, gone="deleted" in request.query_params)

    async def given(self, request: Request, visitor: Visitor) -> Response:
        """Keep an address, or delete it. Nobody is told whether somebody else has left the same."""
        read = await read_form(request, FIELDS, NEEDS, self._room.limits.body)
        if read.fault:
            raise read.fault
        who = owner(visitor, read["token"])
        if read["delete"]:
            await self._on_disk(self._room.session.with_contacts(lambda contacts: contacts.forget([who])))
            return self._back("?deleted")
        form = AddressForm.of(read)
        try:
            contact = self._contact(who, form)
        except Wrong as wrong:
            return self._page(request, visitor, form, wrong=wrong)
        await self._on_disk(self._room.session.with_contacts(lambda contacts: contacts.keep(contact)))
        return self._back()

    def _contact(self, contributor: ContributorId, form: AddressForm) -> Contact:
        """What there is to keep. Raises Wrong, and a Problem for one change too many."""
        try:
            address = read_address(form.way, form.address)
        except WrongAddress as error:
            raise Wrong(form.way.value, str(error), error.advice) from error
        if not form.agreed:
            raise Wrong("agreed", _("We need your yes first."), _("Tick this box, or skip this page."))
        if wait := self._room.gates.addresses.wait(contributor):
            raise Problem(
                429, _("That was a lot of changes"), _("Please wait a while. Then change your address once more."),
                retry=wait, kind=Kind.GONE,
            )  # fmt: skip
        consent = Consent(
            version=CONSENT_VERSION, language=spoken(), at=self._clock(), next_event=form.next_event
        )
        return Contact(contributor=contributor, way=form.way, address=address, consent=consent)

    async def _on_disk(self, future: Future[Value]) -> Value:
        try:
            return await self._room.landing.saved(future)
        except WorkshopError as error:
            raise Problem(
                503, _("Your address is not saved yet"), _("Go back: it is still there. Please send it again."),
                retry=RETRY_SECONDS, kind=Kind.GONE,
            ) from error  # fmt: skip

    def _back(self, how: str = "") -> Response:
        return RedirectResponse(f"{self._room.home}/address{how}", SEE_OTHER)

    def _page(
        self, request: Request, visitor: Visitor, form: AddressForm | None = None, contact: Contact | None = None,
        *, wrong: Wrong | None = None, gone: bool = False,
    ) -> Response:  # fmt: skip
        board = self._room.board
        return self._room.show(
            request, "address.html", visitor, status=400 if wrong else 200,
            here="mine", form=form, contact=contact, wrong=wrong, gone=gone and contact is None,
            host=board.text(board.workshop.host if board.workshop else None), days=KEPT_AFTER_WRITING.days,
        )  # fmt: skip


def owner(visitor: Visitor, token: str) -> ContributorId:
    """Whose address it is. Raises a Problem for a form that is not this person's own."""
    if visitor.secret is None or visitor.contributor is None:
        raise Problem(403, _("We do not know you yet"), _("Send a note first, or use your code."), kind=Kind.GONE)
    if not is_token_of(visitor.secret, token):
        raise Problem(403, _("Please send that once more"), _("Go back, and load the page again."), kind=Kind.GONE)
    return visitor.contributor
