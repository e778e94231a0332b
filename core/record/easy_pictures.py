"""The pictures of Easy Read as line drawings on a grid of 20: our own, so that they are the same on every machine."""

from math import cos, pi, sin

from core.domain.terms import EasyPicture
from core.record.shapes import Points

STEPS = 32


def ring(x: float, y: float, radius: float, begin: float = 0.0, end: float = 1.0) -> Points:
    """A circle, or a part of one (clockwise, 0 is at the right), in short straight lines."""
    turns = (2 * pi * (begin + (end - begin) * step / STEPS) for step in range(STEPS + 1))
    return tuple((x + radius * cos(turn), y + radius * sin(turn)) for turn in turns)


def box(left: float, top: float, right: float, bottom: float) -> Points:
    """Four sides."""
    return (left, top), (right, top), (right, bottom), (left, bottom), (left, top)


PICTURES: dict[EasyPicture, tuple[Points, ...]] = {
    EasyPicture.PEOPLE: (
        ring(7, 6, 3), ring(7, 18, 6, 0.5, 1.0),
        ring(14.5, 7, 2.3), ring(15, 17.5, 4, 0.62, 1.0),
    ),
    EasyPicture.TALK: (
        ((3, 4), (17, 4), (17, 13), (9, 13), (5, 17), (5, 13), (3, 13), (3, 4)),
        ((6.5, 7), (13.5, 7)), ((6.5, 10), (11, 10)),
    ),
    EasyPicture.WRITE: (
        ((3, 17), (4, 13), (13.5, 3.5), (16.5, 6.5), (7, 16), (3, 17)),
        ((11.5, 5.5), (14.5, 8.5)),
    ),
    EasyPicture.VOTE: (
        box(3, 9, 17, 17), ((7, 9), (7, 3), (13, 3), (13, 9)),
        ((8.5, 5.5), (9.5, 6.8), (11.5, 4.5)),
    ),
    EasyPicture.HOUSE: (
        ((3, 9), (10, 3), (17, 9), (17, 17), (3, 17), (3, 9)),
        ((8, 17), (8, 12), (12, 12), (12, 17)),
    ),
    EasyPicture.MONEY: (
        ring(10, 10, 7.5),
        ((12.5, 7), (11.3, 6), (9.6, 6.3), (9, 8), (9, 12), (7.5, 14), (13, 14)), ((7.5, 10.3), (11.5, 10.3)),
    ),
    EasyPicture.SAFE: (
        box(4, 9, 16, 17), ((6, 9), *ring(10, 7, 4, 0.5, 1.0), (14, 9)),
        ((10, 12), (10, 14.5)),
    ),
    EasyPicture.LETTER: (box(2.5, 5, 17.5, 15.5), ((2.5, 5.5), (10, 11), (17.5, 5.5))),
    EasyPicture.CLOCK: (ring(10, 10, 7.5), ((10, 5.5), (10, 10), (13.5, 12))),
    EasyPicture.YES: (((3.5, 10.5), (8, 15.5), (16.5, 5)),),
    EasyPicture.NO: (((4.5, 4.5), (15.5, 15.5)), ((15.5, 4.5), (4.5, 15.5))),
    EasyPicture.ASK: (
        (*ring(10, 6.8, 3.6, 0.5, 1.2), (10, 11.5), (10, 13)),
        ((10, 16), (10, 16.4)),
    ),
}  # fmt: skip
