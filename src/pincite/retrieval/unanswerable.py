"""Questions that no statute answers: cases, forecasts, statistics, recommendations."""

from __future__ import annotations

import re
from enum import StrEnum


class Unanswerable(StrEnum):
    """Why the text of the law cannot answer a question."""

    CASE = "case"
    FORECAST = "forecast"
    STATISTIC = "statistic"
    RECOMMENDATION = "recommendation"


_WHO = r"(?:law firms?|lawyers?|attorneys?|solicitors?|accountants?|consultants?|vendors?)"
_COUNTED = (
    r"(?:companies|businesses|firms|people|cases|complaints|breaches|lawsuits|claims|employers"
    r"|violations|fines|licen[cs]es)"
)
_SO_FAR = r"(?:last year|this year|so far|ever|in (?:19|20)\d\d)"
_MAKERS = r"(?:lawmakers?|legislat\w+|congress|senate|house|governor|voters|assembly|bill|court)"
_PATTERNS: dict[Unanswerable, tuple[str, ...]] = {
    Unanswerable.CASE: (
        (
            r"\bwhat did (?:the |a )?[\w. ]{0,60}?(?:court|judge|justices|circuit)\b.{0,40}"
            r"\b(?:hold|held|decide|rule|say|find|conclude)"
        ),
        r"\b(?:holding|ruling|decision|opinion) (?:in|of) [A-Z][\w.&' -]{2,80} v(?:s?\.|ersus) ",
        r"\bhow (?:have|do|did) (?:the )?courts? (?:ruled?|interpret\w*|decided?|treat\w*)",
    ),
    Unanswerable.FORECAST: (
        rf"\bwill (?:the )?{_MAKERS}\b",
        r"\b(?:going|likely|expected|about) to (?:pass|be passed|become law|be repealed)\b",
        r"\bchances? (?:that|of) .{0,60}(?:pass|passing|becoming law|enacted)",
    ),
    Unanswerable.STATISTIC: (
        rf"\bhow many {_COUNTED}\b.{{0,60}}(?:{_SO_FAR}|\b(?:were|reported|have been|has the)\b)",
        (
            r"\b(?:which|what) (?:was|is|were) the (?:largest|biggest|highest|average|total) "
            rf"(?:fine|penalty|breach|settlement|one|number)\b.{{0,40}}{_SO_FAR}"
        ),
        r"\baverage (?:settlement|verdict|salary|award|cost)\b",
    ),
    Unanswerable.RECOMMENDATION: (
        rf"\b(?:which|what|who)\b.{{0,20}}\b{_WHO}\b.{{0,60}}\b(?:best|good|cheap|top|recommend)",
        rf"\b(?:best|good|cheapest|top|recommend\w*)\b.{{0,30}}\b{_WHO}\b",
        r"\b(?:can|could) you recommend\b",
    ),
}
_COMPILED = tuple(
    (kind, re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE))
    for kind, patterns in _PATTERNS.items()
)


def unanswerable(text: str) -> Unanswerable | None:
    """The kind of question that the law's text does not answer, or `None`."""
    for kind, pattern in _COMPILED:
        if pattern.search(text):
            return kind
    return None
