"""The server keeps to its own description, whatever it is sent."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis.specs.openapi.checks import positive_data_acceptance
from tests.web.api.conftest import NOW

from pincite import Settings
from pincite.web.app import create_app

KEY = "idempotency-key"
VALID = re.compile(r"[!-~]{1,200}")


def operations() -> list[str]:
    """Every operation that the server describes, as `GET /health`."""
    app = create_app(Settings(home=Path("nowhere")))
    return [
        f"{method.upper()} {path}"
        for path, item in app.openapi()["paths"].items()
        for method in item
    ]


OPERATIONS = operations()
# Whether a file can be read is told by its bytes; and 7.0 is an integer to JSON Schema, and no
# number that stands in a saved answer.
_BY_MORE_THAN_A_SCHEMA = {"POST /api/v1/documents", "POST /api/v1/verify"}
_DEAR = {"POST /api/v1/ask", "POST /api/v1/watches", "POST /api/v1/citations/resolve"}


@pytest.fixture(scope="module")
def described(shared_settings: Settings) -> Any:
    app = create_app(shared_settings, hosts=("*",), clock=lambda: NOW)
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
        for name in [one for one in case.headers or {} if one.lower() == KEY]:
            # One key with two bodies is refused, as is said; it is tested by itself.
            if VALID.fullmatch(str(case.headers[name])):
                case.headers[name] = secrets.token_hex(8)
        not_told = [positive_data_acceptance] if operation in _BY_MORE_THAN_A_SCHEMA else []
        case.call_and_validate(excluded_checks=not_told)

    sent()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_as_the_description_says(described: Any, operation: str) -> None:
    keeps_to(described, operation, 4 if operation in _DEAR else 8, same=True)


@pytest.mark.soak
@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_as_the_description_says_at_length(described: Any, operation: str) -> None:
    keeps_to(described, operation, 500, same=False)
