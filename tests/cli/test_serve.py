"""`pincite serve` where it does not serve: what it refuses, and why."""

from __future__ import annotations

import builtins
import socket
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Pincite


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "10.0.0.1"])
def test_an_address_that_others_reach_needs_accounts(installed: Pincite, host: str) -> None:
    found = installed("serve", "--host", host, "--port", "0")
    assert found.code == 2
    assert "--auth" in found.err
    assert "127.0.0.1" in found.err


def test_a_port_that_is_taken_is_told(installed: Pincite) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        found = installed("serve", "--port", port)
    assert found.code == 1
    assert port in found.err
    assert "--port" in found.err


def test_a_host_that_is_none_is_told(installed: Pincite) -> None:
    found = installed("serve", "--host", "no.such.host.invalid", "--port", "0")
    assert found.code == 1
    assert "no.such.host.invalid" in found.err


def test_a_missing_extra_is_named(installed: Pincite, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.partition(".")[0] == "uvicorn"]:
        monkeypatch.delitem(sys.modules, name)
    plain = builtins.__import__

    def without(name: str, *more: Any, **values: Any) -> Any:
        if name.partition(".")[0] == "uvicorn":
            raise ModuleNotFoundError("No module named 'uvicorn'", name="uvicorn")
        return plain(name, *more, **values)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr("pincite.cli.serve.import_module", without)
    found = installed("serve", "--port", "0")
    assert found.code == 2
    assert "pip install 'pincite[web]'" in found.err
