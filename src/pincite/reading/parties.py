"""Whom words bind: everybody, public bodies, one trade, or whoever is in a role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from pincite.reading.actors import actor_class, sector_of

# Where what a noun phrase is about ends and what qualifies it begins.
_QUALIFIES = re.compile(
    r"(?<!-)\b(?:that|who|whom|whose|which|with|in|of|for|to|by|from|at|on|under|as|if|when|engaged|doing|"
    r"conducting|licensed|registered|certified|authorized|required|subject|holding|having|acting|"
    r"operating|offering|selling|employing|providing|owning|maintaining|intending|using|making|"
    r"seeking|described|named|aggrieved|shall|may|must|whether|including|includes?|unless|until|where|except|upon|"
    r"after|among|before|during|without|against|between|pursuant|within|through|while|than|is|are|has|have|was|"
    r"not|does|do|other|contained|set|such|about|concerning|regarding|permitted|allowed|granted|imposed|issued)\b"
    r"|\b(?!(?:housing|lending|nursing|manufacturing|building|licensing|collecting|moving|boarding|"
    r"holding|operating|governing|consumer\s+reporting|reporting|dispensing|teaching|engineering|mining"
    r"|banking|advertising|packing|vending|tanning|training|hearing|employing|insuring)\b)[a-z]{3,}ing\b",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\s*(?:,|;|/|\bor\b|\band\b|\bnor\b)\s*", re.IGNORECASE)
_DETERMINER = re.compile(
    r"^(?:(?:for|by|that|if|to)\s+)?(?:(?:no|an?|the|any|each|every|all|such|said|this|these|those|other|only|"
    r"either|neither|one\s+or\s+more|means?|is|are|includes?|following)\s+)*",
    re.IGNORECASE,
)
_BACKWARD = re.compile(
    r"^(?:(?:all|any|each|every|no)\s+such|such|said|the\s+same|this|that|these|those|he|she|it|they|one)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_GENERAL = frozenset(
    [
        "person",
        "persons",
        "individual",
        "individuals",
        "business",
        "businesses",
        "company",
        "companies",
        "corporation",
        "corporations",
        "firm",
        "firms",
        "entity",
        "entities",
        "partnership",
        "partnerships",
        "association",
        "associations",
        "organization",
        "organizations",
        "anyone",
        "whoever",
        "enterprise",
        "proprietorship",
        "trust",
        "people",
        "everyone",
        "anybody",
        "nobody",
        "someone",
        "taxpayer",
        "taxpayers",
    ]
)
# What may stand before a general noun without making it a special one.
_PLAIN = frozenset(
    [
        "legal",
        "business",
        "private",
        "such",
        "other",
        "limited",
        "liability",
        "natural",
        "sole",
        "joint",
        "venture",
        "for-profit",
        "nongovernmental",
        "commercial",
        "any",
        "a",
        "an",
        "the",
        "each",
        "every",
        "no",
        "public",
        "stock",
        "and",
        "nonprofit",
        "non-profit",
    ]
)
_SCHOOLS = re.compile(
    r"\b(?:schools?|universit(?:y|ies)|colleges?|librar(?:y|ies))$", re.IGNORECASE
)
# "Agent or agency of the state": who acts for a public body.
_OF_THE_STATE = re.compile(r"\s+of\s+(?:the|this|any)\s+(?:state|county|city)\b", re.IGNORECASE)
_OFFICIAL = frozenset({"agency", "court", "prosecutor", "government"})
# Whom the law protects: a duty toward them binds the other side.
COUNTERPART = {
    "employee": ("employer",),
    "tenant": ("landlord", "owner"),
    "consumer": ("business", "lender", "insurer", "licensee"),
    "debtor": ("lender", "business"),
    "patient": ("health", "licensee", "business"),
}
# Names that tell nothing until they are defined.
_OPAQUE = re.compile(
    r"\b(?:covered|regulated|responsible|affected|subject)\s+(?:\w+\s+)?(?:entity|entities|person|business|"
    r"company|employer|provider)\b|\b(?:controllers?|processors?|licensees?|registrants?|permittees?|"
    r"data\s+collectors?|operators?|providers?|facilit(?:y|ies)|carriers?|agents?|applicants?|"
    r"institutions?|holders?|suppliers?|entity|entities|compan(?:y|ies)|establishments?|units?)$",
    re.IGNORECASE,
)
_ACTING_AS = re.compile(
    r"(?:no|an?|any|every|each|all)\s+(?:persons?|individuals?|business|firm|entity)\s+(?:acting|engaged|operating"
    r"|doing\s+business|engaging|licensed|registered|employed|holding\s+(?:himself|itself)\s+out)\s+as\s+(?=an?\s)",
    re.IGNORECASE,
)
_LICENSED = re.compile(
    r"\b(?:licensed|registered|chartered|authorized|certified|engaged|transacting|holding|conducting|"
    r"operating|carrying\s+on|in\s+the\s+business\s+of|business\s+of|providing|offering|regulated)\b",
    re.IGNORECASE,
)
# A finite verb after the head: what was taken for a noun phrase is a clause.
_CLAUSE = re.compile(
    r"\s*(?:,[^,]*,\s*)?(?:is|are|has|have|was|does|do|shall|may|must)\b(?!\s*,)", re.IGNORECASE
)
_AND_SUCH = re.compile(
    r"\b(?:includ(?:es?|ing)|whether|regardless|other\s+than|except)\b", re.IGNORECASE
)
_NEAR = 120  # characters after "licensed" in which the trade stands
_HEAD = 200


class Binds(StrEnum):
    """What sort of people are bound."""

    ANYBODY = "anybody"
    OFFICIAL = "official"
    ROLE = "role"
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Whom a noun phrase names: `head` is the phrase without article and qualifiers.

    `trade` is the one trade (insurance, banking ...) that it is of, or empty. `opaque`: it tells
    nothing until its definition is read. `backward`: it points back at somebody named before.
    """

    binds: Binds
    head: str
    nouns: tuple[str, ...]
    trade: str = ""
    opaque: bool = False
    backward: bool = False
    actor_class: str = ""


