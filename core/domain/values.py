"""The frozen values that the log and the board are made of, and the same with one thing changed."""

from msgspec import Struct
from msgspec.structs import replace as changed


class Frozen(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A value that never changes, made in C: a log holds hundreds of thousands (docs/decisions/values-made-in-c.md).
    It can only hold what was there before it, so no ring of garbage ever goes through it, and none is looked for."""


__all__ = ["Frozen", "changed"]
