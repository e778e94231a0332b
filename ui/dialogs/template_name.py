"""What a template is to be called."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.base.language import _
from core.domain.words import LINE_LIMIT
from ui.dialogs.form import FormPanel
from ui.look.parts import Label, Tone
from ui.planner.fields import Field, one_line, too_long


class TemplateName(FormPanel):
    """Begins with the title of the workshop."""

    named = Signal(str)

    def __init__(self, title: str, window: QWidget) -> None:
        super().__init__(_("Save as my template"), window, 460)
        told = _("Questions, agenda, purpose and promise are kept. Title, place and day are not.")
        self.column.addWidget(Label(told, tone=Tone.SECOND, wrap=True))
        self.name = Field(_("What is the template called?"), one_line(_("Our yearly meeting")))
        self.name.fill(title)
        self.column.addWidget(self.name)
        self.finish(_("Save the template"))
        self.first = self.name.entry

    def keep(self) -> bool:
        """Save it, where it has a name."""
        problem = too_long(self.name, LINE_LIMIT) if self.name.text else _("Give the template a name.")
        self.name.say(problem)
        if not problem:
            self.named.emit(self.name.text)
        return not problem
