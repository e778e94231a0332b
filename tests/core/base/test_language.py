"""Words in the reader's language: which one, how many of a thing, and never another reader's."""

import asyncio
import threading
from collections.abc import Iterator
from contextvars import copy_context

import pytest

from core.base.language import LANGUAGES, direction_of, gettext, ngettext, spoken, use


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use("en")


def notes(language: str, number: int) -> str:
    use(language)
    return ngettext("{n} note", "{n} notes", number).format(n=number)


def votes(language: str, number: int) -> str:
    use(language)
    return ngettext("{n} vote", "{n} votes", number).format(n=number)


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 notatek"), (1, "1 notatka"), (2, "2 notatki"), (5, "5 notatek"), (12, "12 notatek"), (22, "22 notatki")],
)
def test_polish_has_three_forms(number: int, said: str) -> None:
    assert notes("pl", number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "لا ملاحظات"), (1, "ملاحظة واحدة"), (2, "ملاحظتان"), (3, "3 ملاحظات"), (10, "10 ملاحظات"),
        (11, "11 ملاحظة"), (100, "100 ملاحظة"), (103, "103 ملاحظات"),
    ],
)  # fmt: skip
def test_arabic_has_six_forms(number: int, said: str) -> None:
    assert notes("ar", number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 pleidlais"), (1, "1 bleidlais"), (2, "2 bleidlais"), (3, "3 pleidlais"), (6, "6 phleidlais")],
)
def test_welsh_words_change_after_some_numbers(number: int, said: str) -> None:
    assert votes("cy", number) == said


def test_chinese_has_one_form() -> None:
    assert [notes("zh", number) for number in (0, 1, 2)] == ["0 张便签", "1 张便签", "2 张便签"]


def test_a_language_we_do_not_speak_is_english() -> None:
    use("so")
    assert gettext("My notes") == "My notes"
    assert notes("fr-FR", 1) == "1 note"


def test_a_kind_of_a_language_is_the_language() -> None:
    use("cy-GB")
    assert gettext("My notes") == "Fy nodiadau"


def test_every_language_of_ours_says_the_first_words_and_all_but_english_are_drafts() -> None:
    said = set()
    for language in LANGUAGES:
        use(language.code)
        said.add(gettext("Send my note"))
    assert len(said) == len(LANGUAGES)
    assert [language.code for language in LANGUAGES if not language.is_draft] == ["en"]


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("ur-PK", "rtl"), ("fa", "rtl"), ("he", "rtl"), ("bn", "ltr"), ("arn", "ltr")],
)
def test_which_way_a_language_runs(language: str, direction: str) -> None:
    assert direction_of(language) == direction


def test_tasks_and_threads_do_not_speak_each_others_languages() -> None:
    use("pl")
    heard: dict[str, str] = {}

    async def visitor(language: str, others_are_there: asyncio.Barrier) -> None:
        use(language)
        await others_are_there.wait()
        heard[language] = gettext("My notes")

    async def visitors() -> None:
        others = asyncio.Barrier(3)
        await asyncio.gather(*(visitor(language, others) for language in ("ar", "cy", "zh")))

    copy_context().run(asyncio.run, visitors())
    elsewhere = threading.Thread(target=lambda: heard.update(thread=spoken()))
    elsewhere.start()
    elsewhere.join()
    assert heard == {"ar": "ملاحظاتي", "cy": "Fy nodiadau", "zh": "我的便签", "thread": "en"}
    assert spoken() == "pl"
