"""The figures: of a ranking against gold, and of an answer against gold and facts."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pincite_evals.datasets import Gold, Item

DEPTHS = (5, 10, 20, 50, 100)


def recall(ranked: Sequence[str], gold: Sequence[Gold], depth: int) -> float:
    """The share of the gold that stands among the first `depth`."""
    head = set(ranked[:depth])
    return sum(one.act_id in head for one in gold) / len(gold)


def ndcg(ranked: Sequence[str], gold: Sequence[Gold], depth: int = 10) -> float:
    wanted = {one.act_id for one in gold}
    gain = sum(
        1 / math.log2(place + 2) for place, one in enumerate(ranked[:depth]) if one in wanted
    )
    best = sum(1 / math.log2(place + 2) for place in range(min(len(wanted), depth)))
    return gain / best if best else 0.0


def reciprocal_rank(ranked: Sequence[str], gold: Sequence[Gold]) -> float:
    wanted = {one.act_id for one in gold}
    return next((1 / place for place, one in enumerate(ranked, start=1) if one in wanted), 0.0)


def of_ranking(item: Item, ranked: Sequence[str]) -> dict[str, float]:
    """Every retrieval figure that the question has gold for."""
    own = [one for one in ranked if item.jurisdictions == ("federal",) or not _federal(one)]
    figures: dict[str, float] = {}
    if item.own:
        figures |= {f"recall@{depth}": recall(own, item.own, depth) for depth in DEPTHS}
        figures["ndcg@10"] = ndcg(own, item.own)
        figures["mrr"] = reciprocal_rank(own, item.own)
    essential = [one for one in item.own if one.essential]
    if essential:
        figures["essential_recall@10"] = recall(own, essential, 10)
        figures["essential_recall@100"] = recall(own, essential, 100)
    if item.floor:
        floor = [one for one in ranked if _federal(one)]
        figures["floor_recall@10"] = recall(floor, item.floor, 10)
    return figures


def _federal(act_id: str) -> bool:
    return act_id.startswith("us/federal/")


def of_answer(
    item: Item, answer: Mapping[str, Any], act_ids: Mapping[str, str], documents: Mapping[str, str]
) -> dict[str, float]:
    """The figures of an answer; a refusal of an answerable question scores 0 in each.

    `act_ids` and `documents` give, for each identifier of a source or of gold, the pack's own id
    and the document.
    """
    if not item.answerable:
        return {"refused_right": float(answer["abstained"])}
    cited = [source["id"] for source in answer["sources"]]
    cited_acts = [act_ids.get(one, one) for one in cited]
    gold = {one.act_id for one in item.gold}
    essential = [one for one in item.gold if one.essential]
    own = [one.act_id for one in item.own]
    gold_documents = {documents[one] for one in gold if one in documents}
    figures = {"refused_wrong": float(answer["abstained"])}
    if own:
        figures["gold_cited"] = sum(one in cited_acts for one in own) / len(own)
    if essential:
        figures["essential_cited"] = sum(one.act_id in cited_acts for one in essential) / len(
            essential
        )
    if not cited:
        figures["cited_that_is_gold"] = figures["cited_in_gold_document"] = 0.0
    else:
        figures["cited_that_is_gold"] = sum(one in gold for one in cited_acts) / len(cited)
        inside = sum(documents.get(one, "") in gold_documents for one in cited)
        figures["cited_in_gold_document"] = inside / len(cited)
    if item.facts:
        text = squeezed(words_of(answer))
        figures["facts_present"] = sum(present(fact, text) for fact in item.facts) / len(item.facts)
    return figures


def words_of(answer: Mapping[str, Any]) -> str:
    """What the answer says: its statements' texts and quotes."""
    parts: list[str] = []
    for statement in statements_of(answer):
        parts.append(statement["text"])
        parts += [cite["quote"] for cite in statement["cites"]]
    return "\n".join(parts)


def statements_of(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*answer["summary"], *(one for block in answer["blocks"] for one in block["statements"])]


def squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()


def present(fact: str, text: str) -> bool:
    """Whether the fact stands in the text: white space and case aside, at word boundaries."""
    wanted = re.escape(squeezed(fact))
    return re.search(rf"(?<!\w){wanted}(?!\w)", text) is not None


def mean(values: Iterable[float]) -> float | None:
    values = list(values)
    return sum(values) / len(values) if values else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank percentile."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]
