"""What a moderator should read first is found however it is spelt; innocent words and numbers are let be."""

import csv
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.caution import Kind, found, is_nhs_number, our_words, reason_to_read, word_list
from core.domain.terms import Reason

REHEARSAL = Path(__file__).parents[3] / "resources" / "rehearsal" / "comments.csv"


def kinds(text: str) -> list[Kind]:
    return [each.kind for each in found(text)]


def pieces(text: str) -> list[str]:
    return [text[each.start : each.end] for each in found(text)]


@pytest.mark.parametrize(
    "number",
    [
        "07700 900123",
        "07700 900 123",
        "07700-900-123",
        "07700.900.123",
        "07700\u2013900123",
        "07700900123",
        "0 7 7 0 0 9 0 0 1 2 3",
        "+447700900123",
        "+44 7700 900123",
        "+44 (0)7700 900 123",
        "+44(0) 7700 900123",
        "0044 7700 900 123",
        "(0161) 496 0000",
        "0161 496 0000",
        "020-7946-0958",
        "01632 960 001",
        "0300 123 1234",
        "+48 600 123 456",
        "00353 87 123 4567",
        "٠٧٧٠٠ ٩٠٠١٢٣",
        "০৭৭০০ ৯০০১২৩",
        "０７７００９００１２３",
        "0770\u200b0900\u2060123",
        "07700\u00a0900\u00a0123",
    ],
)
def test_a_phone_number_is_found_however_it_is_spelt(number: str) -> None:
    text = f"Ring me, {number}, after 6."
    assert kinds(text) == [Kind.PHONE]
    assert pieces(text)[0].strip("+(") in number
    assert reason_to_read(text) is Reason.PERSONAL_FACTS


@pytest.mark.parametrize(
    "text",
    [
        "Call 999 or 111, not 101.",
        "The Samaritans are on 116 123",
        "from 1939-1945, 1914-1918",
        "2019 2020 2021 2022",
        "on 01/02/2024 at 10:30",
        "on 01.02.2024 10 people came",
        "2024-01-02 07:30",
        "It costs £1,234,567,890 or £400,000",
        "0.1234567890",
        "open 07.30-09.30 and 1700 to 1900",
        "1 2 3 4 5 6 7 8 9 10",
        "order 12345678",
        "ISBN 9780306406157",
        "the M1 3rd exit, then A1 2nd left",
        "E10 fuel is 5p more, B12 4th",
        "Year 7 2bn, Q1 3rd place",
        "meet @ school. Then @ 5.30",
        "we met at the dot",
        "Look at (the) dots.",
    ],
)
def test_other_numbers_and_signs_are_let_be(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("write to jo.smith+me@example.org.uk please", "jo.smith+me@example.org.uk"),
        ("JO@EXAMPLE.ORG", "JO@EXAMPLE.ORG"),
        ("jo @ example.org", "jo @ example.org"),
        ("jo (at) example (dot) org", "jo (at) example (dot) org"),
        ("jo[at]example.org", "jo[at]example.org"),
        ("jo at example dot co dot uk", "jo at example dot co dot uk"),
        ("jo\u200b@example.org", "jo\u200b@example.org"),
    ],
)
def test_an_email_address_is_found(text: str, piece: str) -> None:
    assert kinds(text) == [Kind.EMAIL]
    assert pieces(text) == [piece]


@pytest.mark.parametrize("postcode", ["SW1A 1AA", "sw1a1aa", "M1 1AE", "B33 8TH", "CR2-6XH", "DN55 1PT", "EC1A  1BB"])
def test_a_postcode_is_found(postcode: str) -> None:
    assert kinds(f"I live at {postcode}.") == [Kind.POSTCODE]


@pytest.mark.parametrize(
    "number", ["9434765919", "943 476 5919", "943-476-5919", "943.476.5919", "943\u2013476\u20135919"]
)
def test_an_nhs_number_is_found_by_its_check_digit(number: str) -> None:
    assert kinds(f"I am {number}") == [Kind.NHS_NUMBER]
    assert reason_to_read(number) is Reason.PERSONAL_FACTS
    assert kinds(number[:-1] + "8") == []


@given(st.text("0123456789", min_size=9, max_size=9))
def test_of_ten_last_digits_at_most_one_makes_an_nhs_number(first_nine: str) -> None:
    good = [last for last in string.digits if is_nhs_number(first_nine + last)]
    assert len(good) <= 1
    for last in good:
        swapped = first_nine[:7] + last + first_nine[8] + first_nine[7]    # a digit moved: caught unless it is the same
        assert not is_nhs_number(swapped) or last == first_nine[7]


@pytest.mark.parametrize(
    "spelling",
    ["wanker", "WANKER", "Wanker!", "w4nker", "wan\u200bker", "ｗａｎｋｅｒ", "w\u00adanker", "“wanker”", "w@nker"],
)
def test_a_hateful_word_is_found_in_disguise(spelling: str) -> None:
    text = f"He is a {spelling} and I said so"
    assert kinds(text) == [Kind.WORD]
    assert reason_to_read(text) is Reason.HURTFUL


