"""Views with words of every kind in them: short, long, of many lines, of every script."""

from core.base.ids import PictureHash
from core.domain.terms import Reveal, Timer, VoteOn
from ui.projector.shown import (
    Choice,
    HowToVoteShown,
    LiveShown,
    PauseShown,
    PledgesShown,
    ProjectorView,
    QuestionShown,
    ResultsShown,
    SaidShown,
    ShownNote,
    ShownPledge,
    ShownTheme,
    ShownTimer,
    ThemesShown,
    WelcomeShown,
)

QUESTION = "What is the best way to engage more young people in local scrutiny of policing?"
ARABIC = "ما الذي يجب أن يتغير في مدينتنا، وماذا سنفعل بعد ذلك معا في الحديقة؟"
URDU = "اس شہر میں کیا بدلنا چاہیے؟ ہم سب مل کر کیا کریں گے؟"
BENGALI = "আমাদের শহরে কী পরিবর্তন হওয়া উচিত এবং কে তা করবে বলুন?"
CHINESE = "我们的城市应该改变什么?我们需要更多的公园和更好的公共交通系统以及更多的图书馆。"
EMOJI = "More trees 🌳🌳 and fewer cars 🚗 for my 👩‍👩‍👧‍👦"
USUAL = "Have talks with police officers at events to debate with them about justice and what may need to change"
LONG = "one two three four five six seven eight nine ten " * 10
LADDER = "\n".join(f"line {number}" for number in range(70))
UNBROKEN = "w" * 500
TEXTS = ("Short", USUAL, ARABIC, URDU, BENGALI, CHINESE, EMOJI, LONG, "Plan:\n- a\n- b", LADDER, UNBROKEN, USUAL, USUAL)
LONGEST_LINE = "How should the council, the police and the schools of this borough work together so that " * 2
TIMER = ShownTimer(timer=Timer(left=220), of=600)
PICTURE = PictureHash("a" * 64)


def notes(texts: tuple[str, ...] = TEXTS, colour: int | None = 0, name: str = "") -> tuple[ShownNote, ...]:
    """A note for each text."""
    return tuple(
        ShownNote(handle=f"{number} {colour}", text=text, colour=colour, name=name) for number, text in enumerate(texts)
    )


def theme(name: str, colour: int | None, texts: tuple[str, ...] = TEXTS, person: str = "") -> ShownTheme:
    """A theme with a note for each text."""
    return ShownTheme(
        handle=name, name=name, colour=colour, notes=notes(texts, colour, person), count=len(texts)
    )


THEMES = ThemesShown(
    question=QUESTION,
    themes=(
        theme("Talk face to face", 0, person="Ada"), theme(ARABIC, 8), theme(LONGEST_LINE, 3), theme("", None),
    ),
)  # fmt: skip
CHOICES = tuple(
    Choice(
        handle=f"{number}", text=text, colour=0, phones=20 - number, hands=number % 3, paper=number % 2,
        place=number + 1,
    )
    for number, text in enumerate(TEXTS)
)  # fmt: skip
VIEWS: dict[str, ProjectorView] = {
    "welcome": WelcomeShown(
        title=LONGEST_LINE, purpose=USUAL, host="Youth Involvement Team", promise="We write to you by 7 September."
    ),
    "question": QuestionShown(
        text=QUESTION, number=1, of=3, reveal=Reveal.LATER, is_open=True, timer=TIMER, notes=25, people=16
    ),
    "long question": QuestionShown(
        text=LONGEST_LINE, number=12, of=13, reveal=Reveal.NEVER, is_open=True, timer=TIMER, notes=None, people=None
    ),
    "question without a time": QuestionShown(
        text=BENGALI, number=1, of=1, reveal=Reveal.AT_ONCE, is_open=False, timer=None, notes=1, people=1
    ),
    "themes": THEMES,
    "nothing": ThemesShown(question=QUESTION, themes=()),
    "how to vote": HowToVoteShown(question=LONGEST_LINE, on=VoteOn.NOTES, dots=3, timer=TIMER),
    "results": ResultsShown(question=LONGEST_LINE, choices=CHOICES, phones=120, counted=31),
    "open vote": ResultsShown(question=QUESTION, choices=None, phones=0, counted=0),
    "live": LiveShown(
        question="Ask", now=notes((USUAL,))[0], support=12, next=tuple((note, 9) for note in notes()), answered=3
    ),
    "long live": LiveShown(question="Ask", now=notes((LADDER,))[0], support=1, next=(), answered=0),
    "pledges": PledgesShown(
        pledges=tuple(ShownPledge(what=text, who="Cy Jones", by=738000) for text in (USUAL, ARABIC, LONG, LADDER))
    ),
    "said": SaidShown(
        themes=tuple((theme(name, 0), 2) for name in ("Doors", ARABIC, LONGEST_LINE)), pledges=6, promise="We write"
    ),
    "pause": PauseShown(title="Tea", next="Vote for what matters", timer=ShownTimer(timer=Timer(left=40), of=900)),
}
