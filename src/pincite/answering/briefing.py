"""What a language model is given: the question and the law, fenced off as data."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pincite.answer import Verdict
from pincite.answering.extractive import ORDER, heading_of, verdict_of
from pincite.answering.said import cleaned
from pincite.models.language import Prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pincite.answer import Question, Withheld
    from pincite.answering.binding import Chosen
    from pincite.answering.findings import Finding
    from pincite.law.section import Section
    from pincite.reading.provision import Span
    from pincite.retrieval.understand import Understanding

_QUESTION = 4_000  # characters of a question that are sent
_FACTS = 20
_SECTIONS = 8
_LEFT_OUT = "[...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The most that writing one answer may take.

    `tokens` of output in one request, `seconds` for all requests together, `statements` shown,
    `law` in characters that are sent.
    """

    tokens: int = 1_500
    seconds: float = 60.0
    statements: int = 12
    law: int = 24_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What an answer is to be written from.

    `findings` are what was found, best first. `heading` says under which heading a finding stands
    and `order` how headings follow each other; `leads` whether it may stand in the summary. The
    headings are never the model's: they carry no citation.
    """

    question: Question
    findings: tuple[Finding, ...]
    heading: Callable[[Finding], str]
    order: tuple[str, ...] = ()
    leads: Callable[[Finding], bool] = field(default=lambda _: True)
    facts: tuple[str, ...] = ()

    @property
    def sections(self) -> Mapping[str, Section]:
        """The sections given to the model by their labels, the best first."""
        ranked = sorted(self.findings, key=lambda finding: finding.rank)
        found = dict.fromkeys(finding.section for finding in ranked)
        return {f"S{place}": section for place, section in enumerate(list(found)[:_SECTIONS], 1)}

    @property
    def spans(self) -> Mapping[str, tuple[Span, ...]]:
        """By section, the provisions that were found, best first."""
        spans: dict[str, list[Span]] = {}
        for finding in self.findings:
            own = (finding.provision.start, finding.provision.end)
            spans.setdefault(finding.section.id, []).append(own)
        return {section: tuple(found) for section, found in spans.items()}


def brief_of(
    question: Question,
    understood: Understanding,
    chosen: Chosen,
    *,
    official: bool,
) -> Brief:
    """The brief for the findings that the extractive writer would show, under its headings."""
    return Brief(
        question=question,
        findings=chosen.findings,
        heading=lambda finding: heading_of(finding, chosen.bound, official=official),
        order=ORDER,
        leads=lambda finding: (
            verdict_of(finding, chosen.bound) in {Verdict.APPLIES, Verdict.UNCLEAR}
        ),
        facts=understood.facts,
    )


def new_mark(texts: Sequence[str], draw: Callable[[int], str] = secrets.token_hex) -> str:
    """A fence mark that stands in none of the texts: nothing in them can close its block."""
    while True:
        mark = draw(8)
        if not any(mark in text for text in texts):
            return mark


def prompt(brief: Brief, budget: Budget, faulty: Sequence[Withheld] = ()) -> Prompt:
    """The rules, and the question and the law as data; with `faulty` what is to be mended.

    The fence's mark is drawn anew for each request.
    """
    wrong = _faulty(faulty)
    material = [brief.question.text, *brief.facts, wrong]
    mark = new_mark([*material, *(section.text for section in brief.sections.values())])
    blocks = [_fenced(mark, "QUESTION", cleaned(brief.question.text)[:_QUESTION])]
    if brief.facts:
        facts = "\n".join(cleaned(fact)[:200] for fact in brief.facts[:_FACTS])
        blocks.append(_fenced(mark, "FACTS ABOUT THE ASKER", facts))
    blocks += [_fenced(mark, label, law) for label, law in _law(brief, budget)]
    rules = _rules("write").format(mark=mark, statements=budget.statements)
    if faulty:
        rules += "\n" + _rules("repair").format()
        blocks.append(_fenced(mark, "STATEMENTS THAT DO NOT HOLD", wrong))
    return Prompt(rules=rules, material="\n\n".join(blocks))


def _fenced(mark: str, name: str, data: str) -> str:
    return f"<<{mark} {name}>>\n{data}\n<<{mark} end>>"


def _law(brief: Brief, budget: Budget) -> Iterator[tuple[str, str]]:
    """Each section with its citation and heading, whole where there is room."""
    left = budget.law
    for place, (label, section) in enumerate(brief.sections.items()):
        room = left // 2 if place == 0 else left
        law = section.text if len(section.text) <= room else _found_part(brief, section, room)
        if not law:
            continue
        left -= len(law)
        yield label, f"{section.citation} {section.heading}\n\n{_plain(law)}"


def _found_part(brief: Brief, section: Section, room: int) -> str:
    """The provisions of the section that were found, in reading order, as many as there is room."""
    spans: set[Span] = set()
    used = 0
    for finding in brief.findings:
        if finding.section.id != section.id:
            continue
        new = {(finding.provision.start, finding.provision.end), *finding.provision.leads} - spans
        length = sum(end - start + len(_LEFT_OUT) for start, end in new)
        if used + length > room:
            break
        spans |= new
        used += length
    parts = [section.text[start:end] for start, end in sorted(spans)]
    return f"\n{_LEFT_OUT}\n".join(parts)


def _plain(text: str) -> str:
    """The text with its lines, without control characters."""
    return "\n".join(cleaned(line) for line in text.split("\n"))


def _faulty(faulty: Sequence[Withheld]) -> str:
    lines = []
    for number, item in enumerate(faulty, 1):
        wrong = [f"{fault.kind.value}: {cleaned(fault.detail)}" for fault in item.faults]
        told = {"number": number, "text": item.statement.text, "wrong": wrong}
        lines.append(json.dumps(told, ensure_ascii=False))
    return "\n".join(lines)


@cache
def _rules(name: str) -> str:
    place = files("pincite.answering").joinpath("prompts", f"{name}.md")
    return place.read_text(encoding="utf-8")
