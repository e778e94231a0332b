"""Erasing one person everywhere we can reach (privacy.md P6 to P8), and what lies outside our reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.base.ids import ContributorId
from core.domain.delivery import Exported
from core.domain.quoting import Quotation, quoting
from core.post.office import Office


@dataclass(frozen=True, slots=True)
class Outside:
    """The files that were written from this workshop: where we left them, and how many are not there any more (moved,
    renamed or deleted). Whoever got a copy has to be told."""

    there: tuple[Exported, ...]
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Erased:
    """What is left to do once somebody is erased: files outside our reach, and where organisers quoted them."""

    outside: Outside
    quoted: tuple[Quotation, ...] = ()


def erase_one(office: Office, who: ContributorId) -> Erased:
    """Erase this person; where organisers quoted them is found before, while there are words to look for. Raises
    NotSaved."""
    quoted = tuple(quoting(office.board, who))
    return Erased(erase(office, [who]), quoted)


def erase(office: Office, people: Sequence[ContributorId]) -> Outside:
    """Erase these people: words, names, pictures, votes, address and letters leave every file of ours, the copies that
    we keep too. Raises NotSaved."""
    for who in people:
        office.session.erase(who).result()
    return outside(office)


def forget_address(office: Office, people: Sequence[ContributorId]) -> int:
    """Only where they want to be written to; no letter goes any more. Returns how many addresses there were."""
    return office.session.with_contacts(lambda contacts: contacts.forget(people)).result()


def outside(office: Office) -> Outside:
    """What was exported."""
    listed = office.session.with_deliveries(lambda post: post.exported()).result()
    there = tuple(each for each in listed if Path(each.path).exists())
    return Outside(there, len(listed) - len(there))
