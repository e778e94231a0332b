"""The log of a home: one JSON object a line on stderr, for machines that gather them; ids and kinds, no one's words."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO


class AsJson(logging.Formatter):
    """When, how bad, from which part, what. A message of ours names ids and kinds of errors only (A49)."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = {"at": at, "level": record.levelname.lower(), "from": record.name, "what": record.getMessage()}
        if record.exc_info and record.exc_info[0] is not None:
            said["error"] = record.exc_info[0].__name__
        return json.dumps(said, ensure_ascii=False)


def log_as_json(stream: TextIO = sys.stderr) -> None:
    """From now on our own parts say on this stream what happens."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(AsJson())
    logger = logging.getLogger("sayback")
    logger.handlers[:] = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False
