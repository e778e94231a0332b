"""A letter to oneself: whether server, password and letter are right. It is in no list, and no one else gets it."""

from core.base.errors import Refused
from core.base.language import _
from core.base.mail import MailServer
from core.domain.contact import Consent, Contact, Way
from core.domain.delivery import Delivery, Kind, State
from core.post.letters import Letter
from core.post.message import make_message
from core.post.office import Office
from core.post.smtp import CannotSend, Fate, Open, open_line, to_domain
from core.post.telling import why


class NobodyYet(Refused):
    """There is nobody whose letter could be shown."""

    def __init__(self) -> None:
        super().__init__(_("Nobody has taken part yet."), _("A letter can be shown once somebody has sent a note."))


def sample(office: Office, kind: Kind, to: str = "", language: str | None = None) -> tuple[Letter, Contact]:
    """The letter of somebody who left an address; else of the first who took part. Raises NobodyYet."""
    contacts = office.contacts()
    board = office.board
    who = next((each.contributor for each in contacts), None) or next(iter(board.by_contributor), None)
    if who is None:
        raise NobodyYet
    kept = next((each for each in contacts if each.contributor == who), None)
    spoken = language or (kept.consent.language if kept else board.workshop.language if board.workshop else "en")
    consent = Consent(version=1, language=spoken, at=kept.consent.at if kept else office.clock())
    contact = Contact(contributor=who, way=kept.way if kept and not to else Way.EMAIL, address=to, consent=consent)
    return office.writer(kind).write(who, contact), contact


def try_it(
    office: Office, kind: Kind, to: str, server: MailServer, password: str, opens: Open = open_line
) -> None:  # fmt: skip
    """Send such a letter to this address. Raises CannotSend, NoSuchAddress, NobodyYet."""
    letter, contact = sample(office, kind, to)
    delivery = Delivery(
        round=0, contributor=contact.contributor, message=f"test{office.clock():%Y%m%d%H%M%S}", state=State.SENDING,
        at=office.clock(),
    )  # fmt: skip
    message = make_message(letter, delivery, to, server, office.clock(), office.enclosed(contact.contributor))
    line = opens(server, password)
    try:
        handed = line.hand_in(message, server.sender, to_domain(to))
    finally:
        line.close()
    if handed.fate is not Fate.SENT:
        raise CannotSend(
            " ".join((_("The server did not take the test letter."), why(handed.why))).strip(),
            _("Look at the address, and at who the letters come from."),
        )
