"""What a sentence does: its role, told from its modal verb, its subject and its words."""

from __future__ import annotations

import re

from pincite.reading.modals import Force, Modal
from pincite.reading.provision import Role

_LAW = (
    r"(?:this|that|the\s+provisions?\s+of|the\s+requirements?\s+of|nothing\s+in|any\s+provision\s+of|"
    r"subsections?|sections?|paragraphs?|subdivisions?|chapters?|articles?|part|the\s+\w+(?:\s[\w-]+){0,6}\s+"
    r"(?:act|code|law)|the\s+(?:notice\s+|licens\w+\s+|foregoing\s+)?(?:requirements?|prohibitions?|provisions?|exemptions?|limitations?|restrictions?))"
)
_SIGNS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (
            Role.CONSTRUCTION,
            (
                r"\b(?:shall|may|must|is\s+to|are\s+to|should)\s+(?:not\s+)?be\s+(?:liberally\s+|strictly\s+)?"
                r"(?:construed|interpreted)|\bnothing\s+(?:in|contained\s+in)\s+this\b|\bdoes\s+not\s+(?:limit|affect|preclude|create)\b"
            ),
        ),
        (
            Role.EFFECTIVE,
            (
                r"\b(?:takes?|shall\s+take|becomes?|shall\s+become)\s+effect(?:ive)?\b|\beffective\s+date\s+of\b.{0,60}\bis\b"
                r"|\b(?:is|are|shall\s+be)\s+(?:automatically\s+)?repealed\s+(?:on|effective|as\s+of)\b|\bshall\s+expire\s+on\b"
                r"|\b(?:remain|be)\s+in\s+effect\s+(?:only\s+)?until\b|\bbecomes?\s+operative\b"
            ),
        ),
        (
            Role.FINDING,
            (
                r"^.{0,60}\b(?:legislature|general\s+assembly|congress|council|people|state)\b"
                r".{0,40}\b(?:finds?|declares?|recognizes?|intends?)\b"
                r"|^.{0,40}\b(?:intent|purposes?|policy)\s+of\s+(?:the|this)\b.{0,80}\b(?:is|are)\b"
            ),
        ),
        (
            Role.PENALTY,
            (
                r"\b(?:guilty\s+of|punish(?:able|ed)|(?:class\s+\w+\s+)?(?:misdemeanor|felony)|infraction|petty\s+offense|imprison\w*|"
                r"be\s+fined|fines?\s+of\s+not|civil\s+(?:money\s+)?penalt(?:y|ies)|administrative\s+(?:fine|penalt\w+)|"
                r"(?:pay|assess|impose)\s+a\s+(?:\w+\s+)?(?:fine|penalty)|forfeit\s+(?:and\s+pay|to\s+the\s+state)|subject\s+to\s+(?:a|the)\s+(?:\w+\s+){0,2}(?:fine|penalt\w+)"
                r"|(?:suspend|revoke)\b.{0,60}\blicenses?\b)"
            ),
        ),
        (
            Role.REMEDY,
            (
                r"\b(?:bring|maintain|institute|file|commence)\s+(?:an?|any)\s+(?:\w+\s+){0,2}(?:action|suit|claim)\b|\b(?:cause|right)\s+of\s+action\b"
                r"|\brecover\b.{0,40}\b(?:damages|fees|costs|loss|amount)|\binjunct\w+|\bliable\s+(?:to|for)\b|\btreble\s+damages"
                r"|\b(?:actual|statutory|punitive|liquidated)\s+damages\b|\battorneys?[’']?s?[’']?\s+fees\b"
            ),
        ),
        (
            Role.DELEGATION,
            (
                r"\b(?:adopt|promulgate|make|prescribe|issue|establish|amend)\b.{0,60}\b(?:rules?|regulations?)\b"
            ),
        ),
    )
)
# One of these stands in every sentence that the sign can match: looking for them is cheap.
_GATES: dict[Role, tuple[str, ...]] = {
    Role.CONSTRUCTION: (
        "constru",
        "interpret",
        "nothing",
        "not limit",
        "affect",
        "preclude",
        "create",
    ),
    Role.EFFECTIVE: ("effect", "repealed", "expire", "operative"),
    Role.FINDING: ("find", "declare", "recogni", "determine", "inten", "purpose", "policy"),
    Role.PENALTY: (
        *("guilty", "punish", "misdemeanor", "felony", "infraction", "offense", "imprison", "fine"),
        *("penalt", "forfeit", "suspend", "revoke"),
    ),
    Role.REMEDY: ("action", "suit", "claim", "recover", "injunct", "liable", "damages", "fees"),
    Role.DELEGATION: ("rule", "regulation"),
}
_APPLIES_NOT = re.compile(
    rf"\b{_LAW}\b.{{0,300}}?\b(?:(?:does|do|shall|may|will)\s+not\s+(?:be\s+)?(?:appl(?:y|icable)|extend)|(?:is|are)\s+(?:not\s+applicable|inapplicable))\b"
    r"|\b(?:is|are|shall\s+be)\s+(?:\w+\s+)?exempt(?:ed)?\b|\b(?:is|are|shall\s+be)\s+not\s+subject\s+to\b"
    r"|\b(?:do|does|shall)\s+not\s+apply\b|\bdeemed\s+(?:to\s+be\s+)?in\s+compliance\b",
    re.IGNORECASE | re.DOTALL,
)
_APPLIES = re.compile(
    rf"^\W*(?:[^,]{{0,120}},\s*)?{_LAW}\b.{{0,300}}?\b(?<!that\s)(?<!which\s)(?:appl(?:y|ies)|(?:is|are|shall\s+be)\s+applicable|govern(?:s)?)\b(?!\s+for)",
    re.IGNORECASE | re.DOTALL,
)
_OF_LAW = re.compile(
    r"\b(?:this|these|those|the)\s+(?:\w+\s+)?(?:acts?|(?:sub)?sections?|chapters?|articles?|parts?|titles?"
    r"|(?:sub)?paragraphs?|(?:sub)?divisions?|laws?|rules?|regulations?|provisions?|amendments?|changes?|code)\b"
    r"|\b(?:sections?|chapters?)\s+\d|§|\b(?:19|20)\d\d\b|\blegislat|\bgeneral\s+assembly",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\b(?:within|(?:not|no)\s+(?:later|more|less)\s+than|on\s+or\s+before|at\s+least|prior\s+to|before|by|after)\b",
    re.IGNORECASE,
)
_SCOPE_GATE = ("appl", "extend", "exempt", "not subject", "in compliance", "govern")
_RULE_MAKERS = frozenset({"agency", "government", "court", "prosecutor"})


