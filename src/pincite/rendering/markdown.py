"""An answer as Markdown; whatever law text holds, it cannot become markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.rendering import words

if TYPE_CHECKING:
    from pincite.answer import Answer, Source, Statement

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
# A number with a full stop at the start of a line would open a list.
_LIST_START = re.compile(r"^(\s*\d+)([.)])|^(\s*)([-+])", re.MULTILINE)


def render_markdown(answer: Answer) -> str:
    """The whole answer, CommonMark, ending in a newline."""
    labels = words.labels_of(answer)
    lines = [f"# {escaped(answer.question.text)}", ""]
    if answer.jurisdictions:
        lines += [f"*{escaped(words.currency_line(answer))}*", ""]
    if answer.abstained:
        lines += [f"**No answer.** {escaped(answer.reason or '')}", ""]
        lines += [f"- {escaped(choice)}" for choice in answer.choices]
        lines += [""] if answer.choices else []
    if answer.summary:
        lines += ["## Short answer", ""]
        lines += [" ".join(_statement(statement, labels) for statement in answer.summary), ""]
    for block in answer.blocks:
        lines += [f"## {escaped(block.heading)}", ""]
        lines += [f"- {_statement(statement, labels)}" for statement in block.statements]
        lines.append("")
    lines += _sources(answer) + _coverage(answer)
    return "\n".join(lines).rstrip() + "\n"


def escaped(text: str) -> str:
    """One line of text in which every character that Markdown reads stands for itself."""
    line = " ".join(words.shown(text).split())
    line = _SPECIAL.sub(r"\\\1", line)
    return _LIST_START.sub(lambda m: f"{m[1] or m[3] or ''}\\{m[2] or m[4]}", line)


def _statement(statement: Statement, labels: dict[str, str]) -> str:
    cites = words.marks(statement, labels)
    text = escaped(statement.text)
    return f"{text} {escaped(cites)}" if cites else text


def _sources(answer: Answer) -> list[str]:
    if not answer.sources:
        return []
    lines = ["## Sources", ""]
    for name, sources in words.by_document(answer):
        verdict = escaped(words.applicability_line(sources[0]))
        lines += [f"**{escaped(name)}** — *{verdict}*", ""]
        lines += [f"- {source.label} {_source(source)}" for source in sources]
        lines.append("")
    return lines


def _source(source: Source) -> str:
    line = escaped(words.source_line(source))
    if source.url and re.fullmatch(r"https?://[^\s<>()]+", source.url):
        line = line.replace(escaped(source.url), f"[link]({source.url})")
    return line


def _coverage(answer: Answer) -> list[str]:
    coverage = answer.coverage
    lines = ["## What was searched", ""]
    lines += [f"- {escaped(words.searched_line(item))}" for item in coverage.searched]
    lines += [f"- Not installed: {escaped(name)}" for name in coverage.missing]
    lines += [f"- {escaped(note)}" for note in coverage.notes]
    if answer.withheld:
        lines.append(f"- Statements withheld because a check failed: {len(answer.withheld)}")
    return lines if len(lines) > 2 else []  # noqa: PLR2004  (the heading and its blank line)
