"""Tells a person's name from the place of the same name."""

from __future__ import annotations

import re

_NAMES = frozenset({"virginia", "georgia", "washington", "montana", "indiana", "tennessee",
                    "carolina", "austin", "dakota", "dallas", "houston", "charlotte", "eugene",
                    "savannah", "phoenix", "orlando", "cleveland", "alexandria", "lincoln",
                    "florence", "aurora", "brooklyn", "nevada"})  # fmt: skip
_TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Judge|Justice|Senator|named|called)\.?\s+$")
_KIN = re.compile(
    r"\b(?:son|daughter|wife|husband|partner|brother|sister|friend|boss|manager|coworker|employee|"
    r"colleague|roommate|assistant)\s+$"
)
_FIRST_NAMES = re.compile(
    r"\b(?:George|Denzel|Kerry|Booker T\.|Martha|John|James|Mary|Michael|David|Robert|William|"
    r"Whitney|Sam|Abraham|Grover|Stephen|Sarah|Maria|Linda|Kim|Jim|Bob|Tom|Steve|Mike|Chris)\s+$"
)
# The commonest US surnames (US Census Bureau, 2010) that are not words of business or law.
_SURNAMES = re.compile(
    r"\s+(?:"
    r"Smith|Johnson|Williams|Jones|Garcia|Miller|Davis|Rodriguez|Martinez|Hernandez|"
    r"Lopez|Gonzalez|Wilson|Anderson|Thomas|Taylor|Moore|Jackson|Martin|Lee|Perez|"
    r"Thompson|Harris|Sanchez|Clark|Ramirez|Lewis|Robinson|Allen|Wright|Scott|Torres|"
    r"Nguyen|Flores|Adams|Nelson|Baker|Campbell|Mitchell|Carter|Roberts|Gomez|Phillips|"
    r"Evans|Turner|Diaz|Parker|Cruz|Edwards|Collins|Reyes|Stewart|Morris|Morales|"
    r"Murphy|Rogers|Gutierrez|Ortiz|Morgan|Cooper|Peterson|Reed|Bailey|Kelly|Howard|"
    r"Ramos|Cox|Richardson|Watson|Brooks|Chavez|Bennett|Woolf|Mendoza|Ruiz|Hughes|"
    r"Alvarez|Castillo|Sanders|Patel|Myers|Ross|Foster|Jimenez|Powell|Jenkins|Russell|"
    r"Sullivan|Fisher|Hayes|Okeeffe|Wells"
    r")(?:['’]s)?\b"
)


def is_person(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` reads as part of a person's name."""
    if text[start:end].lower() not in _NAMES:
        return False
    before = text[max(0, start - 20) : start]
    if _TITLES.search(before) or _KIN.search(before) or _FIRST_NAMES.search(before):
        return True
    return _SURNAMES.match(text, end) is not None
