"""From a provision to what is shown of it: spans cut at clauses, each with its pinpoint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answer import Quote, Statement, StatementKind
from pincite.citations import printed_pinpoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.answering.findings import Finding
    from pincite.law.outline import Outline
    from pincite.law.section import Section
    from pincite.reading.provision import Span

OMISSION = "…"
_LONGEST = 70  # words of a provision that is shown whole
_CORE = 45  # words after which a longer one may be cut at the next clause
_CLAUSE = re.compile(r"[;:,](?=\s)|(?<=[a-z\d)])\.(?=\s+[A-Z(])")
# "; and" after an item, and the bare mark.
_JOINT = re.compile(r"[;,]\s*(?:and/or|and|or|but)?\Z", re.IGNORECASE)
_JOINT_LENGTH = 12
_BREAKS_OFF = re.compile(
    r"(?::|[—–-]|:[—–-]\.?|\b(?:where|if|when|unless|that|to|of|the|an?|following|follows|and|or|by|for|in|with|"
    r"either|whether|from|as|(?<!if )any|each|every|such|this))\s*$",
    re.IGNORECASE,
)
# The mark of an excerpt that leaves something out, with the label of what follows it.
_LEFT_OUT = re.compile(r"\s*\[(?:\.{3}|…)\]\s*(?:\(\w{1,4}\)\s*)*")
# A list label and the white space around it: "first lead-in" + "(1) " + "first item".
_LABEL_GAP = 14


def quoted(finding: Finding, *, whole: bool = False) -> Statement:
    """The provision as a quote: its lead-ins, then its words, `…` where words are left out."""
    section, provision = finding.section, finding.provision
    spans: list[Span] = [*provision.leads]
    own: Span = (provision.start, provision.end)
    spans += [own] if whole or provision.leads else _cut(section.text, finding)
    return statement_of(section, finding.outline, joined(spans))


def statement_of(section: Section, outline: Outline, spans: Sequence[Span]) -> Statement:
    """A quote statement of these spans of a section, in order."""
    quotes = tuple(quote_of(section, outline, span) for span in spans)
    text = f" {OMISSION} ".join(quote.text for quote in quotes)
    return Statement(text=text, kind=StatementKind.QUOTE, quotes=quotes)


def quote_of(section: Section, outline: Outline, span: Span) -> Quote:
    """The span as a quote, with the deepest sure subdivision that holds all of it."""
    start, end = _trimmed(section.text, span)
    unit = outline.at(start, end)
    path = unit.path if unit is not None else ()
    return Quote(
        section=section.id,
        pinpoint=printed_pinpoint(section.jurisdiction, section.code, path) if path else "",
        start=start,
        end=end,
        text=section.text[start:end],
    )


def _trimmed(text: str, span: Span) -> Span:
    """The span without white space or marks of omission, or what joins an item to the next."""
    start, end = span
    if (left_out := _LEFT_OUT.match(text, start, end)) and left_out.end() < end:
        start = left_out.end()
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    joint = _JOINT.search(text, max(start, end - _JOINT_LENGTH), end)
    return start, (joint.start() if joint and joint.start() > start else end)


def breaks_off(words: str) -> bool:
    """Whether words end where more must follow: "shall not apply where"."""
    return bool(_BREAKS_OFF.search(words))


def joined(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that only a label or white space parts made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] <= _LABEL_GAP:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(text: str, finding: Finding) -> list[Span]:
    """The provision whole if it is short; else its core, and each clause that limits or counts."""
    provision = finding.provision
    start, end = provision.start, provision.end
    if len(text[start:end].split()) <= _LONGEST:
        return [(start, end)]
    edges = [start, *(m.end() for m in _CLAUSE.finditer(text, start, end)), end]
    core_end = _core_end(text, start, end, edges, provision.modal_at)
    spans: list[Span] = [(start, core_end)]
    kept = (*provision.exceptions, *provision.conditions)
    kept += tuple((item.start, item.end) for item in (*provision.periods, *provision.amounts))
    for first, last in sorted(kept):
        if last <= core_end:
            continue
        left = max((edge for edge in edges if edge <= first), default=start)
        right = min((edge for edge in edges if edge >= last), default=end)
        spans.append((max(left, core_end), right))
    merged: list[Span] = []
    for first, last in spans:
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _core_end(text: str, start: int, end: int, edges: Sequence[int], modal: Span | None) -> int:
    """The first clause's end after the modal verb and the core's length, not far from `end`."""
    least = start if modal is None else modal[1]
    for edge in edges[1:]:
        if edge > least and len(text[start:edge].split()) >= _CORE:
            return edge
    return end
