"""What can be done with whole themes at the desk: colour, fold, sort, join, place anew."""

from collections.abc import Callable, Sequence

from core.base.bidi import isolated
from core.base.ids import QuestionId, ThemeId
from core.base.language import _
from core.domain.board import Board
from core.domain.commands import PlaceTheme
from core.domain.grouping import ColourTheme, FoldTheme, MergeThemes, SortBy, SortTheme
from core.domain.terms import VoteOn
from core.session import Saved
from ui.acting.conduct import Together
from ui.bridge import Bridge
from ui.outline.telling import newest_round

Say = Callable[[Saved, str], None]


class ThemeActs:
    """A part of the acts of a desk; `say` tells what was done, once it is saved."""

    def __init__(self, bridge: Bridge, say: Say) -> None:
        self._bridge = bridge
        self._say = say

    @property
    def _board(self) -> Board:
        return self._bridge.board

    def colour(self, theme: ThemeId, colour: int) -> None:
        """Give a theme another colour, and the shape that goes with it."""
        said = _("“{theme}” has another colour.").format(theme=self._name(theme))
        self._bridge.do(ColourTheme(theme, colour), lambda saved: self._say(saved, said))

    def fold(self, theme: ThemeId, *, on: bool) -> None:
        """Show only its name, or its notes again."""
        said = _("“{theme}” is folded.") if on else _("“{theme}” is open.")
        said = said.format(theme=self._name(theme))
        self._bridge.do(FoldTheme(theme, on), lambda saved: self._say(saved, said))

    def sort(self, theme: ThemeId, by: SortBy) -> None:
        """Lay its notes in another order; by votes, those of the newest round on notes."""
        made = newest_round(self._board, self._board.themes[theme].question, VoteOn.NOTES)
        said = _("The notes of “{theme}” are sorted.").format(theme=self._name(theme))
        command = SortTheme(theme, by, made.id if made is not None else None)
        self._bridge.do(command, lambda saved: self._say(saved, said))

    def join(self, theme: ThemeId, into: ThemeId) -> None:
        """Put its notes behind those of another; it goes."""
        said = _("“{theme}” is now part of “{other}”.").format(theme=self._name(theme), other=self._name(into))
        self._bridge.do(MergeThemes((theme,), into), lambda saved: self._say(saved, said))

    def tidy(self, question: QuestionId) -> None:
        """Let the board place all frames anew."""
        self.free([theme.id for theme in self._board.themes_of(question)])

    def free(self, themes: Sequence[ThemeId]) -> None:
        """Let the board place these frames."""
        command = Together(tuple(PlaceTheme(theme, None) for theme in themes))
        self._bridge.do(command, lambda saved: self._say(saved, _("The board has placed the themes.")))

    def _name(self, theme: ThemeId) -> str:
        found = self._board.themes.get(theme)
        return isolated(self._board.text(found.name)) if found else ""
