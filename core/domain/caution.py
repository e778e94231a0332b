"""What a moderator should read first: phone numbers and the like, people named with a title, hateful and obscene words.

It runs in the writer, so a usual note costs it a few microseconds: one look at folded text, and the exact places only
where that look found something. It never decides what is shown; it only says why somebody should look."""

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from core.domain.terms import Reason

OUR_WORDS = Path(__file__).parents[2] / "resources" / "words-to-read-first.txt"


class Kind(StrEnum):
    """What was found. The names may be kept in files; the words for the screen are made where it is shown."""

    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    NHS_NUMBER = "nhs number"
    NAME = "name"
    WORD = "word"

    @property
    def reason(self) -> Reason:
        """Why a note with it is held."""
        match self:
            case Kind.WORD:
                return Reason.HURTFUL
            case Kind.NAME:
                return Reason.NAMES_SOMEONE
            case _:
                return Reason.PERSONAL_FACTS


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One thing to look at, and where it is in the text as it was given."""

    start: int
    end: int
    kind: Kind


def reason_to_read(text: str, words: Set[str] | None = None) -> Reason | None:
    """Why somebody should read this before others do: personal facts, then a person named, then hurtful words."""
    if not (what := found(text, words)):
        return None
    kinds = {each.kind for each in what}
    return next(kind.reason for kind in Kind if kind in kinds)


def found(text: str, words: Set[str] | None = None) -> tuple[Found, ...]:
    """All there is to look at, in the order of the text. `words` (as `word_list` makes them) stand in for our own."""
    known = our_words() if words is None else words
    suspects = _suspects(_plain(text), known)
    if not suspects or text.isascii():
        return tuple(sorted({Found(start, end, kind) for kind, start, end in suspects}))
    plain, places = _with_places(text)
    suspects = _suspects(plain, known)
    return tuple(sorted({Found(places[start], places[end - 1] + 1, kind) for kind, start, end in suspects}))


def word_list(lines: str) -> frozenset[str]:
    """The words of a plain text: one in each line, `#` begins a remark."""
    stripped = (line.partition("#")[0].strip() for line in lines.splitlines())
    return frozenset(unicodedata.normalize("NFKC", line).casefold() for line in stripped if line)


@cache
def our_words() -> frozenset[str]:
    """The list that comes with Sayback."""
    return word_list(OUR_WORDS.read_text(encoding="utf-8"))


# Text as it is looked at: compatibility forms as plain ones, nothing unseen, all dashes and digits as ASCII has them.

_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_DASH = "\u2010-\u2014\u2212"
_ODD = re.compile(rf"[{_UNSEEN}{_DASH}\d]")


def _plain(text: str) -> str:
    return text if text.isascii() else _ODD.sub(_evened, unicodedata.normalize("NFKC", text))


def _evened(odd: re.Match[str]) -> str:
    if odd[0].isdecimal():
        return str(unicodedata.decimal(odd[0]))
    return "-" if unicodedata.category(odd[0]) in ("Pd", "Sm") else ""


def _with_places(text: str) -> tuple[str, Sequence[int]]:
    """The plain text, and for each of its signs the place of the one it came from."""
    parts = [_plain(sign) for sign in text]
    return "".join(parts), [place for place, part in enumerate(parts) for _ in part]


Suspect = tuple[Kind, int, int]
_TOKEN = re.compile(r"\w+")
_PUNCTUATION = [" " if chr(code) in ".,;:!?()[]{}<>/\\'\"*+-=&%#~|" else code for code in range(128)]
"""All of ASCII: looking for what is not in a table takes `translate` longer than to find it there."""
_DIGIT_OR_SIGN = re.compile(r"[0-9@$!]")


def _suspects(plain: str, words: Set[str]) -> list[Suspect]:
    """The cheap questions first: which words are there, and is there any digit or sign?"""
    tokens = _tokens(plain.casefold())
    suspects: list[Suspect] = []
    if not words.isdisjoint(tokens):
        suspects += _words(plain, words)
    if not _TITLES.isdisjoint(tokens):
        suspects += _names(plain)
    if "@" in plain or ("at" in tokens and ("dot" in tokens or _BRACKET.search(plain))):
        suspects += _emails(plain)
    if _DIGIT_OR_SIGN.search(plain):
        suspects += [*_numbers(plain), *_postcodes(plain), *_disguised_words(plain, words)]
    return suspects


def _tokens(folded: str) -> list[str]:
    """Each way is the faster one for its kind of text."""
    return folded.translate(_PUNCTUATION).split() if folded.isascii() else _TOKEN.findall(folded)


# Numbers

_ANY_DIGIT = re.compile(r"\d")
_GAP = r"[ .()\-]{0,3}"
_PHONE = re.compile(
    rf"""(?<!\d)(?<!\d[.,/\-])(?:
        (?:\+|\b00)[ ]?44{_GAP}(?:\(?0\)?{_GAP})?[1-37-9](?:{_GAP}\d){{8,9}}    # +44 (0) 7700 900123
      | \(?\b0[ \-]?[1-378](?:{_GAP}\d){{8,9}}                                # 07700 900123, (0161) 496 0000
      | (?:\+|\b00)(?!44)[1-9](?:{_GAP}\d){{8,13}}                            # +48 600 123 456
    )(?![\d]|[.,]\d)""",
    re.VERBOSE,
)
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?!\d)")
_TEN_DIGITS = re.compile(r"(?<![\d£$€+])(?<!\d[.,/\-])\d(?:[ .\-]{0,2}\d){9}(?!\d|[.,/\-]\d)")
_NO_DIGIT = re.compile("[^0-9]+")
_FEWEST_DIGITS = 9
_NHS_WEIGHTS = range(10, 1, -1)


def _numbers(plain: str) -> Iterator[Suspect]:
    if len(_NO_DIGIT.sub("", plain)) < _FEWEST_DIGITS:
        return
    dateless = _DATE.sub(lambda date: "/" * len(date[0]), plain)
    taken: set[int] = set()
    for match in _PHONE.finditer(dateless):
        taken.update(range(*match.span()))
        yield Kind.PHONE, *match.span()
    for match in _TEN_DIGITS.finditer(dateless):
        if match.start() not in taken and is_nhs_number(_NO_DIGIT.sub("", match[0])):
            yield Kind.NHS_NUMBER, *match.span()


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number (modulus 11), and are no row of one digit."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_NHS_WEIGHTS, digits[:9], strict=True))
    return (11 - total % 11) % 11 == int(digits[9])    # 10 is no digit: such a number is never given


# Postcodes

_AREAS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN "
    "EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML "
    "N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF "
    "TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_SECOND_HALF = re.compile(r"[0-9][ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE)
_FIRST_HALF = re.compile(rf"\b(?:{'|'.join(_AREAS.split())})[0-9][0-9A-HJKMNPR-Y]?[ .\-]{{0,2}}$", re.IGNORECASE)
_LONGEST_FIRST_HALF = 7    # four signs, two between, and the one before them
_ORDINAL = re.compile("1st|2nd|3rd|[04-9]th")


def _postcodes(plain: str) -> Iterator[Suspect]:
    for second in _SECOND_HALF.finditer(plain):
        if _ORDINAL.fullmatch(second[0]):    # "the M1 3rd exit"; in capitals it is a postcode
            continue
        if first := _FIRST_HALF.search(plain, max(0, second.start() - _LONGEST_FIRST_HALF), second.start()):
            yield Kind.POSTCODE, first.start(), second.end()


# E-mail addresses

_BRACKET = re.compile(r"[(\[{]")
_AT = r"(?:[ ]?@[ ]?|[ ]?[(\[{][ ]?at[ ]?[)\]}][ ]?|[ ]at[ ](?=[\w\-]+[ ]dot[ ]))"
_DOT = r"(?:\.|[ ]\.[ ]|[ ]?[(\[{][ ]?dot[ ]?[)\]}][ ]?|[ ]dot[ ])"
_EMAIL = re.compile(rf"\b[\w.+%\-']{{1,64}}{_AT}[\w\-]+(?:{_DOT}[\w\-]+)*{_DOT}[^\W\d_]{{2,}}\b", re.IGNORECASE)


def _emails(plain: str) -> Iterator[Suspect]:
    for match in _EMAIL.finditer(plain):
        yield Kind.EMAIL, *match.span()


# People named with a title

_TITLE = "Dr|Doctor|Mr|Mrs|Ms|Nurse|Prof|Professor|PC|Sgt|Cllr|Councillor"
_TITLES = frozenset(_TITLE.casefold().split("|"))
_NAMED = re.compile(rf"\b(?:{_TITLE})\.? (?!Who\b|Mart[ei]ns?\b)[A-Z][a-z'\-]+")
_STREET_BEFORE = re.compile(r"[A-Z]\w+ $")
_LONGEST_STREET = 30


def _names(plain: str) -> Iterator[Suspect]:
    for match in _NAMED.finditer(plain):
        start = match.start()
        if not _STREET_BEFORE.search(plain, max(0, start - _LONGEST_STREET), start):    # "Campbell Dr. The lights"
            yield Kind.NAME, *match.span()


# Words

_PERHAPS_DISGUISED = re.compile(r"(?<![\w$@!])[^\W\d]*+[\d$@!][\w$@!]*")
"""A word with a digit or a sign in it. The letters before the first of them are taken once and for all (`*+`): a long
word without one costs no more than reading it."""
_UNDISGUISE = str.maketrans("0134578@$!", "oieastbasi")


def _words(plain: str, words: Set[str]) -> Iterator[Suspect]:
    for match in _TOKEN.finditer(plain):
        if match[0].casefold() in words:
            yield Kind.WORD, *match.span()


def _disguised_words(plain: str, words: Set[str]) -> Iterator[Suspect]:
    """Words with signs for letters ("sh1t")."""
    for match in _PERHAPS_DISGUISED.finditer(plain):
        word = match[0].rstrip("!")
        if not word.isalpha() and not word.isdecimal() and word.casefold().translate(_UNDISGUISE) in words:
            yield Kind.WORD, match.start(), match.start() + len(word)
