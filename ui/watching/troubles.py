"""What the desk says while the disk does not take notes."""

from core.base.language import _
from core.session import Health


def troubles() -> dict[Health, tuple[str, str]]:
    """What is said of a disk that does not take notes, and what helps."""
    return {
        Health.DISK_FULL: (
            _("The disk is full, so new notes cannot be kept."),
            _("Everything thanked so far is safe. Phones wait and send again. Empty the recycle bin."),
        ),
        Health.FAILING: (
            _("The disk does not answer, so new notes cannot be kept."),
            _("Everything thanked so far is safe. Phones wait and send again."),
        ),
        Health.GONE: (
            _("The file of this workshop is not where it was, so new notes cannot be kept."),
            _("Put it back in its place now. Phones wait and send again. Do not close Sayback before."),
        ),
    }
