"""What the menus do in an open workshop: from an action to an act or a small question, and what makes sense now."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from core.base.clock import Clock, to_milliseconds, utc_now
from core.base.ids import NoteId, QuestionId, ThemeId
from core.domain.board import Board, NoteState
from core.domain.grouping import SortBy
from core.domain.terms import Mark, NoteKind, Reveal
from ui.acting.actions import Actions
from ui.acting.acts import Acts
from ui.acting.conduct import Conduct
from ui.acting.now import MARKS, NOT_SHOWN, SEEN, Now, is_merged, possible, what_is_on
from ui.board.colouring import ColourBy, legend
from ui.running import Running
from ui.watching.notices import Notices

if TYPE_CHECKING:
    from ui.screens.workshop import WorkshopScreen


class Doing(QObject):
    """Lives as long as the workshop's screen, its parent. Small questions are asked over what is looked at."""

    def __init__(
        self, running: Running, acts: Acts, conduct: Conduct, actions: Actions, notices: Notices,
        screen: "WorkshopScreen", *, clock: Clock = utc_now,
    ) -> None:  # fmt: skip
        super().__init__(screen)
        self.acts, self.conduct, self._notices = acts, conduct, notices
        self._running, self._actions = running, actions
        self._bridge, self._selection = running.bridge, running.selection
        self._screen, self._clock = screen, clock
        selection = self._selection
        actions[ColourBy.THEME].setChecked(True)
        actions.chosen.connect(self._do)
        for changed in (selection.chosen_changed, selection.focus_changed, selection.question_changed):
            changed.connect(self.allow)
        self._bridge.changed.connect(self.allow)
        self._bridge.was_reset.connect(self.allow)
        running.door_opened.connect(self.allow)
        running.door_changed.connect(self.allow)
        self.allow()

    @property
    def board(self) -> Board:
        """The board as the screen has it."""
        return self._bridge.board

    @property
    def question(self) -> QuestionId | None:
        """The question that is looked at."""
        return self._selection.question

    @property
    def _window(self) -> QWidget:
        return self._screen.window()

    def now(self) -> Now:
        """The moment, as the actions see it."""
        door = self._running.door
        return Now(
            board=self.board,
            desk=self._running.session.desk,
            question=self.question,
            chosen=self._selection.acted_on,
            time=to_milliseconds(self._clock()),
            door_open=door is not None,
            on_network=door is not None and door.is_open,
            in_hand=self._selection.theme,
            burst=self._screen.held.model.has_burst,
            typed=bool(self._screen.typed_for.with_slips),
            can_write=not self._running.session.is_view_only,
            is_first=self._running.session.is_home,
        )

    @Slot()
    def allow(self) -> None:
        """Enable what can be done now, and say what is so."""
        now = self.now()
        self._actions.allow(possible(now))
        self._actions.show_on(what_is_on(now))

    @Slot(str)
    def _do(self, action: str) -> None:
        does = DOES.get(action)
        if does is not None:
            does(self)
            self.allow()    # a tick that changed nothing goes back

    def chosen(self, *states: NoteState) -> list[NoteId]:
        """The notes that are acted on, those in these states only where any are given."""
        return [note.id for note in self.now().notes if not states or note.state in states]

    def is_on(self, action: str) -> bool:
        """Whether what an action sets is so."""
        return what_is_on(self.now()).get(action, False)

    # questions

    def about_question(self, act: Callable[[QuestionId], None]) -> None:
        """Do something with the question that is looked at."""
        question = self.question
        if question is not None and question in self.board.questions:
            act(question)

    def turn(self, action: str, act: Callable[..., None]) -> None:
        """Set what an action sets, or take it back where it is so."""
        self.about_question(partial(act, on=not self.is_on(action)))

    def set_asking(self, **changes: object) -> None:
        """Change how the question is asked."""
        self.about_question(lambda question: self.conduct.ask_with(question, **changes))

    def ask_how(self) -> None:
        """Everything about how the question is asked, in one panel."""
        from ui.dialogs.asking import AskingPanel  # after the first paint

        self.about_question(lambda question: AskingPanel(self.board, question, self.conduct, self._window).open())

    def reveal_parts(self) -> None:
        """Ask which notes everybody may see."""
        from ui.dialogs.reveal import RevealPanel  # after the first paint

        self.about_question(lambda question: RevealPanel(self.board, question, self.conduct, self._window).open())

    # notes

    def hold(self) -> None:
        """Ask why the chosen notes are held."""
        from ui.picking.hide_why import HoldWhy

        notes = self.chosen(NoteState.BOARD)
        if notes:
            HoldWhy(self._screen.views.bring_view(), notes, self.acts).start()

    def merge(self) -> None:
        """Ask which note the chosen ones are joined with."""
        from ui.picking.merge_with import MergeWith  # after the first paint

        notes = self.chosen()
        if notes:
            MergeWith(self._screen.views.bring_view(), self.board, notes, self.conduct).start()

    def split(self) -> None:
        """Each of the chosen notes stands on its own again."""
        self.conduct.split([note.id for note in self.now().notes if is_merged(self.board, note)])

    def block(self) -> None:
        """Take nothing more from the phone the chosen notes came from, or take it again."""
        people = {note.contributor for note in self.now().notes if note.contributor is not None}
        self.conduct.block(sorted(people), on=not self.is_on("block"))

    def seat(self) -> None:
        """Ask at which table the writer of the chosen notes sits."""
        from ui.dialogs.seat import SeatPanel  # after the first paint

        people = {note.contributor for note in self.now().notes if note.contributor is not None}
        if len(people) == 1:
            SeatPanel(self.board, people.pop(), self.conduct, self._window).open()

    def also_in(self) -> None:
        """Ask in which theme the chosen notes are shown, too."""
        from ui.picking.move_to import AlsoIn

        notes = self.chosen(NoteState.BOARD)
        if notes and self.question is not None:
            AlsoIn(self._screen.views.bring_view(), lambda: self.board, self.question, notes, self.acts).start()

    # themes

    def about_theme(self, act: Callable[[ThemeId], None]) -> None:
        """Do something with the theme in hand."""
        theme = self.now().theme
        if theme is not None:
            act(theme.id)

    def name_theme(self, theme: ThemeId) -> None:
        """Change its name where it stands."""
        self._screen.views.bring_view().name_theme(theme)

    def colour_theme(self) -> None:
        """Ask for another colour."""
        from ui.picking.theme_panels import ColourOf  # after the first paint

        view = self._screen.views.bring_view()
        self.about_theme(lambda theme: ColourOf(view, lambda: self.board, theme, self.acts).start())

    def place_theme(self) -> None:
        """Move a theme on the board without dragging; then back to the outline, for who came from there."""
        self._screen.sides.clear_the_board()
        came_from = "outline" if self._screen.views.shows_outline else "board"
        self._actions["board"].trigger()
        self.about_theme(partial(self._screen.board.place_theme, ended=self._actions[came_from].trigger))

    def join_themes(self) -> None:
        """Ask which theme this one is joined with."""
        from ui.picking.theme_panels import JoinThemes  # after the first paint

        view = self._screen.views.bring_view()
        self.about_theme(lambda theme: JoinThemes(view, lambda: self.board, theme, self.acts).start())

    def choose_theme(self) -> None:
        """Choose all notes of a theme."""
        self.about_theme(lambda theme: self._selection.choose(note.id for note in self.board.notes_in(theme)))

    def suggest(self) -> None:
        """Look for themes among the loose notes."""
        self._screen.suggestions.suggesting.begin()

    def colour_by(self, by: ColourBy) -> None:
        """Let the colour of the notes say something else, and say what."""
        self._screen.board.board_scene.set_colour_by(by)
        self._screen.board.overview.refresh()
        self._screen.tools.show_legend(legend(by))
        self._actions[by].setChecked(True)

    def tidy(self) -> None:
        """Place all frames anew."""
        self.about_question(self.acts.themes.tidy)
        self._screen.board.board_scene.tidy()

    # agenda and timer

    def show_agenda(self, *, adding: bool = False) -> None:
        """The steps, to begin, add, change, move and take out."""
        from ui.dialogs.agenda import AgendaPanel  # after the first paint

        AgendaPanel(self._bridge, self.conduct, self._window, adding=adding).open()

    def turn_timer(self) -> None:
        """Start the timer, let it stand still, or let it go on."""
        if self.is_on("timer"):
            self.conduct.stop_timer()
        elif left := self.conduct.seconds_left:
            self.conduct.start_timer(left)
        else:
            self.set_timer()

    def set_timer(self) -> None:
        """Ask how many minutes."""
        from ui.dialogs.small import TimerPanel  # after the first paint

        TimerPanel(self.board, self.question, self.conduct, self._window).open()

    # votes

    def open_vote(self) -> None:
        """Ask what is voted on."""
        from ui.dialogs.small import VotePanel  # after the first paint

        self.about_question(lambda question: VotePanel(self.board, question, self.conduct, self._window).open())

    def turn_vote(self) -> None:
        """Close the newest vote, or let it go on."""
        vote = self.now().vote
        if vote is not None:
            self.conduct.vote_goes_on(vote.id, on=not self.is_on("voting"))

    def show_result(self, *, counting: bool = False) -> None:
        """The newest vote, counted; or what was counted in the room, to be entered."""
        from ui.dialogs.result import ResultPanel  # after the first paint

        vote = self.now().vote
        if vote is not None:
            ResultPanel(self._bridge, vote, self.conduct, self._window, counting=counting).open()

    # people who are typed for

    def show_slips(self) -> None:
        """The codes of the people who were typed for."""
        from ui.dialogs.slips import SlipsPanel  # after the first paint

        SlipsPanel(self._running, self._screen.typed_for, self._notices, self._window).open()


