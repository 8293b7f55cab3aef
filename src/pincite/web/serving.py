"""The application as a process of `pincite serve` has it: with its log."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pincite.assistant.served import Served
from pincite.web import logs
from pincite.web.app import create_app

if TYPE_CHECKING:
    from fastapi import FastAPI

    from pincite.settings import Settings

_SWITCH_SECONDS = 0.001


def served(
    settings: Settings, *, model_key: str | None, hosts: tuple[str, ...], auth: bool
) -> FastAPI:
    """Called once in each process: what is configured here is the process's own."""
    # Threads that answer hand over to the one that serves sooner than after the usual 5 ms: with
    # 40 streams open /health takes half as long, and answers take no longer (benchmarks.serving).
    sys.setswitchinterval(_SWITCH_SECONDS)
    logs.configure(questions=settings.log_questions)
    app = create_app(settings, model_key=model_key, hosts=hosts, auth=auth)
    app.state.served = Served(settings.home)
    return app
