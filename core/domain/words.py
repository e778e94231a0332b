"""Free text, kept apart from the events so that it can be erased and the chain still verifies (LOG.md, "Words")."""

import hashlib
import unicodedata

from core.base.chance import random_bytes
from core.base.ids import WordsHash
from core.domain.values import Frozen

NOTE_LIMIT = 500
"""The most signs a note may have, after NFC (attacks.md 1.2)."""
ANSWER_LIMIT = 2000
"""The most signs the answer to a live question may have."""
LINE_LIMIT = 200
"""The most signs a title, a question or the name of a theme may have."""
NAME_LIMIT = 40
"""The most signs the name of a contributor may have."""
NO_CONTROLS = [code if chr(code).isprintable() or chr(code) in "\n\t" else None for code in range(0xA0)]
"""Takes all control signs (category Cc) out of a text, but for these two. A list, because looking for what is not in a
table takes `translate` five times as long as to find it there."""
UNSEEN_IN_NAMES = frozenset(
    "\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""What has no place in a name: signs that cannot be seen, or that turn the writing round (attacks.md A43). Joiners
stay: names in Persian or Bengali need them."""


def tidy(text: str) -> str:
    """Text as it is compared and kept: NFC, line ends LF, edges trimmed, no control signs or half characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", text.translate(NO_CONTROLS)).strip()


def tidy_name(text: str) -> str:
    """A person's name: on one line, without what cannot be seen."""
    return " ".join("".join(sign for sign in tidy(text) if sign not in UNSEEN_IN_NAMES).split())


class Words(Frozen, frozen=True):
    """A text with its salt (16 bytes); an event carries only the hash of both."""

    hash: WordsHash
    salt: bytes
    text: str

    @classmethod
    def of(cls, text: str, salt: bytes | None = None) -> "Words":
        """Tidied words under a fresh salt."""
        salt = random_bytes(16) if salt is None else salt
        kept = tidy(text)
        return cls(words_hash(kept, salt), salt, kept)

    @property
    def are_true(self) -> bool:
        """Whether the text is the one its hash was made from."""
        return words_hash(self.text, self.salt) == self.hash


def words_hash(text: str, salt: bytes) -> WordsHash:
    """SHA-256 of salt and UTF-8 text, as 64 hexadecimal digits."""
    return WordsHash(hashlib.sha256(salt + text.encode("utf-8")).hexdigest())
