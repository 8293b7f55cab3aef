"""The writer that needs no model: it selects, orders and cuts the law's own words."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answer import Block, Statement, Verdict
from pincite.answering.applicability import OFFICIAL
from pincite.answering.quoting import breaks_off, joined, quoted, statement_of
from pincite.answering.selecting import list_of
from pincite.answering.summarising import kind_found, summary
from pincite.answering.whom import not_you, who_must_comply
from pincite.reading import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pincite.answering.applicability import Bound
    from pincite.answering.binding import Chosen
    from pincite.answering.findings import Finding
    from pincite.reading.provision import Span

_LIST_WORDS = 120
_LIST_ITEMS = 4

# Blocks in the order in which they are read.
_WHO = "Who must comply"
_DO = "What you must do"
_NOT = "What you may not do"
_MAY = "What you may do"
_OTHERS = "What others must or may do"
_EXCEPT = "Exceptions"
_ELSE = "If you don't"
_WORDS = "What the words mean"
_ALSO = "Also"
_ONLY = "Only if"
_NOT_YOU = "Not you"
ORDER = (_WHO, _DO, _NOT, _MAY, _OTHERS, _EXCEPT, _ELSE, _WORDS, _ALSO)
_HEADINGS: Mapping[Role, str] = {
    Role.SCOPE: _WHO,
    Role.DUTY: _DO,
    Role.DEADLINE: _DO,
    Role.PROHIBITION: _NOT,
    Role.PERMISSION: _MAY,
    Role.EXEMPTION: _EXCEPT,
    Role.EXCEPTION: _EXCEPT,
    Role.PENALTY: _ELSE,
    Role.REMEDY: _ELSE,
    Role.DEFINITION: _WORDS,
}
# A lead-in whose items are conditions, all or any of which must hold.
_AND = re.compile(r"[;,]\s*and\s*$")
_CONDITIONS = re.compile(
    r"\b(?:if|unless|when|where|provided that|only|all of the following|each of the following"
    r"|any of the following|either|both|conditions?|circumstances)\b[^:—]{0,80}[:—-]\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a writer proposes, before any check; `lead` is the key of the note that opens it."""

    lead: str = "found_duties"
    summary: tuple[Statement, ...]
    blocks: tuple[Block, ...]


def draft(
    chosen: Chosen,
    found: Sequence[Finding],
    *,
    official: bool = False,
    longest: int = 130,
) -> Draft:
    """Statements under plain headings, best first in each.

    `chosen` is what to show, `found` all that was read. A rule for one trade stands under a
    heading that says so, and what does not bind the asker comes last, a line each. `official` says
    that the asker is a public body. A statement of more words than `longest` is shown only where
    it is the best that there is.
    """
    bound = chosen.bound
    items = _items_of(found)
    blocks: dict[str, list[Statement]] = defaultdict(list)
    for group in _merged(_lists_of(chosen.findings), items, longest):
        statement = _shown(group, items)
        if statement is None or breaks_off(statement.text):
            continue
        if _few(statement, group, chosen, longest):
            blocks[heading_of(group[0], bound, official=official)].append(statement)
    blocks[_NOT_YOU] = not_you(chosen.aside)

    def verdict(finding: Finding) -> Verdict:
        return verdict_of(finding, bound)

    told = summary(chosen.findings, verdict)
    # Whom an act binds of which nothing is told is nobody's question.
    stated = [*told, *(one for block in blocks.values() for one in block)]
    cited = {quote.section for one in stated for quote in one.quotes}
    acts = [act for act in chosen.acts if any(one.id in cited for one in act.sections)]
    binds, exempt = who_must_comply(acts)
    blocks[_WHO] = binds
    blocks[_EXCEPT] = [*exempt, *blocks[_EXCEPT]]
    # Conditions stand in the order of what they hold for, the best first.
    order = [*ORDER, *(one for one in blocks if one not in {*ORDER, _NOT_YOU}), _NOT_YOU]
    return Draft(
        lead=kind_found(chosen.findings, verdict),
        summary=told,
        blocks=tuple(
            Block(heading=heading, statements=tuple(statements))
            for heading in order
            # What the short answer tells is not told again.
            if (statements := [s for s in _apart(blocks[heading]) if not _told(s, told)])
        ),
    )


def verdict_of(finding: Finding, bound: Mapping[str, Bound]) -> Verdict:
    """Whether the finding's document binds the asker; what is not known is unclear."""
    found = bound.get(finding.section.id)
    return Verdict.UNCLEAR if found is None else found.verdict


def _reading_order(finding: Finding) -> tuple[int, str, int]:
    return (finding.rank, finding.section.id, finding.provision.start)


def heading_of(finding: Finding, bound: Mapping[str, Bound], *, official: bool) -> str:
    provision = finding.provision
    verdict = verdict_of(finding, bound)
    if verdict is Verdict.NOT_YOU:
        return _NOT_YOU
    if verdict is Verdict.ONLY_IF and (condition := bound[finding.section.id].condition):
        return f"{_ONLY} {condition}"
    heading = _HEADINGS.get(provision.role, _ALSO)
    if heading in {_DO, _NOT, _MAY} and provision.actor_class in OFFICIAL and not official:
        return _OTHERS
    return heading


