"""Watches and what became of them: as text, as Markdown and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pincite.rendering.diff import change_lines, change_values
from pincite.rendering.markdown import escaped
from pincite.rendering.words import shown
from pincite.watching import Became, WatchOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pincite.watching import LawChange, Watch, Watched, WatchRun

_MOST = 6
_LONGEST = 160
_BECAME = {
    Became.AMENDED: "was amended",
    Became.RENUMBERED: "was renumbered",
    Became.REPEALED: "is no longer in force",
    Became.REMOVED: "is no longer in the code",
    Became.ADDED: "is new and bears on it",
    Became.NOT_INSTALLED: "is no longer installed",
}
_OUTCOME = {
    WatchOutcome.FIRST: "asked for the first time",
    WatchOutcome.SAME: "unchanged",
    WatchOutcome.CHANGED: "CHANGED",
    WatchOutcome.FAILED: "could not be asked",
}


def run_text(run: WatchRun) -> str:
    lines = [_head(run)]
    for one in run.results:
        lines += ["", shown(f"[{one.watch.id}] {one.watch.question}")]
        lines += [f"  {shown(line)}" for line in _story(one)]
    if run.marked:
        lines += ["", _marked_head(run)]
        lines += [f"  {shown(line)}" for line in _marked(run)]
    lines += [shown(line) for line in _deliveries(run)]
    return "\n".join(lines) + "\n"


def run_markdown(run: WatchRun) -> str:
    lines = ["# Watches", "", escaped(_head(run)), ""]
    for one in run.results:
        lines += [f"## {escaped(one.watch.question)}", ""]
        lines += [f"- {escaped(line.strip())}" for line in _story(one)]
        lines.append("")
    if run.marked:
        lines += ["## Saved answers", "", escaped(_marked_head(run)), ""]
        lines += [f"- {escaped(line)}" for line in _marked(run)]
        lines.append("")
    lines += [escaped(line) for line in _deliveries(run)]
    return "\n".join(lines).rstrip() + "\n"


def run_json(run: WatchRun) -> str:
    """The whole run: what a program reads, and what a webhook is sent."""
    values = {
        "schema_version": 1,
        "ran_at": run.ran_at.isoformat(timespec="seconds"),
        "as_of": run.as_of.isoformat(),
        "changed": len(run.changed),
        "watches": [_result(one) for one in run.results],
        "saved_answers": [
            {
                "answer": mark.answer,
                "question": mark.question,
                "asked_at": mark.asked_at.isoformat(timespec="seconds"),
                "law": [_law(change) for change in mark.changes],
            }
            for mark in run.marked
        ],
        "deliveries": [
            {"url": one.url, "tries": one.tries, "status": one.status, "problem": one.problem}
            for one in run.deliveries
        ],
    }
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def watch_values(watch: Watch) -> dict[str, object]:
    """A watch as plain values, for tables and JSON."""
    return {
        "id": watch.id,
        "question": watch.question,
        "jurisdictions": list(watch.jurisdictions),
        "facts": list(watch.facts),
        "webhook": watch.webhook,
        "created_at": watch.created_at.isoformat(timespec="seconds"),
        "last_run_at": None
        if watch.last_run_at is None
        else watch.last_run_at.isoformat(timespec="seconds"),
        "last_answer": watch.last_answer,
    }


def watches_json(watches: Iterable[Watch]) -> str:
    values = {"watches": [watch_values(one) for one in watches]}
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def law_line(change: LawChange) -> str:
    """`Frank. Stat. § 12-4-103 was amended`, and where it went, if it went anywhere."""
    line = f"{change.citation} {_BECAME[change.became]}"
    if change.became is Became.RENUMBERED and change.change and change.change.after:
        line += f": it is {change.change.after.citation} now"
    return line


def _head(run: WatchRun) -> str:
    many = len(run.results)
    asked = f"{many:,} {'watch' if many == 1 else 'watches'} asked as of {run.as_of}"
    return f"{asked}: {len(run.changed):,} changed"


def _story(one: Watched) -> Iterator[str]:
    yield _OUTCOME[one.outcome] + (f": {one.problem}" if one.problem else "")
    if one.abstained:
        yield "there is no answer now"
    for change in one.law:
        yield law_line(change)
        yield from (f"  {line}" for line in _words(change))
        yield from (f"  quoted words changed: {_cut(text)}" for text in change.touched[:_MOST])
    yield from _list("no longer says", one.gone)
    yield from _list("now says", one.new)
    if one.law and not one.gone and not one.new:
        yield "the answer says the same as before"
    for code, was, now in one.currency:
        yield f"{code} is current through {now} now, was {was}"
    yield from (f"why: {cause}" for cause in one.causes)


def _words(change: LawChange) -> Iterator[str]:
    if change.change is None or change.became in {Became.ADDED, Became.REMOVED}:
        return
    lines = list(change_lines(change.change))
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"... and {len(lines) - _MOST:,} more places"


def _list(head: str, texts: Sequence[str]) -> Iterator[str]:
    yield from (f"{head}: {_cut(text)}" for text in texts[:_MOST])
    if len(texts) > _MOST:
        yield f"{head}: {len(texts) - _MOST:,} more statements"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _marked_head(run: WatchRun) -> str:
    count = len(run.marked)
    word = "saved answer rests" if count == 1 else "saved answers rest"
    return f"{count:,} {word} on law that has changed since:"


def _marked(run: WatchRun) -> Iterator[str]:
    for mark in run.marked:
        law = "; ".join(law_line(change) for change in mark.changes)
        yield f"{mark.answer} ({mark.asked_at.date()}) {_cut(mark.question)}: {law}"


def _deliveries(run: WatchRun) -> Iterator[str]:
    for one in run.deliveries:
        yield f"{one.url}: " + (f"not told, {one.problem}" if one.problem else "told")


def _result(one: Watched) -> dict[str, object]:
    return {
        "watch": watch_values(one.watch),
        "outcome": one.outcome.value,
        "abstained": one.abstained,
        "law": [_law(change) for change in one.law],
        "gone": list(one.gone),
        "new": list(one.new),
        "currency": [
            {"code": code, "before": was, "after": now} for code, was, now in one.currency
        ],
        "causes": list(one.causes),
        "answer": one.answer,
        "before": one.before,
        "problem": one.problem,
    }


def _law(change: LawChange) -> dict[str, object]:
    return {
        "id": change.id,
        "citation": change.citation,
        "became": change.became.value,
        "touched": list(change.touched),
        "change": None if change.change is None else change_values(change.change),
    }
