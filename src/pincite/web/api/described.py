"""The description of the API at `/openapi.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from pincite.web.api.shape import ProblemTold

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI


def describe(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """`app.openapi` with the problem, which routes name and none has as its model."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = plain()
            _, problem = models_json_schema(
                [(ProblemTold, "serialization")], ref_template="#/components/schemas/{model}"
            )
            schemas = found.setdefault("components", {}).setdefault("schemas", {})
            schemas |= problem["$defs"]
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            app.openapi_schema = found
        return app.openapi_schema

    return openapi
