"""What asking a watch again gave, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.watching import Became, WatchOutcome
from pincite.web.pages.history_view import Piece, passages_of

if TYPE_CHECKING:
    from pincite.watching import LawChange, Watched

_OUTCOMES = {
    WatchOutcome.FIRST: "Asked for the first time.",
    WatchOutcome.SAME: "Nothing has changed.",
    WatchOutcome.CHANGED: "The answer has changed.",
    WatchOutcome.FAILED: "It could not be asked.",
}
_BECAME = {
    Became.AMENDED: "amended",
    Became.RENUMBERED: "renumbered",
    Became.REPEALED: "no longer law",
    Became.REMOVED: "no longer in the library",
    Became.ADDED: "new, and now cited",
    Became.NOT_INSTALLED: "not installed any more",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LawChangeView:
    citation: str
    became: str
    href: str
    passages: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedView:
    told: str
    changed: bool
    law: tuple[LawChangeView, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    currency: tuple[tuple[str, str, str], ...]
    causes: tuple[str, ...]
    problem: str


def watched_view(item: Watched) -> WatchedView:
    return WatchedView(
        told=_OUTCOMES[item.outcome],
        changed=item.outcome in {WatchOutcome.CHANGED, WatchOutcome.FAILED},
        law=tuple(law_change(one) for one in item.law),
        gone=item.gone,
        new=item.new,
        currency=item.currency,
        causes=item.causes,
        problem=item.problem,
    )


def law_change(item: LawChange) -> LawChangeView:
    return LawChangeView(
        citation=item.citation,
        became=_BECAME[item.became],
        href=item.id,
        passages=() if item.change is None else tuple(passages_of(item.change)),
    )
