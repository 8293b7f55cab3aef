"""Templates of spellings made into regular expressions."""

from __future__ import annotations

import re

# `§ `, `§§ `, `Section `, `sec. `, `ss. `: the signs and words that announce a section's number.
SIGN = r"(?:§\s?§?|(?:sections?|sects?\.?|secs?\.?|ss?\.)(?![a-z]))"
_TOKEN = re.compile(r"\{(?P<field>[a-zA-Z])\}|\[(?P<optional>[^\]]*)\]|(?P<space>\s+)|(?P<char>.)")

# A citation does not start inside a word, a number or an amount of money.
START = r"(?<![\w$§])(?<!\w[-–])(?<!\d\.)"
# Nor does its number end inside a longer one. An em dash or a full stop before a word is
# punctuation; before a digit it is part of a number that this form does not have.
END = r"(?![\w§])(?![-–‑])(?![—.:/]\d)(?!\.[A-Za-z]\b(?!\.))(?!\s+notes?\b)(?!\s+app\.)"


def literal(text: str, fields: dict[str, str] | None = None) -> str:
    """A pattern for `text` that is easy about dots, commas and spaces and exact about letters."""
    out: list[str] = []
    for token in _TOKEN.finditer(text):
        field, optional = token["field"], token["optional"]
        if field:
            out.append((fields or {})[field])
        elif optional is not None:
            out.append(f"(?:{literal(optional, fields)}\\s*)?")
        elif token["space"]:
            out.append(_space(out))
        else:
            out.append(_character(token["char"]))
    return "".join(out)


def _space(out: list[str]) -> str:
    """White space is optional after a dot, a comma and around what may be left out."""
    loose = not out or out[-1].endswith((r"\s?", r"\s*)?", r"\s*"))
    return r"\s*" if loose else r"\s+"


def _character(char: str) -> str:
    if char == ".":
        return r"\.?\s?"
    if char == ",":
        return r",?\s?"
    if char in "'’":
        return "['’]?"
    return re.escape(char)


def sign_fields() -> dict[str, str]:
    return {"s": rf"(?:{SIGN}\s*)?", "S": rf"{SIGN}\s*"}
