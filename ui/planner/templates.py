"""The files of templates: ours come with Sayback, a person's own lie in the folder of settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.base.errors import NotSaved
from core.base.files import write_atomically
from core.base.language import _
from core.base.names import file_name, free_path
from core.domain.templates import DamagedTemplateError, Template, read_template, write_template

SHIPPED = Path(__file__).parents[2] / "resources" / "templates"
SUFFIX = ".json"
BIGGEST = 1_000_000
"""Bytes; a file beyond that is no template."""


@dataclass(frozen=True, slots=True)
class Found:
    """The templates there are, and the names of the files that cannot be read."""

    templates: tuple[Template, ...] = ()
    damaged: tuple[str, ...] = ()


def find_templates(folders: Iterable[Path]) -> Found:
    """Those of all folders, in the order of their file names. Waits for the disk."""
    templates: list[Template] = []
    damaged: list[str] = []
    for path in (path for folder in folders for path in sorted(folder.glob(f"*{SUFFIX}"))):
        try:
            templates.append(read_template(_text_of(path)))
        except (DamagedTemplateError, OSError):
            damaged.append(path.name)
    return Found(tuple(templates), tuple(damaged))


def keep_template(folder: Path, template: Template) -> Path:
    """Write it into a new file of its name. Raises NotSaved."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = free_path(folder, file_name(template.name, _("Template")), SUFFIX)
        write_atomically(path, write_template(template))
    except OSError as error:
        raise NotSaved(
            _("The template could not be written: {why}").format(why=error.strerror),
            _("What you filled in is still in the form."),
        ) from error
    return path


def _text_of(path: Path) -> str:
    """What the file holds; nothing of one that is too big. Raises OSError."""
    content = path.read_bytes() if path.stat().st_size <= BIGGEST else b""
    return content.decode("utf-8", "replace")
