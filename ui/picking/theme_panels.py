"""Small panels about a theme: which colour it has, which other theme it is joined with."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from core.base.bidi import isolated
from core.base.ids import ThemeId
from core.base.language import _
from core.domain.board import Board
from ui.acting.acts import Acts
from ui.look.theme import PAPERS, SHAPES, shape_of
from ui.picking.move_to import Choice, ThemePanel, Way, theme_choices


def colour_name(colour: int) -> str:
    """A colour with its sign, in words: it is never told by the colour alone."""
    papers = {
        "note_sun": _("Yellow"), "note_sky": _("Blue"), "note_lilac": _("Lilac"), "note_leaf": _("Green"),
        "note_sand": _("Sand"), "note_rose": _("Pink"),
    }  # fmt: skip
    full = {
        "circle": _("full circle"), "square": _("full square"), "star": _("full star"), "diamond": _("full diamond"),
        "cross": _("full cross"), "triangle": _("full triangle"),
    }  # fmt: skip
    open_ = {
        "circle": _("open circle"), "square": _("open square"), "star": _("open star"), "diamond": _("open diamond"),
        "cross": _("open cross"), "triangle": _("open triangle"),
    }  # fmt: skip
    shape, is_full = shape_of(colour)
    return f"{papers[PAPERS[colour % len(PAPERS)]]}, {(full if is_full else open_)[shape]}"


class ColourOf(ThemePanel):
    """Six colours, each with a full shape and with an open one."""

    def __init__(self, over: QWidget, board: Callable[[], Board], theme: ThemeId, acts: Acts) -> None:
        self._theme, self._acts = theme, acts
        self._now = board().themes[theme].colour
        name = isolated(board().text(board().themes[theme].name))
        super().__init__(over, _("Colour of “{theme}”").format(theme=name), _("leave it"), _("Name of a colour"))
        self.list.setAccessibleName(_("Colours"))
        self.begin()

    def rows_for(self, typed: str) -> list[Choice]:
        wanted = typed.strip().casefold()
        named = [(colour, colour_name(colour)) for colour in range(2 * len(SHAPES))]
        return [
            Choice(Way.COLOUR, name, _("as it is now") if colour == self._now else "", colour=colour)
            for colour, name in named
            if wanted in name.casefold()
        ]

    def take_choice(self, choice: Choice) -> None:
        if choice.colour is not None:
            self._acts.themes.colour(self._theme, choice.colour)


class JoinThemes(ThemePanel):
    """All other themes of the question, by their letters."""

    def __init__(self, over: QWidget, board: Callable[[], Board], theme: ThemeId, acts: Acts) -> None:
        self._board, self._theme, self._acts = board, theme, acts
        name = isolated(board().text(board().themes[theme].name))
        super().__init__(over, _("Join “{theme}” with").format(theme=name), _("leave it"), _("Letters of a theme"))
        self.begin()

    def rows_for(self, typed: str) -> list[Choice]:
        board = self._board()
        others = theme_choices(board, board.themes[self._theme].question, typed)
        return [choice for choice in others if choice.theme != self._theme]

    def take_choice(self, choice: Choice) -> None:
        if choice.theme is not None:
            self._acts.themes.join(self._theme, choice.theme)
