"""Corruptions: each takes a true statement and makes it false in one way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite.answer import Statement, StatementKind

from .figures import in_words
from .sentence import Sentence, definitions, quote, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from pincite.law.section import Section


@dataclass(frozen=True, slots=True)
class Made:
    """A corrupted statement, and what the checks are given with it."""

    statement: Statement
    extra: tuple[Section, ...] = ()
    documents: frozenset[str] = frozenset()
    jurisdictions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A true paraphrase, its sentence, and the sections around it."""

    sentence: Sentence
    statement: Statement
    neighbours: tuple[Section, ...]
    others: tuple[Section, ...]
    chance: Random


_PERIOD = re.compile(
    r"\b(\d{1,3}|[a-z]+ty(?:-[a-z]+)?|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|"
    r"eighteen|one hundred(?: (?:twenty|eighty))?) "
    r"((?:calendar |business |working )?)(day|month|year|hour|week)(s?)\b"
)
_NUMBER = re.compile(r"(?<![\w$.,§-])(\d{1,3}(?:,\d{3})*)(?![\w.-]*\d)(?= [a-z])")
_SPELLED = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty-five|sixty|"
    r"ninety|one hundred|one thousand|five hundred)\b(?! (?:or|hundred|thousand))(?= [a-z])"
)
_MONEY = re.compile(r"\$(\d{1,3}(?:,\d{3})*)(?:\.\d\d)?")
_DATE = re.compile(
    r"\b(January|February|March|April|June|July|August|September|October|November|December) "
    r"(\d{1,2})(, (\d{4}))?\b"
)
_UNITS = ("day", "month", "year", "hour", "week")
_FROM = {"shall": "may", "must": "may", "may": "must"}
_ACTORS = [
    "employer",
    "employee",
    "landlord",
    "tenant",
    "lender",
    "borrower",
    "insurer",
    "insured",
    "buyer",
    "seller",
    "owner",
    "licensee",
    "director",
    "board",
    "department",
    "commissioner",
    "court",
    "applicant",
    "person",
    "corporation",
    "city",
    "county",
    "physician",
    "patient",
    "parent",
    "consumer",
    "debtor",
    "creditor",
    "trustee",
    "agency",
    "secretary",
    "commission",
    "officer",
]
_SUBJECT = re.compile(
    rf"^((?:If [^,]+, |When [^,]+, )?)((?:The|the|A|a|An|an|Each|each|Any|any|Every|every) "
    rf"(?:[a-z]+ ){{0,2}}?)({'|'.join(_ACTORS)})(?= (?:shall|must|may)\b)"
)
_CLAUSE = re.compile(
    r"(?:, (?:unless|except|provided that|but only if)|,? (?:unless|except that|only if|if))"
    r" [^,;.]+"
    r"(?=[,.;]|$)"
)
_OPENING = re.compile(r"^(?:Except|Unless|If|Subject to|Notwithstanding) [^,]{8,200}, (?=[a-z])")


def _with(case: Case, text: str) -> Made | None:
    if text == case.statement.text:
        return None
    return Made(replace(case.statement, text=text))


def _quoted(case: Case) -> str:
    return " ".join(quote.text for quote in case.statement.quotes).lower()


def number(case: Case) -> Made | None:
    """A count or a bare number is another; neither form of it stands in the quotes."""
    text = case.statement.text
    for pattern in (_NUMBER, _SPELLED):
        found = pattern.search(text)
        if found is None:
            continue
        new = case.chance.choice((7, 13, 17, 35, 75, 85, 110))
        if str(new) not in _quoted(case) and in_words(new) not in _quoted(case):
            told = str(new) if pattern is _NUMBER else in_words(new)
            return _with(case, text[: found.start(1)] + told + text[found.end(1) :])
    return None


def unit(case: Case) -> Made | None:
    """Days become months."""
    text = case.statement.text
    found = _PERIOD.search(text)
    if found is None:
        return None
    new = case.chance.choice(
        [u for u in _UNITS if u != found[3] and u not in _quoted(case)] or [""]
    )
    return _with(case, text[: found.start(3)] + new + text[found.end(3) :]) if new else None


def date(case: Case) -> Made | None:
    """A day or a year is another."""
    found = _DATE.search(case.statement.text)
    if found is None:
        return None
    year = found[4]
    if year and case.chance.random() < 0.5:
        new = f"{found[1]} {found[2]}, {int(year) + case.chance.choice((1, 2, 10))}"
    else:
        new = f"{found[1]} {int(found[2]) % 27 + 1}{found[3] or ''}"
    return _with(case, case.statement.text.replace(found[0], new))


