"""A cluster of three nodes, started once for all tests that ask for it."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

import pytest
from tests.cluster.servers import Servers

if TYPE_CHECKING:
    from collections.abc import Iterator

ASKED = "TEST_CLUSTER"


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Three nodes on loopback. The logs stay where a test failed; else all is deleted."""
    if not os.environ.get(ASKED):
        pytest.skip(f"starts a cluster; run by `make test-cluster` ({ASKED} is not set)")
    cluster = Servers.local(tmp_path_factory.mktemp("cluster"))
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
def library(servers: Servers) -> str:
    """A setting `library` on the cluster under a prefix of its own."""
    servers.wait()
    return f"{servers.address}/t{secrets.token_hex(4)}"
