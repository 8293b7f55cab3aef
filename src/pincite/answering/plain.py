"""One provision told in a plain sentence, where its words allow that without a loss."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answer import Statement, StatementKind
from pincite.answering.quoting import breaks_off, quote_of
from pincite.reading import Role
from pincite.reading.modals import denied_by_subject

if TYPE_CHECKING:
    from pincite.answering.findings import Finding

_LONGEST = 50
_TOLD = frozenset({Role.DUTY, Role.PROHIBITION, Role.PERMISSION, Role.PENALTY, Role.DEADLINE})
# "forty-five (45) days": the figure in parentheses says the same as the words before it.
_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?"
    r"|hundred|thousand|million|percent|dollars|half)"
)
_DOUBLED = re.compile(rf"\b({_NUMBER_WORD})\s\((?:\$\s?)?[\d,.]+\s?%?\)", re.IGNORECASE)
_MODALS = (
    # "It shall be unlawful" makes it so; nobody is under a duty.
    (
        re.compile(r"\bshall be (?=unlawful|prohibited|illegal|entitled|permitted|liable|guilty)"),
        "is ",
    ),
    (re.compile(r"\bshall be (?=allowed|deemed|considered|exempt|subject|void|sufficient)"), "is "),
    (re.compile(r"\bshall not\b"), "may not"),
    (re.compile(r"\bshall\b"), "must"),
)
# A list of conditions: no item of it is a rule by itself.
_CONDITION = re.compile(
    r"\b(?:if|unless|when|where|only|provided that|either|both|all of the following|conditions?)\b"
    r"[^:—]{0,80}[:—-]?\s*$",
    re.IGNORECASE,
)
# A definition is told in its own words.
_MEANS = re.compile(r"\bshall (?:mean|include)\b", re.IGNORECASE)
_ENDED = re.compile(r"[;,]\s*(?:and|or)?\s*$")


def plain(finding: Finding) -> Statement | None:
    """The provision as a paraphrase, or `None` where only its own words will do.

    An item of a list is told with its lead-in as one sentence.
    """
    section, provision = finding.section, finding.provision
    if provision.role not in _TOLD or provision.opens or len(provision.leads) > 1:
        return None
    spans = [*provision.leads, (provision.start, provision.end)]
    if provision.leads and _CONDITION.search(section.text[slice(*provision.leads[0])]):
        return None  # one condition of several is not the rule
    quotes = tuple(quote_of(section, finding.outline, span) for span in spans)
    if breaks_off(quotes[-1].text):
        return None
    words = " ".join(" ".join(quote.text for quote in quotes).split())
    if len(words.split()) > _LONGEST or not words[:1].isupper() or _MEANS.search(words):
        return None
    told = _DOUBLED.sub(r"\1", _ENDED.sub("", words))
    for pattern, modal in _MODALS:
        told = pattern.sub(lambda m, modal=modal: _modal(m, modal), told)
    return Statement(
        text=told.rstrip(" ;:,") + ("" if told.endswith(".") else "."),
        kind=StatementKind.PARAPHRASE,
        quotes=quotes,
    )


def _modal(found: re.Match[str], modal: str) -> str:
    """`No person shall` forbids: there shall becomes may."""
    if modal == "must" and denied_by_subject(found.string[: found.start()]):
        return "may"
    return modal
