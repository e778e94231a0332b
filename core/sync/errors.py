"""What can go wrong between two desks, and what to do."""

from collections.abc import Callable, Mapping

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


class HomeNotReached(NotReached):
    """The online home does not answer."""

    def __init__(self) -> None:
        WorkshopError.__init__(
            self, _("The online home cannot be reached."),
            _("Check the address, and that this laptop is on the internet. Everything is safe here meanwhile."),
        )  # fmt: skip


class HomeNotTrusted(ForeignDesk):
    """Nobody this laptop trusts vouches for who answers."""

    def __init__(self) -> None:
        WorkshopError.__init__(
            self, _("This laptop cannot tell whether that is the online home, so nothing was sent to it."),
            _("Check the address, and the date of this laptop. If both are right, ask whoever runs the home."),
        )  # fmt: skip


class UnknownToHome(NoLongerPaired):
    """The online home knows this desk no more, or this desk has lost its token."""

    def __init__(self) -> None:
        WorkshopError.__init__(
            self, _("The online home does not know this desk any more."),
            _("What was done here is safe here. To go on together, ask for a new invitation code."),
        )  # fmt: skip


class HomeMoved(NoLongerPaired):
    """The workshop has another online home now, which does not know this desk."""

    def __init__(self, address: str) -> None:
        WorkshopError.__init__(
            self, _("This workshop has moved to {address}.").format(address=address),
            _("What was done here is safe here. To go on together, ask for an invitation code for the new place."),
        )  # fmt: skip


class WrongHome(WorkshopError):
    """What was typed is no address of an online home."""

    def __init__(self) -> None:
        super().__init__(
            _("That is no address of an online home."),
            _("It begins with https://, such as https://say.example.org. Whoever runs the home knows it."),
        )


class WrongInvitation(WorkshopError):
    """The code is none of the home's, or no more."""

    def __init__(self) -> None:
        super().__init__(
            _("That code does not let this desk in."),
            _("An invitation code has ten signs, works once, and for a day. Ask for a new one."),
        )


class HomeRefused(WorkshopError):
    """The home does not take this workshop in, and says why."""

    def __init__(self, what: str) -> None:
        super().__init__(what, _("Everything is safe here. Ask whoever runs the home."))


class TooManyTries(WorkshopError):
    """Codes are not to be tried out."""

    def __init__(self) -> None:
        super().__init__(_("That was a lot of tries"), _("Please wait a minute. Then type the code once more."))


AT_A_HOME: Mapping[type[WorkshopError], Callable[[], WorkshopError]] = {
    NotReached: HomeNotReached, ForeignDesk: HomeNotTrusted, NoLongerPaired: UnknownToHome,
}  # fmt: skip
"""What the same thing is called where it happens with an online home."""
