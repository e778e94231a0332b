"""Style and script, read once, under names that change with their contents; nothing else can be asked for."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

RESOURCES = Path(__file__).parents[2] / "resources" / "web"
KINDS = {"style.css": "text/css; charset=utf-8", "page.js": "text/javascript; charset=utf-8"}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, ready to send."""

    url: str
    kind: str
    plain: bytes
    packed: bytes

    @classmethod
    def read(cls, path: Path, kind: str) -> "Asset":
        """Its address holds a hash of what is in it."""
        plain = path.read_bytes()
        name = f"{path.stem}.{hashlib.sha256(plain).hexdigest()[:16]}{path.suffix}"
        return cls(f"/static/{name}", kind, plain, gzip.compress(plain, 9, mtime=0))

    def answer(self, request: Request) -> Response:
        """The file, packed where the browser can unpack it."""
        return packed(request, self.plain, self.packed, kind=self.kind, keep=FOREVER)


def read_assets(folder: Path = RESOURCES) -> Mapping[str, Asset]:
    """Style and script by their short names."""
    return {name: Asset.read(folder / name, kind) for name, kind in KINDS.items()}


def takes_gzip(request: Request) -> bool:
    """Whether the browser can unpack."""
    return "gzip" in request.headers.get("accept-encoding", "")


def packed(request: Request, plain: bytes, gzipped: bytes, *, kind: str, keep: str, status: int = 200) -> Response:
    """An answer in the form the browser takes."""
    headers = {"content-type": kind, "cache-control": keep, "vary": "Accept-Encoding"}
    if takes_gzip(request):
        return Response(gzipped, status, {**headers, "content-encoding": "gzip"})
    return Response(plain, status, headers)
