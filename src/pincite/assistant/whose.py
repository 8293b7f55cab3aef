"""Which jurisdictions a person means by the names given beside a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.errors import UsageError
from pincite.law.jurisdiction import INTERNAL, jurisdiction

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHOWN = 60


def named(text: str, *, internal: bool = False) -> str:
    """The id of the jurisdiction that `text` names. Raises UsageError.

    Where `internal` is true, "internal" names the user's own documents.
    """
    found = jurisdiction(text)
    if found is INTERNAL and not internal:
        raise UsageError(
            "internal documents are no law and are not asked like law; a policy is held against "
            "law instead, and its words are searched for",
            at_console="`pincite cover` asks what a policy covers of a section, `pincite search "
            "--in internal` finds words in them",
        )
    if found is None:
        raise UsageError(
            f"{text[:_SHOWN]!r} is no jurisdiction; write MO, us-mo or Missouri, DC, or federal"
        )
    return found.id


def named_all(texts: Iterable[str], *, internal: bool = False) -> tuple[str, ...]:
    """The ids that the texts name, each once, in order; a text may be a list with commas."""
    found: list[str] = []
    for text in texts:
        # "Washington, D.C." is one name and "WA, DC" are two.
        whole = jurisdiction(text)
        parts = [part for part in text.split(",") if part.strip()] or [text]
        parts = [text] if whole is not None else parts
        found += [named(part, internal=internal) for part in parts]
    return tuple(dict.fromkeys(found))