def amount(case: Case) -> Made | None:
    """An amount of money is another."""
    found = _MONEY.search(case.statement.text)
    if found is None:
        return None
    value = int(found[1].replace(",", ""))
    new = f"{value * case.chance.choice((2, 3, 10)) + case.chance.choice((0, 0, 5)):,}"
    if f"${new}" in _quoted(case):
        return None
    return _with(case, case.statement.text.replace(found[1], new))


def modality(case: Case) -> Made | None:
    """The main shall becomes may, or may becomes must."""
    found = re.search(r"\b(shall|must|may)\b(?! not)", case.statement.text)
    # After "no" both verbs forbid, so that nothing would be false.
    if found is None or re.search(r"\b[Nn]o(?:thing|r)?\b", case.statement.text[: found.start()]):
        return None
    text = case.statement.text
    return _with(case, text[: found.start()] + _FROM[found[1]] + text[found.end() :])


def negation(case: Case) -> Made | None:
    """A "not" is dropped or put in; "no person" becomes "a person"."""
    text = case.statement.text
    if re.match(r"No (?!later|more|less|fewer|earlier)", text):
        return _with(case, "A " + text[3:])
    dropped = re.search(r"\b(shall|must|may|does|do|is|are|has|have) not\b", text)
    if dropped is not None:
        return _with(case, text[: dropped.end(1)] + text[dropped.end() :])
    added = re.search(r"\b(shall|must|may)\b", text)
    return _with(case, text[: added.end()] + " not" + text[added.end() :]) if added else None


def actor(case: Case) -> Made | None:
    """The subject is somebody else; where the object is an actor, they change places."""
    text = case.statement.text
    found = _SUBJECT.match(text)
    if found is None:
        return None
    rest = text[found.end() :]
    named = [a for a in _ACTORS if a != found[3] and re.search(rf"\b{a}\b", rest)]
    if named and case.chance.random() < 0.7:
        new = case.chance.choice(named)
        rest = re.sub(rf"\b{new}\b", found[3], rest)
    else:
        new = case.chance.choice([a for a in _ACTORS if a not in {found[3], "person", "officer"}])
    return _with(case, text[: found.start(3)] + new + rest)


def threshold(case: Case) -> Made | None:
    """A period of another sentence of the section, which is quoted too."""
    found = _PERIOD.search(case.statement.text)
    if found is None:
        return None
    for other in sentences(case.sentence.section):
        if other.start == case.sentence.start:
            continue
        moved = _PERIOD.search(other.text)
        values = {_value(found[1]), _value(moved[1])} if moved else set()
        same = moved is not None and len(values) == 1 and moved[3] == found[3]
        if moved is None or same or None in values or moved[0].lower() in _quoted(case):
            continue
        text = case.statement.text.replace(found[0], moved[0])
        quotes = (*case.statement.quotes, *other.quotes)
        return Made(replace(case.statement, text=text, quotes=quotes))
    return None


def _value(told: str) -> int | None:
    if told.isdigit():
        return int(told)
    return next((n for n in (*range(2, 101), 120, 180) if told.lower() == in_words(n)), None)


def exception(case: Case) -> Made | None:
    """An exception or a condition is dropped from the paraphrase."""
    text = case.statement.text
    opening = _OPENING.match(text)
    if opening is not None:
        rest = text[opening.end() :]
        return _with(case, rest[:1].upper() + rest[1:])
    found = _CLAUSE.search(text)
    if found is None or len(text) - len(found[0]) < 40:
        return None
    return _with(case, text[: found.start()] + text[found.end() :])


def definition(case: Case) -> Made | None:
    """The definition of a term of this document is quoted from another document."""
    ours = case.sentence.section.document
    for section in case.others:
        for term, found in definitions(section):
            if (
                section.document != ours
                and section.jurisdiction == case.sentence.section.jurisdiction
            ):
                reach = re.search(r"\b(?:title|code|article|part|statute)", section.text[:400])
                if reach is None and term:
                    statement = Statement(
                        text=f"“{found.text}”", kind=StatementKind.QUOTE, quotes=found.quotes
                    )
                    return Made(statement, (section,), frozenset({ours}))
    return None


