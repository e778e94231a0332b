"""The words of a receipt: a list with properties that can be checked, read as kindly as people type."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.identity import Secret, read_receipt, read_secret, read_words, receipt_of, words_of
from core.base.wordlist import BITS_A_WORD, WORDS_FILE, all_words

SECRETS = st.binary(min_size=10, max_size=10).map(Secret)
SECRET = Secret(bytes(range(10)))
SOUNDS_LIKE_ANOTHER = """
    air aisle allowed altar ark ate aunt bale ball bare base bean bear beat bee beer berry bite blew blue board bored
    bow boy brake bread break bury buy caught cell cent cereal cheap check cite close coarse core course creak cue
    currant dear deer dew die doe dough draw due earn ewe eye fair fare father feat feet find fir flea flour flow flower
    for fort four freeze fur gait gate genes great groan hair hall hare haul hay heal hear heard heart heel heir her
    here hey higher him hoarse hole horse hour hymn idle inn jam jeans key knead knew knight knit knot know lain lead
    leak leek lesson lie load loan lock made maid mail main maize male mane maze meat medal meet metal might mind
    moat moor more morning mourning muscle mussel nay need new no none nose nun oar one ore our pail pain
    pair pale past patience pause paw peace peak pear pearl pedal pee peel peer piece pier place plain plane pole pore
    pour pray prey prince principal prints prise prize profit quartz quay queue rain raise raw read real red reed reel
    reign rein right ring road roar rode role roll root rose rough route row rows rung rye sail sale sauce saw scene
    scent sea see seed seem seen sell sense sent serial sew shoe shore sight sign site size slay slow soar sole some
    son sore sort soul source sow stair stake stalk stare steak steal steel step stork storey story straight style
    suite sum sun surf sweet sword symbol tail tale talk tea team tear their there threw throne through thrown thyme
    tide tied time tire to toad toe tow tuna two vain vale vein wade waist wait war ware waste watt wave way weak wear
    weather week weigh weight were whale wheel where which whine whole witch won wood would wrap write yolk you
"""
NOT_FOR_A_CHILD_S_RECEIPT = """
    angel army bible blood bomb bully bum cancer church clinic corpse cross cry damn dead death demon devil die doctor
    drug drunk enemy evil fat fear fight ghost god grave grief gun hate heaven hell hospital hurt idiot jail kill king
    knife lonely mosque naked nurse party pill poison poor prayer priest prison queen race rude sad saint sex sick skull
    slave stupid suicide temple thief tory ugly union virus vote war weapon weep witch
    adam alex amber amy anna ben bill bob daisy dan dave emma eve faith frank grace harry holly hope iris ivy jack jade
    jean joe john joy june kate lee leo lily lucy luke mark mary max may mia nick olive pat paul penny peter poppy rob
    rose ruby ruth sally sam sue ted tim tom tony violet will
"""


def within_one_letter(word: str) -> set[str]:
    """Every word that a slip of the finger makes of this one."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    left_out = {a + b[1:] for a, b in cuts if b}
    put_in = {a + letter + b for a, b in cuts for letter in letters}
    other = {a + letter + b[1:] for a, b in cuts if b for letter in letters}
    return (left_out | put_in | other) - {word}


def test_the_list_has_a_word_for_each_number_in_alphabetical_order() -> None:
    words = all_words()
    assert len(words) == 1 << BITS_A_WORD == 2048
    assert list(words) == sorted(set(words))
    assert WORDS_FILE.read_bytes().replace(b"\r\n", b"\n") == "".join(f"{word}\n" for word in words).encode()


def test_each_word_is_three_to_eight_plain_letters() -> None:
    assert [word for word in all_words() if not (3 <= len(word) <= 8 and word.isascii() and word.islower())] == []
    assert [word for word in all_words() if not word.isalpha()] == []


def test_the_first_four_letters_belong_to_one_word() -> None:
    beginnings = Counter(word[:4] for word in all_words())
    assert [beginning for beginning, count in beginnings.items() if count > 1] == []


def test_no_slip_of_the_finger_makes_another_word_of_the_list() -> None:
    words = set(all_words())
    assert {word: near for word in words if (near := within_one_letter(word) & words)} == {}


@pytest.mark.parametrize("unwanted", [SOUNDS_LIKE_ANOTHER, NOT_FOR_A_CHILD_S_RECEIPT], ids=["homophones", "unkind"])
def test_no_word_sounds_like_another_or_hurts_or_is_a_name(unwanted: str) -> None:
    assert set(all_words()) & set(unwanted.split()) == set()


@given(SECRETS)
def test_eight_words_lead_back_to_their_secret(secret: Secret) -> None:
    words = words_of(secret)
    assert len(words) == 8
    assert read_words(" ".join(words)) == secret
    assert read_secret(", ".join(words)) == secret
    assert read_secret(receipt_of(secret)) == secret


@given(SECRETS)
def test_words_run_together_or_cut_short_are_read(secret: Secret) -> None:
    words = words_of(secret)
    assert read_words(" ".join(word[:4] for word in words)) == secret
    assert read_words("".join(words)) == secret


@pytest.mark.parametrize(
    "form", ["{} {} {} {} {} {} {} {}", "{}, {}, {}, {}, {}, {}, {} and… {}".replace(" and…", ","),
             "1. {}\r\n2. {}\r\n3. {}\r\n4. {}\r\n5. {}\r\n6. {}\r\n7. {}\r\n8. {}", "{}-{}-{}-{}-{}-{}-{}-{}",
             "  {}\u00a0{}\t{} · {}.{};{}/{}\u2013{}  "],
)  # fmt: skip
def test_words_are_read_as_people_write_them(form: str) -> None:
    words = words_of(SECRET)
    for said in (words, [word.upper() for word in words], [word.title() for word in words]):
        assert read_words(form.format(*said)) == SECRET


def test_a_wrong_word_or_two_in_the_wrong_order_is_noticed_nearly_always() -> None:
    words = words_of(SECRET)
    wrong = [[*words[:3], other, *words[4:]] for other in all_words() if other != words[3]]
    passed = [each for each in wrong if read_words(" ".join(each)) is not None]
    assert len(passed) <= len(wrong) / 256 * 2
    swapped = [[*words[:at], words[at + 1], words[at], *words[at + 2 :]] for at in range(7)]
    assert all(read_words(" ".join(each)) != SECRET for each in swapped if each != list(words))


@pytest.mark.parametrize(
    "typed", ["", "river", "river " * 7, "river " * 9, "rivver lamp tiger seven cloud apple north drum", "x" * 60_000,
              "sun" * 20_000, "riverlamptiger", "٠" * 16],
)  # fmt: skip
def test_what_are_no_eight_words_opens_nothing(typed: str) -> None:
    assert read_words(typed) is None


def test_the_two_forms_are_never_taken_for_each_other() -> None:
    assert read_receipt(" ".join(words_of(SECRET))) is None
    assert read_words(receipt_of(SECRET)) is None
