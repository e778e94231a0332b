"""What each audience is told, by exact field set: hidden means hidden, so whoever adds a field thinks of who reads it.

What is not in these lists reaches nobody. That what stands in a field is fit for those who read it is proved where it
is made (tests/web/test_hidden.py, tests/core/record)."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from core.base.ids import ActId, DeskId, EventId, OriginId, WorkshopId
from core.base.wifi import Wifi
from core.domain.board import Balance
from core.domain.tallies import Votes
from core.domain.values import Frozen
from core.domain.words import Words
from core.record import model
from core.record.bundle import FORMAT, bundle_json
from core.record.plan import plan
from core.record.spreadsheet import HEADINGS
from core.store.rows import Row
from core.web import asking, mine, now, questions, replying, seen, voting
from core.web.presence import Present
from tests.core.pictures import picture
from tests.core.record.boards import Hall
from ui.attendance import RightNow, Share
from ui.running import Door
from ui.screens.join_view import Shown

PARTICIPANT: Mapping[type, str] = {
    seen.SeenNote: "handle text question theme kind name support picture",
    seen.SeenTheme: "handle name colour shape hollow",
    Votes: "phones in_the_room",
    seen.SeenPart: "theme notes votes note_votes",
    seen.SeenQuestion: "number text reveal is_open parts",
    mine.OwnNote: "handle text question state icon status why is_up is_late before may_change has_number picture "
    "theme beside replies backs may_answer_back",
    replying.OwnReply: "status icon word text because who by told of_theme earlier",
    replying.OwnBack: "text reply",
    voting.Choice: "handle id words theme dots votes",
    voting.Ballot: "handle on asked all is_open choices",
    asking.Asked: "handle text name mark answer support is_yours is_supported",
    questions.AskedQuestion: "id number nth of words opens plain minutes kinds namings openness is_live takes_pictures",
    now.SeenStep: "kind title question",
    now.Now: "step timer at votes asks closed later frozen ended",
    mine.QrDrawing: "size path",
    seen.Result: "on phones in_the_room",
}
"""Who takes part, on a phone: their own notes, and of others' what everybody sees."""

DISPLAY: Mapping[type, str] = {
    Shown: "title address code squares here wifi wifi_squares has_moved",
    Wifi: "name password is_hidden",
}
"""Everybody in the room, on the big screen: how to come in, and not one note."""

FACILITATOR: Mapping[type, str] = {
    Door: "url address code squares host port found online wifi wifi_squares busy",
    Share: "mode people notes votes of_people of_notes of_votes",
    RightNow: "modes tables",
    Present: "here writing lost strangers beginning",
}
"""Who runs the workshop: the desk sees the whole board; beside it the door, and people as numbers alone."""

EXPORT: Mapping[type, str] = {
    model.Record: "language cover people ways balance questions hidden pledges votes of nobodys has_names "
    "venues edition",
    model.Cover: "title purpose promise host venue first_day last_day telephone reply_by",
    model.Headcount: "about below",
    model.Way: "mode people notes",
    model.At: "name people notes",
    model.QuestionPart: "number words plain themes lone alone late votes quotes live answered for_team",
    model.VoteLine: "words phones hands dots",
    model.PledgePart: "what who by theme colour answer",
    model.ThemePart: "rank name colour notes cards votes answer heard before places everywhere",
    model.Card: "text mode day picture votes name own late",
    model.NotShown: "reason notes",
    model.Quote: "card theme colour",
    model.Answer: "status text because who by",
    model.Answered: "said colour answer",
    model.LiveItem: "text mark support answer also own",
    Balance: "board held hidden withdrawn erased",
}
"""Everybody, for good: what a record in any form can be made from."""

OWN_COPY: Mapping[type, str] = {
    model.Edition: "name notes themes",
    model.OwnNote: "text state question theme colour votes reason why late answers picture",
}
"""One contributor alone, in their own copy of the record."""

