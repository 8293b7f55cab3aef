"""Question files: one JSON object a line, with gold citations; only the question is asked."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pincite.errors import ParseError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Gold:
    act_id: str
    essential: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. `own` is the gold of its jurisdictions, `floor` that of the federal floor."""

    id: str
    question: str
    jurisdictions: tuple[str, ...]
    topic: str
    kind: str
    gold: tuple[Gold, ...]
    facts: tuple[str, ...]
    answerable: bool

    @property
    def own(self) -> tuple[Gold, ...]:
        return tuple(gold for gold in self.gold if not self._is_floor(gold))

    @property
    def floor(self) -> tuple[Gold, ...]:
        return tuple(gold for gold in self.gold if self._is_floor(gold))

    @property
    def part(self) -> str:
        """`tune`, `held out` or `mixed`: halves by jurisdiction and, at once, by kind or topic.

        No jurisdiction, kind or topic of a question held out is that of one to tune on; where one
        of the two is known from tuning the question is mixed. The halves come from hashes of the
        names, so that they stay as they are when questions are added.
        """
        known = {
            _half("+".join(sorted(self.jurisdictions))) == 0,
            _half(self.kind or self.topic) == 0,
        }
        return "mixed" if len(known) > 1 else "tune" if known == {True} else "held out"

    def _is_floor(self, gold: Gold) -> bool:
        return gold.act_id.startswith("us/federal/") and "federal" not in self.jurisdictions


def _half(name: str) -> int:
    return hashlib.sha256(name.encode()).digest()[0] % 2


def read_items(path: Path) -> tuple[Item, ...]:
    """The questions of a file, in order. Raises ParseError naming the line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise ParseError(f"cannot be read ({error})", source=str(path)) from error
    items = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            items.append(_item(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ParseError(
                f"is not a question with gold citations ({error!r})", source=str(path), line=number
            ) from error
    if not items:
        raise ParseError("holds no question", source=str(path))
    return tuple(items)


def _item(row: dict[str, Any]) -> Item:
    return Item(
        id=str(row["id"]),
        question=str(row["question"]),
        jurisdictions=tuple(row.get("jurisdictions", ())),
        topic=str(row.get("topic", "")),
        kind=str(row.get("kind", "")),
        gold=tuple(
            Gold(str(one["act_id"]), bool(one.get("essential"))) for one in row.get("gold", ())
        ),
        facts=tuple(row.get("facts", ())),
        answerable=bool(row.get("answerable", True)),
    )
