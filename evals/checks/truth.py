"""True statements: the law's words, and plain paraphrases of them made by rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pincite.answer import Statement, StatementKind

from .figures import to_figures, to_words

if TYPE_CHECKING:
    from random import Random

    from .sentence import Sentence

_PARENTHESES = re.compile(r"\s\((?!\s*[A-Za-z0-9]{1,4}\))[^()]{3,80}\)")
_LIMITS = re.compile(
    r"\b(?:if|unless|except|only|not|no|other|provided|subject|until|when|excluding|without|shall|may|must)\b|[§\d]",
)
_PLAIN: tuple[tuple[str, str], ...] = (
    (r"\bpursuant to\b", "under"),
    (r"\bprior to\b", "before"),
    (r"\bsubsequent to\b", "after"),
    (r"\b[Aa]ny person\b", "a person"),
    (r"\butilize\b", "use"),
    (r"\bcommence\b", "begin"),
    (r"\bterminate\b", "end"),
    (r"\bfurnish\b", "provide"),
    (r"\bin the event that\b", "if"),
    (r"\bsuch\b", "the"),
)
_IF_FIRST = re.compile(r"^(If|When) ([^,]{10,200}), (?!and|or)((?:the|a|an|any|each|no) [^,;]+)\.$")
_SHALL_NOT = re.compile(r"\bshall not\b")
_SHALL = re.compile(r"\bshall\b")
_MAY_NOT = re.compile(r"\bmay not\b")


def verbatim(sentence: Sentence) -> Statement:
    shown = " … ".join(f"“{quote.text}”" for quote in sentence.quotes)
    return Statement(text=shown, kind=StatementKind.QUOTE, quotes=sentence.quotes)


def cut(sentence: Sentence) -> Statement | None:
    """A quote that stops at a comma, with the mark of omission."""
    at = sentence.text.rfind(",", 40)
    if at < 0 or not re.search(r"\b(?:shall|must|may)\b", sentence.text[:at]):
        return None
    from .sentence import quote

    piece = quote(sentence.section, sentence.start, sentence.start + at)
    return Statement(text=f"“{piece.text}” …", kind=StatementKind.QUOTE, quotes=(piece,))


def paraphrase(sentence: Sentence, chance: Random) -> Statement:
    """A plain paraphrase: one to four of the rules, in a fixed order."""
    text = _joined(sentence)
    if chance.random() < 0.5:
        text = _PARENTHESES.sub(lambda m: m[0] if _LIMITS.search(m[0]) else "", text)
    if chance.random() < 0.5:
        text = _reordered(text)
    if chance.random() < 0.7:
        text = _modal(text, chance)
    if chance.random() < 0.6:
        text = to_figures(text) if chance.random() < 0.7 else to_words(text)
    if chance.random() < 0.5:
        for law, plain in _PLAIN:
            text = re.sub(law, plain, text)
    text = text[:1].upper() + text[1:]
    return Statement(text=text, kind=StatementKind.PARAPHRASE, quotes=sentence.quotes)


def _joined(sentence: Sentence) -> str:
    if sentence.item is None:
        return " ".join(sentence.text.split())
    start, end = sentence.item
    item = sentence.section.text[start:end].rstrip(".;, ")
    item = re.sub(r"[;,]\s+(?:and|or)$", "", item)
    return " ".join(f"{sentence.text.rstrip(': ')} {item[:1].lower() + item[1:]}.".split())


def _reordered(text: str) -> str:
    """If X, the owner shall Y: told as the owner shall Y if X."""
    found = _IF_FIRST.match(text)
    return f"{found[3]} {found[1].lower()} {found[2]}." if found else text


def _modal(text: str, chance: Random) -> str:
    text = _SHALL_NOT.sub(chance.choice(("must not", "may not")), text)
    text = _MAY_NOT.sub(chance.choice(("must not", "may not")), text)
    return _SHALL.sub("must", text)
