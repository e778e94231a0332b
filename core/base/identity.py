"""Who somebody is: a secret of 80 random bits, its forms as a receipt, and the id that the log keeps."""

import hashlib
import hmac
import secrets
from functools import lru_cache
from typing import NewType

from core.base.ids import ContributorId
from core.base.wordlist import as_words, numbers_from

Secret = NewType("Secret", bytes)
"""80 random bits: whoever has them is that contributor. Never in the log, in an address or in a log file."""

SECRET_BYTES = 10
REMEMBERED = 4096
"""So many people's receipts and tokens are not worked out again for each note."""
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
BITS_A_SIGN = 5
LENGTH = SECRET_BYTES * 8 // BITS_A_SIGN
WORD_COUNT = 8
AS_TYPED = str.maketrans("OIL", "011", " -\t\n\r\u00a0\u2010\u2011\u2013\u2014._")


def new_secret() -> Secret:
    """A secret nobody has had before."""
    return Secret(secrets.token_bytes(SECRET_BYTES))


def secret_from(start: bytes) -> Secret:
    """The secret that grows from the sender's random bits: a first note sent twice has one author."""
    return Secret(hashlib.sha256(b"sayback first note " + start).digest()[:SECRET_BYTES])


def contributor_of(secret: Secret) -> ContributorId:
    """The id that the log keeps: laptop and home find the same one, and nobody finds the secret from it."""
    return ContributorId(hashlib.sha256(secret).digest()[:16].hex())


@lru_cache(maxsize=REMEMBERED)
def receipt_of(secret: Secret) -> str:
    """The secret as 16 signs."""
    number = int.from_bytes(secret, "big")
    shifts = range((LENGTH - 1) * BITS_A_SIGN, -1, -BITS_A_SIGN)
    return "".join(SIGNS[number >> shift & 31] for shift in shifts)


def groups_of(secret: Secret) -> tuple[str, ...]:
    """The receipt as people read it: four groups of four."""
    receipt = receipt_of(secret)
    return tuple(receipt[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read_receipt(typed: str) -> Secret | None:
    """The secret behind a receipt as people type it (O is 0, I and L are 1); None where it is no receipt."""
    signs = typed.upper().translate(AS_TYPED)
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
        return None
    number = 0
    for sign in signs:
        number = number << BITS_A_SIGN | SIGNS.index(sign)
    return Secret(number.to_bytes(SECRET_BYTES, "big"))


def words_of(secret: Secret) -> tuple[str, ...]:
    """The receipt as eight words: the 80 bits, then 8 check bits, which are the first of the secret's SHA-256. Of 256
    wrong words, or words in a wrong order, 255 are noticed."""
    return as_words(int.from_bytes(secret, "big") << 8 | _check_bits(secret), WORD_COUNT)


def read_words(typed: str) -> Secret | None:
    """The secret behind eight words as people type them; None where they are no receipt."""
    for number in numbers_from(typed, WORD_COUNT):
        secret = Secret((number >> 8).to_bytes(SECRET_BYTES, "big"))
        if _check_bits(secret) == number & 0xFF:
            return secret
    return None


def read_secret(typed: str) -> Secret | None:
    """The secret behind a receipt in either of its forms."""
    return read_receipt(typed) or read_words(typed)


def _check_bits(secret: Secret) -> int:
    return hashlib.sha256(secret).digest()[0]


@lru_cache(maxsize=REMEMBERED)
def token_of(secret: Secret) -> str:
    """What a form of this person carries, so that no other site can send one in their name."""
    return hmac.new(secret, b"sayback form", hashlib.sha256).hexdigest()[:32]


def is_token_of(secret: Secret, token: str) -> bool:
    """Whether a form carries this person's token; takes as long for a wrong one."""
    return hmac.compare_digest(token_of(secret).encode(), token.encode("utf-8", "replace"))
