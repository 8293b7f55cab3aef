"""From chosen markers to nested spans: where each subdivision ends, and which are sure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pincite.law.outline_runs import Choice


@dataclass(slots=True)
class Node:
    """A subdivision in the making. `run` numbers the list it is in; `parent` is -1 for a root."""

    choice: Choice
    parent: int
    run: int
    start: int
    body: int
    end: int
    label: str = ""
    path: tuple[str, ...] = ()
    sure: bool = True


_SENTENCE_END = re.compile(r"(?<=[a-z0-9)”\"])\.[\"”’)]{0,2}\s+(?=[A-Z“\"][a-z“])")
_PARAGRAPH = re.compile(r"\n\s*(?=[A-Z“\"‘])")
_ENDS = '.;:!?)”"—]'


def nest(text: str, stop: int, choices: list[Choice]) -> tuple[list[Node], tuple[str, ...]]:
    """Nodes in reading order, and what breaks sequence, in words."""
    nodes = _nodes(text, stop, _without_repeated_runs(choices))
    _end_flush_text(text, nodes)
    breaks = _name_and_doubt(nodes)
    return nodes, breaks


def _without_repeated_runs(choices: list[Choice]) -> list[Choice]:
    return choices


def _nodes(text: str, stop: int, choices: list[Choice]) -> list[Node]:
    nodes: list[Node] = []
    path: list[int] = []
    runs = 0
    run_at: list[int] = []
    for choice in choices:
        depth = min(choice.depth, len(path))
        for index in path[depth:]:
            nodes[index].end = choice.marker.start
        del path[depth:]
        if choice.opens or len(run_at) <= depth:
            runs += 1
            run_at[depth:] = [runs]
        else:
            del run_at[depth + 1 :]
        parent = path[-1] if path else -1
        marker = choice.marker
        nodes.append(Node(choice, parent, run_at[depth], marker.start, marker.body, stop))
        path.append(len(nodes) - 1)
    for node in nodes:
        trimmed = len(text[node.body : node.end].rstrip())
        node.end = node.body + trimmed
        node.body = min(node.body, node.end)
    return nodes


def _end_flush_text(text: str, nodes: list[Node]) -> None:
    """Give unlabelled text after a list back to the level that the list hangs from."""


def _name_and_doubt(nodes: list[Node]) -> tuple[str, ...]:
    breaks: list[str] = []
    seen: set[tuple[str, ...]] = set()
    for node in nodes:
        above = nodes[node.parent] if node.parent >= 0 else None
        marker = node.choice.marker
        node.label = (
            f"{marker.form.capitalize()} {marker.label}"
            if marker.form.isalpha() and marker.form != "subd"
            else marker.label
        )
        node.path = (*(above.path if above else ()), node.label)
        node.sure = above is None or above.sure
        if node.choice.breaks or node.path in seen:
            node.sure = False
        if node.choice.breaks:
            breaks.append(
                f"({')('.join(node.path)}) at {node.start} does not follow its predecessor"
            )
        seen.add(node.path)
    return tuple(breaks)