def _seen(reveal: Reveal) -> Callable[[Doing], None]:
    return lambda doing: doing.set_asking(reveal=reveal)


def _marked(mark: Mark) -> Callable[[Doing], None]:
    return lambda doing: doing.conduct.mark(doing.chosen(), mark)


def _coloured(by: ColourBy) -> Callable[[Doing], None]:
    return lambda doing: doing.colour_by(by)


def _sorted(by: SortBy) -> Callable[[Doing], None]:
    return lambda doing: doing.about_theme(lambda theme: doing.acts.themes.sort(theme, by))


DOES: dict[str, Callable[[Doing], None]] = {
    "undo": lambda doing: doing.acts.undo(),
    "redo": lambda doing: doing.acts.redo(),
    "freeze": lambda doing: doing.conduct.freeze(on=not doing.is_on("freeze")),
    "end": lambda doing: doing.conduct.end(on=not doing.is_on("end")),
    "take-notes": lambda doing: doing.turn("take-notes", doing.conduct.open),
    "reveal": lambda doing: doing.turn("reveal", doing.conduct.reveal),
    "reveal-parts": Doing.reveal_parts,
    **{id: _seen(reveal) for reveal, id in SEEN.items()},
    "read-first": lambda doing: doing.set_asking(hold=not doing.is_on("read-first")),
    "counts": lambda doing: doing.set_asking(counts=not doing.is_on("counts")),
    "kinds": lambda doing: doing.set_asking(kinds=() if doing.is_on("kinds") else tuple(NoteKind)),
    "pictures": lambda doing: doing.set_asking(pictures=not doing.is_on("pictures")),
    "live": lambda doing: doing.set_asking(live=not doing.is_on("live")),
    "asking": Doing.ask_how,
    "also": Doing.also_in,
    "only-here": lambda doing: doing.acts.show_only_there(doing.chosen()),
    "own": lambda doing: doing.acts.set_on_their_own(doing.chosen(NoteState.BOARD)),
    "name-theme": lambda doing: doing.about_theme(doing.name_theme),
    "colour-theme": Doing.colour_theme,
    "fold": lambda doing: doing.about_theme(partial(doing.acts.themes.fold, on=not doing.is_on("fold"))),
    "sort-arrival": _sorted(SortBy.ARRIVAL),
    "sort-votes": _sorted(SortBy.VOTES),
    "sort-mode": _sorted(SortBy.MODE),
    "choose-theme": Doing.choose_theme,
    "place-theme": Doing.place_theme,
    "free-theme": lambda doing: doing.about_theme(lambda theme: doing.acts.themes.free([theme])),
    "join-themes": Doing.join_themes,
    "remove-theme": lambda doing: doing.about_theme(doing.acts.remove_theme),
    "tidy": Doing.tidy,
    **{by.value: _coloured(by) for by in ColourBy},
    "suggest": lambda doing: doing.suggest(),
    "hold": Doing.hold,
    "show": lambda doing: doing.acts.show(doing.chosen(*NOT_SHOWN)),
    "merge": Doing.merge,
    "split": Doing.split,
    "block": Doing.block,
    "discard": lambda doing: doing.conduct.discard_burst(),
    **{id: _marked(mark) for mark, id in MARKS.items()},
    "seat": Doing.seat,
    "next-step": lambda doing: doing.conduct.go(),
    "step-back": lambda doing: doing.conduct.go(back=True),
    "agenda": Doing.show_agenda,
    "add-step": lambda doing: doing.show_agenda(adding=True),
    "timer": Doing.turn_timer,
    "set-timer": Doing.set_timer,
    "more-time": lambda doing: doing.conduct.more_time(),
    "no-timer": lambda doing: doing.conduct.stop_timer(away=True),
    "open-vote": Doing.open_vote,
    "voting": Doing.turn_vote,
    "result": Doing.show_result,
    "count-votes": lambda doing: doing.show_result(counting=True),
    "slips": Doing.show_slips,
}
"""What the actions do that are the same for board and outline."""
