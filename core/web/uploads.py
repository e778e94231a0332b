"""Reading a form with a photo in it: never more of it in memory than a piece, and the words kept whatever is wrong."""

from collections.abc import AsyncGenerator, AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import BinaryIO

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from core.base.language import _
from core.web.forms import CONTROLS, FIELDS_AT_MOST, Fields, Form
from core.web.problem import Problem, odd, too_big

UPLOAD_TYPE = "multipart/form-data"
IN_MEMORY = 64 * 1024
PASSED_OVER = 4
"""So many times the cap is read and forgotten: a phone hears an answer only once it has sent its photo."""
FILE = "photo"


class _TooLarge(Exception):
    """There is more in it than we take."""


@dataclass(frozen=True, slots=True)
class Upload:
    """The fields of a form, what was wrong with it, and its photo; None where none was chosen."""

    form: Form
    photo: BinaryIO | None


@asynccontextmanager
async def upload(
    request: Request, wanted: Collection[str], needed: Collection[str], cap: int, field_cap: int
) -> AsyncIterator[Upload]:
    """The form, whose photo is gone from the disk afterwards. Raises a Problem only where nothing was read."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != UPLOAD_TYPE:
        raise odd(415)
    parser = MultiPartParser(
        request.headers, _capped(request, cap), max_files=1, max_fields=FIELDS_AT_MOST, max_part_size=field_cap
    )
    parser.spool_max_size = IN_MEMORY
    fault = await _fault(parser)
    try:
        fields, whole = _fields(parser)
        found = {name: value for name, value in fields.items() if name in wanted}
        fault = fault or (None if whole and fields.keys() >= set(needed) else odd(400))
        if fault is not None:
            fault.text = fields.get("text", "")
        yield Upload(Form(found, fault), None if fault else _photo(parser))
    finally:
        for _name, each in parser.items:
            if isinstance(each, UploadFile):
                each.file.close()


async def _fault(parser: MultiPartParser) -> Problem | None:
    """Read it all; what is wrong with it, if anything is."""
    try:
        await parser.parse()
    except _TooLarge:
        return no_photo()
    except MultiPartException:
        return odd(400)
    except ClientDisconnect:
        raise odd() from None
    return None


def no_photo() -> Problem:
    """What is said of a photo that we do not take."""
    return Problem(
        400,
        _("That photo is too big, or it is not a photo."),
        _("Your words are kept. Please try another photo."),
    )


async def _capped(request: Request, cap: int) -> AsyncGenerator[bytes, None]:
    taken = 0
    async for chunk in request.stream():
        taken += len(chunk)
        if taken > cap * PASSED_OVER:
            raise too_big()
        if taken <= cap:
            yield chunk
    if taken > cap:
        raise _TooLarge


def _fields(parser: MultiPartParser) -> tuple[Fields, bool]:
    """The fields that are texts, and whether they are such as a browser would send."""
    fields: Fields = {}
    whole = True
    for name, value in parser.items:
        if isinstance(value, str):
            whole = whole and name not in fields and not CONTROLS.search(value)
            fields.setdefault(name, CONTROLS.sub("", value))
        else:
            whole = whole and name == FILE
    return fields, whole


def _photo(parser: MultiPartParser) -> BinaryIO | None:
    return next((each.file for _name, each in parser.items if isinstance(each, UploadFile) and each.size), None)
