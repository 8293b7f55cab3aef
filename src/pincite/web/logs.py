"""The server's log: a JSON object a line on standard error, with no question in it by default."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from structlog.typing import EventDict, Processor, WrappedLogger

_FRAMES = 30


def configure(*, questions: bool) -> None:
    """Send every record of this process through structlog. Called once, where a process begins.

    `questions`: messages of errors may be in it, which may repeat what was asked.
    """
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    last: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.dict_tracebacks if questions else _where_alone,
        structlog.processors.JSONRenderer(ensure_ascii=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last)
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("pincite").setLevel(logging.INFO)


def _where_alone(_logger: WrappedLogger, _name: str, event: MutableMapping[str, Any]) -> EventDict:
    """An exception as its kind and the lines it came through: its message may hold a question."""
    told = event.pop("exc_info", None)
    if told is True:
        told = sys.exc_info()
    if isinstance(told, tuple) and told[0] is not None:
        event["error"] = told[0].__name__
        frames = traceback.extract_tb(told[2])[-_FRAMES:]
        event["at"] = [f"{one.filename}:{one.lineno} {one.name}" for one in frames]
    event.pop("exc_text", None)
    event.pop("stack_info", None)
    return event