AUDIENCES = {
    "participant": PARTICIPANT, "display": DISPLAY, "facilitator": FACILITATOR, "export": EXPORT, "own copy": OWN_COPY,
}  # fmt: skip
CASES = [(audience, told) for audience, types in AUDIENCES.items() for told in types]


@pytest.mark.parametrize(("audience", "told"), CASES, ids=lambda each: getattr(each, "__qualname__", each))
def test_each_audience_is_told_these_fields_and_no_others(audience: str, told: type) -> None:
    assert sorted(names_of(told)) == sorted(AUDIENCES[audience][told].split())


@pytest.mark.parametrize(
    "module", [seen, mine, voting, asking, questions, now, replying, model], ids=lambda each: each.__name__
)
def test_nothing_that_is_told_is_missing_from_the_lists(module: Any) -> None:
    """A new kind of value in these rooms is put on a list before it is told to anybody."""
    made = {each for each in vars(module).values() if is_frozen_value(each) and each.__module__ == module.__name__}
    assert {each.__qualname__ for each in made - {*PARTICIPANT, *EXPORT, *OWN_COPY}} == set()


def is_frozen_value(found: object) -> bool:
    return isinstance(found, type) and (is_dataclass(found) or issubclass(found, Frozen))


def names_of(told: Any) -> list[str]:
    return list(told.__struct_fields__) if issubclass(told, Frozen) else [each.name for each in fields(told)]


@pytest.fixture
def bundle() -> dict[str, Any]:
    hall = Hall("What?", title="The park", purpose="why", promise="soon")
    hall.theme("Benches", "By the school")
    hall.say("Alone")
    written = bundle_json(plan(hall.board), [A_ROW], [Words.of("By the school")], [picture()])
    loaded: dict[str, Any] = json.loads(written)
    return loaded


A_ROW = Row(
    seq=1, state="confirmed", id=EventId("a"), workshop=WorkshopId("b"), origin=OriginId("c"), origin_seq=1,
    desk=DeskId("d"), actor="e", act=ActId("f"), kind="g",
    subject="h", base="{}", was=None, body="{}", schema=1, said_at=0, received_at=0, hash="i",
)  # fmt: skip


def test_the_whole_workshop_is_written_down_in_these_fields(bundle: dict[str, Any]) -> None:
    assert set(bundle) == {"format", "version", "about", "board", "events", "words", "pictures"}
    assert bundle["format"] == FORMAT
    assert set(bundle["board"]) == {"title", "purpose", "promise", "notes", "questions"}
    assert set(bundle["board"]["notes"]) == {"received", "board", "held", "hidden", "withdrawn", "erased"}
    (question,) = bundle["board"]["questions"]
    assert set(question) == {"question", "themes", "notes that stand alone"}
    assert [set(theme) for theme in question["themes"]] == [{"theme", "notes"}]
    assert set(bundle["events"][0]) == {
        "seq", "state", "id", "workshop", "origin", "origin_seq", "desk", "actor", "act", "kind", "subject", "base",
        "was", "body", "schema", "said_at", "received_at", "hash",
    }  # fmt: skip
    assert set(bundle["words"][0]) == {"hash", "salt", "text"}
    assert set(bundle["pictures"][0]) == {"hash", "kind", "width", "height", "data"}


def test_a_table_of_notes_has_these_columns() -> None:
    assert HEADINGS == ("question", "theme", "text", "mode", "day")


def test_no_form_of_the_record_names_a_contributor_or_any_other_id() -> None:
    """The record's own values hold no id at all, so nothing that is made from them can."""
    hall = Hall()
    hall.theme("Benches", "By the school")
    said = str(plan(hall.board))
    ids = [*hall.board.notes, *hall.board.themes, *hall.board.questions, *hall.board.by_contributor]
    assert len(ids) == 4
    assert [each for each in ids if each in said] == []
