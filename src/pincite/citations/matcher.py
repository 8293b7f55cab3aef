"""What finds the citations of one jurisdiction: its spellings, compiled when first needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pincite.citations.load import CodeForm, Family, forms
from pincite.citations.pattern import SIGN, START, literal, sign_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, kw_only=True)
class Matcher:
    """Finds `head number` and, where the spelling has something after the number, `tail`.

    `names` leads from a code's name, squashed, to its form; one code alone stands under `""`.
    `home` says that the spelling means this code only in a text of its own jurisdiction.
    """

    pattern: re.Pattern[str]
    tail: re.Pattern[str] | None
    number: re.Pattern[str]
    names: Mapping[str, CodeForm]
    home: bool


@cache
def matchers(jurisdiction: str) -> tuple[Matcher, ...]:
    """In the order of the file; unprefixed and bare spellings last."""
    known = forms(jurisdiction)
    if known is None:
        return ()
    found: list[Matcher] = []
    of_families = {slug for family in known.families for slug in family.names.values()}
    for form in known.codes:
        if form.code.slug not in of_families:
            found += _of_code(form)
    for family in known.families:
        found += _of_family(family, known.by_slug)
    for form in known.codes:
        if form.bare:
            found.append(bare(form, form.strict))
    return tuple(found)


@cache
def bare(form: CodeForm, number: str) -> Matcher:
    """`§ 407.1500`, in a text that is known to speak of this code."""
    return Matcher(
        pattern=_compile(rf"{START}(?:{SIGN}\s*)(?P<n>{number})"),
        tail=None,
        number=_compile(number),
        names={"": form},
        home=True,
    )


def _of_code(form: CodeForm) -> list[Matcher]:
    templates = [_easy(form.official), _easy(form.local), *map(_easy, form.spellings)]
    return _compiled(templates, {"t": form.title}, form.number, {"": form}, home=False)


def _of_family(family: Family, by_slug: Mapping[str, CodeForm]) -> list[Matcher]:
    names = {name: by_slug[slug] for name, slug in family.names.items()}
    spelled = "|".join(literal(name) for name in family.spelled)
    # An initialism needs no section sign before the number: GBL 899-aa, CPLR 302.
    initials = "|".join(re.escape(name) for name in family.spelled if name.isupper())
    fields = {"c": spelled, "k": initials}
    prefixed = _compiled(family.spellings, fields, family.number, names, home=False)
    return prefixed + _compiled(
        family.unprefixed, fields, family.number, names, home=not family.alone
    )


def _compiled(
    templates: Iterable[str],
    fields: Mapping[str, str],
    number: str,
    names: Mapping[str, CodeForm],
    *,
    home: bool,
) -> list[Matcher]:
    """One matcher for all spellings that end with the number, one for each other beginning."""
    heads: list[str] = []
    tails: dict[str, list[str]] = {}
    for template in dict.fromkeys(templates):
        head, _, tail = template.partition("{n}")
        if tail:
            tails.setdefault(head, []).append(tail)
        else:
            heads.append(head)
    groups = [(heads, [])] if heads else []
    groups += [([head], ends) for head, ends in tails.items()]
    return [
        Matcher(
            pattern=_compile(f"{START}(?:{_alternatives(begin, fields)})(?P<n>{number})"),
            tail=_compile(rf"\s*(?:{_alternatives(ends, fields)})(?!\w)") if ends else None,
            number=_compile(number),
            names=names,
            home=home,
        )
        for begin, ends in groups
    ]


def _alternatives(templates: list[str], fields: Mapping[str, str]) -> str:
    out: list[str] = []
    for count, template in enumerate(templates):
        named = {name: f"(?P<{name}{count}>{value})" for name, value in fields.items()}
        out.append(literal(template, sign_fields() | named))
    return "|".join(out)


def _easy(template: str) -> str:
    """A printed form as a spelling: where something else leads, the sign may be there or not."""
    head, _, tail = template.replace("{p}", "").strip().partition("{n}")
    head = re.sub(r"(?:§|\bsection)\s*$", "{S}", head)
    bare_head = head.removesuffix("{S}").strip()
    if bare_head and not head.endswith(("{S}", "{s} ", "{S} ", "-")):
        head += "{s} "
    elif bare_head and head.endswith("{S}") and "{S} {n}" not in template:
        head = head.removesuffix("{S}") + "{s} "
    head = head.strip()
    return f"{head} {{n}}{tail}" if head and not head.endswith("-") else f"{head}{{n}}{tail}"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
