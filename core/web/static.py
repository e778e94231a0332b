"""Style and script: small files, joined and read once, each under a name that changes with its contents.

A page asks for one style and one script, however many files they are written in, and one script more where people
vote, ask or add a photo; nothing else can be asked for.
"""

import gzip
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

RESOURCES = Path(__file__).parents[2] / "resources" / "web"
STYLE = (
    "tokens.css",
    "page.css",
    "form.css",
    "notes.css",
    "boxes.css",
    "receipt.css",
    "address.css",
    "track.css",
    "wall.css",
    "choosing.css",
    "languages.css",
    "looks.css",
)
"""The files of the style, in the order in which a later one overrules an earlier one."""
SCRIPT = (
    "base.js",
    "outbox.js",
    "moving.js",
    "room.js",
    "hear.js",
    "waiting.js",
    "writing.js",
    "agenda.js",
    "claim.js",
    "keeping.js",
    "live.js",
)
"""The files of the script, in the order in which they run: each may use what stands before it."""
FOR_SOME_PAGES = {"choosing.js": ("asking.js", "choosing.js"), "photo.js": ("photo.js",)}
"""What only the pages of votes and live questions need after the script, and only that of a photo: the first page does
not load it."""
FOR_READERS = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n|^[ \t]+", re.DOTALL | re.MULTILINE)
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to send."""

    url: str
    kind: str
    plain: bytes
    packed: bytes

    @classmethod
    def joined(cls, name: str, files: Iterable[Path], kind: str) -> "Asset":
        """One file of several, without what is there for readers. Its address holds a hash of what is in it."""
        plain = slim("".join(file.read_text("utf-8") for file in files)).encode()
        stem, _, suffix = name.partition(".")
        url = f"/static/{stem}.{hashlib.sha256(plain).hexdigest()[:16]}.{suffix}"
        return cls(url, kind, plain, gzip.compress(plain, 9, mtime=0))

    def answer(self, request: Request) -> Response:
        """The file, packed where the browser can unpack it."""
        return packed(request, self.plain, self.packed, kind=self.kind, keep=FOREVER)


@cache
def read_assets(folder: Path = RESOURCES) -> Mapping[str, Asset]:
    """Style and script by their short names, read and packed once for a process."""
    style = [folder / "style" / name for name in STYLE]
    return {
        "style.css": Asset.joined("style.css", style, "text/css; charset=utf-8"),
        "page.js": _script("page.js", folder, SCRIPT),
        **{name: _script(name, folder, files) for name, files in FOR_SOME_PAGES.items()},
    }


def _script(name: str, folder: Path, files: Iterable[str]) -> Asset:
    return Asset.joined(name, [folder / "script" / file for file in files], "text/javascript; charset=utf-8")


def slim(source: str) -> str:
    """Style or script without comments that begin a line, and without what indents it."""
    return FOR_READERS.sub("", source)


def takes_gzip(request: Request) -> bool:
    """Whether the browser can unpack."""
    return "gzip" in request.headers.get("accept-encoding", "")


def packed(request: Request, plain: bytes, gzipped: bytes, *, kind: str, keep: str, status: int = 200) -> Response:
    """An answer in the form the browser takes."""
    headers = {"content-type": kind, "cache-control": keep, "vary": "Accept-Encoding"}
    if takes_gzip(request):
        return Response(gzipped, status, {**headers, "content-encoding": "gzip"})
    return Response(plain, status, headers)
