"""Keeps a setting without ever stopping the work: where the disk does not take it, this run still knows it."""

import logging
from dataclasses import replace

from core.base.settings import Settings, SettingsFile

logger = logging.getLogger("sayback.desk")


def remember(file: SettingsFile, **fields: object) -> None:
    """Change these fields of the settings."""
    keep(file, replace(file.settings, **fields))    # type: ignore[arg-type]


def keep(file: SettingsFile, settings: Settings) -> None:
    """These are the settings now."""
    try:
        file.update(lambda _before: settings)
    except OSError as error:
        logger.warning("The settings could not be written: errno %s", error.errno)
