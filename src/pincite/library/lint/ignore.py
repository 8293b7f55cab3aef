"""The ignore file: findings that are known, each with the reason why it may stay."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.errors import UsageError
from pincite.library.lint.rules import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pincite.finding import Finding

_KEYS = frozenset({"id", "rule", "pack", "reason"})


@dataclass(frozen=True, slots=True)
class Ignored:
    """Findings by id, and rules by pack."""

    ids: frozenset[str]
    rules: frozenset[tuple[str, str]]

    def holds(self, found: Finding) -> bool:
        return found.id in self.ids or (found.rule, found.pack.lower()) in self.rules


def read_ignored(path: Path) -> Ignored:
    """Read `[[ignore]]` tables, each with `id`, or `rule` and `pack`, and a `reason`.

    Raises UsageError, which names the file and the entry, for anything else.
    """
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} cannot be read as an ignore file ({error})") from error
    entries = values.get("ignore", [])
    if set(values) - {"ignore"} or not isinstance(entries, list):
        raise UsageError(f"{path}: an ignore file has [[ignore]] tables and nothing else")
    ids: set[str] = set()
    rules: set[tuple[str, str]] = set()
    for number, entry in enumerate(entries, 1):
        _check(entry, f"{path}: entry {number}")
        if "id" in entry:
            ids.add(entry["id"])
        else:
            rules.add((entry["rule"], entry["pack"].lower()))
    return Ignored(frozenset(ids), frozenset(rules))


def _check(entry: Mapping[str, object], where: str) -> None:
    if not isinstance(entry, dict) or not all(isinstance(v, str) for v in entry.values()):
        raise UsageError(f"{where} is not a table of texts")
    if unknown := set(entry) - _KEYS:
        raise UsageError(f"{where}: {min(unknown)} is not known; use {', '.join(sorted(_KEYS))}")
    if not str(entry.get("reason", "")).strip():
        raise UsageError(f"{where} gives no reason; say why the finding may stay")
    if ("id" in entry) == ("rule" in entry) or ("rule" in entry) != ("pack" in entry):
        raise UsageError(f"{where} needs an id, or a rule and a pack")
    if "rule" in entry and entry["rule"] not in NAMES:
        raise UsageError(f"{where}: there is no rule {entry['rule']}; there are {', '.join(NAMES)}")
