"""Packs, what came of installing them, and what a doctor found: as text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pincite.rendering.markdown import escaped
from pincite.rendering.words import shown

Row: TypeAlias = Mapping[str, object]


def table_text(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Rows under their columns' names, each column as wide as its widest value."""
    cells = [[column.replace("_", " ") for column in columns]]
    cells += [[_cell(row.get(column)) for column in columns] for row in rows]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    numbers = [all(isinstance(row.get(column), int) for row in rows) for column in columns]
    lines = [
        "  ".join(
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(line, widths, numbers, strict=True)
        ).rstrip()
        for line in cells
    ]
    return "\n".join(lines) + "\n"


def table_markdown(columns: Sequence[str], rows: Sequence[Row]) -> str:
    lines = ["| " + " | ".join(column.replace("_", " ") for column in columns) + " |"]
    lines.append("| " + " | ".join("---" for _ in columns) + " |")
    lines += [
        "| " + " | ".join(escaped(_cell(row.get(column))) for column in columns) + " |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def list_text(row: Row) -> str:
    """One thing's values, a line each; a list has a line an item."""
    lines: list[str] = []
    for name, value in row.items():
        if isinstance(value, (list, tuple)):
            lines.append(f"{name.replace('_', ' ')}:{'' if value else ' -'}")
            lines += [f"  {_cell(one)}" for one in value]
        else:
            lines.append(f"{name.replace('_', ' ')}: {_cell(value)}")
    return "\n".join(lines) + "\n"


def list_markdown(row: Row) -> str:
    lines: list[str] = []
    for name, value in row.items():
        if isinstance(value, (list, tuple)):
            lines.append(f"- {escaped(name.replace('_', ' '))}:")
            lines += [f"  - {escaped(_cell(one))}" for one in value]
        else:
            lines.append(f"- {escaped(name.replace('_', ' '))}: {escaped(_cell(value))}")
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, (list, tuple)):
        return ", ".join(_cell(one) for one in value) or "-"
    return shown(" ".join(str(value).split()))
