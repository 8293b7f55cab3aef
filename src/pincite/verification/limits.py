"""Checks that no exception, condition or limit of the quoted sentence is dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answer import Fault, FaultKind, StatementKind
from pincite.reading.clauses import conditions_and_exceptions
from pincite.reading.references import references
from pincite.verification.words import share_covered, stems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.reading.provision import Span
    from pincite.verification.grounds import Clause, Grounds

# Conditions that a sentence may not lose; "where" and "upon" limit only where they open a clause.
_STRONG = re.compile(
    r"(?:but\s+)?only\s+if|if\b|unless|except|provided|so\s+long\s+as|as\s+long\s+as|"
    r"to\s+the\s+extent|in\s+the\s+event|on\s+(?:the\s+)?condition|notwithstanding|subject\s+to|"
    r"(?:does|do|shall)\s+not\s+apply|other\s+than|excluding",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:[,;:—]\s*|\n\s*)$")
_SAYS_LIMIT = re.compile(
    r"\b(?:unless|except\w*|exempt\w*|if|provided,?\s+(?:that|however|further)|provided|when|"
    r"where|whenever|so\s+long\s+as|as\s+long\s+as|to\s+the\s+extent|other\s+than|not\s+apply\s+(?:to|with|in|if|when|where)|"
    r"(?<!be\s)(?<!is\s)(?<!are\s)subject\s+to|notwithstanding|in\s+(?:the\s+)?(?:case|event)|on\s+condition\w*|apart\s+from|"
    r"excluding|once|until|despite)\b",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(
    r"\b(?:unless|except\w*|exempt\w*|not\s+apply|other\s+than|notwithstanding|apart\s+from|"
    r"excluding|despite|subject\s+to|otherwise)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\b(?:only|solely|exclusively)\b", re.IGNORECASE)
_ONLY_SAID = re.compile(
    r"\b(?:only|solely|exclusively|nothing\s+but|none\s+but|alone|unless)\b", re.IGNORECASE
)
_OMITS = re.compile(r"(?:…|\.\s?\.\s?\.)")
_NO_SUBJECT = re.compile(r"\W*(?:no|neither|nothing|none)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|no|never)\s*$", re.IGNORECASE)
_KEPT = 0.55
_ABOUT = 0.3
_RETOLD = 0.5


def limits_hold(grounds: Grounds) -> Fault | None:
    """A paraphrase keeps the exceptions and conditions of the sentences that it tells."""
    if not grounds.told:
        return None
    text = grounds.statement.text
    told = set(stems(text))
    said = len(_SAYS_LIMIT.findall(text))
    for clause in _told_clauses(grounds, told):
        limits = tuple(_limits(clause, told))
        for limit in limits:
            if (not said and _STRONG.match(limit)) or not _kept(limit, text, told):
                return _left_out(limit)
        strong = [limit for limit in limits if _STRONG.match(limit)]
        if len(strong) > said:
            return _left_out(min(strong, key=lambda limit: _share(limit, told)))
        if (
            clause is grounds.clauses[0]
            and _ONLY.search(clause.text)
            and not _ONLY_SAID.search(text)
        ):
            return _left_out("only")
    return None


def _left_out(limit: str) -> Fault:
    return Fault(kind=FaultKind.EXCEPTION, detail=f"“{' '.join(limit.split())[:80]}” is left out")


def _told_clauses(grounds: Grounds, told: set[str]) -> Iterator[Clause]:
    """The clauses that the statement tells: the nearest, and any of which it has half the words."""
    for place, clause in enumerate(grounds.clauses):
        if place == 0 or len(told & clause.words) >= _RETOLD * max(len(clause.words), 1):
            yield clause


def _limits(clause: Clause, told: set[str]) -> Iterator[str]:
    """The words of each limit of the sentence and of the lead-ins it completes.

    What stands behind a semicolon is another rule, and its limits count only if it is told too.
    """
    text = clause.section.text
    for start, end in clause.governing:
        conditions, exceptions = conditions_and_exceptions(text, start, end)
        for begin, stop in (*conditions, *exceptions):
            words = text[begin:stop]
            opens = begin == start or _OPENS.search(text, max(start, begin - 3), begin)
            if (opens or _STRONG.match(words)) and _is_told(text, (start, begin, end), told):
                yield words


def _is_told(text: str, places: tuple[int, int, int], told: set[str]) -> bool:
    """Whether the part between semicolons that holds the limit is told, or opens with the limit."""
    start, at, end = places
    begin = text.rfind(";", start, at) + 1
    if not begin or not text[begin:at].strip():
        return True
    stop = text.find(";", at, end)
    return _share(text[begin : stop if stop >= 0 else end], told) >= _ABOUT


def _share(words: str, told: set[str]) -> float:
    return share_covered(stems(words), told)


def _kept(limit: str, text: str, told: set[str]) -> bool:
    """Whether the statement tells most words of the limit.

    An exception that only points elsewhere ("except as provided in subsection C") is kept by any
    word of exception.
    """
    marker = _STRONG.match(limit)
    words = stems(_without_references(limit[marker.end() if marker else 0 :]))
    words = [word for word in words if word not in _POINTING]
    if not words:
        return bool(_EXCEPTION.search(text)) or not _EXCEPTION.search(limit)
    return share_covered(words, told) >= _KEPT


_POINTING = frozenset(
    stems(
        "except otherwise provided authorized specified permitted required set forth "
        "described stated prescribed made contrary provision provisions law"
    )
)


def _without_references(limit: str) -> str:
    for found in reversed(references(limit)):
        limit = limit[: found.start] + limit[found.end :]
    return limit


def quotes_are_whole(grounds: Grounds) -> Fault | None:
    """A quote cut short of an exception, or past its "no", shows that it is cut."""
    if grounds.statement.kind is not StatementKind.QUOTE:
        return None
    shown: dict[str, list[Span]] = {}
    for clause in grounds.clauses:
        shown.setdefault(clause.section.id, []).append(clause.shown)
    for clause in grounds.clauses:
        others = [span for span in shown[clause.section.id] if span != clause.shown]
        fault = _cut(clause, others, grounds.statement.text)
        if fault is not None:
            return fault
    return None


def _cut(clause: Clause, others: list[Span], statement: str) -> Fault | None:
    text, unit, (start, end) = clause.section.text, clause.unit, clause.shown
    before = text[unit.start : start]
    if (_NO_SUBJECT.match(before) or _NOT.search(before)) and not _is_shown(unit.start, others):
        return Fault(kind=FaultKind.NEGATION, detail="the quote begins after the sentence's “no”")
    if _OMITS.search(statement):
        return None
    for spans in conditions_and_exceptions(text, unit.start, unit.end):
        for span in spans:
            hidden = span[0] >= end or span[1] <= start
            if hidden and _STRONG.match(text, span[0]) and not _is_shown(span[0], others):
                words = text[span[0] : min(span[1], span[0] + 80)]
                return Fault(kind=FaultKind.EXCEPTION, detail=f"the quote stops short of “{words}”")
    return None


def _is_shown(at: int, spans: list[Span]) -> bool:
    return any(start <= at < end for start, end in spans)
