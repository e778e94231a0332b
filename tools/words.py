"""The catalogues: finds every word for the screen in the source, and keeps each language's translations of them.

python tools/words.py                    bring every .po up to date with the source, and every .mo with its .po
python tools/words.py --check            exit 1 where that would change a file
python tools/words.py --todo cy          what participants read and Welsh does not say yet (JSON)
python tools/words.py --todo cy --whole  the same of every word, those of the desk and the command line too
python tools/words.py --take cy FILE     take in {message: words, or one text for each plural form} (JSON; - is stdin)

What is taken in is marked as a machine's draft. A person who has checked a message takes the mark away in the .po file.
"""

import argparse
import io
import json
import re
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOUSE))

from core.base.language import DOMAIN, LANGUAGES, LOCALE, SOURCE  # noqa: E402 - found by the line above
from core.domain.delivery import Kind  # noqa: E402
from core.post import templates  # noqa: E402

TRANSLATED = tuple(language.code for language in LANGUAGES if language.code != SOURCE)
DRAFT = "machine draft"
"""The comment of a message that a machine translated and nobody has checked."""
ON_PHONES = ("core/web/", "core/domain/", "core/base/", "resources/web/")
IN_RECORD = (
    "blocks", "board_picture", "chapters", "easy", "easy_words", "editions", "html", "large", "markdown", "pdf",
    "pictures", "pieces", "prints", "story", "telling", "wording", "workbook",
)  # fmt: skip
IN_RECORDS = tuple(f"core/record/{name}.py" for name in IN_RECORD)
IN_LETTERS = ("core/post/holdings.py", "core/post/letters.py", "core/post/news.py", "resources/letters/")
FOR_PARTICIPANTS = (*ON_PHONES, *IN_RECORDS, *IN_LETTERS, "resources/record/")
"""Where the words come from that people read on their phones, in the record and in letters; the rest is the desk's."""
SOURCES = (
    ("core", "*.py", "python"), ("ui", "*.py", "python"), ("resources/web/templates", "*.html", "jinja2"),
    ("resources/record", "*.html", "jinja2"), ("resources/letters", "*.html", "jinja2"),
)  # fmt: skip
OPTIONS = {"newstyle_gettext": "true", "silent": "false"}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
HAS_WORDS = re.compile(rb"\b(?:_|gettext|ngettext)\s*\(")    # every second module has none: it need not be taken apart
PLACEHOLDER = re.compile(r"\{\w*\}")
BEGUN = datetime(2026, 11, 25, tzinfo=UTC)    # the same in every file: a date that changes makes every update a change
WIDTH = 110
NUMBERS = range(201)
"""Enough of them to meet every plural form."""
MO_MAGIC, MO_HEADER, MO_ENTRY = 0x950412DE, 28, 8


def extracted() -> Catalog:
    """Every message of the source, by file, without the lines: those change all the time."""
    template = Catalog(charset="utf-8", fuzzy=False)
    for name, method in source_files():
        for _line, message, comments, context in extract_from_file(
            method, HOUSE / name, KEYWORDS, options=OPTIONS if method == "jinja2" else None
        ):
            template.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    for kind in Kind:
        for message in templates.messages(templates.source_lines(kind)):
            template.add(message, locations=[(f"resources/letters/{kind.value}.txt", 0)])
    for path in sorted((HOUSE / "resources" / "templates").glob("*.json")):
        plan = json.loads(path.read_text(encoding="utf-8"))
        for message in (plan["name"], plan["says"]):
            template.add(message, locations=[(path.relative_to(HOUSE).as_posix(), 0)])
    return template


def source_files() -> Iterator[tuple[str, str]]:
    """Every file that may hold words, and how they are found in it."""
    yield "main.py", "python"
    for folder, pattern, method in SOURCES:
        for path in sorted((HOUSE / folder).rglob(pattern)):
            if method != "python" or HAS_WORDS.search(path.read_bytes()):
                yield path.relative_to(HOUSE).as_posix(), method


def po_path(language: str) -> Path:
    """Where a language's translations are kept; the compiled ones stand beside it."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def kept(language: str) -> Catalog:
    """The translations as they are on disk; none where there is no file yet."""
    path = po_path(language)
    if path.exists():
        return read_po(io.BytesIO(path.read_bytes()), locale=language)
    return Catalog(
        locale=language, project="Sayback", version="1", charset="utf-8", fuzzy=False, creation_date=BEGUN,
        revision_date=BEGUN, last_translator="A machine", language_team="Sayback", msgid_bugs_address="Sayback",
        header_comment=f'# "{DRAFT}": no person has checked it yet; who has done so takes this comment away.',
    )  # fmt: skip


def up_to_date(language: str, template: Catalog) -> Catalog:
    """The translations that are kept, for the messages there are now. Nothing is guessed from what looks alike.
    A new message is the catalogue's own, not the template's: or what one language says of it, all would say."""
    catalogue = kept(language)
    catalogue.update(deepcopy(template), no_fuzzy_matching=True, update_creation_date=False)
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """The file that people translate in."""
    out = io.BytesIO()
    write_po(out, catalogue, width=WIDTH, ignore_obsolete=True, include_lineno=False)
    return out.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The file that the program reads (GNU gettext's MO): the same words give the same bytes, whatever wrote them."""
    texts = {"": header(catalogue)} | {"\0".join(forms(m.id)): "\0".join(forms(m.string)) for m in said(catalogue)}
    pairs = sorted((key.encode(), text.encode()) for key, text in texts.items())
    columns = [key for key, _ in pairs], [text for _, text in pairs]
    at = MO_HEADER + 2 * MO_ENTRY * len(pairs)
    index, data = b"", b""
    for column in columns:
        for entry in column:
            index += struct.pack("<II", len(entry), at + len(data))
            data += entry + b"\0"
    second = MO_HEADER + MO_ENTRY * len(pairs)
    return struct.pack("<IIIIIII", MO_MAGIC, 0, len(pairs), MO_HEADER, second, 0, at) + index + data


