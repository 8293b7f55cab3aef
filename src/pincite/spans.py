"""Spans around the stages of an answer, for OpenTelemetry where the entry point has loaded it."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


def span(name: str, **attributes: str | int) -> AbstractContextManager[object]:
    """Time a stage as `pincite.NAME`; nothing where nobody listens. No attribute holds a question.

    The API is never imported here: a command that is not traced does not pay for it.
    """
    api = sys.modules.get("opentelemetry.trace")
    if api is None:
        return nullcontext()
    named = {f"pincite.{key}": value for key, value in attributes.items()}
    # An error's message may repeat what was asked; that there was one is enough.
    return api.get_tracer("pincite").start_as_current_span(
        f"pincite.{name}", attributes=named, record_exception=False, set_status_on_exception=False
    )
