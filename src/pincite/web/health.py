"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from pincite.web.problems import Problem

if TYPE_CHECKING:
    from pincite.web.law import Law

router = APIRouter(tags=["running it"])
_FRESH = {"Cache-Control": "no-store"}


@router.get("/health", summary="Whether the process lives")
async def health() -> JSONResponse:
    """Always 200; it touches neither the library nor the threads that answer."""
    return JSONResponse({"status": "ok"}, headers=_FRESH)


@router.get("/ready", summary="Whether it can answer")
async def ready(request: Request) -> JSONResponse:
    """200 once the library is open and the first question would not wait; 503 with why not."""
    law: Law = request.app.state.law
    if law.trouble is not None:
        law.start()  # what was wrong may be mended by the next time
        # Anybody may ask this, and the message holds paths of this machine.
        told = "The log says why." if request.app.state.auth else law.trouble
        raise Problem(503, told, headers={"Retry-After": "5"})
    if not law.warm:
        raise Problem(503, "The models are being loaded.", headers={"Retry-After": "1"})
    packs = await law.read(lambda assistant: len(assistant.packs()))
    return JSONResponse({"status": "ready", "packs": packs}, headers=_FRESH)