def party_of(words: str) -> Party | None:
    """The party that the words name, or `None` where they name nobody."""
    plain = " ".join(words.split())[:_HEAD].strip(" ,;:.“”\"'")
    if acting := _ACTING_AS.match(plain):
        # "A person acting as a broker" is a broker.
        plain = plain[acting.end() :]
    head = _head(plain)
    if not head or any(mark in head for mark in "“”\"''"):
        return None
    at = plain.find(head) + len(head)
    if _CLAUSE.match(plain, at):
        return None
    nouns = tuple(part for part in _JOINS.split(head) if part.strip())
    classes = [actor_class(noun) for noun in nouns]
    general = [_is_general(noun) for noun in nouns]
    if not any(classes) and not any(general):
        return None
    if "private" in head.lower() or any(map(_SCHOOLS.search, nouns)):
        classes = ["business" if one == "government" else one for one in classes]
    backward = bool(_BACKWARD.match(plain))
    known = [one for one in classes if one]
    if any(one in _OFFICIAL for one in known) and _OF_THE_STATE.match(plain[at:]):
        known = [one for one in known if one in _OFFICIAL]
    if any(general):
        binds = Binds.ANYBODY
    elif known and all(one in _OFFICIAL for one in known):
        binds = Binds.OFFICIAL
    elif known and all(one in COUNTERPART for one in known):
        binds = Binds.PROTECTED
    else:
        binds = Binds.ROLE
    return Party(
        binds=binds,
        head=_DETERMINER.sub("", head),
        nouns=nouns,
        trade=_trade(plain, head, binds),
        opaque=any(_OPAQUE.search(noun) for noun in nouns),
        backward=backward,
        actor_class=next((one for one in classes if one and one not in _OFFICIAL), "")
        or next(iter(known), "person"),
    )


def _head(plain: str) -> str:
    """The words up to what qualifies them: "Any agency, firm or person | that stores data"."""
    begin = _DETERMINER.match(plain)
    start = begin.end() if begin else 0
    for found in _QUALIFIES.finditer(plain, start):
        # "Each dry cleaning establishment": before the noun a participle is part of its name.
        if found.group().lower().endswith("ing") and not _names_somebody(
            plain[start : found.start()]
        ):
            continue
        return plain[start : found.start()].strip(" ,;:.(")
    return plain[start:].strip(" ,;:.(")


def _names_somebody(words: str) -> bool:
    return bool(actor_class(words)) or _is_general(words)


def _is_general(noun: str) -> bool:
    """Whether the noun is for anybody: "legal entity", not "telecommunications company"."""
    words = _WORD.findall(noun.lower())
    return bool(words) and words[-1] in _GENERAL and set(words[:-1]) <= _PLAIN | _GENERAL


def _trade(plain: str, head: str, binds: Binds) -> str:
    """The one trade of the head or, for persons, of what they must be licensed or engaged in."""
    if binds is Binds.OFFICIAL:
        return "government"
    rest = _AND_SUCH.split(plain[len(head) :], maxsplit=1)[0]
    trade = "" if binds is Binds.ANYBODY else sector_of(head)
    if not trade and (licensed := _LICENSED.search(rest)):
        trade = sector_of(rest[licensed.start() : licensed.end() + _NEAR])
    return "" if trade == "government" else trade
