"""Which jurisdictions a person means by the names given beside a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.errors import UsageError
from pincite.law.jurisdiction import jurisdiction

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN = 60


def named(text: str) -> str:
    """The id of the jurisdiction that `text` names. Raises UsageError."""
    found = jurisdiction(text)
    if found is None:
        raise UsageError(
            f"{text[:_SHOWN]!r} is no jurisdiction; write MO, us-mo or Missouri, DC, or federal"
        )
    return found.id


def named_all(texts: Iterable[str]) -> tuple[str, ...]:
    """The ids that the texts name, each once, in order; a text may be a list with commas."""
    found: list[str] = []
    for text in texts:
        # "Washington, D.C." is one name and "WA, DC" are two.
        whole = jurisdiction(text)
        parts = [part for part in text.split(",") if part.strip()] or [text]
        found += [whole.id] if whole is not None else [named(part) for part in parts]
    return tuple(dict.fromkeys(found))
