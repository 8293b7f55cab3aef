"""When a text was law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Validity:
    """A half-open period `[start, end)`; `None` means that the source gives no date."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError(f"a text cannot end ({self.end}) before it starts ({self.start})")

    def covers(self, day: date) -> bool:
        """Whether the text is law on `day`, as far as the known dates tell."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)
