"""The clauses of a sentence: what stands before its main clause, its subject, its conditions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.reading.modals import Modal, modals
from pincite.reading.sentences import trimmed

if TYPE_CHECKING:
    from pincite.reading.provision import Span

# A sentence that opens so has its subject after a comma.
_OPENER = re.compile(
    r"[\"“(\s]*(?:if|when|whenever|where|wherever|unless|except|notwithstanding|upon|on|within|not|no\s+later|"
    r"no\s+more|at|after|before|beginning|effective|commencing|prior|subject|for|in|under|pursuant|"
    r"during|until|to|with|by|as|following|because|while|should|from|immediately|annually|"
    r"thereafter|however|in\s+addition|upon\s+request|provided|otherwise|once|since|although|"
    r"regardless|without|through)\b",
    re.IGNORECASE,
)
# ", the owner", ", notice": where a main clause may begin.
_MAIN = re.compile(
    r"(?:,|\)|:|—)\s*(?:then\s+|and\s+)?(?=(?:an?|the|any|each|every|no|all|such|it|he|she|they|"
    r"there|this|these|that|those|neither|either|both|one|nothing|[A-Za-z'’-]+(?:\s[A-Za-z'’-]+){0,3}\s"
    r"(?:shall|must|may|is|are))\b)",
    re.IGNORECASE,
)
# A modal verb right after these belongs to a relative clause.
_RELATIVE = re.compile(
    r"\b(?:that|who|which|whom|as|than|what|whatever|whoever|it)\s+(?:\w+ly\s+)?(?:the\s+\w+\s+)?$",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\b(?:if|unless|when|whenever|until|before|after|whether|because|so\s+that|provided\s+that|"
    r"except\s+that|to\s+the\s+extent|as\s+long\s+as|where|such\s+that)\b[^,;]*$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*(?:\([A-Za-z0-9]{1,5}\)|[A-Za-z0-9]{1,3}\.)\s*")
# A caption before the rule: "Notice.—", "Penalties. A person ...".
_CAPTION = re.compile(r"\s*(?:[A-Z][^.;:—\n]{0,80}(?:\.\s?—|—|\n\s*))\s*(?=[A-Z(])")

_MARKER = re.compile(
    r"\b(?P<exception>unless|except(?:ing)?(?:\s+(?:as|that|for|when|where|if|in|to|with))?|"
    r"other\s+than|notwithstanding|(?:does|do|shall)\s+not\s+apply|"
    r"provided,?\s+(?:however|further)|excluding)\b"
    r"|\b(?P<condition>(?:but\s+)?only\s+(?:if|when|after|upon|where)|if|when|whenever|where|"
    r"provided,?\s+that|so\s+long\s+as|as\s+long\s+as|to\s+the\s+extent|"
    r"in\s+the\s+event|on\s+(?:the\s+)?condition|upon|until|in\s+(?:the\s+)?case\s+of)\b"
    r"|(?<=,\s)(?P<aside>subject\s+to)\b",
    re.IGNORECASE,
)
_LIMIT_OPENS = re.compile(
    r"(?:(?P<exception>except|unless|notwithstanding|other\s+than)|subject\s+to|if|when|whenever|"
    r"where|provided|upon|until|in\s+the\s+event|to\s+the\s+extent)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[;:]|\.(?=\s|$)|\s(?=(?:and|or)\s+(?:if|unless|except)\b)|,(?=\s+(?:the|an?|any|each|every|no|such|it|he|she|they|and|or|but|shall|must|may|then"
    r"|provided|unless|except|if)\b)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*,[^,;.:]{1,200},")
_SUBJECT_LIMIT = 900
_LONGEST_LIMIT = 400
_VERB_IN_VIEW = 6


def main_clause(text: str, start: int, end: int) -> tuple[Span | None, Modal | None]:
    """The subject's span and the main modal verb of the sentence `text[start:end]`.

    The subject is `None` where there are no words before the verb.
    """
    start = _past_caption(text, start, end)
    found = modals(text, start, end)
    opens = _OPENER.match(text, start, end) is not None
    after = _first_break(text, start, end) if opens else start
    modal = _main_modal(text, after, found)
    if modal is None:
        return None, None
    return _subject(text, start, modal.start, opens=opens), modal


def _past_caption(text: str, start: int, end: int) -> int:
    label = _LABEL.match(text, start, end)
    start = label.end() if label else start
    caption = _CAPTION.match(text, start, min(end, start + 120))
    return caption.end() if caption else start


def _first_break(text: str, start: int, end: int) -> int:
    found = _MAIN.search(text, start, end)
    return found.end() if found else start


def _main_modal(text: str, after: int, found: tuple[Modal, ...]) -> Modal | None:
    """The first modal verb that stands in no relative and no subordinate clause."""
    main = [modal for modal in found if modal.start >= after]
    for modal in main:
        before = text[max(after, modal.start - 160) : modal.start]
        if not _RELATIVE.search(before[-40:]) and not _SUBORDINATE.search(before):
            return modal
    if main:
        return main[0]
    return found[0] if found else None


def _subject(text: str, start: int, end: int, *, opens: bool) -> Span | None:
    """The words between the last break before the verb and the verb."""
    begin = start
    if opens:
        # The verb itself is in view, so that ", notice to consumers shall" shows a subject.
        for found in _MAIN.finditer(text, max(start, end - _SUBJECT_LIMIT), end + _VERB_IN_VIEW):
            if found.end() < end - 1:
                begin = found.end()
    span = trimmed(text, begin, end)
    return span if span[0] < span[1] else None


def conditions_and_exceptions(
    text: str, start: int, end: int
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Spans of the clauses that limit the sentence `text[start:end]`, each from its first word."""
    conditions: list[Span] = []
    exceptions: list[Span] = []
    at = start = _past_caption(text, start, end)
    # "Subject to ..., the owner shall": a limit that opens the sentence ends where its rule begins.
    opening = _LIMIT_OPENS.match(text, start, end)
    if opening is not None and (rule := _MAIN.search(text, opening.end(), end)):
        stop = _CLAUSE_END.search(text, opening.end(), rule.start())
        at = stop.start() if stop and text[stop.start()] == " " else rule.start()
        (exceptions if opening["exception"] else conditions).append(trimmed(text, start, at))
    clause_end = -1
    while (marker := _MARKER.search(text, at, end)) is not None:
        # "if, after an investigation, the person determines": the aside ends no clause.
        aside = _ASIDE.match(text, marker.end(), end)
        begin = aside.end() if aside else marker.end()
        # An end that is still ahead is not looked for again: a sentence may go on for megabytes.
        if clause_end < begin:
            stop = _CLAUSE_END.search(text, begin, end)
            clause_end = stop.start() if stop else end
        span = trimmed(text, marker.start(), clause_end)
        (exceptions if marker["exception"] else conditions).append(span)
        at = max(marker.end(), min(clause_end, marker.end() + _LONGEST_LIMIT))
    return tuple(conditions), tuple(exceptions)
