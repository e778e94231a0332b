"""What can go wrong between two desks, and what to do."""

from core.base.errors import WorkshopError
from core.base.language import _


class NotReached(WorkshopError):
    """The other desk does not answer."""

    def __init__(self) -> None:
        super().__init__(
            _("The first desk cannot be reached."),
            _("Check the address, and that both laptops are on the same network."),
        )


class WrongAddress(WorkshopError):
    """What was typed is no address."""

    def __init__(self) -> None:
        super().__init__(
            _("That is no address of a desk."), _("It looks like 192.168.0.12:8443. It stands on the first desk.")
        )


class WrongCode(WorkshopError):
    """The code is not the one that the first desk shows, or no more."""

    def __init__(self) -> None:
        super().__init__(
            _("That code does not let this desk in."),
            _("Look at the first desk for the code. Each code works once, for five minutes."),
        )


class NotLetIn(WorkshopError):
    """Somebody at the first desk said no, or nobody answered."""

    def __init__(self) -> None:
        super().__init__(_("The first desk did not let this desk in."), _("Ask the person who runs the workshop."))


class ForeignDesk(WorkshopError):
    """Another desk answers than the one this desk was paired with."""

    def __init__(self) -> None:
        super().__init__(
            _("Another desk answers there, not the one that you joined."),
            _("Nothing was sent to it. Join again with a new code."),
        )


class NoLongerPaired(WorkshopError):
    """The home knows this desk no more."""

    def __init__(self) -> None:
        super().__init__(
            _("The first desk no longer works with this desk."),
            _("What was done here is safe here. To go on together, join again with a new code."),
        )


class NewerDesk(WorkshopError):
    """The two desks do not speak the same language."""

    def __init__(self) -> None:
        super().__init__(
            _("The other desk has another version of Sayback."), _("Put the newest Sayback on both laptops.")
        )


class NotTaken(WorkshopError):
    """The home would not have what was sent."""

    def __init__(self, what: str) -> None:
        super().__init__(what, _("What was done here is safe here. Save a copy, and tell us."))