def _items_of(found: Sequence[Finding]) -> dict[tuple[str, Span], list[Finding]]:
    """The findings that complete each lead-in."""
    items: dict[tuple[str, Span], list[Finding]] = defaultdict(list)
    for finding in found:
        for lead in finding.provision.leads:
            items[finding.section.id, lead].append(finding)
    return items


def _lists_of(chosen: Sequence[Finding]) -> list[list[Finding]]:
    """The findings in reading order, those together that are items of one list."""
    groups: dict[tuple[str, Span], list[Finding]] = defaultdict(list)
    for finding in sorted(chosen, key=_reading_order):
        groups[list_of(finding)].append(finding)
    return list(groups.values())


def _merged(
    groups: Sequence[list[Finding]],
    items: Mapping[tuple[str, Span], Sequence[Finding]],
    longest: int,
) -> list[list[Finding]]:
    """The groups, those made one that are lists within one list, where that is short enough."""
    merged: list[list[Finding]] = []
    for group in groups:
        leads = group[0].provision.leads
        for other in merged:
            above = other[0].provision.leads
            if leads and above and other[0].section.id == group[0].section.id:
                whole = _together_shown([*other, *group], items) if leads[0] == above[0] else None
                if whole is not None and len(whole.text.split()) <= longest:
                    other.extend(group)
                    break
        else:
            merged.append(group)
    return merged


def _shown(
    group: Sequence[Finding], items: Mapping[tuple[str, Span], Sequence[Finding]]
) -> Statement | None:
    """The finding, or the items of one list, as a statement; `None` where that would lose sense.

    A lead-in is shown with its list, or the best of it. Of conditions that must all hold none is
    shown without the others.
    """
    if len({one.provision.lead for one in group}) > 1:
        return _together_shown(group, items)
    first = group[0]
    section, outline, lead = first.section, first.outline, first.provision.lead
    spans = _spans(group)
    above = list(first.provision.leads)
    if lead is None:
        lead, above = spans[0], spans
        spans = spans[:0]
    listed = items.get((section.id, lead), ())
    together = _together(section.text, lead, listed)
    if spans and not together:
        # An item may itself lead into a list.
        below = [one for span in spans for one in items.get((section.id, span), ())]
        spans += _spans(below[:_LIST_ITEMS])
    if spans and not together:
        return statement_of(section, outline, joined([*above, *spans]))
    if not listed:
        return quoted(first)
    end = max(item.provision.end for item in listed)
    if len(section.text[lead[0] : end].split()) <= _LIST_WORDS:
        return statement_of(section, outline, [*above[:-1], (lead[0], end)])
    if together:
        return None
    return statement_of(section, outline, joined([*above, *_spans(listed[:_LIST_ITEMS])]))


def _together_shown(
    group: Sequence[Finding], items: Mapping[tuple[str, Span], Sequence[Finding]]
) -> Statement | None:
    """The items of several inner lists as one statement; `None` where one would lose sense."""
    section, outline = group[0].section, group[0].outline
    for lead in dict.fromkeys(one.provision.lead for one in group):
        if lead is None or _together(section.text, lead, items.get((section.id, lead), ())):
            return None
    leads = [lead for one in group for lead in one.provision.leads]
    own = _spans(group)
    below = _spans(
        [item for span in own for item in items.get((section.id, span), ())[:_LIST_ITEMS]]
    )
    return statement_of(section, outline, joined(list(dict.fromkeys([*leads, *own, *below]))))


def _spans(found: Iterable[Finding]) -> list[Span]:
    return [(item.provision.start, item.provision.end) for item in found]


def _together(text: str, lead: Span, below: Sequence[Finding]) -> bool:
    """Whether the items under a lead-in are conditions that must all hold."""
    if not _CONDITIONS.search(text[slice(*lead)]):
        return False
    return any(_AND.search(text[i.provision.start : i.provision.end]) for i in below)


def _apart(statements: Sequence[Statement]) -> list[Statement]:
    """The statements less those whose every span lies in another's; notes have none."""
    kept: list[Statement] = []
    for statement in sorted(statements, key=lambda one: -len(one.text)):
        if not statement.quotes or not any(_within(statement, other) for other in kept):
            kept.append(statement)
    # The same words twice are told once; a note belongs to what stands before it.
    told: set[Statement] = set()
    shown: list[Statement] = []
    for statement in statements:
        if statement in kept and not (statement.quotes and statement in told):
            told.add(statement)
            shown.append(statement)
    return shown


def _few(statement: Statement, group: Sequence[Finding], chosen: Chosen, longest: int) -> bool:
    """Whether the statement is short enough; what can be cut no further may be too long to read."""
    if len(statement.text.split()) <= longest or not chosen.findings:
        return True
    return max(chosen.findings, key=lambda one: one.score) in group


def _told(statement: Statement, told: Sequence[Statement]) -> bool:
    """Whether the law that the statement shows is told already; a note shows none."""
    return bool(statement.quotes) and any(_within(statement, other) for other in told)


def _within(statement: Statement, other: Statement) -> bool:
    return all(
        any(
            one.section == two.section and two.start <= one.start and one.end <= two.end
            for two in other.quotes
        )
        for one in statement.quotes
    )
