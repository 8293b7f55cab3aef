"""Changes of law as text, Markdown and JSON: [-what went-] {+what came+}, with words around."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pincite.change import ChangeKind
from pincite.rendering.markdown import escaped
from pincite.rendering.words import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.change import Difference, Edit, History, SectionChange
    from pincite.law.section import Section

_AROUND = 60  # characters of unchanged text on each side
_MOST = 1_000  # characters of one edit that are shown


def diff_text(found: Difference) -> str:
    """Counts, then each section that differs."""
    lines = [shown(_summary(found))]
    for change in found.changes:
        lines += ["", shown(_head(change)), *(f"  {shown(line)}" for line in change_lines(change))]
    return "\n".join(lines) + "\n"


def diff_markdown(found: Difference) -> str:
    lines = [f"# {escaped(f'{found.before} → {found.after}')}", "", escaped(_summary(found)), ""]
    for change in found.changes:
        lines += [f"## {escaped(_head(change))}", ""]
        lines += [f"- {escaped(line)}" for line in change_lines(change)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def diff_json(found: Difference) -> str:
    values = {
        "before": found.before,
        "after": found.after,
        "unchanged": found.unchanged,
        **{kind.value: len(found.of(kind)) for kind in ChangeKind},
        "changes": [change_values(change) for change in found.changes],
    }
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def history_text(citation: str, found: History) -> str:
    """A section's versions, the oldest first, and what changed from each to the next."""
    return "\n".join([shown(citation), "", *(shown(line) for line in _story(found))]) + "\n"


def history_markdown(citation: str, found: History) -> str:
    lines = [f"- {escaped(line)}" for line in _story(found)]
    return "\n".join([f"# {escaped(citation)}", "", *lines]) + "\n"


def history_json(citation: str, found: History) -> str:
    values = {"citation": citation} | history_values(found)
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _story(found: History) -> Iterator[str]:
    if not found.versions:
        yield "no version of it is installed"
        return
    yield _version(found.versions[0])
    for step, section in zip(found.steps, found.versions[1:], strict=True):
        yield _version(section)
        yield from (f"  {line}" for line in change_lines(step))
    yield from (f"moved to {one}" for one in found.moved_to)
    yield from (f"formerly {one}" for one in found.moved_from)


def history_values(found: History) -> dict[str, object]:
    """A history as plain values for JSON."""
    return {
        "versions": [_section(one) for one in found.versions],
        "steps": [change_values(one) for one in found.steps],
        "moved_to": list(found.moved_to),
        "moved_from": list(found.moved_from),
    }


def change_values(change: SectionChange) -> dict[str, object]:
    return {
        "kind": change.kind.value,
        "before": None if change.before is None else _section(change.before),
        "after": None if change.after is None else _section(change.after),
        "how": change.how,
        "fields": [{"name": n, "before": a, "after": b} for n, a, b in change.fields],
        "edits": [
            {
                "start": edit.start,
                "end": edit.end,
                "new_start": edit.new_start,
                "new_end": edit.new_end,
                "old": edit.old,
                "new": edit.new,
            }
            for edit in change.edits
        ],
    }


def _section(section: Section) -> dict[str, object]:
    start, end = section.validity.start, section.validity.end
    return {
        "id": section.id,
        "citation": section.citation,
        "heading": section.heading,
        "status": section.status.value,
        "effective_date": None if start is None else start.isoformat(),
        "until": None if end is None else end.isoformat(),
        "current_through": section.current_through,
        "text_sha256": section.text_sha256,
    }


def _summary(found: Difference) -> str:
    counts = ", ".join(f"{len(found.of(kind)):,} {kind.value}" for kind in ChangeKind)
    return f"{found.before} → {found.after}: {counts}, {found.unchanged:,} unchanged"


def _head(change: SectionChange) -> str:
    before, after = change.before, change.after
    if change.kind is ChangeKind.RENUMBERED and before is not None and after is not None:
        return f"renumbered {before.citation} → {after.citation}, {after.heading} ({change.how})"
    section = after or before
    if section is None:
        raise AssertionError("a change has a section before or after")
    heading = f", {section.heading}" if section.heading else ""
    return f"{change.kind.value} {section.citation}{heading}"


def change_lines(change: SectionChange) -> Iterator[str]:
    """What differs, a line a field or a passage: `[-went-] {+came+}` with words around."""
    for name, before, after in change.fields:
        yield f"{name}: [-{_line(before)}-] {{+{_line(after)}+}}"
    if change.before is not None and change.after is not None:
        yield from _edits(change.before.text, change.edits)


def _edits(old: str, edits: tuple[Edit, ...]) -> Iterator[str]:
    """Edits that stand close together share a line."""
    group: list[Edit] = []
    for edit in edits:
        if group and edit.start - group[-1].end > 2 * _AROUND:
            yield _passage(old, group)
            group = []
        group.append(edit)
    if group:
        yield _passage(old, group)


def _passage(old: str, edits: list[Edit]) -> str:
    start, end = edits[0].start, edits[-1].end
    left = _cut(old, max(0, start - _AROUND), start, from_left=True)
    parts = [left]
    at = start
    for edit in edits:
        parts.append(old[at : edit.start])
        parts.append(f"[-{_short(edit.old)}-]" if edit.old else "")
        parts.append(f"{{+{_short(edit.new)}+}}" if edit.new else "")
        at = edit.end
    parts.append(_cut(old, end, min(len(old), end + _AROUND), from_left=False))
    return _line("".join(parts))


def _cut(text: str, start: int, end: int, *, from_left: bool) -> str:
    """Unchanged text around an edit, cut at a space, with a mark where more stands there."""
    part = text[start:end]
    if from_left and start > 0:
        return "… " + (part.partition(" ")[2] or part)
    if not from_left and end < len(text):
        return (part.rpartition(" ")[0] or part) + " …"
    return part


def _short(text: str) -> str:
    return text if len(text) <= _MOST else text[:_MOST] + " …"


def _line(text: str) -> str:
    return " ".join(text.split())


def _version(section: Section) -> str:
    start = section.validity.start.isoformat() if section.validity.start else "no date"
    through = f", current through {section.current_through}" if section.current_through else ""
    status = section.status.value.replace("_", " ")
    return f"{section.citation}, from {start}: {status}{through}"
