"""Checks that shall stays shall, may stays may, and not stays not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.answer import Fault, FaultKind
from pincite.reading.modals import Force, Modal, denied_by_subject, modals, with_subject
from pincite.verification.words import free_words, stem

if TYPE_CHECKING:
    from pincite.verification.grounds import Grounds

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|[.;:,]")
_NEGATORS = frozenset(
    {"not", "no", "never", "neither", "nor", "without", "cannot", "none", "nothing"}
    | {"unlawful", "illegal", "prohibited", "forbidden", "nobody"}
)
_NO = frozenset({"no", "neither", "none", "nothing", "nobody"})
_MODAL_WORDS = frozenset({"shall", "may", "must", "can", "will", "is", "are"})
# Neither what is not required nor a limit denies what follows: other checks look after them.
_NO_DENIAL = re.compile(
    r"\b(?:not|no)\s+(?:less|more|later|earlier|fewer|greater|sooner|longer)\s+than\b"
    r"|\b(?:whether\s+)?or\s+not\b|\bbut\s+(?:is\s+|are\s+)?not\s+limited\s+to\b|"
    r"\b(?:do(?:es)?|is|are|shall|may|must)\s+not\s+(?:be\s+)?(?:required|need|obligated|have\s+to)\b"
    r"(?:\s+to\b)?|\bneed\s+not\b",
    re.IGNORECASE,
)
# A negation reaches no further than these.
_STOPS = frozenset({".", ";", ":", "until", "unless", "if", "when", "because", "except", "but"})
_ENOUGH = 2
_HEDGED = re.compile(
    r"(?:may\s+|^\s*)(?:be\s+(?:entitled\s+to|eligible|authorized|permitted|allowed|empowered)"
    r"|have\s+(?:an?\s+|the\s+)?(?:right|power|authority|option|duty))\b",
    re.IGNORECASE,
)
_NEGATED_AFTER = 3
_MUST = re.compile(r"\b(?:must|has to|have to|needs to|need to|is required to)\b", re.IGNORECASE)
_SUBJECT_WORDS = 40
_WINDOW = 4
_NEEDED = 2


@dataclass(frozen=True, slots=True)
class _Told:
    """A modal verb with the stems of what it governs and of what stands before it.

    `hedged`: "may be entitled", which is less than "is entitled".
    """

    modal: Modal
    after: tuple[str, ...]
    before: tuple[str, ...]
    hedged: bool = False

    def likeness(self, other: _Told) -> float:
        """How much two modal verbs speak of the same act: what they govern counts most."""
        first = 2.0 if self.after[:1] and self.after[:1] == other.after[:1] else 0.0
        governed = len(set(self.after) & set(other.after))
        # "the deposit is required" again after "the deposit".
        again = self.modal.words == other.modal.words and self.before[-2:] == other.before[-2:]
        return (
            (2.0 if again else 0.0)
            + first
            + governed
            + 0.5 * len(set(self.before) & set(other.before))
        )


def modality_holds(grounds: Grounds) -> Fault | None:
    """Each modal verb of the statement has the force that the law gives the same act."""
    if not grounds.told:
        return None
    if (nobody := _nobody_must(grounds.statement.text)) and not any(
        _nobody_must(clause.with_leads) for clause in grounds.clauses
    ):
        return Fault(
            kind=FaultKind.NEGATION,
            detail=f"“{nobody}” puts nobody under a duty, where the law forbids",
        )
    law = [told for clause in grounds.clauses for told in _told(clause.with_leads)]
    for ours in _told(grounds.statement.text):
        theirs = _nearest(ours, law)
        if theirs is None:
            if law or not grounds.clauses:
                continue
            detail = f"the quotes do not say “{ours.modal.words}”"
            return Fault(kind=FaultKind.MODALITY, detail=detail)
        if ours.hedged != theirs.hedged and ours.modal.force is theirs.modal.force:
            detail = f"“{ours.modal.words}”, where the law says “{theirs.modal.words}”"
            return Fault(kind=FaultKind.MODALITY, detail=detail)
        if ours.modal.force is not theirs.modal.force:
            kind = _kind(ours.modal.force, theirs.modal.force)
            detail = f"“{ours.modal.words}”, where the law says “{theirs.modal.words}”"
            return Fault(kind=kind, detail=detail)
    return None


def _nobody_must(text: str) -> str | None:
    """The words of "no dealer must sell", which says that dealers may; `None` without such."""
    for found in _MUST.finditer(text):
        if denied_by_subject(text[: found.start()]):
            return f"no … {found.group()}"
    return None


def _nearest(ours: _Told, law: list[_Told]) -> _Told | None:
    """The law's modal verb that governs the same act; the only one, if there is but one."""
    if not law:
        return None
    best = max(
        law, key=lambda theirs: (ours.likeness(theirs), theirs.modal.force is ours.modal.force)
    )
    if ours.likeness(best) >= _NEEDED or len({told.modal.force for told in law}) == 1:
        return best
    same = [told for told in law if told.modal.force is ours.modal.force]
    return same[0] if same else best


