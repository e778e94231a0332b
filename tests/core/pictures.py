"""Pictures for tests: such as a phone sends, and such as we keep."""

from io import BytesIO

from PIL import Image

from core.base.pictures import Picture, PictureKind


def photo(width: int = 64, height: int = 48, *, of: int = 1, form: str = "JPEG", **said: object) -> bytes:
    """A file as a phone sends it: a pattern with many colours, another for each number."""
    bands = (Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90), Image.radial_gradient("L"))
    image = Image.merge("RGB", bands).point(lambda value: value * of % 256).resize((width, height))
    file = BytesIO()
    image.save(file, form, **said)
    return file.getvalue()


def picture(of: int = 1) -> Picture:
    """A picture as it is kept."""
    return Picture(photo(of=of), PictureKind.JPEG, 64, 48)


def drawing() -> Picture:
    """A red square on white paper."""
    image = Image.new("RGB", (64, 48), "white")
    image.paste((200, 30, 30), (16, 8, 48, 40))
    file = BytesIO()
    image.save(file, "PNG")
    return Picture(file.getvalue(), PictureKind.PNG, 64, 48)
