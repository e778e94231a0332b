"""How a vote ended: bars with numbers, where phones, hands and paper dots are told apart by pattern, not by colour."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from core.base.language import _, ngettext
from ui.projector.canvas import SIDE, Canvas
from ui.projector.rows import BAR, TEXT, ListView, Row, words_width
from ui.projector.shown import Choice, ResultsShown
from ui.projector.text import Block, advance

LEGEND, KEY = 36.0, 44.0
STRIPE, SPOT, PERIOD = 8.0, 14.0, 22.0


class ResultsView(ListView):
    """The most dots first; on as many pages as it takes."""

    def __init__(self, view: ResultsShown, width: float, height: float) -> None:
        choices = view.choices or ()
        self._view, self._sources = view, sources(choices)
        most = max((each.total for each in choices), default=1)
        rows = (self._row(each, most, width) for each in choices)
        super().__init__(
            view.question or _("What matters most to this room"), rows, width, height,
            empty=_("The vote is still open. We all see the result when it is closed.")
            if view.choices is None else _("Nobody has voted yet."),
            aside=_("Every note stays in the record") if choices else "",
        )  # fmt: skip

    def paint_below_heading(self, canvas: Canvas) -> None:
        """What the patterns mean, and how many people they are of."""
        if not self._view.choices:
            return
        at = SIDE
        for number, name in enumerate(source_names()):
            if number in self._sources:
                box = QRectF(at, self.below_heading + 8, KEY, BAR)
                paint_part(canvas, box, number)
                words = Block(name, LEGEND, canvas.width)
                canvas.put(words, box.right() + 14, self.below_heading, canvas.colours.ink)
                at = box.right() + 14 + words.advance + 44
        out_of = self._out_of()
        if at + advance(out_of, LEGEND) <= canvas.width - SIDE:
            canvas.put_right(
                Block(out_of, LEGEND, canvas.width), canvas.width - SIDE, self.below_heading, canvas.colours.ink
            )

    def _out_of(self) -> str:
        phones = ngettext("{n} phone voted.", "{n} phones voted.", self._view.phones).format(n=self._view.phones)
        hands = ngettext("{n} person counted.", "{n} people counted.", self._view.counted).format(n=self._view.counted)
        return " ".join([phones, *([hands] if self._view.counted else []), _("Voting is closed.")])

    def _row(self, choice: Choice, most: int, width: float) -> Row:
        parts = (choice.phones, choice.hands, choice.paper)
        apart = " + ".join(f"{parts[each]}" for each in self._sources) if len(self._sources) > 1 else ""
        return Row(
            key=choice.handle,
            words=Block(choice.text, TEXT, words_width(width, place=True, number=True)),
            place=f"{choice.place}",
            number=f"{choice.total}",
            apart=apart,
            bar=partial(_paint_bar, parts, most),
        )


def sources(choices: tuple[Choice, ...]) -> list[int]:
    """From where dots came, of phones, hands and paper."""
    sums = [sum(each) for each in zip(*((c.phones, c.hands, c.paper) for c in choices), strict=True)]
    return [number for number, total in enumerate(sums) if total]


def source_names() -> tuple[str, str, str]:
    """In the order of the patterns."""
    return _("from phones"), _("hands counted"), _("dots on paper")


def _paint_bar(parts: tuple[int, ...], most: int, canvas: Canvas, left: float, right: float, top: float) -> None:
    canvas.track(QRectF(left, top, right - left, BAR))
    at = left
    for number, part in enumerate(parts):
        if part:
            box = QRectF(at, top, (right - left) * part / most, BAR)
            paint_part(canvas, box, number)
            at = box.right()


def paint_part(canvas: Canvas, box: QRectF, number: int) -> None:
    """A part of a bar: plain for phones, stripes for hands, spots for dots on paper."""
    painter, colours = canvas.painter, canvas.colours
    canvas.fill(box, colours.accent if number == 0 else colours.surface)
    painter.save()
    painter.setClipRect(box)
    if number == 1:
        painter.setPen(QPen(colours.accent, STRIPE))
        for at in _steps(box.left() - box.height(), box.right()):
            painter.drawLine(QPointF(at, box.bottom()), QPointF(at + box.height(), box.top()))
    elif number == 2:
        painter.setPen(QPen(colours.accent, SPOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for at in _steps(box.left() + SPOT, box.right()):
            painter.drawPoint(QPointF(at, box.center().y()))
    painter.restore()
    painter.setPen(QPen(colours.accent, 3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(1.5, 1.5, -1.5, -1.5))


def _steps(start: float, end: float) -> list[float]:
    return [start + PERIOD * number for number in range(int((end - start) / PERIOD) + 1)]
