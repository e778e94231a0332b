"""What stands in the link and the QR code of an online home: 26 signs that nobody finds by trying."""

from core.base.identity import AS_TYPED, BITS_A_SIGN, SIGNS
from core.base.ids import WorkshopId, is_id

LENGTH = 26
ID_BITS = 128


def token_of(workshop: WorkshopId) -> str:
    """The 128 random bits of a workshop's id as 26 signs."""
    number = int(workshop, 16)
    return "".join(SIGNS[number >> shift & 31] for shift in range((LENGTH - 1) * BITS_A_SIGN, -1, -BITS_A_SIGN))


def workshop_of(token: str) -> WorkshopId | None:
    """Whose token this is; None where it is none."""
    signs = token.upper().translate(AS_TYPED)
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
        return None
    number = 0
    for sign in signs:
        number = number << BITS_A_SIGN | SIGNS.index(sign)
    found = f"{number:032x}"
    return WorkshopId(found) if number < 1 << ID_BITS and is_id(found) else None