def wrong_section(case: Case) -> Made | None:
    """The sentence of one section is cited to another: its id, or a true span of it."""
    chosen = [s for s in case.neighbours if s.id != case.sentence.section.id and sentences(s)]
    if not chosen:
        return None
    other = case.chance.choice(chosen)
    if case.chance.random() < 0.5:
        quotes = tuple(replace(q, section=other.id) for q in case.statement.quotes)
        if any(q.text == other.text[q.start : q.end] for q in quotes):
            return None
        return Made(replace(case.statement, quotes=quotes), (other,))
    theirs = sentences(other)[0]
    if theirs.text == case.sentence.text:
        return None
    return Made(replace(case.statement, quotes=theirs.quotes), (other,))


def wrong_jurisdiction(case: Case) -> Made | None:
    """Another state's law answers for the one asked about, or the statement says so."""
    home = case.sentence.section.jurisdiction
    asked = case.chance.choice([j for j in ("us-wa", "us-nm", "us-mo", "us-ca") if j != home])
    names = {
        "us-wa": "Washington",
        "us-nm": "New Mexico",
        "us-mo": "Missouri",
        "us-ca": "California",
    }
    if case.chance.random() < 0.5 and names[asked] not in case.sentence.section.text:
        text = case.statement.text
        told = replace(case.statement, text=f"In {names[asked]}, {text[:1].lower()}{text[1:]}")
        return Made(told, jurisdictions=(home, asked))
    return Made(case.statement, jurisdictions=(asked,))


def invented_quotation(case: Case) -> Made | None:
    """Words in quotation marks that the law does not have."""
    words = case.sentence.text.split(" ")
    at = case.chance.randrange(1, max(2, len(words) - 1))
    how = case.chance.randrange(4)
    if how == 0:
        words[at] = case.chance.choice(("reasonable", "written", "annual", "public", "prompt"))
    elif how == 1:
        words.insert(at, case.chance.choice(("promptly", "always", "reasonable", "written")))
    elif how == 2:
        del words[at]
    else:
        phrase = case.chance.choice(("a binding duty of care", "strict and absolute liability"))
        text = f"{case.statement.text[:-1]}, which the act calls “{phrase}”."
        return Made(replace(case.statement, text=text))
    text = " ".join(words)
    if text in case.sentence.section.text:
        return None
    statement = Statement(text=f"“{text}”", kind=StatementKind.QUOTE, quotes=case.statement.quotes)
    return Made(statement)


def changed_bytes(case: Case) -> Made | None:
    """The quote itself is not what stands at its offsets."""
    first, *rest = case.statement.quotes
    at = case.chance.randrange(len(first.text))
    letter = "x" if first.text[at] != "x" else "y"
    text = first.text[:at] + letter + first.text[at + 1 :]
    shown = Statement(
        text=f"“{text}”", kind=StatementKind.QUOTE, quotes=(replace(first, text=text), *rest)
    )
    return Made(shown)


def invented_citation(case: Case) -> Made | None:
    """Law is named that is neither cited nor in the quotes."""
    section = case.sentence.section
    digits = re.findall(r"\d+", section.number)
    if not digits:
        return None
    form = case.chance.choice((section.citation, "section {n}", "15 U.S.C. § {n}", "the {a} Act"))
    new = str(int(digits[-1]) + case.chance.choice((3, 11, 400)))
    head, _, tail = section.citation.rpartition(digits[-1])
    told = head + new + tail if form == section.citation else form.format(n=new, a="Fair Records")
    if told.lower() in section.text.lower() or f" {new}" in section.text:
        return None
    text = case.statement.text
    told = case.chance.choice(
        (f"Under {told}, {text[:1].lower()}{text[1:]}", f"{text[:-1]} ({told}).")
    )
    return Made(replace(case.statement, text=told))


def wrong_pinpoint(case: Case) -> Made | None:
    """A pinpoint of a subdivision that does not hold the quote."""
    quotes = tuple(replace(q, pinpoint="(z)(99)") for q in case.statement.quotes)
    return Made(replace(case.statement, quotes=quotes))


CORRUPTIONS: Mapping[str, Callable[[Case], Made | None]] = {
    "number": number,
    "unit": unit,
    "date": date,
    "amount": amount,
    "modality": modality,
    "negation": negation,
    "actor": actor,
    "threshold moved": threshold,
    "exception dropped": exception,
    "definition elsewhere": definition,
    "wrong section": wrong_section,
    "wrong jurisdiction": wrong_jurisdiction,
    "invented quotation": invented_quotation,
    "changed bytes": changed_bytes,
    "invented citation": invented_citation,
    "wrong pinpoint": wrong_pinpoint,
}

__all__ = ["CORRUPTIONS", "Case", "Made", "quote"]
