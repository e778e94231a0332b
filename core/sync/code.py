"""The pairing code: eight signs that somebody reads from one desk and types at the other.

Neither side sends it. Each proves that it knows it, and over which certificate it speaks; so whoever stands between
two desks can neither join nor pass for the first one. The code is stretched, because what a stranger hears could else
be tried against all codes (decisions/a-code-is-proved-not-sent.md)."""

import hashlib
import hmac
import secrets

from core.base.identity import AS_TYPED, SIGNS

LENGTH = 8
HALF = 4
BITS_A_SIGN = 5


def new_code() -> str:
    """Forty random bits as eight signs."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def as_shown(code: str) -> str:
    """Two groups of four."""
    return f"{code[:HALF]} {code[HALF:]}"


def read_code(typed: str) -> str | None:
    """A code as people type it (O is 0, I and L are 1); None where it is none."""
    signs = typed.upper().translate(AS_TYPED)
    return signs if len(signs) == LENGTH and set(signs) <= set(SIGNS) else None


def stretched(code: str) -> bytes:
    """What both sides make of the code: 32 bytes that take some 50 ms, so that nobody tries all codes in its life."""
    return hashlib.scrypt(code.encode(), salt=b"sayback pairing", n=2**14, r=8, p=1, maxmem=2**26, dklen=32)


def proof(key: bytes, *said: str) -> str:
    """Shows that whoever says this knows the code."""
    return hmac.new(key, "\n".join(said).encode(), hashlib.sha256).hexdigest()


def is_proof(key: bytes, given: str, *said: str) -> bool:
    """Whether it does; takes as long for a wrong one."""
    return hmac.compare_digest(proof(key, *said).encode(), given.encode("utf-8", "replace"))
