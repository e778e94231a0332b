"""What there is to practise with: the London session of July 2022 (resources/rehearsal/ATTRIBUTION.md)."""

from pathlib import Path

from core.base.language import _
from core.domain.commands import MakeWorkshop

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