def test_signs_stand_for_letters() -> None:
    assert [kinds(word) for word in ("sh1t", "$hit", "sh!t", "5h17", "SH1T!!")] == [[Kind.WORD]] * 5
    assert kinds("450 people, 5417, b4 8, room 5H1, great!!") == []


INNOCENT = """
 Scunthorpe Penistone Clitheroe Lightwater Sussex Essex Middlesex Arsenal Shitterton Cockermouth Wankie Twatt
assassin assess assassinate class classic glass grass pass passage bass embassy massage compass cassette assistant
assume cockpit cocktail cockerel peacock shuttlecock hancock cock cocker hitchcock babcock dick dickens dickie
dictionary Moby-Dick analyse analysis analyst canal banal penal therapist specialist socialist titanic title titles
titan constitution institution competition petition matsushita mishit shitake shiitake shih-tzu swastika tweet
wristwatch saltwater nightwatch basement arsenic parsley coarse hoarse rehearse parse sparse scrap scrape crappie
dam damnation pussycat pussy willow octopus platypus sextet sextant unisex sexton hello shell shellfish hellebore
niggle niggardly sniggering snigger denigrate Niger Nigeria Nigerian Montenegro renege pakistan pakistani Karakoram
spice spicy auspicious suspicious conspicuous despicable hospice spick-and-span retardant flame-retardant
fire-retardant tardy retain cripple crippling spastic-paraplegia gypsy Gypsies Roma traveller queer dyke vandyke
dykes fag fagin fagged faggoting homo homogeneous homosapiens homeowner raccoon cocoon tycoon coon Maine chink
chinking chinos China Chinese kitchens wop wopping swop yid jew jewish judaism jewellery mong mongoose Mongolia
among mongrel tranquil transport trans transgender bitumen ambitious habit rabbit orbit arbiter whorl wholesale
horehound shoreham slutsk sloth prick prickle prickly pear needle-prick bastardy mustard custard dastardly wancare
swank swanky twank twang bell-end bellow Wogan golly polliwog googly gobbledygook kiken kite kayak kaffiyeh
keffiyeh fuchsia fuchs fuji fukuoka ruckus buckle duck luck tuck puck suck sucker cocksure knob knobbly pike piked
pikeyard spikey piking superhuman heather rape rapeseed grape drape trapeze damn bloody crap blast heck tits
blue-tit great-tit titmouse boob booby booby-trap balls ballot bollard bugger
"""


@pytest.mark.parametrize("word", INNOCENT.split())
def test_scunthorpe_is_a_town(word: str) -> None:
    assert found(f"It is about {word}, and {word.upper()}") == ()


def test_a_person_named_with_a_title_is_read_first_and_a_street_is_not() -> None:
    text = "Dr Patel at St Mary's killed my mum"
    assert pieces(text) == ["Dr Patel"]
    assert reason_to_read(text) is Reason.NAMES_SOMEONE
    for innocent in ("My doctor is kind", "Campbell Dr. The lights", "Doctor Who", "Dr Martens", "a PC or a Mac"):
        assert found(innocent) == ()


def test_all_that_is_there_is_named_and_its_place_is_that_in_the_words_as_given() -> None:
    text = "ﬁrst\u200b: jo@example.org, then ０７７００ 900123, you sh1t"
    assert kinds(text) == [Kind.EMAIL, Kind.PHONE, Kind.WORD]
    assert pieces(text) == ["jo@example.org", "０７７００ 900123", "sh1t"]
    assert reason_to_read(text) is Reason.PERSONAL_FACTS


def test_a_workshop_may_bring_words_of_its_own() -> None:
    own = word_list("# ours\nTurnip   # not a vegetable here\n\nswede\n")
    assert own == {"turnip", "swede"}
    assert reason_to_read("You TURN1P", own) is Reason.HURTFUL
    assert reason_to_read("You wanker", own) is None


def test_our_own_list_is_single_words_in_small_letters() -> None:
    assert len(our_words()) > 50
    assert all(word.isalpha() and word == word.casefold() for word in our_words())


def test_a_real_consultation_raises_no_false_alarm() -> None:
    with REHEARSAL.open(encoding="utf-8", newline="") as file:
        said = [row["comment-body"] for row in csv.DictReader(file)]
    assert len(said) > 30
    assert [text for text in said if found(text)] == []


@given(st.text(max_size=500))
def test_any_text_is_looked_at_and_every_place_lies_in_it(text: str) -> None:
    for each in found(text):
        assert 0 <= each.start < each.end <= len(text)


_LETTERS = st.text(string.ascii_letters + " .,-'\n", max_size=60)


@given(_LETTERS, _LETTERS)
def test_a_number_is_found_wherever_it_stands(before: str, after: str) -> None:
    text = f"{before} 07700 900123 {after}"
    assert Kind.PHONE in kinds(text)


@given(st.text("0123456789 .,-+()@/", max_size=500))
def test_signs_and_digits_in_any_heap_are_looked_at(heap: str) -> None:
    assert all(each.kind in (Kind.PHONE, Kind.NHS_NUMBER) for each in found(heap))