def role_of(words: str, modal: Modal | None, actor_class: str) -> Role:
    """The role of a sentence that defines nothing; `words` are the sentence's own."""
    early = _by_signs(words, actor_class)
    if early is not None:
        return early
    if modal is None:
        return Role.OTHER
    if modal.force is Force.NEED_NOT:
        return Role.EXCEPTION
    if actor_class in {"court", "agency", "prosecutor"}:
        return Role.PROCEDURE
    return {
        Force.MUST: Role.DUTY,
        Force.MUST_NOT: Role.PROHIBITION,
        Force.MAY: Role.PERMISSION,
    }.get(modal.force, Role.OTHER)


def _by_signs(words: str, actor_class: str) -> Role | None:
    lower = words.lower()
    for role, sign in _SIGNS:
        if role is Role.DELEGATION and actor_class not in _RULE_MAKERS:
            continue
        if any(word in lower for word in _GATES[role]) and sign.search(words):
            if role is Role.EFFECTIVE and not _OF_LAW.search(words):
                continue  # "an increase in rent shall take effect on": a rule, not a law's date
            return role
    if not any(word in lower for word in _SCOPE_GATE):
        return None
    if _APPLIES_NOT.search(words):
        return Role.EXEMPTION
    return Role.SCOPE if _APPLIES.match(words) else None


def is_deadline(words: str) -> bool:
    """Whether the words set a time by which something is done (given that they hold a period)."""
    return bool(_DEADLINE.search(words))
