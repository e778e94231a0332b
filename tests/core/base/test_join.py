"""How people find the workshop: codes that can be read out, addresses that can be reached, a QR code that scans."""

from itertools import cycle

import pytest
import zxingcpp
from PIL import Image

from core.base.join import CODE_SIGNS, Way, address, join_url, link, new_code, public_join_url, qr_matrix, read_code


def test_a_code_has_six_signs_that_do_not_look_alike() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 6 and set(code) <= set(CODE_SIGNS) for code in codes)
    assert not set("IO01L") & set(CODE_SIGNS)


def test_the_choice_of_a_code_can_be_given() -> None:
    signs = cycle("AB")
    assert new_code(lambda _all: next(signs)) == "ABABAB"


@pytest.mark.parametrize("typed", ["abc234", " ABC 234 ", "abc-234"])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert read_code(typed) == "ABC234"


def test_the_qr_code_holds_the_address_in_upper_case() -> None:
    assert join_url("192.168.1.20", 8000, "ABC234") == "HTTP://192.168.1.20:8000/ABC234"
    assert join_url("192.168.1.20", 80, "ABC234") == "HTTP://192.168.1.20/ABC234"
    assert join_url("fd00::1", 8000, "ABC234") == "HTTP://[FD00::1]:8000/ABC234"
    assert public_join_url("https://say.example.org/", "ABC234") == "HTTPS://SAY.EXAMPLE.ORG/ABC234"
    assert address("192.168.1.20", 8000) == "http://192.168.1.20:8000"


def test_the_link_says_how_somebody_takes_part() -> None:
    origin = address("192.168.1.20", 8000)
    assert link(origin, "ABC234", Way.ROOM) == "http://192.168.1.20:8000/ABC234"
    assert link(origin, "ABC234", Way.HOME) == "http://192.168.1.20:8000/ABC234?m=home"
    assert link(origin, "ABC234", Way.SCRIBE) == "http://192.168.1.20:8000/ABC234?m=scribe"


@pytest.mark.parametrize("text", ["HTTP://192.168.1.20:8000/ABC234", "HTTP://10.0.0.7/CLAIM#K7Q2M9XF4TRD01WP"])
@pytest.mark.parametrize("mask", [None, *range(8)])
def test_the_qr_code_scans(text: str, mask: int | None) -> None:
    matrix = qr_matrix(text, mask)
    picture = Image.new("L", (len(matrix) + 8, len(matrix) + 8), 255)
    for y, row in enumerate(matrix, 4):
        for x, dark in enumerate(row, 4):
            picture.putpixel((x, y), 0 if dark else 255)
    found = zxingcpp.read_barcodes(picture.resize((picture.width * 8, picture.height * 8), Image.Resampling.NEAREST))
    assert [each.text for each in found] == [text]
