"""Draws one picture anew, as a process of its own: whatever a file does to the reader of pictures, it does it here.

Reads the file from its standard input; writes a line of JSON and the new picture, whose longest side has at most as
many dots as its argument says, to its standard output. Run by its path (`core/web/redrawing.py`), so it imports
nothing of ours.
"""

import json
import os
import sys
import warnings
from io import BytesIO

from PIL import Image, ImageOps

REFUSED = 3
"""The exit code for a file that is no picture we take."""
FORMATS = ("JPEG", "PNG", "WEBP")
DOTS_AT_MOST = 24_000_000
FEW_COLOURS = 64
"""Fewer than the greys of a grey photo."""
JPEG_QUALITY = 85
MEMORY = 768 * 2**20
"""Address space, Python's own included: 24 million dots with transparency are 96 MB, twice at most."""
PROCESSOR_SECONDS = 10
WHITE = (255, 255, 255)


def limit_ourselves() -> None:
    """No more memory and time than a picture needs, no file of any size, and the last turn at the processor."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(5)


def redrawn(file: BytesIO, longest_side: int) -> tuple[dict[str, str | int], bytes]:
    """What the picture is now, and its bytes. The same file always gives the same bytes. Raises what Pillow raises."""
    with Image.open(file, formats=FORMATS) as opened:
        opened.thumbnail((longest_side, longest_side))    # a JPEG is already read smaller
        upright = ImageOps.exif_transpose(opened)
    clean = on_paper(upright)
    kind, written = as_png(clean) if has_few_colours(clean) else as_jpeg(clean)
    return {"kind": kind, "width": clean.width, "height": clean.height}, written


def on_paper(image: Image.Image) -> Image.Image:
    """Its dots alone, on white where it is clear: nothing else that was in the file comes along."""
    paper = Image.new("RGB", image.size, WHITE)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper.paste(clear, mask=clear.getchannel("A"))
    else:
        paper.paste(image.convert("RGB"))
    return paper


def has_few_colours(image: Image.Image) -> bool:
    """A drawing made on a screen, which PNG keeps sharp and small."""
    return image.getcolors(FEW_COLOURS) is not None


def as_png(image: Image.Image) -> tuple[str, bytes]:
    """Every colour as it was."""
    out = BytesIO()
    image.quantize(FEW_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return "image/png", out.getvalue()


def as_jpeg(image: Image.Image) -> tuple[str, bytes]:
    """As a photo."""
    out = BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY)
    return "image/jpeg", out.getvalue()


def main(longest_side: int) -> int:
    """Read, draw, write; what cannot be read is refused without a word of it."""
    limit_ourselves()
    Image.MAX_IMAGE_PIXELS = DOTS_AT_MOST
    warnings.simplefilter("error")
    try:
        about, picture = redrawn(BytesIO(sys.stdin.buffer.read()), longest_side)
    except (OSError, ValueError, SyntaxError, MemoryError, Warning, Image.DecompressionBombError, EOFError):
        return REFUSED
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n" + picture)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
