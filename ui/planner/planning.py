"""Planning a workshop: the form for a new one or for an open one, its templates, what was left half done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from shiboken6 import isValid

from core.base.language import _
from core.base.wifi import Wifi
from core.domain.board import Board
from core.domain.carrying import heard
from core.domain.planning import ChangePlan, Plan, plan_of
from core.domain.templates import Template
from core.domain.values import changed
from core.record.earlier import earlier_board
from core.session import Saved
from ui.dialogs.template_name import TemplateName
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.planner.form import WorkshopForm
from ui.planner.templates import SHIPPED, Found, find_templates, keep_template
from ui.running import Running
from ui.screens.new_workshop import ChangeWorkshop, NewWorkshopForm
from ui.watching.notices import Notice, Urgency

Today = Callable[[], date]
AskPath = Callable[[], str]
EMPTY = Plan()


@dataclass(frozen=True, slots=True)
class Aside:
    """A change that was filled in and left: of which workshop, from what to what."""

    running: Running
    was: Plan
    to: Plan


class Planning(QObject):
    """One for the desk: what is filled in and left without keeping it is there again when the form is opened."""

    def __init__(
        self, window: MainWindow, own: Path, jobs: Jobs, today: Today = date.today, ask: AskPath = str
    ) -> None:
        """`ask` asks for the file of an earlier workshop."""
        super().__init__(window)
        self._window, self._own, self._jobs, self._today, self._ask = window, own, jobs, today, ask
        self._begun = EMPTY
        self._wifi: Wifi | None = None
        self._aside: Aside | None = None

    def look_for_templates(self, then: Callable[[Found], None]) -> None:
        """Ours and this person's own; told once they are read."""
        self._jobs.run(partial(find_templates, (SHIPPED, self._own)), then)

    def new_form(self, template: Plan | None = None) -> NewWorkshopForm:
        """The form of a new workshop, as it was left last time; with a template, that one on top of it."""
        form = NewWorkshopForm(self._today(), self._begun, self._wifi)
        form.put_aside.connect(self._on_put_aside)
        form.head.offer_to_carry_on()
        form.head.carry_on_wanted.connect(partial(self._carry_on, form))
        self._serve(form)
        if template is not None:
            form.begin_from(template)
        return form

    def forget_new(self) -> None:
        """The workshop was made: the next form is empty."""
        self._begun, self._wifi = EMPTY, None

    def change(self, running: Running) -> None:
        """Open the form for a workshop that is under way."""
        if not running.bridge.may_act():
            return
        aside = self._aside if self._aside is not None and self._aside.running is running else None
        was = aside.was if aside is not None else plan_of(running.bridge.board)
        panel = ChangeWorkshop(was, aside.to if aside is not None else was, self._today(), self._window)
        panel.changed.connect(partial(self._change, running))
        panel.put_aside.connect(partial(self._on_left, running))
        self._serve(panel.form)
        panel.open()

    def _serve(self, form: WorkshopForm) -> None:
        """Give a form its templates, and keep those that are made in it."""
        form.template_named.connect(partial(self._ask_name, form))
        self.look_for_templates(partial(_show, form))

    def _carry_on(self, form: WorkshopForm) -> None:
        """Ask which earlier workshop, and take its themes along; its file is only looked at."""
        chosen = self._ask()
        if chosen:
            work = partial(earlier_board, Path(chosen))
            self._jobs.run(work, partial(self._on_looked, form), self._window.notices.tell_error)

    def _on_looked(self, form: WorkshopForm, board: Board) -> None:
        themes = heard(board)
        if not themes:
            told = Notice(what=_("That workshop has no themes yet."), advice=_("Choose another one."), topic="carry on")
            self._window.notices.tell(told)
        elif isValid(form):
            form.carry_on(themes)

    def _ask_name(self, form: WorkshopForm, plan: Plan) -> None:
        panel = TemplateName(plan.title, self._window)
        panel.named.connect(partial(self._keep, form, plan))
        panel.open()

    def _keep(self, form: WorkshopForm, plan: Plan, name: str) -> None:
        kept = changed(plan.afresh(), title="", venue="", telephone="", expected=0, reply_by=None)
        work = partial(keep_template, self._own, Template(name=name, plan=kept))
        self._jobs.run(work, partial(self._on_kept, form, name), self._window.notices.tell_error)

    def _on_kept(self, form: WorkshopForm, name: str, path: Path) -> None:
        told = _("The template “{name}” is kept on this laptop.").format(name=name)
        self._window.notices.tell(Notice(what=told, urgency=Urgency.GOOD, topic="template"))
        self.look_for_templates(partial(_show, form))

    def _change(self, running: Running, was: Plan, to: Plan) -> None:
        self._aside = None
        running.bridge.do(ChangePlan(was, to), self._on_changed)

    def _on_changed(self, saved: Saved) -> None:
        if saved.events:
            told = Notice(what=_("The workshop is changed. No note was lost."), urgency=Urgency.GOOD, topic="plan")
            self._window.notices.tell(told)

    def _on_left(self, running: Running, was: Plan, to: Plan) -> None:
        self._aside = Aside(running, was, to) if was != to else None

    @Slot(object, object)
    def _on_put_aside(self, plan: Plan, wifi: Wifi | None) -> None:
        self._begun, self._wifi = plan, wifi


def _show(form: WorkshopForm, found: Found) -> None:
    if isValid(form):    # it may have been left before the disk answered
        form.show_templates(found)
