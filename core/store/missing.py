"""Which words the events of a file name, which of them are not in it, and which were erased and never come back."""

import json
import re
import sqlite3
from collections.abc import Iterable

from core.base.ids import ContributorId, WordsHash
from core.domain.bodies import PersonErased
from core.store.rows import Row

WORDS_HASH = re.compile(r"\b[0-9a-f]{64}\b")
PICTURE = re.compile(r'"picture":\s*"[0-9a-f]{64}"')
NAMED_BY = """
    WITH who AS (SELECT value FROM json_each(?))
    SELECT body, was FROM event WHERE actor IN who OR subject IN (
        SELECT subject FROM event
        WHERE kind = 'note.said' AND json_valid(body) AND json_extract(body, '$.contributor') IN who
        OR kind = 'back.said' AND actor IN who)
"""


def named_in(rows: Iterable[Row]) -> set[WordsHash]:
    """What these events name."""
    said = "\n".join(f"{row.body} {row.was}" for row in rows)
    return {WordsHash(each) for each in WORDS_HASH.findall(said)}


def words_in(connection: sqlite3.Connection, query: str, ids: Iterable[str]) -> set[WordsHash]:
    """What the events that this query finds name."""
    found = connection.execute(query, (json.dumps(list(ids)),))
    return {WordsHash(each) for body, was in found for each in WORDS_HASH.findall(f"{body} {was}")}


def words_named_by(connection: sqlite3.Connection, contributors: Iterable[ContributorId]) -> set[WordsHash]:
    """The words that events of these people, or about their notes, name; also in events that were refused."""
    return words_in(connection, NAMED_BY, contributors)


def missing_words(connection: sqlite3.Connection) -> set[WordsHash]:
    """The words that events name and that are not here; not those of people who were erased."""
    rows = connection.execute("SELECT body || coalesce(was, '') FROM event WHERE state != 'refused'")
    named = {each for (row,) in rows for each in WORDS_HASH.findall(PICTURE.sub("", row))}
    there = {digest for (digest,) in connection.execute("SELECT hash FROM words")}
    missing = {WordsHash(each) for each in named - there}
    if not missing:
        return missing
    erased = connection.execute("SELECT subject FROM event WHERE kind = ?", (PersonErased.KIND,))
    return missing - words_named_by(connection, [ContributorId(subject) for (subject,) in erased])
