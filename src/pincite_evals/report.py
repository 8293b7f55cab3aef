"""Figures of a whole set, by topic, jurisdiction and kind: as JSON and as a table."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pincite_evals.metrics import DEPTHS, mean, of_answer, of_ranking, percentile, statements_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pincite_evals.datasets import Item
    from pincite_evals.run import Result

_RETRIEVAL = (
    *(f"recall@{depth}" for depth in DEPTHS),
    "ndcg@10",
    "mrr",
    "essential_recall@10",
    "essential_recall@100",
    "floor_recall@10",
)
_ANSWERS = (
    "gold_cited",
    "essential_cited",
    "cited_that_is_gold",
    "cited_in_gold_document",
    "facts_present",
    "refused_right",
    "refused_wrong",
)


def report(
    items: Sequence[Item],
    results: Mapping[str, Result],
    *,
    act_ids: Mapping[str, str],
    documents: Mapping[str, str],
    texts: Mapping[str, str],
) -> dict[str, object]:
    """The figures of a set, means over questions. `texts` are the stored texts of cited law."""
    rankings = {
        item.id: of_ranking(item, results[item.id].ranked) for item in items if item.answerable
    }
    answered = [item for item in items if results[item.id].answer is not None]
    answers = {
        item.id: of_answer(item, results[item.id].answer or {}, act_ids, documents)
        for item in answered
    }
    whole: dict[str, object] = {
        "retrieval": _means(tuple(rankings.values()), _RETRIEVAL, len(rankings))
        | _times([results[item.id].retrieval_ms for item in items if item.answerable]),
    }
    if answered:
        whole["answers"] = (
            _means(tuple(answers.values()), _ANSWERS, len(answered))
            | _checks([results[item.id].answer or {} for item in answered], texts)
            | _times([results[item.id].ms for item in answered])
        )
    for name, key in _GROUPS.items():
        whole[name] = _grouped(items, key, rankings, answers)
    return whole


_GROUPS: dict[str, Callable[[Item], str]] = {
    "by_topic": lambda item: item.topic,
    "by_jurisdiction": lambda item: "+".join(item.jurisdictions) or "none",
    "by_kind": lambda item: item.kind,
    "by_part": lambda item: item.part,
}


def _grouped(
    items: Sequence[Item],
    key: Callable[[Item], str],
    rankings: Mapping[str, Mapping[str, float]],
    answers: Mapping[str, Mapping[str, float]],
) -> dict[str, dict[str, float | int | None]]:
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if key(item):
            groups[key(item)].append(item)
    table: dict[str, dict[str, float | int | None]] = {}
    for name, members in sorted(groups.items()):
        row = _means([rankings[m.id] for m in members if m.id in rankings], _RETRIEVAL, None)
        row |= _means([answers[m.id] for m in members if m.id in answers], _ANSWERS, None)
        known: dict[str, float | int | None] = {"n": len(members)}
        table[name] = known | {key: value for key, value in row.items() if value is not None}
    return table


def _means(
    rows: Sequence[Mapping[str, float]], names: Sequence[str], count: int | None
) -> dict[str, float | int | None]:
    figures: dict[str, float | int | None] = {} if count is None else {"n": count}
    rows = list(rows)
    for name in names:
        value = mean(row[name] for row in rows if name in row)
        figures[name] = None if value is None else round(value, 4)
    return figures


def _times(times: Sequence[float]) -> dict[str, float | int | None]:
    found = {"p50_ms": percentile(times, 0.5), "p95_ms": percentile(times, 0.95)}
    return {name: None if value is None else round(value, 1) for name, value in found.items()}


def _checks(
    answers: Sequence[Mapping[str, Any]], texts: Mapping[str, str]
) -> dict[str, float | int | None]:
    """How many statements stand without a citation, and quotes that are not in the stored text."""
    statements = uncited = quotes = unequal = 0
    for answer in answers:
        ids = {source["label"]: source["id"] for source in answer["sources"]}
        for statement in statements_of(answer):
            statements += 1
            uncited += statement["kind"] != "note" and not statement["cites"]
            for cite in statement["cites"]:
                quotes += 1
                text = texts.get(ids.get(cite["source"], ""), "")
                unequal += text[cite["start"] : cite["end"]] != cite["quote"] or not cite["quote"]
    return {
        "statements": statements,
        "uncited_statements": uncited,
        "quotes": quotes,
        "quotes_not_equal": unequal,
    }


def table(sets: Mapping[str, Mapping[str, Any]]) -> str:
    """The figures of each set as lines of text."""
    lines: list[str] = []
    for name, figures in sets.items():
        for part in ("retrieval", "answers"):
            if part in figures:
                lines.append(f"{name} · {part}")
                lines += [f"  {key:<24}{_shown(value):>10}" for key, value in figures[part].items()]
        for part in ("by_part", "by_topic", "by_jurisdiction"):
            lines.append(f"{name} · {part.replace('_', ' ')}")
            for key, row in figures[part].items():
                cells = "  ".join(
                    f"{short} {_shown(row.get(column))}"
                    for short, column in (
                        ("R@10", "recall@10"),
                        ("R@50", "recall@50"),
                        ("essential cited", "essential_cited"),
                        ("facts", "facts_present"),
                    )
                    if row.get(column) is not None
                )
                lines.append(f"  {key[:40]:<42}n {row['n']:>3}  {cells}")
    return "\n".join(lines) + "\n"


def _shown(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
