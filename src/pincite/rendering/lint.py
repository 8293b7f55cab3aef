"""Findings as text, as Markdown and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from pincite.rendering.markdown import escaped
from pincite.rendering.packs import table_markdown, table_text
from pincite.rendering.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pincite.finding import Finding, Linted

_EXAMPLES = 3
_COLUMNS = ("pack", "sections", "serious", "warning", "note", "ignored")


def lint_text(results: Sequence[Linted]) -> str:
    """A table of packs, then each rule that has findings, with a few of them."""
    lines = [table_text(_COLUMNS, [_row(one) for one in results]).rstrip("\n")]
    for one in results:
        for rule, found in _by_rule(one.findings):
            word = "finding" if len(found) == 1 else "findings"
            head = f"{one.pack}: {rule} ({found[0].severity.value}), {len(found):,} {word}"
            lines += ["", head, *(f"  {_line(item)}" for item in found[:_EXAMPLES])]
            if len(found) > _EXAMPLES:
                lines.append(f"  ... and {len(found) - _EXAMPLES:,} more")
    return "\n".join(lines) + "\n"


def lint_markdown(results: Sequence[Linted]) -> str:
    lines = [table_markdown(_COLUMNS, [_row(one) for one in results])]
    for one in results:
        for rule, found in _by_rule(one.findings):
            head = f"{one.pack}: {rule} ({found[0].severity.value}), {len(found):,}"
            lines += [f"## {escaped(head)}", ""]
            lines += [f"- {escaped(_line(item))}" for item in found[:_EXAMPLES]]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def lint_json(results: Sequence[Linted]) -> str:
    """`findings` has every finding of every pack; `packs` how many there are by rule."""
    values = {
        "findings": [_finding(found) for one in results for found in one.findings],
        "packs": [
            {
                "pack": one.pack,
                "sections": one.sections,
                "ignored": one.ignored,
                "rules": dict(one.rules),
            }
            for one in results
        ],
    }
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _finding(found: Finding) -> dict[str, object]:
    span = None if found.start is None else {"start": found.start, "end": found.end}
    return {
        "id": found.id,
        "rule": found.rule,
        "severity": found.severity.value,
        "pack": found.pack,
        "act_id": found.act_id,
        "identifier": found.identifier,
        "citation": found.citation,
        "message": shown(found.message),
        "evidence": shown(found.evidence),
        "span": span,
        "count": found.count,
    }


def _row(one: Linted) -> dict[str, object]:
    count = Counter(found.severity.value for found in one.findings)
    return {
        "pack": one.pack,
        "sections": one.sections,
        **{severity: count[severity] for severity in ("serious", "warning", "note")},
        "ignored": one.ignored,
    }


def _by_rule(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """The gravest first, then the most frequent."""
    groups: dict[str, list[Finding]] = {}
    for found in findings:
        groups.setdefault(found.rule, []).append(found)
    order = ("serious", "warning", "note")
    return sorted(groups.items(), key=lambda g: (order.index(g[1][0].severity.value), -len(g[1])))


def _line(found: Finding) -> str:
    times = f" ({found.count} times)" if found.count > 1 else ""
    evidence = f": {found.evidence}" if found.evidence else ""
    return shown(f"{found.id} {found.citation}: {found.message}{times}{evidence}")
