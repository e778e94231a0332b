"""Sizes on the board in pixels at 100 % (look of the desk, sections 1 and 2)."""

NOTE_WIDTH = 186
NOTE_SIDE = 10
NOTE_TOP = 9
NOTE_FOOT = 16
NOTE_BELOW_FOOT = 6
WORDS_WIDTH = NOTE_WIDTH - 2 * NOTE_SIDE
NOTE_EXTRA = 38
"""What a note is taller than its words."""
NOTE_GAP = 8
PICTURE_HEIGHT = 112
PICTURE_ROOM = 118
"""What a note with a picture is taller than one without."""

FRAME_PADDING = 10
FRAME_GAP = 14
FRAME_RADIUS = 10
HEADER = 42
TITLE_PITCH = 20
TITLE_LINES = 3
EMPTY_FRAME = 84
"""Room for notes in a frame that has none."""
BOARD_MARGIN = 14

UNIT_COLUMNS = 2
"""Columns of notes in the narrowest frame; the board places frames in units of this width."""


def frame_width(columns: int) -> int:
    """How wide a frame with so many columns of notes is."""
    return 2 * FRAME_PADDING + columns * NOTE_WIDTH + (columns - 1) * NOTE_GAP


def columns_in(width: float) -> int:
    """How many columns of notes fit a frame of this width."""
    return max(1, int((width - 2 * FRAME_PADDING + NOTE_GAP) // (NOTE_WIDTH + NOTE_GAP)))


UNIT = frame_width(UNIT_COLUMNS) + FRAME_GAP
