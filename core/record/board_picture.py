"""board.svg: the board as one picture, every theme with its notes; drawn from the data, nothing fetched."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from core.base.bidi import POP, is_right_to_left
from core.base.fonts import FAMILIES
from core.base.language import _
from core.record import shapes, wording
from core.record.model import Card, QuestionPart, Record
from core.record.page.strokes import edge_of
from core.record.page.typeset import Style, Typesetter, one_line
from core.record.palette import ALONE, LIGHT, Look, Shape, look_of
from core.record.telling import under_a_card, under_a_theme

WIDE, MARGIN, GAP, PAD = 1600.0, 40.0, 20.0, 14.0
ACROSS = 4
RIGHT_TO_LEFT = "\u2067"
"""Unicode's isolate for a line of its own direction (UAX 9)."""
FRAME = (WIDE - 2 * MARGIN - (ACROSS - 1) * GAP) / ACROSS
CARD, CARD_GAP, CHIP = FRAME - 2 * PAD, 10.0, 34.0
TITLE, ASKED = Style(40, 50, bold=True), Style(28, 36, bold=True)
NAME, WORDS, SMALL = Style(20, 26, bold=True), Style(16, 22), Style(14, 20, colour=LIGHT["ink-2"])
FAMILY = ",".join([*(f"'{family}'" for family in FAMILIES), "sans-serif"])


@dataclass(frozen=True, slots=True)
class Frame:
    """A theme, or the notes in none."""

    name: str
    under: str
    look: Look
    cards: Sequence[Card]


def make_svg(record: Record) -> bytes:
    """The picture. The same record gives the same bytes."""
    setter = Typesetter()
    code, height = [], MARGIN
    for text, style in ((record.cover.title, TITLE), (wording.when_and_where(record.cover), WORDS)):
        lines = setter.lines(one_line(text), style, WIDE - 2 * MARGIN)
        code += text_at(MARGIN, height, lines, style, WIDE - 2 * MARGIN)
        height += len(lines) * style.leading
    for question in record.questions:
        drawn, height = _question(setter, question, height + GAP)
        code += drawn
    described = " ".join(wording.board_in_words(question) for question in record.questions)
    tall = f"{height + MARGIN:.0f}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:.0f} {tall}" width="{WIDE:.0f}" height="{tall}" '
        f'role="img" lang="{record.language}" font-family="{FAMILY}">'
        f"<title>{escape(one_line(record.cover.title))}</title><desc>{escape(described)}</desc>"
        f'<rect width="{WIDE:.0f}" height="{tall}" fill="{LIGHT["paper"]}"/>'
    )
    return "\n".join([head, *code, "</svg>\n"]).encode()


def _question(setter: Typesetter, question: QuestionPart, top: float) -> tuple[list[str], float]:
    """A question's heading and its frames, each under the shortest column; where it ends."""
    lines = setter.lines(question.words, ASKED, WIDE - 2 * MARGIN)
    code = text_at(MARGIN, top, lines, ASKED, WIDE - 2 * MARGIN)
    ends = [top + len(lines) * ASKED.leading + GAP] * ACROSS
    for frame in frames_of(question):
        column = ends.index(min(ends))
        drawn, height = _frame(setter, frame, MARGIN + column * (FRAME + GAP), ends[column])
        code += drawn
        ends[column] += height + GAP
    return code, max(ends)


def frames_of(question: QuestionPart) -> Iterator[Frame]:
    """The themes in their order, then what stands alone, came late, or was asked of a panel."""
    for theme in question.themes:
        yield Frame(theme.name, under_a_theme(theme), look_of(theme.colour), theme.cards)
    if question.alone:
        yield Frame(_("Notes that stand alone"), wording.notes(len(question.alone)), ALONE, question.alone)
    if question.late:
        yield Frame(_("Notes that came late"), wording.notes(len(question.late)), ALONE, question.late)


def _frame(setter: Typesetter, frame: Frame, x: float, y: float) -> tuple[list[str], float]:
    names = setter.lines(frame.name, NAME, CARD - CHIP - CARD_GAP)
    head = max(CHIP, len(names) * NAME.leading + SMALL.leading)
    code = [_chip(frame.look, x + PAD, y + PAD)]
    left = x + PAD + CHIP + CARD_GAP
    code += text_at(left, y + PAD, names, NAME, CARD - CHIP - CARD_GAP)
    code += text_at(left, y + PAD + len(names) * NAME.leading, (frame.under,), SMALL, CARD - CHIP - CARD_GAP)
    end = PAD + head + CARD_GAP
    for card in frame.cards:
        drawn, height = _card(setter, card, frame.look, x + PAD, y + end)
        code += drawn
        end += height + CARD_GAP
    height = end - CARD_GAP + PAD
    return [_box(x, y, FRAME, height, LIGHT["surface"], LIGHT["line"], 10), *code], height


def _card(setter: Typesetter, card: Card, look: Look, x: float, y: float) -> tuple[list[str], float]:
    inner = CARD - 2 * PAD
    lines = setter.lines(wording.words_of(card) or wording.picture_of_note(), WORDS, inner)
    under = setter.lines(under_a_card(card), SMALL, inner)
    height = 2 * PAD + len(lines) * WORDS.leading + len(under) * SMALL.leading
    code = [_box(x, y, CARD, height, LIGHT[look.tint], edge_of(look), 4)]
    code += text_at(x + PAD, y + PAD, lines, WORDS, inner)
    code += text_at(x + PAD, y + PAD + len(lines) * WORDS.leading, under, SMALL, inner)
    return code, height


def text_at(x: float, y: float, lines: Sequence[str], style: Style, wide: float) -> list[str]:
    """Lines under each other; what runs from right to left begins at the other side."""
    from_right = is_right_to_left(" ".join(lines))
    start = f'x="{x + wide:.1f}" text-anchor="end"' if from_right else f'x="{x:.1f}"'
    before, after = (RIGHT_TO_LEFT, POP) if from_right else ("", "")
    weight = ' font-weight="700"' if style.bold else ""
    return [
        f'<text {start} y="{y + (number + 0.76) * style.leading:.1f}" font-size="{style.size:g}"{weight} '
        f'fill="{style.colour}">{before}{escape(line)}{after}</text>'
        for number, line in enumerate(lines)
        if line
    ]


def _chip(look: Look, x: float, y: float) -> str:
    path = shapes.outline(look.shape, x + CHIP / 2, y + CHIP / 2, CHIP * 0.2)
    steps = "".join(_step(step) for step in path.steps)
    is_hollow = look.hollow or look.shape is Shape.RING
    paint = f'fill="none" stroke="{LIGHT["note-ink"]}" stroke-width="2"' if is_hollow else f'fill="{LIGHT["note-ink"]}"'
    box = _box(x, y, CHIP, CHIP, LIGHT[look.tint], edge_of(look), 4)
    return f'{box}<path d="M{_point(path.start)}{steps}Z" {paint}/>'


def _step(step: shapes.Curve) -> str:
    if step.handles is None:
        return f"L{_point(step.end)}"
    return f"C{' '.join(map(_point, (*step.handles, step.end)))}"


def _point(point: shapes.Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _box(x: float, y: float, wide: float, tall: float, ground: str, edge: str, round_by: float) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}" rx="{round_by:g}"'
    return f'<rect {place} fill="{ground}" stroke="{edge}"/>'
