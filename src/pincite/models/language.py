"""What a language model is, to this package: something that answers a prompt in pieces of text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


class Failure(StrEnum):
    """Why a language model gave no answer that can be used.

    The values are what the reader is told: the note `model_failed` takes these and no others.
    """

    UNREACHABLE = "it could not be reached"
    SLOW = "it took too long"
    BUSY = "it takes no more requests now"
    SERVER = "its server failed"
    REFUSED = "it refused the request"
    BROKE_OFF = "it broke off"
    GARBLED = "what it sent could not be read"
    SILENT = "it wrote nothing"
    UNFOUNDED = "nothing that it wrote held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What is sent: `rules` are ours, `material` is the question and the law, which are data."""

    rules: str
    material: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """The most that one request may take: tokens of output, seconds from first byte to last."""

    tokens: int
    seconds: float


class LanguageModel(Protocol):
    """Answers a prompt. It is given no tools, and keeps nothing between two requests."""

    @property
    def name(self) -> str:
        """The kind and the name, as in the settings: `openai:gpt-oss-20b`."""
        ...

    def stream(self, prompt: Prompt, allowance: Allowance) -> AsyncGenerator[str, None]:
        """The answer's text as it comes, in pieces of any length.

        Raises ModelFailed, also after pieces were given, where the answer is not whole.
        """
        ...
