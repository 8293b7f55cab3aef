"""Citations to codes by name: `Cal. Civ. Code § 5`, `GBL 899-aa`, `§ 5 of the Labor Code`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pincite.citations.listed import items as items_of
from pincite.citations.load import CodeForm, Family, forms, squash
from pincite.citations.matcher import Matcher
from pincite.citations.pattern import SIGN, literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pincite.citations.listed import Item

# The longest names have eight words: Racing, Pari-Mutuel Wagering and Breeding Law.
_MOST_WORDS = 8
_WINDOW = 100
# What may stand between a code's name and the number.
_BETWEEN = re.compile(
    r"[\s,]*(?:\((?:West|McKinney|Vernon|Deering|Consol\.)[^()]*\)|\bAnn(?:\.|otated)|\bArticle)?[\s,]*$",
    re.IGNORECASE,
)
_OF_THE = re.compile(r"(?:\s*,|\s+of(?:\s+the)?)\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;:]+,?")


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names of a family's codes and what may stand before them."""

    pattern: re.Pattern[str]
    prefix_before: re.Pattern[str]
    prefix: re.Pattern[str]
    forms: Mapping[str, CodeForm]
    number: re.Pattern[str]
    alone: bool


@cache
def names_of(jurisdiction: str) -> tuple[Names, ...]:
    known = forms(jurisdiction)
    if known is None:
        return ()
    return tuple(_names(family, known.by_slug) for family in known.families)


def _names(family: Family, by_slug: Mapping[str, CodeForm]) -> Names:
    prefixes = "|".join(literal(prefix) for prefix in family.prefixes)
    number = re.compile(family.number, re.IGNORECASE)
    return Names(
        pattern=re.compile(
            rf"(?<![\w$§.\-–])(?P<s>{SIGN}\s*)?(?P<n>{family.number})", re.IGNORECASE
        ),
        prefix_before=re.compile(rf"(?<![\w.])(?:{prefixes})\s*$", re.IGNORECASE),
        prefix=re.compile(rf"(?:{prefixes})\s*", re.IGNORECASE),
        forms={name: by_slug[slug] for name, slug in family.names.items()},
        number=number,
        alone=family.alone,
    )


def scan(text: str, names: Names, *, home: bool) -> Iterator[tuple[CodeForm, list[Item], int]]:
    """The form, the sections named and where the citation ends, for each number with a name."""
    any_form = next(iter(names.forms.values()))
    # Looked for once: from each number on it would take as long as the text is long.
    last_name = max((one.end() for one in _OF_THE.finditer(text)), default=0)
    for match in names.pattern.finditer(text):
        before = _name_before(text, match, names, home=home or names.alone)
        if before is None and not (match["s"] and match.end() < last_name):
            continue
        start, form = before or (match.start(), any_form)
        matcher = Matcher(
            pattern=names.pattern, tail=None, number=names.number, form=form, home=False
        )
        items = list(items_of(text, match, matcher, form, start=start))
        if not items:
            continue
        if before is not None:
            yield form, items, items[-1].end
        elif after := _name_after(text, items[-1].end, names, home=home or names.alone):
            yield after[1], items, after[0]


def _name_before(
    text: str, match: re.Match[str], names: Names, *, home: bool
) -> tuple[int, CodeForm] | None:
    """Where the name before the number begins, its prefix included, and the code's form."""
    low = max(0, match.start() - _WINDOW)
    window = text[low : match.start()]
    between = _BETWEEN.search(window)
    window = window[: between.start()] if between else window
    article = between is not None and "article" in between[0].casefold()
    words = list(_WORD.finditer(window))[-_MOST_WORDS:]
    for word in words:
        form = names.forms.get(squash(window[word.start() :]))
        if form is None:
            continue
        prefix = names.prefix_before.search(window[: word.start()])
        initials = window[word.start() :].isupper()
        if (prefix or article or home) and (match["s"] or prefix or article or initials):
            return low + (prefix.start() if prefix else word.start()), form
    return None


def _name_after(text: str, at: int, names: Names, *, home: bool) -> tuple[int, CodeForm] | None:
    """Where the name after the number ends, and the code's form."""
    of_the = _OF_THE.match(text, at)
    if of_the is None:
        return None
    at = of_the.end()
    prefix = names.prefix.match(text, at)
    if prefix is None and not home:
        return None
    at = prefix.end() if prefix else at
    words = list(_WORD.finditer(text, at, at + _WINDOW))[:_MOST_WORDS]
    for word in reversed(words):
        end = word.start() + len(word[0].rstrip(",.)"))
        form = names.forms.get(squash(text[at:end]))
        if form is not None:
            return end, form
    return None
