"""Policies derived from a section by program: duties kept in other words, dropped, or changed."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pincite.answering.cover.requirements import Asked, requirements
from pincite.law.section import Kind, Section
from pincite.parsing.sections import text_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.reading.readings import ReadSection

# Other words for the law's, as the writers of handbooks choose them.
_OTHER = (
    (r"\bnotif(?:y|ies)\b", "inform"), (r"\bnotification\b", "notice"), (r"\bprior to\b", "before"),
    (r"\bprovide\b", "give"), (r"\bprovided\b", "given"), (r"\bmaintain\b", "keep"),
    (r"\bmaintained\b", "kept"), (r"\bpersonal information\b", "personal data"),
    (r"\bindividuals?\b", "people"), (r"\bobtain\b", "get"), (r"\bobtained\b", "received"),
    (r"\bensure\b", "make sure"), (r"\bestablish\b", "set up"), (r"\bdetermine\b", "find out"),
    (r"\bwritten\b", "in writing"), (r"\bcommence\b", "start"), (r"\bpurchase\b", "buy"),
    (r"\bterminate\b", "end"), (r"\btermination\b", "end"), (r"\bfurnish\b", "give"),
    (r"\bsubmit\b", "send"), (r"\bconduct\b", "carry out"), (r"\bdevelop\b", "draw up"),
    (r"\bimplement\b", "put in place"), (r"\bassist\b", "help"), (r"\butilize\b", "use"),
    (r"\bvehicle\b", "car"), (r"\bresidence\b", "home"), (r"\bconsumers?\b", "customer"),
    (r"\bemployees?\b", "staff member"), (r"\bpatients?\b", "patient"), (r"\bchildren\b", "child"),
    (r"\bretain\b", "keep"), (r"\breceipt\b", "receiving it"), (r"\badequate\b", "sufficient"),
    (r"\bappropriate\b", "suitable"), (r"\bimmediately\b", "at once"),
    (r"\bwithin\b", "no later than"), (r"\bin the event\b", "if"), (r"\brequest\b", "ask for"),
    (r"\bmail\b", "post"), (r"\bannually\b", "every year"), (r"\bname\b", "full name"),
)  # fmt: skip
_REFERENCE = re.compile(
    r",?\s*(?:\(?(?:as\s+(?:provided|required|defined|described|set forth|specified)|pursuant to|"
    r"under|in accordance with|subject to|described in|required by|except as provided in)\s+)"
    r"(?:this\s+)?(?:sub)?(?:section|chapter|part|article|paragraph|division|title|act|§)"
    r"[^,;.:]{0,60}(?=[,;.:)])",
    re.IGNORECASE,
)
_PAREN = re.compile(r"\s*\([^()]{1,60}\)")
_LABEL = re.compile(r"^\s*(?:\(?[A-Za-z0-9]{1,4}[.)]\s*)+(?=\S)")
_TAIL = re.compile(r"[;,:.\s]*(?:\b(?:and|or)\b)?\s*$")


class Fate(StrEnum):
    """What becomes of a requirement in the derived policy."""

    KEPT = "kept"
    NUMBER = "number"
    WEAKENED = "weakened"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Derived:
    """A policy, and the fate of each requirement of the section, in order."""

    law: Section
    policy: tuple[Section, ...]
    fates: tuple[Fate, ...]


def derive(read: ReadSection, others: Sequence[ReadSection], seed: int) -> Derived:
    """A policy on the section; `others` lend it duties on other matters, near and far."""
    chance = random.Random(seed)
    asked = requirements(read).asked
    fates = [_fate(one, chance) for one in asked]
    lines: list[str] = []
    lead = ""
    for one, fate in zip(asked, fates, strict=True):
        if fate is Fate.DROPPED:
            continue
        mine = _policy_words(one.lead, chance) if one.lead else ""
        words = _policy_words(one.words, chance)
        if fate is Fate.NUMBER:
            words = _other_numbers(words, chance)
        if fate is Fate.WEAKENED:
            words = re.sub(r"\b(?:must|will)\b", "may", words, count=1)
        if mine and chance.random() < 0.6:
            if mine != lead:
                lines.append(_sentence(mine, ":"))
            lines.append("• " + _sentence(words, ";"))
        else:
            lines.append(
                _sentence(f"{_TAIL.sub('', mine)} {words}".strip() if mine else words, ".")
            )
        lead = mine
    stray = [
        _sentence(_policy_words(f"{one.lead} {one.words}".strip(), chance), ".")
        for other in others
        for one in requirements(other).asked
    ]
    chance.shuffle(stray)
    body = "\n\n".join(lines)
    aside = "\n\n".join(stray[: max(12, 2 * len(lines))])
    return Derived(
        read.section, (policy_section("1", body), policy_section("2", aside)), tuple(fates)
    )


def _fate(asked: Asked, chance: random.Random) -> Fate:
    draw = chance.random()
    numbered = any(one.kind in ("period", "money", "percent") for one in
                   (*asked.provision.periods, *asked.provision.amounts))  # fmt: skip
    if draw < 0.35:
        return Fate.DROPPED
    if numbered and draw < 0.7:
        return Fate.NUMBER
    may = re.search(r"\b(?:shall|must)\b", asked.words) and not asked.provision.negated
    if may and not asked.requirement.leads and draw < 0.45:
        return Fate.WEAKENED
    return Fate.KEPT


def _policy_words(text: str, chance: random.Random) -> str:
    """The words as a handbook might have them: no references, other words, "must" for "shall"."""
    text = _LABEL.sub("", " ".join(text.split()))
    text = _REFERENCE.sub("", text)
    text = _PAREN.sub("", text)
    text = re.sub(r"\b[Nn]o (person|individual|[a-z]+er) (?:shall|may)\b", "We must never", text)
    text = re.sub(r"\bshall\b", chance.choice(("must", "will")), text)
    text = re.sub(
        r"^(?:An?|Any|Each|Every|The)\s(?:[\w-]+\s){1,3}(?=(?:must|will)\b)", "The company ", text
    )
    for pattern, other in _OTHER:
        if chance.random() < 0.7:
            text = re.sub(pattern, other, text)
    if chance.random() < 0.3:
        parts = text.split(", ")
        if len(parts) > 2:
            # A clause in the middle is left out, unless it has a number or a denial.
            place = chance.randrange(1, len(parts) - 1)
            if not re.search(r"\d|\bnot\b|\bno\b|day|year|month|hour|percent|dollar", parts[place]):
                del parts[place]
            text = ", ".join(parts)
    return text


def _other_numbers(text: str, chance: random.Random) -> str:
    """Each number that counts something, made another one."""
    from pincite.reading.quantities import quantities

    made = text
    for one in reversed(quantities(text)):
        if one.kind not in ("period", "money", "percent", "count", "number"):
            continue
        value = int(one.value) + chance.choice((5, 7, 20)) * (1 if one.value < 100 else 50)
        unit = (
            text[one.start : one.end].rsplit(maxsplit=1)[-1]
            if " " in text[one.start : one.end]
            else ""
        )
        said = {"period": f"{value} {one.qualifier} {one.unit}s".replace("  ", " "),
                "money": f"${value}", "percent": f"{value} percent"}  # fmt: skip
        new = said.get(
            one.kind, f"{value} {unit}" if unit and not unit[0].isdigit() else str(value)
        )
        made = made[: one.start] + new + made[one.end :]
    return made


def _sentence(words: str, stop: str) -> str:
    words = _TAIL.sub("", words.strip())
    return words[:1].upper() + words[1:] + stop


def policy_section(number: str, text: str, heading: str = "") -> Section:
    return Section(
        id=f"/internal/derived-policy/s{number}",
        act_id=number,
        jurisdiction="internal",
        kind=Kind.INTERNAL,
        code="derived-policy",
        number=number,
        citation=f"Derived policy § {number}",
        local_citation=f"Derived policy § {number}",
        heading=heading,
        hierarchy=("Derived policy",),
        document="/internal/derived-policy",
        document_name="Derived policy",
        text=text,
        text_sha256=text_hash(text),
    )