def header(catalogue: Catalog) -> str:
    """What the program has to know of a language: its plural forms, and whether it is a draft."""
    lines = ["Content-Type: text/plain; charset=utf-8", f"Plural-Forms: {catalogue.plural_forms}"]
    is_draft = any(DRAFT in message.user_comments for message in said(catalogue) if is_for_participants(message))
    return "\n".join([*lines, *(["X-Draft: yes"] if is_draft else [])]) + "\n"


def said(catalogue: Catalog) -> Iterator[Message]:
    """The messages that are translated, in every form."""
    return (message for message in catalogue if message.id and all(forms(message.string)))


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """One text, or one for each plural form."""
    return (text or "",) if isinstance(text, str) or text is None else tuple(text)


def is_for_participants(message: Message) -> bool:
    """Whether people read it on their phones or in the record."""
    return any(name.startswith(FOR_PARTICIPANTS) for name, _ in message.locations)


def todo(catalogue: Catalog, *, whole: bool = False) -> Iterator[Message]:
    """What participants read and the language does not say yet; of the whole program if that is wanted."""
    done = {id(message) for message in said(catalogue)}
    return (m for m in catalogue if m.id and (whole or is_for_participants(m)) and id(m) not in done)


def numbers_of(language: str) -> list[list[int]]:
    """For each plural form, the numbers up to 200 it is used for."""
    plural = get_plural(language)
    choose = c2py(plural.plural_expr)
    return [[n for n in NUMBERS if choose(n) == form] for form in range(plural.num_plurals)]


def faults(message: Message, language: str) -> list[str]:
    """What is wrong with a translation: a form or a placeholder that is missing, or one that nobody fills in."""
    texts, wanted = forms(message.string), set(PLACEHOLDER.findall("".join(forms(message.id))))
    numbers = numbers_of(language) if len(forms(message.id)) > 1 else [[0, 1]]
    if len(texts) != len(numbers):
        return [f"{len(texts)} forms, not {len(numbers)}: {message.id}"]
    found = []
    for text, used_for in zip(texts, numbers, strict=True):
        there = set(PLACEHOLDER.findall(text))
        needed = wanted - {"{n}"} if len(used_for) == 1 else wanted    # "one note" may say its number in words
        if not needed <= there <= wanted or ("%" in text) != ("%" in "".join(forms(message.id))):
            found.append(f"placeholders: {message.id} -> {text}")
    return found


def take(catalogue: Catalog, texts: Mapping[str, str | list[str]], language: str) -> list[str]:
    """Put translations in, as a machine's drafts; what is wrong is left out and said."""
    wrong = []
    for id, text in texts.items():
        message = catalogue.get(id)
        if message is None:
            wrong.append(f"no such message: {id}")
            continue
        was, message.string = message.string, tuple(text) if isinstance(text, list) else text
        found = faults(message, language) if all(forms(message.string)) else [f"empty: {id}"]
        if found:
            message.string = was
            wrong += found
        elif DRAFT not in message.user_comments:
            message.user_comments.append(DRAFT)
    return wrong


def as_json(messages: Iterable[Message], language: str) -> str:
    """What there is to translate, with the numbers each plural form is for."""
    about_numbers = [f"{numbers[:6]}" for numbers in numbers_of(language)]
    found = {forms(m.id)[0]: [forms(m.id)[1], *about_numbers] if m.pluralizable else "" for m in messages}
    return json.dumps(found, ensure_ascii=False, indent=1)


def changes(catalogues: Mapping[str, Catalog]) -> dict[Path, bytes]:
    """The files that are not as they should be, and what should be in them."""
    wanted = {po_path(language): as_po(catalogue) for language, catalogue in catalogues.items()}
    wanted |= {po_path(language).with_suffix(".mo"): as_mo(catalogue) for language, catalogue in catalogues.items()}
    return {path: text for path, text in wanted.items() if not path.exists() or path.read_bytes() != text}


def write(files: Mapping[Path, bytes]) -> None:
    """Each file as it should be."""
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)


def main(arguments: list[str]) -> int:
    """The command; its exit code."""
    asked = options(arguments)
    template = extracted()
    catalogues = {language: up_to_date(language, template) for language in TRANSLATED}
    if asked.todo:
        print(as_json(todo(catalogues[asked.todo], whole=asked.whole), asked.todo))
        return 0
    if asked.check:
        stale = sorted(str(path.relative_to(HOUSE)) for path in changes(catalogues))
        print("\n".join(stale or ["Every catalogue is up to date."]))
        return 1 if stale else 0
    wrong = []
    if asked.take:
        language, file = asked.take
        texts = json.loads(sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8"))
        wrong = take(catalogues[language], texts, language)
    write(changes(catalogues))
    print("\n".join([*wrong, *(f"{code}: {len(list(todo(c)))} to do" for code, c in catalogues.items())]))
    return 1 if wrong else 0


def options(arguments: list[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--todo", choices=TRANSLATED)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--take", nargs=2, metavar=("LANGUAGE", "FILE"))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