def _kind(ours: Force, theirs: Force) -> FaultKind:
    """Turning a rule round is a fault of negation; weakening or hardening it, of modality."""
    pairs = {frozenset({Force.MUST, Force.MUST_NOT}), frozenset({Force.MAY, Force.MUST_NOT})}
    pairs.add(frozenset({Force.MUST, Force.NEED_NOT}))
    return FaultKind.NEGATION if frozenset({ours, theirs}) in pairs else FaultKind.MODALITY


def _told(text: str) -> list[_Told]:
    found = []
    for modal in modals(text):
        if modal.force is Force.IS:
            continue
        before = text[max(0, modal.start - 160) : modal.start]
        subject = re.split(r"[.;:]\s|,\s", before)[-1]
        whole = before if before.lower().lstrip(' (“"').startswith(("no ", "neither ")) else subject
        turned = with_subject(modal, _from_no(whole))
        after = text[modal.end : modal.end + 100]
        hedged = bool(_HEDGED.match(text, modal.start))
        governed = _content(_HEDGED.sub("", after, count=1))[:_WINDOW]
        found.append(_Told(turned, governed, _content(before)[-_WINDOW:], hedged))
    return found


def _from_no(subject: str) -> str:
    """The subject from its "no" on, where it has one: "during that time no person"."""
    found = re.search(
        r"\b(?:no|neither|nothing|none)\b(?!\s+(?:later|more|less|fewer))", subject, re.IGNORECASE
    )
    return subject[found.start() :] if found else subject


def _content(text: str) -> tuple[str, ...]:
    free = free_words()
    words = (word.lower() for word in _WORD.findall(text) if word[0].isalpha())
    return tuple(stem(word) for word in words if word not in free)


@dataclass(frozen=True, slots=True)
class _Word:
    stem: str
    negated: bool
    near: frozenset[str]


def negation_holds(grounds: Grounds) -> Fault | None:
    """No word that the law denies is affirmed, and none that it affirms is denied."""
    if not grounds.told:
        return None
    law: dict[str, list[_Word]] = {}
    for clause in grounds.clauses:
        for word in _words(clause.with_leads):
            law.setdefault(word.stem, []).append(word)
    told = _words(grounds.statement.text)
    both = {w.stem for w in told if w.negated} & {w.stem for w in told if not w.negated}
    for ours in told:
        theirs = law.get(ours.stem)
        if not theirs or ours.stem in both:
            continue
        shared = [len(ours.near & word.near) for word in theirs]
        if max(shared) < min(_ENOUGH, len(ours.near)):
            continue
        alike = [w for w, n in zip(theirs, shared, strict=True) if n >= max(shared) - 1]
        if all(word.negated != ours.negated for word in alike):
            told = "denies" if ours.negated else "affirms"
            return Fault(
                kind=FaultKind.NEGATION,
                detail=f"the statement {told} “{ours.stem}”, the law does not",
            )
    return None


def _words(text: str) -> list[_Word]:
    """The words that carry a claim, each with whether a negation reaches it."""
    tokens = [word.lower() for word in _WORD.findall(_NO_DENIAL.sub(" ", text))]
    free = free_words()
    reach, pending = 0, False
    found: list[tuple[str, bool]] = []
    for place, word in enumerate(tokens):
        if word in _STOPS:
            reach, pending = 0, False
        elif word in _NEGATORS:
            # "No person may sell" denies the selling, "no fee" the fee.
            pending = word in _NO and _before_modal(tokens, place)
            reach = 0 if pending else _NEGATED_AFTER
        elif pending and word in _MODAL_WORDS:
            reach, pending = _NEGATED_AFTER, False
        elif word == ",":
            # Two words on, a comma ends the denial: "if it has not agreed to this, the court".
            reach = 0 if reach == 1 else reach
        elif word not in free:
            found.append((stem(word), reach > 0))
            reach = max(0, reach - 1)
    stems = [word for word, _ in found]
    return [
        _Word(each, negated, frozenset(stems[max(0, place - 3) : place + 4]) - {each})
        for place, (each, negated) in enumerate(found)
    ]


def _before_modal(tokens: list[str], place: int) -> bool:
    """Whether a modal verb follows in the same clause."""
    for word in tokens[place + 1 : place + 1 + _SUBJECT_WORDS]:
        if word in _STOPS:
            return False
        if word in _MODAL_WORDS:
            return True
    return False
