"""A kind of model as another package would bring it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from pincite.models.language import Allowance, Prompt


class Mine:
    """Says its own name."""

    def __init__(self, name: str, *, url: str | None = None, key: str | None = None) -> None:
        self.name = name
        self._said = f"{name} at {url}" if key is None else ""

    async def stream(self, prompt: Prompt, allowance: Allowance) -> AsyncGenerator[str, None]:
        del prompt, allowance
        for letter in self._said:
            yield letter
