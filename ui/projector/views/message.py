"""Views of a few words in the middle of the picture: the welcome, the break, how to vote."""

from dataclasses import dataclass

from core.base.language import _, ngettext
from core.domain.terms import VoteOn
from ui.projector.canvas import SIDE, TOP, Canvas
from ui.projector.clock import paint_bar, paint_clock, polite
from ui.projector.shown import HowToVoteShown, PauseShown, ShownTimer, WelcomeShown
from ui.projector.text import Block, fitted

TITLE, SAID = 100.0, 48.0
CLOCK, CLOCK_HIGH, BAR_FROM_FOOT = 200.0, 310.0, 46.0
GAP = 36.0


@dataclass(frozen=True, slots=True)
class Message:
    """A headline, some sentences, perhaps a countdown."""

    label: str
    title: str
    said: tuple[str, ...]
    timer: ShownTimer | None = None


class MessageView:
    """One page."""

    def __init__(self, message: Message, width: float, height: float) -> None:
        self._message = message
        self.keys = [""]

    def paint(self, canvas: Canvas, page: int) -> None:
        """The words above, the time below."""
        message, colours, room = self._message, canvas.colours, canvas.width - 2 * SIDE
        below = canvas.foot - (CLOCK_HIGH if message.timer is not None else 40)
        top = TOP + 12
        if message.label:
            top = canvas.put(Block(message.label, 38, room), SIDE, top, colours.ink_2) + 24
        title = fitted(message.title, TITLE, room, (below - top) * (0.45 if message.said else 1), bold=True)
        top = canvas.put(title, SIDE, top, colours.ink) + GAP
        if message.said:
            canvas.put(fitted("\n".join(message.said), SAID, room, below - top), SIDE, top, colours.ink)
        if message.timer is not None:
            left = paint_clock(canvas, below)
            paint_bar(canvas, message.timer, canvas.foot - BAR_FROM_FOOT)
            beside = fitted(polite(canvas.left), SAID, canvas.width - SIDE - left, 140, bold=True)
            canvas.put(beside, left, below + 80, colours.ink)

    def aside(self, page: int) -> str:
        """Nothing."""
        return ""

    def words(self, page: int) -> str:
        """All of it."""
        return " ".join(filter(None, (self._message.title, *self._message.said)))


def welcome(view: WelcomeShown) -> Message:
    """What this is, who asks, and what is promised."""
    return Message(view.host, view.title, tuple(filter(None, (view.purpose, view.promise))))


def pause(view: PauseShown) -> Message:
    """The break, and what comes next."""
    after = (_("Then: {step}").format(step=view.next),) if view.next else ()
    return Message("", view.title or _("We are back in a moment."), after, view.timer)


def how_to_vote(view: HowToVoteShown) -> Message:
    """What to do on the phone; nobody sees where the dots lie before all have chosen."""
    what = {
        VoteOn.THEMES: ngettext(
            "You have {n} vote. Give it to a theme.", "You have {n} votes. Give them to the themes that matter most.",
            view.dots,
        ),
        VoteOn.NOTES: ngettext(
            "You have {n} vote. Give it to a note.", "You have {n} votes. Give them to the notes that matter most.",
            view.dots,
        ),
    }[view.on].format(n=view.dots)  # fmt: skip
    phone = _("Vote on your phone. You can change your mind while the vote is open.")
    later = _("We all see the result when the vote is closed. No phone? Put up your hand when we count.")
    return Message(view.question, what, (phone, later), view.timer)
