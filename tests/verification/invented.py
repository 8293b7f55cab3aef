"""Invented law of the State of Franklin, and statements made from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from pincite.answer import FaultKind, Quote, Statement, StatementKind
from pincite.law.section import Kind, Section
from pincite.verification import Context, check

if TYPE_CHECKING:
    from collections.abc import Collection

AS_OF = date(2026, 3, 1)

BREACH = """(a) Except as provided in subsection (c), a person that owns records of a resident \
shall notify the resident within forty-five calendar days after discovery of a breach.

(b) An employer shall pay an employee for time spent on a breach, unless the employee caused it. \
The employer shall keep the records of payment for three years.

(c) A notice is not required if, after an investigation, the person determines that no harm is \
likely.

(d) No person may sell the records of a minor.

(e) The court may impose a civil penalty of twenty-five thousand dollars ($25,000)."""

WORDS = """As used in this chapter:

(1) "Record" means a name together with an account number;

(2) "Resident" means an individual who lives in Franklin."""

OTHER_WORDS = """As used in this chapter:

(1) "Record" means a disc that holds sound."""


def section(number: str, text: str, *, document: str = "ch40", heading: str = "") -> Section:
    return Section(
        id=f"/us-fr/code/s{number}",
        act_id=number,
        jurisdiction="us-fr",
        kind=Kind.STATUTE,
        code="Franklin Code",
        number=number,
        citation=f"Fr. Code § {number}",
        local_citation=f"Fr. Code {number}",
        heading=heading,
        hierarchy=("Title 4", document.replace("ch", "Chapter ")),
        document=f"/us-fr/code/{document}",
        document_name=document,
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
    )


BREACH_LAW = section("40-2", BREACH, heading="Notice of breach")
WORDS_LAW = section("40-1", WORDS, heading="Definitions")
OTHER_WORDS_LAW = section("70-1", OTHER_WORDS, document="ch70", heading="Definitions")
LAW = {law.id: law for law in (BREACH_LAW, WORDS_LAW, OTHER_WORDS_LAW)}


def quote(words: str, law: Section = BREACH_LAW, pinpoint: str = "") -> Quote:
    start = law.text.index(words)
    return Quote(section=law.id, pinpoint=pinpoint, start=start, end=start + len(words), text=words)


def sentence(opening: str, law: Section = BREACH_LAW) -> Quote:
    """The rest of the paragraph that begins so."""
    start = law.text.index(opening)
    end = law.text.find("\n\n", start)
    words = law.text[start : end if end >= 0 else len(law.text)]
    return quote(words, law)


def told(text: str, *quotes: Quote) -> Statement:
    return Statement(text=text, kind=StatementKind.PARAPHRASE, quotes=quotes)


def shown(text: str, *quotes: Quote) -> Statement:
    return Statement(text=text, kind=StatementKind.QUOTE, quotes=quotes)


def faults(
    statement: Statement,
    *,
    law: dict[str, Section] | None = None,
    jurisdictions: Collection[str] = ("us-fr",),
    documents: frozenset[str] = frozenset(),
) -> set[FaultKind]:
    found = check(
        statement,
        LAW if law is None else law,
        as_of=AS_OF,
        jurisdictions=jurisdictions,
        context=Context(documents=documents),
    )
    return {fault.kind for fault in found}


def with_law(law: Section, **changes: object) -> dict[str, Section]:
    return {**LAW, law.id: replace(law, **changes)}  # type: ignore[arg-type]
