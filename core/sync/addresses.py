"""The addresses that people left at an online home, on their way to an organiser's desk: kept there first, then erased
at the home."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from core.base.clock import from_milliseconds, to_milliseconds
from core.base.ids import ContributorId, is_id
from core.domain.contact import Consent, Contact, Way, WrongAddress, read_address
from core.session import Session
from core.sync.line import Line
from core.sync.wire import LATEST, Garbled, Json, number_of, text_of

LANGUAGE_AT_MOST = 8
AT_MOST = 1_000


class Keeping(Protocol):
    """Where addresses lie."""

    def keep(self, contact: Contact) -> None:
        """Keep one."""


async def fetched(session: Session, line: Line) -> int:
    """Bring all of them to this desk; how many there were. What was kept here and not yet erased there, because the
    line was lost, is fetched again. Raises what the line does, and NotSaved."""
    count, more = 0, True
    while more:
        told = await line.asked("GET", "/contacts")
        contacts = [contact_of(each) for each in told.get("contacts", ())]
        await _keep(session, contacts)
        taken = [[each.contributor, to_milliseconds(each.consent.at)] for each in contacts]
        if taken:
            await line.asked("POST", "/contacts/taken", json={"taken": taken})
        count, more = count + len(contacts), bool(told.get("more")) and bool(taken)
    return count


def told(contact: Contact) -> Json:
    """For the way."""
    agreed = contact.consent
    return {
        "contributor": contact.contributor, "way": contact.way.value, "address": contact.address,
        "consent": agreed.version, "language": agreed.language, "at": to_milliseconds(agreed.at),
        "next_event": agreed.next_event,
    }  # fmt: skip


def contact_of(raw: Json) -> Contact:
    """What came. Raises Garbled."""
    try:
        way = Way(raw["way"])
        consent = Consent(
            version=number_of(raw["consent"], 0), language=text_of(raw["language"], LANGUAGE_AT_MOST),
            at=from_milliseconds(number_of(raw["at"], 0, LATEST)), next_event=raw["next_event"] is True,
        )  # fmt: skip
        return Contact(
            contributor=_contributor(raw["contributor"]), way=way, consent=consent,
            address=read_address(way, text_of(raw["address"], AT_MOST)),
        )
    except (KeyError, TypeError, ValueError, WrongAddress) as error:
        raise Garbled("contact") from error


def taken_of(raw: Json) -> list[tuple[ContributorId, datetime]]:
    """Whose addresses are safe elsewhere, and as of when. Raises Garbled."""
    found = raw.get("taken")
    if not isinstance(found, list) or len(found) > AT_MOST:
        raise Garbled("taken")
    try:
        return [(_contributor(each), from_milliseconds(number_of(at, 0, LATEST))) for each, at in found]
    except (TypeError, ValueError) as error:
        raise Garbled("taken") from error


def is_as_of(contact: Contact | None, at: datetime) -> bool:
    """Whether an address is the one that was given then."""
    return contact is not None and contact.consent.at == at


async def _keep(session: Session, contacts: Sequence[Contact]) -> None:
    """Where none is here that was given later."""
    here = await asyncio.wrap_future(session.with_contacts(lambda book: book.all()))
    kept = {each.contributor: each for each in here}
    for each in contacts:
        before = kept.get(each.contributor)
        if before is None or before.consent.at < each.consent.at:
            await asyncio.wrap_future(session.with_contacts(partial(_keep_one, each)))


def _keep_one(contact: Contact, contacts: Keeping) -> None:
    contacts.keep(contact)


def _contributor(value: object) -> ContributorId:
    if not is_id(value):
        raise Garbled("contributor")
    return ContributorId(str(value))
