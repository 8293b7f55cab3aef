"""From chosen markers to nested spans: where each subdivision ends, and which are sure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.law.outline_markers import WORD_FORMS, unlabelled_paragraph

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
    doubtful: bool = False


_SENTENCE_END = re.compile(r"(?<=[a-z0-9)”\"])\.[\"”’)]{0,2}\s+(?=[A-Z“\"][a-z“])")
_PARAGRAPH = re.compile(r"\n\s*(?=[A-Z“\"‘])")
_ENDS = '.;:!?)”"—]'


LEFT_OUT = "[...]"
"""How excerpts mark what they leave out."""


def nest(text: str, stop: int, choices: list[Choice], before: int = 0) -> list[Node]:
    """Nodes in reading order, with their spans; their parents count from `before` nodes on."""
    nodes = _nodes(text, stop, _without_repeated_lists(choices))
    can_end = _end_flush_text(text, nodes)
    if LEFT_OUT in text:
        _end_at_omissions(text, nodes)
    _doubt_lists_of_unlabelled_paragraphs(text, nodes, can_end)
    lists_before = before  # a list has a node at least, so this keeps the lists of versions apart
    for node in nodes:
        node.run += lists_before
        node.parent += before if node.parent >= 0 else 0
    return nodes


def _end_at_omissions(text: str, nodes: list[Node]) -> None:
    """End each subdivision of an excerpt at the first omission behind its last child.

    Which subdivision the text after `[...]` belongs to is not known unless a label says so.
    """
    inner_end: dict[int, int] = {}
    for index in range(len(nodes) - 1, -1, -1):
        node = nodes[index]
        covered = inner_end.get(index, node.body)
        omission = text.find(LEFT_OUT, covered, node.end)
        if omission >= 0:
            node.end = node.start + len(text[node.start : omission].rstrip())
            node.body = min(node.body, node.end)
        inner_end[node.parent] = max(inner_end.get(node.parent, 0), node.end)


def _without_repeated_lists(choices: list[Choice]) -> list[Choice]:
    """Leave out lists inside lines whose labels would not name one place.

    Two lists `(i) ... (ii)` in the sentences of one subdivision number the parts of a sentence;
    no citation can tell them apart, so neither is a list of subdivisions.
    """
    lists: dict[tuple[int, str], set[int]] = {}
    inside: dict[int, list[int]] = {}
    path: list[tuple[int, int]] = []  # position of the choice, number of its list
    last_list: list[int] = []
    list_of: list[int] = []
    parents: list[int] = []
    lines: set[int] = set()
    opened: list[bool] = []
    for position, choice in enumerate(choices):
        depth = min(choice.depth, len(path))
        if choice.restates:
            list_of.append(-1)
            parents.append(-1)
            continue
        del path[depth:]
        parent = path[-1][0] if path else -1
        if choice.opens or len(last_list) <= depth:
            opened.append(choice.inline)
            last_list[depth:] = [len(opened) - 1]
        else:
            del last_list[depth + 1 :]
        number = last_list[depth]
        list_of.append(number)
        parents.append(parent)
        path.append((position, number))
        inside.setdefault(number, []).append(position)
        if not choice.inline:
            lines.update(entry[1] for entry in path)
        lists.setdefault((parent, choice.marker.form + choice.kind), set()).add(number)
    dropped = {
        number
        for numbers in lists.values()
        if len(numbers) > 1
        for number in numbers
        if opened[number] and number not in lines
    }
    if not dropped:
        return choices
    gone = [False] * len(choices)
    kept = []
    for position, choice in enumerate(choices):
        parent = parents[position]
        gone[position] = list_of[position] in dropped or (parent >= 0 and gone[parent])
        if not gone[position]:
            kept.append(choice)
    return kept


def _nodes(text: str, stop: int, choices: list[Choice]) -> list[Node]:
    nodes: list[Node] = []
    path: list[int] = []
    runs = 0
    run_at: list[int] = []
    restated = (0, 0)  # where an excerpt began to repeat open labels, and the depth of the last
    for choice in choices:
        if choice.restates:
            restated = (restated[0] or choice.marker.start, choice.depth)
            continue
        depth = min(choice.depth, len(path))
        for level, index in enumerate(path[depth:], depth):
            inside = restated[0] and level > restated[1]
            nodes[index].end = restated[0] if inside else choice.marker.start
        restated = (0, 0)
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
        # From the marker on: a label with nothing after it must not end behind its parent.
        node.end = node.start + len(text[node.start : node.end].rstrip())
        node.body = min(node.body, node.end)
    return nodes


def _end_flush_text(text: str, nodes: list[Node]) -> dict[int, bool]:
    """Give unlabelled text after a list back to the level that the list hangs from.

    It is clearly at that level when the list completes a sentence (its lead-in does not end with
    a full stop), the labels before the last one hold no unlabelled paragraph (for a list inside a
    line: no end of a sentence), and a new paragraph (sentence) begins in the last one. Otherwise
    it stays where it is. Returns which lists complete a sentence so.
    """
    lists: dict[int, list[int]] = {}
    for index, node in enumerate(nodes):
        lists.setdefault(node.run, []).append(index)
    leaf_end = [node.end for node in nodes]
    for index in range(len(nodes) - 1):
        leaf_end[index] = min(leaf_end[index], nodes[index + 1].start)
    can_end = {}
    for number, members in lists.items():
        can_end[number] = _completes_a_sentence(text, nodes, members, leaf_end)
    last_child = {node.parent: index for index, node in enumerate(nodes)}
    for index in range(len(nodes)):
        if index + 1 < len(nodes) and nodes[index + 1].parent == index:
            continue
        _cut(text, nodes, index, lists, can_end, last_child)
    return can_end


def _completes_a_sentence(
    text: str, nodes: list[Node], members: list[int], leaf_end: list[int]
) -> bool:
    first = nodes[members[0]]
    lead_from = nodes[first.parent].body if first.parent >= 0 else max(0, first.start - 400)
    lead = text[max(lead_from, first.start - 400) : first.start].rstrip()
    if not lead or lead[-1] in '.)]”"':
        return False
    spans = [(nodes[index].body, leaf_end[index]) for index in members[:-1]]
    if first.choice.inline:
        return not any(_SENTENCE_END.search(text, *span) for span in spans)
    return not any(unlabelled_paragraph(text, *span) >= 0 for span in spans)


def _cut(
    text: str,
    nodes: list[Node],
    index: int,
    lists: dict[int, list[int]],
    can_end: dict[int, bool],
    last_child: dict[int, int],
) -> None:
    """End leaf `index`, and what it is the last of, where unlabelled text begins."""
    node = nodes[index]
    if lists[node.run][-1] != index or not can_end[node.run]:
        return
    if node.choice.inline:
        found = _SENTENCE_END.search(text, node.body, node.end)
        at = found.start() + 1 if found else -1
    else:
        at = unlabelled_paragraph(text, node.body, node.end)
    if at < 0:
        return
    while index >= 0:
        node = nodes[index]
        if lists[node.run][-1] != index or not can_end[node.run]:
            return
        node.end = node.start + len(text[node.start : at].rstrip())
        node.body = min(node.body, node.end)
        if last_child[node.parent] != index:
            return  # another list of the parent's follows
        index = node.parent


def _doubt_lists_of_unlabelled_paragraphs(
    text: str, nodes: list[Node], can_end: dict[int, bool]
) -> None:
    """Mark lists that hang from a paragraph with no label of its own.

    A definition `"Parent" means (i) ... or (ii) ...` among others is no subdivision `(i)` of the
    section, though its labels say so; and a list below a paragraph that may have returned to an
    outer level may belong there.
    """
    seen: dict[int, bool] = {}
    for node in nodes:
        if node.run not in seen:
            above = nodes[node.parent] if node.parent >= 0 else None
            begin = above.body if above else 0
            may_stand_apart = node.choice.inline or (above is not None and can_end[above.run])
            seen[node.run] = may_stand_apart and unlabelled_paragraph(text, begin, node.start) >= 0
        node.doubtful = seen[node.run]


def name_and_doubt(nodes: list[Node], *, excerpts: bool) -> tuple[str, ...]:
    """Give nodes their labels and paths, say which are sure, and return the breaks in words.

    The same path twice is doubtful, except in excerpts, which name one subdivision again.
    """
    breaks: list[str] = []
    count: dict[tuple[str, ...], int] = {}
    restarted: set[tuple[int, str, str]] = set()
    for node in nodes:
        above = nodes[node.parent] if node.parent >= 0 else None
        marker = node.choice.marker
        node.label = marker.label
        if marker.form in WORD_FORMS:
            node.label = f"{marker.form.capitalize()} {marker.label}"
        node.path = (*(above.path if above else ()), node.label)
        count[node.path] = count.get(node.path, 0) + 1
        if node.choice.breaks:
            printed = ")(".join(node.path)
            breaks.append(f"({printed}) at {node.start} does not follow its predecessor")
            if node.choice.opens:
                restarted.add(_list_name(node))
    for node in nodes:
        node.sure = (
            not (node.choice.breaks or node.doubtful)
            and (count[node.path] == 1 or excerpts)
            and _list_name(node) not in restarted
            and not _style_repeats(nodes, node)
            and (node.parent < 0 or nodes[node.parent].sure)
        )
    return tuple(breaks)


def _list_name(node: Node) -> tuple[int, str, str]:
    """What a list and another that begins again below the same label have in common."""
    return node.parent, node.choice.marker.form, node.choice.kind


def _style_repeats(nodes: list[Node], node: Node) -> bool:
    """Whether a list stands inside another of its own style, as in `(1)(a)(1)`.

    How deep it is can then not be told from its labels alone.
    """
    index = node.parent
    while index >= 0:
        above = nodes[index].choice
        if above.marker.form in WORD_FORMS:
            return False
        if (above.marker.form, above.kind) == (node.choice.marker.form, node.choice.kind):
            return True
        index = nodes[index].parent
    return False
