"""The page on the API: its example runs, its tables are whole."""

from __future__ import annotations

import re
from pathlib import Path

from tests.web.api.test_contract import OPERATIONS

from pincite import errors
from pincite.client import Client

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")


def test_the_example_runs_against_a_server(address: str) -> None:
    examples = re.findall(r"^```py\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert examples
    for example in examples:
        exec(compile(example.replace("http://127.0.0.1:8000", address), "api.md", "exec"), {})


def test_every_operation_of_the_api_is_described() -> None:
    told = PAGE.replace("?cite=...", "").replace("?q=...", "")
    told = told.replace("/us-mo/rsmo/s407.1500/2/1", "/{identifier}")
    api = [one for one in OPERATIONS if "/api/" in one]
    assert [one for one in api if f"`{one}`" not in told] == []


def test_every_method_of_the_client_is_described() -> None:
    methods = {name for name in vars(Client) if not name.startswith("_")} - {"close"}
    assert {name for name in methods if f"`{name}`" not in PAGE} == set()


def test_every_error_of_the_client_is_described() -> None:
    assert {
        kind.__name__
        for kind in (errors.ServerError, *errors.ServerError.__subclasses__())
        if f"`{kind.__name__}`" not in PAGE
    } == set()
