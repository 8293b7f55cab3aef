"""Notes: the closed templates of what an answer says about its own search."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from pincite.answer import Statement, StatementKind

# A field's name says what may stand in it: see _FIELDS. Nothing else in a note varies.
NOTE_TEMPLATES: dict[str, str] = {
    "found_conditions": "Yes, on conditions.",
    "found_yes": "Yes.",
    "found_no": "No.",
    "found_duties": "What was found says the following.",
    "found_only": "What was found binds only those named below; see whether you are one of them.",
    "found_general": (
        "Nothing was found in {codes} on this in particular. Its general law on {topic} may reach "
        "it, and says the following."
    ),
    "found_count": "{number} provisions were found that bear on the question.",
    "found_partly": "Only a part of the question is answered by what was found.",
    "no_general_duty": (
        "Nothing was found in {codes} that forbids it or sets conditions for every business."
    ),
    "nothing_found": "Nothing was found in {codes} that answers the question.",
    "nothing_requires": "Nothing was found in {codes} that requires {topic}.",
    "nothing_here": "Nothing was found on this in {jurisdiction}.",
    "searched": "Searched: {codes}.",
    "searched_count": "Searched: {codes} ({number} sections).",
    "not_installed": "Not installed, so not searched: {codes}.",
    "titles_missing": "The installed {codes} lacks {titles}; these were not searched.",
    "titles_held": "Of the {codes}, {titles} alone are installed; no other title was searched.",
    "stale": (
        "The installed {codes} is current through {currency}; later changes are not in this answer."
    ),
    "currency": "Law as of {currency}.",
    "kept_out": (
        "Not used, for the text in the pack is damaged or not that of the section: {citation}."
    ),
    "as_the_pack_has_it": (
        "The installed {codes} is told as the pack has it, current through {currency}; what it "
        "gives no date for may have read otherwise on {day}."
    ),
    "excerpts": "Of {codes}, only excerpts are installed.",
    "courts": "Court decisions are not covered, and this topic is largely made by courts.",
    "federal": "Federal law may bear on this too, and is not told here: {citation}.",
    "not_advice": "This is not legal advice.",
    "excepted_in": "See {citation} for exceptions to what is told here.",
    "in_spite_of": "What is told here holds whatever {citation} says.",
    "nearest": "The nearest law that was found is listed below; it does not answer the question.",
    "only_if": "This applies only if {condition}.",
    "not_you": "This does not bind you, by the facts given: {condition}.",
    "unclear": "Whether this binds you depends on facts that were not given: {condition}.",
    "no_threshold": "No size or revenue threshold is stated.",
    "differs": "Not the same in {jurisdiction}: {aspect}.",
    "same_everywhere": "No difference was found between {jurisdiction}.",
    "refused_jurisdiction": "The question names no jurisdiction; name one to get an answer.",
    "refused_ambiguous": "The question may mean {jurisdiction}; say which.",
    "refused_unknown": "There is no law of {jurisdiction} to search.",
    "refused_not_law": "The question does not ask what the law requires.",
    "refused_advice": (
        "The question asks for a prediction or for advice, not for what the law says."
    ),
    "refused_not_installed": "The law of {jurisdiction} is not installed.",
    "found_in": "{jurisdiction}: what was found says the following.",
    "refused_local": (
        "The question asks for a city's or county's own law; only state and federal law is here."
    ),
    "refused_case": "The question asks what a court decided; court decisions are not covered.",
    "refused_forecast": "The question asks what will become law; only what is law is here.",
    "refused_statistic": "The question asks for a count or a statistic, not for what the law says.",
    "refused_recommendation": "The question asks for a recommendation, not for what the law says.",
    "refused_no_section": "There is no {citation} in the installed code.",
    "refused_title": (
        "The installed {codes} lacks {titles}, where this would stand; nothing else answers it."
    ),
    "model_failed": ("The language model did not answer ({reason}); this is the law's own words."),
    "nearest_section": "Nearest: {citation}, {heading}",
    "refused_no_evidence": "No provision was found that answers the question.",
}

_FIELDS = {
    "number": r"\d{1,3}(?:,\d{3})*",
    "day": r"\d{4}-\d\d-\d\d",
    "currency": r"[^;:\"“”\n]{1,120}",
    "codes": r"[^;:\"“”\n]{1,600}",
    "titles": r"[^;:\"“”\n]{1,2000}",
    "jurisdiction": r"[A-Z][^;:\"“”\n]{1,300}",
    "aspect": r"by when or how long|how much|how many|what follows if not|who is bound",
    "topic": r"[^.;:\"“”\n§\d]{1,160}",
    "condition": r"[^.;:\"“”\n§]{1,240}",
    "citation": r"[^;\"“”\n]{1,120}",
    "heading": r"[^\n]{1,420}",
    # The values of `models.language.Failure`: no model is needed to check a note.
    "reason": (
        r"it could not be reached|it took too long|it takes no more requests now|its server failed|"
        r"it refused the request|it broke off|what it sent could not be read|it wrote nothing|"
        r"nothing that it wrote held"
    ),
}


def note(key: str, **fields: str) -> Statement:
    """The note of that template; `KeyError` for an unknown key or a field that is not given."""
    text = NOTE_TEMPLATES[key].format(**fields)
    return Statement(text=text, kind=StatementKind.NOTE)


def is_note(text: str) -> bool:
    """Whether `text` is made from one of the templates, its fields holding what they may hold."""
    return any(pattern.fullmatch(text) for pattern in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_pattern(template)) for template in NOTE_TEMPLATES.values())


def _pattern(template: str) -> str:
    parts = []
    for literal, field, _, _ in Formatter().parse(template):
        parts.append(re.escape(literal))
        if field is not None:
            parts.append(f"(?:{_FIELDS[field]})")
    return "".join(parts)
