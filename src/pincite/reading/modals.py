"""Modal verbs: what a sentence's main verb does, and whether it is denied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from pincite.reading.scan import matches


class Force(StrEnum):
    """What a modal verb does to its subject."""

    MUST = "must"
    MUST_NOT = "must not"
    MAY = "may"
    NEED_NOT = "need not"
    IS = "is"


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal verb in a text: its words, where they stand, and their force."""

    start: int
    end: int
    words: str
    force: Force


_NEED_NOT = (
    r"(?:shall|will|may|must|is|are)\s+not\s+(?:be\s+)?(?:unlawful|prohibited|illegal|forbidden)|"
    r"(?:shall|will|may|must)\s+not\s+be\s+(?:required|obligated|compelled|construed\s+to\s+require)"
    r"|(?:is|are)\s+not\s+(?:\w+\s+)?(?:required|obligated)|need\s+not"
    r"|(?:does|do)\s+not\s+(?:require|need)|not\s+be\s+required|(?:shall|must|will|is|are)\s+(?:be\s+)?excused"
)
_MUST_NOT = (
    r"(?:shall|may|must|can|will|should)\s*not\b|cannot"
    r"|(?:is|are|(?:shall|must|will)\s+be)\s+(?:hereby\s+)?(?:prohibited|unlawful|illegal|forbidden)"
    r"|(?:is|are|(?:shall|must|will)\s+be)\s+(?:an?\s+)?(?:unfair|deceptive|unlawful|prohibited|discriminatory)\s+"
    r"(?:or\s+\w+\s+)?(?:\w+\s+)?(?:act|practice|method)s?"
    r"|(?:is|are|(?:shall|must|will)\s+be)\s+(?:guilty\s+of|void|not\s+(?:permitted|allowed|authorized|lawful))"
    r"|commits?\s+(?:an?|the)\s+|(?:is|are)\s+barred\s+from"
    r"|(?:shall|may|must)\s+(?:neither|in\s+no\s+event|at\s+no\s+time|under\s+no\s+circumstances|"
    r"never|no\s+longer)"
)
_MAY = (
    r"may|(?:is|are|(?:shall|must|will)\s+be)\s+(?:\w+\s+)?(?:entitled\s+to|authorized|permitted|empowered|"
    r"allowed|eligible)"
    r"|(?:has|have|(?:shall|must|will)\s+have)\s+(?:the|a)\s+(?:right|option|authority|power)"
    r"|can|(?:has|have|(?:shall|must|will)\s+have)\s+(?:discretion|authority|power)"
)
_MUST = (
    r"shall|must|(?:is|are)\s+(?:hereby\s+)?(?:required|obligated|directed|responsible\s+for|"
    r"liable|subject\s+to)|(?:has|have)\s+(?:a|the)\s+duty|ought\s+to|will\s+be\s+required"
)
_MODAL = re.compile(
    rf"\b(?:(?P<need_not>{_NEED_NOT})|(?P<must_not>{_MUST_NOT})|(?P<may>{_MAY})|(?P<must>{_MUST}))"
    r"(?!\w)(?!\s+(?:\d{1,2},\s+)?(?:1|2)\d{3}\b)",
    re.IGNORECASE,
)
# The first words of the patterns above.
_BEGINS = re.compile(
    r"\b(?:[Ss]hall|[Mm]ay|[Mm]ust|[Cc]an|[Cc]annot|[Ww]ill|[Ss]hould|[Ii]s|[Aa]re|[Hh]as|[Hh]ave|[Nn]eed|"
    r"[Dd]oes|[Dd]o|[Nn]ot|[Cc]ommits?|[Oo]ught)\b"
)
_FORCE = {
    "need_not": Force.NEED_NOT,
    "must_not": Force.MUST_NOT,
    "may": Force.MAY,
    "must": Force.MUST,
}
# "No person shall", "neither party may", "nothing in this section shall".
_NO_SUBJECT = re.compile(r"^\W*(?:no|neither|none|nothing|nobody)\b", re.IGNORECASE)
# The same subject just before its modal verb, however long: "no substance listed in any schedule".
_NO_BEFORE = re.compile(
    r"(?<![\w,])(?P<before>(?:if|when|where|unless|with|in|at|for|by|has|have|is|are|to)\s+)?"
    r"(?:no|neither|none|nothing|nobody)\b(?!\s+(?:later|more|less|fewer|greater|longer|sooner"
    r"|earlier)\b)[^.;:,]*$",
    re.IGNORECASE,
)
_MONTH_MAY = re.compile(r"May\s+\d")


def modals(text: str, start: int = 0, end: int | None = None) -> tuple[Modal, ...]:
    """Every modal verb in `text[start:end]`, in order; the month of May is none."""
    return tuple(
        Modal(
            m.start(), m.end(), " ".join(m.group().lower().split()), _FORCE[m.lastgroup or "must"]
        )
        for m in matches(_BEGINS, _MODAL, text, start, len(text) if end is None else end)
        if not _MONTH_MAY.match(text, m.start())
    )


def with_subject(modal: Modal, subject: str) -> Modal:
    """The modal as its subject turns it: "no person shall" forbids, "no person may" forbids."""
    if not _NO_SUBJECT.match(subject):
        return modal
    turned = {
        Force.MUST: Force.MUST_NOT,
        Force.MAY: Force.MUST_NOT,
        Force.MUST_NOT: Force.MUST,
        Force.NEED_NOT: Force.MUST,
    }
    force = turned.get(modal.force, modal.force)
    if "required" in modal.words and force is Force.MUST_NOT:
        force = Force.NEED_NOT
    word = subject.split(maxsplit=1)[0].lower()
    return Modal(modal.start, modal.end, f"{word} ... {modal.words}", force)


def denied_by_subject(before: str) -> bool:
    """Whether the words before a modal verb make "no ..." its subject: nobody is put under it."""
    found = _NO_BEFORE.search(before[-240:])
    return found is not None and found["before"] is None
