"""What the small values are called on the desk's screen: reasons, kinds, marks, steps, ways to be shown."""

from core.base.language import _, ngettext
from core.domain import caution
from core.domain.board import Board, Note
from core.domain.terms import Mark, Naming, NoteKind, Reason, Reveal, Status, Step, StepKind, VoteOn


def notes_count(count: int) -> str:
    """So many notes, in words."""
    return ngettext("{n} note", "{n} notes", count).format(n=count)


def reason_name(reason: Reason) -> str:
    """A reason as it is read at the desk."""
    return {
        Reason.OFF_TOPIC: _("Off topic"),
        Reason.NAMES_SOMEONE: _("Names or accuses someone"),
        Reason.PERSONAL_FACTS: _("Phone, address or other personal facts"),
        Reason.HURTFUL: _("Hurtful words"),
        Reason.SAID_ALREADY: _("Said already"),
        Reason.READ_FIRST: _("To be read first"),
        Reason.BURST: _("Many came at once from one place"),
        Reason.OTHER: _("Other"),
    }[reason]


def why_held(board: Board, note: Note) -> str:
    """Why a note waits, in small letters: what was found in its words where something was, else the reason."""
    reason = note.standing.reason
    if reason is None:
        return ""
    found = {each.kind for each in caution.found(board.text_of(note)) if each.kind.reason is reason}
    told = [_found_name(kind) for kind in caution.Kind if kind in found]
    return told[0] if told else reason_name(reason).lower()


def _found_name(kind: caution.Kind) -> str:
    return {
        caution.Kind.PHONE: _("it has a phone number in it"),
        caution.Kind.EMAIL: _("it has an e-mail address in it"),
        caution.Kind.POSTCODE: _("it has a postcode in it"),
        caution.Kind.NHS_NUMBER: _("it has an NHS number in it"),
        caution.Kind.NAME: _("it names someone"),
        caution.Kind.WORD: _("it has hurtful words in it"),
    }[kind]


def kind_name(kind: NoteKind) -> str:
    """What a note is."""
    return {
        NoteKind.PROBLEM: _("Problem"),
        NoteKind.STORY: _("Story"),
        NoteKind.IDEA: _("Idea"),
        NoteKind.EXPERIMENT: _("Experiment"),
        NoteKind.QUESTION: _("Question"),
    }[kind]


def naming_name(naming: Naming) -> str:
    """A way to be shown."""
    return {
        Naming.NO_NAME: _("No name"),
        Naming.FIRST_NAME: _("First name"),
        Naming.OTHER_NAME: _("Another name"),
        Naming.NOBODY: _("Nobody: no way back to them"),
    }[naming]


def reveal_name(reveal: Reveal) -> str:
    """When others see the notes of a question."""
    return {
        Reveal.AT_ONCE: _("At once"),
        Reveal.LATER: _("When I reveal them"),
        Reveal.NEVER: _("Never"),
    }[reveal]


def mark_name(mark: Mark) -> str:
    """Where a live question stands."""
    return {
        Mark.WAITING: _("Waiting"),
        Mark.NOW: _("Being answered now"),
        Mark.ASKED: _("Was asked"),
        Mark.WRITING: _("To be answered in writing"),
        Mark.PARKED: _("Parked"),
    }[mark]


def status_name(status: Status) -> str:
    """What came of something."""
    return {
        Status.HEARD: _("Heard"),
        Status.IN_PROGRESS: _("In progress"),
        Status.DONE: _("Done"),
        Status.CANNOT: _("We cannot"),
    }[status]


def heard_times(times: int) -> str:
    """In how many workshops a theme was heard, this one included."""
    told = {2: _("2nd time heard"), 3: _("3rd time heard"), 4: _("4th time heard"), 5: _("5th time heard")}
    return told.get(times) or ngettext("Heard {n} time", "Heard {n} times", times).format(n=times)


def heard_before(times: int) -> str:
    """The same for a theme of which nobody has spoken here yet."""
    return ngettext("Heard {n} time before", "Heard {n} times before", times).format(n=times)


def vote_on_name(on: VoteOn) -> str:
    """What dots are put on."""
    return {VoteOn.THEMES: _("Themes"), VoteOn.NOTES: _("Notes")}[on]


def step_kind_name(kind: StepKind) -> str:
    """What happens in a step."""
    return {
        StepKind.WELCOME: _("Welcome"),
        StepKind.WRITE: _("Write"),
        StepKind.GROUP: _("Group"),
        StepKind.LOOK: _("Look together"),
        StepKind.VOTE: _("Vote"),
        StepKind.ASK: _("Ask a panel"),
        StepKind.TALK: _("Talk"),
        StepKind.PLEDGE: _("Pledge"),
        StepKind.BREAK: _("Break"),
        StepKind.CLOSE: _("Close"),
    }[kind]


def step_name(board: Board, step: Step) -> str:
    """What a step is called: its title, or what happens in it."""
    return board.text(step.title) or step_kind_name(step.kind)
