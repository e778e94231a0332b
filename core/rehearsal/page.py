"""Reading a page as a phone's browser does: where its form goes, what it carries, and what words are shown."""

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Self


@dataclass(slots=True)
class Form:
    """A form that takes a note: where it is sent, what it carries, and the name of the field for the words."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    words: str = ""

    def at(self, address: str) -> "Form":
        """The same form, sent to a full address."""
        return replace(self, action=address)

    def filled(self, text: str) -> dict[str, str]:
        """What is sent when somebody writes this."""
        return {**self.fields, self.words: text}


class Page(HTMLParser):
    """A page's note form (None where it has none), its visible words, and where its button leads."""

    def __init__(self) -> None:
        super().__init__()
        self.form: Form | None = None
        self.words: list[str] = []
        self.onward = ""
        self._open: Form | None = None

    @classmethod
    def read(cls, text: str) -> Self:
        """A page from its HTML."""
        page = cls()
        page.feed(text)
        page.close()
        return page

    def shows(self, text: str) -> bool:
        """Whether these words are on it, however they are broken into lines."""
        return "".join(text.split()) in "".join("".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(values.get("action", ""))
        elif self._open is not None and tag == "input" and values.get("type") == "hidden":
            self._open.fields[values.get("name", "")] = values.get("value", "")
        elif self._open is not None and tag == "textarea":
            self._open.words = values.get("name", "")
            self.form = self.form or self._open
        elif tag == "a" and "button" in values.get("class", "").split():
            self.onward = self.onward or values.get("href", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
