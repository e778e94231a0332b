"""What there is to practise with: the London session of July 2022 (resources/rehearsal/ATTRIBUTION.md)."""

from pathlib import Path

from core.base.language import _
from core.domain.board import Board
from core.domain.commands import MakeWorkshop
from core.domain.planning import MakePlanned, plan_of
from core.domain.values import changed
from core.domain.words import LINE_LIMIT

FOLDER = Path(__file__).parents[2] / "resources" / "rehearsal"
COMMENTS = FOLDER / "comments.csv"
QUESTION = "What is the best way to engage more young people in local scrutiny of policing?"
"""As it was asked; not translated, because the notes are not either."""


def practice_workshop(code: str) -> MakeWorkshop:
    """A workshop that asks what the session asked, and says of itself that it is not a real one."""
    return MakeWorkshop(
        title=_("Practice workshop"),
        questions=(QUESTION,),
        code=code,
        purpose=_("To try Sayback out. Nothing here is kept for anybody."),
        promise=_("This is not a real workshop: nobody will answer what is written here."),
    )


def rehearsal_of(board: Board, code: str) -> MakePlanned:
    """A workshop planned as this one is, with nothing that anybody said in it, and under a code of its own."""
    plan = plan_of(board).afresh()
    title = _("Rehearsal: {title}").format(title=plan.title)[:LINE_LIMIT]
    promise = _("This is not a real workshop: nobody will answer what is written here.")
    return MakePlanned(plan=changed(plan, title=title, promise=promise, reply_by=None), code=code)
