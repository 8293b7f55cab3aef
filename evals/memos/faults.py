"""True sentences of a memo, and the same with one fault of a known kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pincite import citations
from pincite.memo import MemoPart, Standing

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from evals.memos.sentences import Quoted

    from pincite.citations import Citation

_SWAPS = {
    "shall": "may", "may": "shall", "must": "may", "any": "every", "and": "or", "or": "and",
    "not": "also", "person": "individual", "within": "after", "before": "after", "is": "was",
    "section": "chapter", "less": "more", "more": "less", "each": "any", "the": "a",
}  # fmt: skip
_SMALL = frozenset(
    ["a", "an", "the", "of", "to", "in", "and", "or", "for", "by", "as", "on", "at", "is", "be"]
)
_INVENTED = (
    "Every {a} that keeps {b} shall send a written account to the {c} by the first day of {d}",
    "No {a} may be held to have agreed to {b} merely because the {c} was silent in {d}",
    "A {a} who learns of {b} must tell each {c} in plain words and without charge before {d}",
    "The {a} shall keep a register of {b} that any {c} may read free of charge throughout {d}",
)
_NOUNS = ("lighthouse keeper", "harbor pilot", "wine merchant", "night watchman", "ferry owner")
_THINGS = ("borrowed umbrellas", "unlit lanterns", "spare anchors", "painted signs", "lost gloves")
_WHO = ("parish clerk", "assembled council", "neighboring mill", "county surveyor", "dance hall")
_WHEN = ("harvest", "midwinter", "the racing season", "Lent", "the long vacation")


@dataclass(frozen=True, slots=True)
class Framed:
    """Quotation and citation in prose: paragraphs, one of them perhaps a block, perhaps a note."""

    lead: str = ""
    block: str = ""
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a memo: which fault it has, and what must be said of which part of it."""

    kind: str
    told: Framed
    part: MemoPart | None
    expected: frozenset[Standing]


def printed(quoted: Quoted, citation: Citation, draw: random.Random) -> str:
    """The citation in one of its two forms."""
    markers = tuple(
        quoted.section.text[unit.start : unit.body]
        for depth in range(1, len(citation.path) + 1)
        if (unit := quoted.tree.find(citation.path[:depth])) is not None
    )
    form = draw.choice((citations.official, citations.local))
    whole = len(markers) == len(citation.path)
    return form(citation, markers if whole else ())


def framed(quote: str, cited: str, draw: random.Random) -> Framed:
    """Prose around quotation and citation, in one of the usual shapes."""
    left, right = draw.choice((("“", "”"), ('"', '"')))
    marked = f"{left}{quote}{right}"
    inner = f"{left}{quote},{right}"
    return draw.choice(
        (
            Framed(text=f"Under {cited}, {marked}."),
            Framed(text=f"The rule is plain: {marked}. {cited}."),
            Framed(text=f"We read {cited} to say that {marked}, and advise accordingly."),
            Framed(text=f"{marked} ({cited})."),
            Framed(text=f"The statute ({cited}) provides: {marked}."),
            Framed(text=f"The statute says {inner} which settles it. See {cited}."),
            Framed(text=f"Start with {cited}. It reads {marked}. No court has doubted it."),
            Framed(text=f"The client must know that {marked}.", note=f"{cited}."),
            Framed(text=f"As the legislature put it, {inner} and no more.", note=f"See {cited}."),
            Framed(lead=f"{cited} provides:", block=quote),
            Framed(lead="The rule is this:", block=f"{quote}. {cited}"),
            Framed(text=f"{cited} is the place to look. The text there, {marked}, is clear. Id."),
        )
    )


def own(quoted: Quoted) -> Citation:
    found = citations.from_identifier(quoted.section.id)
    assert found is not None
    return replace(found, path=quoted.path)


def true(quoted: Quoted, draw: random.Random) -> Item:
    """The law's words, whole or with marked omissions and alterations, rightly cited."""
    shape = draw.choice(("whole", "whole", "omission", "bracket", "curly", "parent"))
    citation, quote = own(quoted), quoted.text
    words = quote.split()
    if shape == "omission":
        cut = draw.randrange(3, len(words) - 4)
        quote = " ".join(words[:cut]) + draw.choice((" … ", " . . . ")) + " ".join(words[cut + 2 :])
    elif shape == "bracket":
        first = quote[0].lower() if quote[0].isupper() else quote[0].upper()
        quote = f"[{first}]{quote[1:]}"
    elif shape == "curly":
        quote = quote.replace("'", "’").replace(" - ", " – ")
    elif shape == "parent" and citation.path:
        citation = replace(citation, path=citation.path[:-1])
    return Item("true", framed(quote, printed(quoted, citation, draw), draw), None, frozenset())


def changed(quoted: Quoted, draw: random.Random) -> Item | None:
    words = quoted.text.split()
    places = [n for n, word in enumerate(words) if word in _SWAPS and 0 < n < len(words) - 1]
    if not places:
        return None
    at = draw.choice(places)
    words[at] = _SWAPS[words[at]]
    return _misquoted("changed word", quoted, words, draw)


