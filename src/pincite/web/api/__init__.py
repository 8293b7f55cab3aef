"""The JSON API, version 1: a module a resource."""

from __future__ import annotations

from fastapi import APIRouter

from pincite.web.api import ask

router = APIRouter(prefix="/api/v1")
router.include_router(ask.router)
