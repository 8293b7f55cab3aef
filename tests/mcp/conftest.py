"""The MCP server on a library of the State of Franklin, reached with the SDK's own client."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

from mcp import StdioServerParameters
from pincite import Assistant, load_settings
from pincite.mcp.server import build_server
from pincite.sample import sample_packs

if TYPE_CHECKING:
    from pathlib import Path

    from mcp.server import MCPServer

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
QUESTION = "How soon must a business give notice of a breach of security in the State of Franklin?"


@dataclass(frozen=True, slots=True)
class Franklin:
    """A library of Franklin's law, and how a program is told of it."""

    home: Path
    packs: Path
    helper: Assistant

    @property
    def environment(self) -> dict[str, str]:
        return {"PINCITE_HOME": str(self.home), "PINCITE_PACKS": str(self.packs)}

    def process(self, *more: str) -> StdioServerParameters:
        """The command as a host starts it; the client hands it no other environment."""
        return StdioServerParameters(
            command=sys.executable, args=["-m", "pincite", "mcp", *more], env=self.environment
        )

    def server(self) -> MCPServer:
        return build_server(self.helper, lambda: NOW)


@pytest.fixture(scope="session")
def franklin(tmp_path_factory: pytest.TempPathFactory) -> Franklin:
    """Franklin's packs, installed once; nobody changes this library."""
    folder = tmp_path_factory.mktemp("mcp")
    home, packs = folder / "home", sample_packs(folder / "packs")
    given = {"home": str(home), "packs": str(packs), "vectors": False}
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("PINCITE_")}
    try:
        helper = Assistant(load_settings(given), now=NOW)
    finally:
        os.environ.update(kept)
    helper.need(["us-fr"])
    return Franklin(home=home, packs=packs, helper=helper)
