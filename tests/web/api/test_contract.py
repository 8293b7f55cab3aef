"""The server keeps to its own description, whatever it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import schemathesis
from tests.web.api.conftest import NOW

from pincite.web.app import create_app

if TYPE_CHECKING:
    from pincite import Settings

OPERATIONS = (
    "GET /health",
    "GET /ready",
    "POST /api/v1/ask",
    "POST /api/v1/compare",
    "GET /api/v1/answers",
    "GET /api/v1/answers/{answer_id}",
    "DELETE /api/v1/answers/{answer_id}",
    "GET /api/v1/answers/{answer_id}/check",
    "POST /api/v1/verify",
    "GET /api/v1/read",
    "GET /api/v1/sections/{identifier}",
    "GET /api/v1/search",
    "POST /api/v1/citations/resolve",
    "GET /api/v1/library",
)


@pytest.fixture(scope="module")
def described(franklin_settings: Settings) -> Any:
    app = create_app(franklin_settings, hosts=("*",), clock=lambda: NOW)
    return schemathesis.openapi.from_asgi("/openapi.json", app)


def keeps_to(described: Any, operation: str, examples: int, *, same: bool) -> None:
    """Send what the description allows, and what it does not, and hold each answer to it."""
    method, path = operation.split()
    found = described[path][method]

    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        derandomize=same,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(
        case=found.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
        | found.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
    )
    def sent(case: Any) -> None:
        case.call_and_validate()

    sent()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_as_the_description_says(described: Any, operation: str) -> None:
    keeps_to(described, operation, 12, same=True)


@pytest.mark.soak
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_as_the_description_says_at_length(described: Any, operation: str) -> None:
    keeps_to(described, operation, 500, same=False)


def test_the_description_has_these_operations_and_no_others(described: Any) -> None:
    found = {f"{one.ok().method.upper()} {one.ok().path}" for one in described.get_all_operations()}
    assert found == set(OPERATIONS)
