"""A photo is drawn anew by a process of its own: what is no photo is refused, and nothing else in the file comes along
(attacks.md A39, faults.md F38)."""

import asyncio
import struct
import sys
import tempfile
import zlib
from functools import cache
from io import BytesIO

import pytest
from PIL import Image

from core.base.pictures import Picture, PictureKind
from core.web.redrawing import NoPicture, Redrawer, read_picture
from tests.core.pictures import photo

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML_AND_GIF = b"GIF89a/*<html><script>alert(1)</script>*/=1;//" + bytes(64)


def redrawn(file: bytes, redrawer: Redrawer | None = None) -> Picture:
    async def draw() -> Picture:
        with tempfile.TemporaryFile() as at:
            at.write(file)
            return await (redrawer or Redrawer()).redrawn(at)

    return asyncio.run(draw())


def read(picture: Picture) -> Image.Image:
    return Image.open(BytesIO(picture.data))


@cache
def blank_png(side: int) -> bytes:
    """A square of black dots, one bit each: the smallest file of so many dots."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packed = zlib.compress(bytes((1 + (side + 7) // 8) * side), 6)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_drawn_anew(form: str) -> None:
    picture = redrawn(photo(form=form))
    assert (picture.kind, picture.width, picture.height) == (PictureKind.JPEG, 64, 48)
    assert read(picture).format == "JPEG"
    assert read(picture).size == (64, 48)


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(blank_png(12_000), id="144 million dots"),
        pytest.param(blank_png(30_000), id="900 million dots"),
        pytest.param(photo()[:-200], id="cut off"),
        pytest.param(HTML_AND_GIF, id="page and GIF at once"),
        pytest.param(SVG, id="drawing with a script"),
        pytest.param(b"\0\0\0\x18ftypheic" + bytes(100), id="HEIC"),
        pytest.param(photo(form="TIFF"), id="TIFF"),
        pytest.param(b"%PDF-1.7", id="PDF"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_what_is_no_photo_or_too_big_is_refused(file: bytes) -> None:
    with pytest.raises(NoPicture):
        redrawn(file)


def test_nothing_but_the_dots_comes_along() -> None:
    exif = Image.Exif()
    exif[0x010E] = "the owner of this phone"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 12.25)
    sent = photo(exif=exif, comment=b"taken at home", icc_profile=b"icc " * 40, xmp=b"<x:xmpmeta>secret</x:xmpmeta>")
    for secret in (b"the owner", b"taken at home", b"icc icc", b"xmpmeta", b"Exif"):
        assert secret in sent
    picture = redrawn(sent + b"<script>alert(1)</script>")
    for secret in (b"the owner", b"taken at home", b"icc icc", b"xmpmeta", b"Exif", b"<script>"):
        assert secret not in picture.data
    assert not read(picture).getexif()
    assert set(read(picture).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = redrawn(photo(exif=exif))
    assert (picture.width, picture.height) == (48, 64)


def test_a_large_photo_is_made_smaller_and_a_small_one_stays() -> None:
    large = redrawn(photo(3200, 1000))
    assert (large.width, large.height) == (1600, 500)
    assert redrawn(photo(10, 7)).width == 10


def test_a_drawing_made_on_a_screen_keeps_its_colours_on_white_paper() -> None:
    drawing = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    drawing.paste((200, 30, 30, 255), (5, 5, 20, 20))
    file = BytesIO()
    drawing.save(file, "PNG")
    picture = redrawn(file.getvalue())
    assert picture.kind is PictureKind.PNG
    drawn = read(picture).convert("RGB")
    assert (drawn.getpixel((10, 10)), drawn.getpixel((30, 25))) == ((200, 30, 30), (255, 255, 255))


def test_only_the_first_picture_of_a_moving_one_is_kept() -> None:
    red, blue = (Image.new("RGB", (8, 8), colour) for colour in ("red", "blue"))
    file = BytesIO()
    red.save(file, "WEBP", save_all=True, append_images=[blue], lossless=True)
    drawn = read(redrawn(file.getvalue())).convert("RGB")
    assert drawn.getpixel((4, 4)) == (255, 0, 0)


def test_the_same_file_gives_the_same_picture() -> None:
    assert redrawn(photo(2000, 900)).hash == redrawn(photo(2000, 900)).hash


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param("import os; os.abort()", id="dies"),
        pytest.param("while True: pass", id="never ends"),
        pytest.param("import sys; [sys.stdout.buffer.write(bytes(2**20)) for _ in range(64)]", id="says too much"),
        pytest.param("print('nonsense')", id="says nonsense"),
        pytest.param("print('{\"kind\": \"text/html\", \"width\": 1, \"height\": 1}')", id="says another kind"),
    ],
)
def test_a_child_that_misbehaves_is_ended_and_hurts_nobody(deed: str) -> None:
    with pytest.raises(NoPicture):
        redrawn(photo(), Redrawer((sys.executable, "-I", "-c", deed), seconds=0.5))


@pytest.mark.slow
def test_a_child_that_takes_all_memory_dies_alone() -> None:
    """The largest picture that its size lets through needs no more than there is; more than that ends the child."""
    deed = "from core.base import redraw; redraw.limit_ourselves(); bytearray(redraw.MEMORY)"
    with pytest.raises(NoPicture):
        redrawn(photo(), Redrawer((sys.executable, "-c", deed)))
    assert redrawn(photo(5999, 4000)).width == 1600


def test_a_size_that_no_picture_of_ours_has_is_not_believed() -> None:
    with pytest.raises(NoPicture):
        read_picture(b'{"kind": "image/png", "width": 99999, "height": 1}\nx')
