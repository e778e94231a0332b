"""Everything somebody gave us, for them to take along (privacy.md P5): as JSON, and as a page that anybody can read."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.base.ids import ContributorId, NoteId, ThemeId
from core.base.language import _, direction_of, spoken
from core.domain.board import Board, Note
from core.domain.bodies import NoteReworded
from core.post.drafts import written
from core.post.letters import where
from core.post.office import Office
from core.post.templates import FOLDER
from core.record.wording import day, way

MOST_ACTS = 100_000
JSON, PAGE = "about-you.json", "about-you.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldNote:
    """One note of theirs, with all words it ever had, the newest first."""

    question: str
    words: tuple[str, ...]
    said: str
    where: str
    answers_back: tuple[str, ...] = ()
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """All that is held of one person. Times are ISO 8601, in UTC."""

    workshop: str
    contributor: str
    came: str
    name: str
    may_quote: bool
    table: int | None
    notes: tuple[HeldNote, ...]
    votes: tuple[str, ...]
    supported: tuple[str, ...]
    way: str = ""
    address: str = ""
    agreed_at: str = ""
    agreed_version: int = 0
    next_event: bool = False
    letters: tuple[str, ...] = ()


def holdings(office: Office, who: ContributorId) -> Holdings:
    """What is held of this person now."""
    board, contact = office.board, office.contact(who)
    mode, shown = board.joined.get(who), board.shown(who)
    letters = [each for each in office.deliveries() if each.contributor == who]
    held = Holdings(
        workshop=board.title(), contributor=who, came=way(mode) if mode else "", name=board.name(who),
        may_quote=shown.may_quote, table=board.table(who),
        notes=tuple(_note(office, note) for note in board.notes_by(who)),
        votes=tuple(_votes(board, who)), supported=tuple(_supported(board, who)),
        letters=tuple(f"{_time(each.at)} {each.state.value}" for each in letters),
    )  # fmt: skip
    if contact is None:
        return held
    agreed = contact.consent
    return Holdings(**{
        **{name: getattr(held, name) for name in Holdings.__slots__}, "way": contact.way.value,
        "address": contact.address, "agreed_at": _time(agreed.at), "agreed_version": agreed.version,
        "next_event": agreed.next_event,
    })  # fmt: skip


def give_back(office: Office, who: ContributorId, folder: Path) -> list[Path]:
    """Write all of it into a folder, with the pictures. Raises NotSaved."""
    held = holdings(office, who)
    text = json.dumps(asdict(held), ensure_ascii=False, indent=1) + "\n"
    paths = [written(folder / JSON, text.encode()), written(folder / PAGE, as_page(held).encode())]
    for note in office.board.notes_by(who):
        picture = office.session.picture(note.picture) if note.picture and not note.erased else None
        if picture is not None:
            paths.append(written(folder / f"{picture.hash}.{picture.kind.value.rpartition('/')[2]}", picture.data))
    office.note_exported(paths, "about one person")
    return paths


def as_page(held: Holdings) -> str:
    """The same for people to read."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    title = _("All that we have from you")
    agreed = day(datetime.fromisoformat(held.agreed_at).date()) if held.agreed_at else ""
    page = environment.get_template("about-you.html")
    return page.render(held=held, title=title, agreed=agreed, language=spoken(), direction=direction_of(spoken()), _=_)


def _note(office: Office, note: Note) -> HeldNote:
    board = office.board
    asked = board.questions.get(note.question)
    backs = (board.text(back.words) for back in board.backs_in_order() if back.note == note.id)
    return HeldNote(
        question=board.text(asked.words) if asked else "", words=tuple(_all_words(office, note)),
        said=_time(note.said.said_at), where=where(board, note), answers_back=tuple(backs), picture=note.picture or "",
    )  # fmt: skip


def _all_words(office: Office, note: Note) -> Iterator[str]:
    board = office.board
    yield board.text_of(note)
    for deed in office.session.past(MOST_ACTS, note.id):
        for event in deed.events:
            if isinstance(event.body, NoteReworded) and event.subject == note.id:
                yield board.text(event.body.was)


def _votes(board: Board, who: ContributorId) -> Iterator[str]:
    for vote in board.rounds_in_order():
        for target, dots in board.votes_by(vote.id, who).items():
            theme, note = board.themes.get(ThemeId(target)), board.notes.get(NoteId(target))
            words = board.text(theme.name) if theme else board.text_of(note) if note else ""
            yield f"{words}: {dots}"


def _supported(board: Board, who: ContributorId) -> Iterator[str]:
    for note_id, supporters in board.supports.items():
        if who in supporters and note_id in board.notes:
            yield board.text_of(board.notes[note_id])


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