def dropped(quoted: Quoted, draw: random.Random) -> Item | None:
    words = quoted.text.split()
    places = [
        n
        for n, word in enumerate(words[1:-1], start=1)
        if word.isalpha() and word not in _SMALL and words[n - 1] != word != words[n + 1]
    ]
    if not places:
        return None
    del words[draw.choice(places)]
    return _misquoted("dropped word", quoted, words, draw)


def number(quoted: Quoted, draw: random.Random) -> Item | None:
    """A figure that is another one."""
    words = quoted.text.split()
    places = [n for n, word in enumerate(words) if word.isdecimal() and 0 < n < len(words) - 1]
    if not places:
        return None
    at = draw.choice(places)
    words[at] = str(int(words[at]) + draw.choice((1, 5, 10)))
    return _misquoted("changed number", quoted, words, draw)


def _misquoted(kind: str, quoted: Quoted, words: Sequence[str], draw: random.Random) -> Item:
    text = framed(" ".join(words), printed(quoted, own(quoted), draw), draw)
    return Item(kind, text, MemoPart.QUOTATION, frozenset({Standing.MISQUOTED}))


def wrong_section(quoted: Quoted, other: Quoted, draw: random.Random) -> Item | None:
    if quoted.text in " ".join(other.section.text.split()) or quoted.section.id == other.section.id:
        return None
    cited = printed(other, replace(own(other), path=()), draw)
    return Item("wrong section", framed(quoted.text, cited, draw), MemoPart.QUOTATION,
                frozenset({Standing.ELSEWHERE}))  # fmt: skip


def wrong_subdivision(quoted: Quoted, draw: random.Random) -> Item | None:
    """Another subdivision of the same section, which does not hold the words."""
    others = [
        unit
        for unit in quoted.tree.walk()
        if unit.sure
        and not (unit.start <= quoted.start and quoted.end <= unit.end)
        and not (quoted.path and unit.path[: len(quoted.path)] == quoted.path)
        and quoted.text not in " ".join(quoted.section.text[unit.start : unit.end].split())
    ]
    if not others or not quoted.path:
        return None
    citation = replace(own(quoted), path=draw.choice(others).path)
    return Item("wrong subdivision", framed(quoted.text, printed(quoted, citation, draw), draw),
                MemoPart.QUOTATION, frozenset({Standing.ELSEWHERE}))  # fmt: skip


def no_subdivision(quoted: Quoted, draw: random.Random) -> Item | None:
    """A last label that the list does not have."""
    if quoted.tree.breaks or not quoted.path or any(not u.sure for u in quoted.tree.walk()):
        return None
    last = quoted.path[-1]
    label = "47" if last.isdecimal() else "zz" if last.islower() else "ZZ"
    citation = replace(own(quoted), path=(*quoted.path[:-1], label))
    text = Framed(text=f"Compare {printed(quoted, citation, draw)}, which sets out the details.")
    return Item(
        "no such subdivision", text, MemoPart.CITATION, frozenset({Standing.NO_SUBDIVISION})
    )


def no_section(quoted: Quoted, draw: random.Random, exists: Callable[[str], bool]) -> Item | None:
    """The number changed in its last digits until there is none such."""
    citation = replace(own(quoted), path=(), through=None)
    for _ in range(40):
        digits = re.search(r"\d+(?=\D*$)", citation.number)
        if digits is None:
            return None
        low = 10 ** (len(digits[0]) - 1)
        fresh = str(draw.randrange(low, low * 10))
        changed_number = citation.number[: digits.start()] + fresh + citation.number[digits.end() :]
        other = replace(citation, number=changed_number)
        again = citations.parse(citations.official(other))
        if again is not None and again.id == other.id and not exists(other.id):
            text = Framed(text=f"See also {printed(quoted, other, draw)} on this question.")
            return Item(
                "no such section", text, MemoPart.CITATION, frozenset({Standing.NO_SECTION})
            )
    return None


def invented(quoted: Quoted, draw: random.Random) -> Item:
    words = draw.choice(_INVENTED).format(
        a=draw.choice(_NOUNS), b=draw.choice(_THINGS), c=draw.choice(_WHO), d=draw.choice(_WHEN)
    )
    text = framed(words, printed(quoted, own(quoted), draw), draw)
    return Item("invented quotation", text, MemoPart.QUOTATION, frozenset({Standing.NOT_FOUND}))


def repealed(citation: str) -> Item:
    told = Framed(text=f"The duty follows from {citation}, as we have advised before.")
    return Item("repealed", told, MemoPart.CITATION,
                frozenset({Standing.REPEALED, Standing.NOT_IN_FORCE}))  # fmt: skip


def unattributed(quoted: Quoted) -> Item:
    return Item(
        "unattributed",
        Framed(text=f"It is settled that “{quoted.text}”."),
        MemoPart.QUOTATION,
        frozenset({Standing.UNATTRIBUTED}),
    )
