"""What finds the citations of one jurisdiction: its spellings, compiled when first needed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from pincite.citations.load import CodeForm, forms
from pincite.citations.pattern import SIGN, START, literal, sign_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_UNIT = r"(?:chapters?|chs?\.?|c\.|parts?|pts?\.?)\s*"


@dataclass(frozen=True, kw_only=True)
class Matcher:
    """Finds `head number` and, where the spelling has something after the number, `tail`.

    `home` says that the spelling means this code only in a text of its own jurisdiction.
    """

    pattern: re.Pattern[str]
    tail: re.Pattern[str] | None
    number: re.Pattern[str]
    form: CodeForm
    home: bool
    unit: bool = False


@cache
def matchers(jurisdiction: str) -> tuple[Matcher, ...]:
    """In the order of the file; unprefixed and bare spellings last."""
    known = forms(jurisdiction)
    if known is None:
        return ()
    found: list[Matcher] = []
    named = {slug for family in known.families for slug in family.names.values()}
    for form in known.codes:
        if form.code.slug not in named:
            found += _of_code(form)
            found += _units(form)
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
        form=form,
        home=True,
    )


def _of_code(form: CodeForm) -> list[Matcher]:
    templates = [_easy(form.official), _easy(form.local), *map(_easy, form.spellings)]
    return _compiled(templates, {"t": form.title}, form.number, form, home=False)


def _units(form: CodeForm) -> list[Matcher]:
    """Chapters and parts: `Minn. Stat. ch. 325M`, `chapter 407, RSMo`, `16 CFR Part 314`."""
    if form.chapter is None:
        return []
    heads: list[str] = []
    for template in (form.official, form.local, *form.spellings):
        head, _, tail = template.replace("{p}", "").partition("{n}")
        if "{t}" in head and form.id.startswith("c{t}"):
            # Mass. Gen. Laws ch. 93H: the chapter stands where other codes have the title.
            heads.append(
                re.sub(r"(?:\[?\b(?:ch\.|c\.|chapter)\]?\s*)?\{t\}.*", "{u}", head) + "{n}"
            )
        elif re.search(r"\{S\}|§|\bsection", head) and tail:
            heads.append("{u}{n}" + tail)
        elif not tail:
            heads.append(re.sub(r"(?:\{[sS]\}|§|\bsection)\s*$", "", head) + " {u}{n}")
    heads = [h for h in (*heads, *form.chapters) if h.count("{u}") + h.count("{v}") == 1]
    # 16 CFR 314 is a part: a whole number where the sections have a dot.
    fields = {"t": form.title, "u": _UNIT, "v": rf"(?:{_UNIT})?"}
    found = _compiled(heads, fields, form.chapter, form, home=False)
    return [replace(matcher, unit=True) for matcher in found]


def _compiled(
    templates: Iterable[str],
    fields: Mapping[str, str],
    number: str,
    form: CodeForm,
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
            pattern=_compile(f"{START}(?:{_beginnings(begin, fields)})(?P<n>{number})"),
            tail=_compile(rf"\s*(?:{_alternatives(ends, fields)})(?!\w)") if ends else None,
            number=_compile(number),
            form=form,
            home=home,
        )
        for begin, ends in groups
    ]


def _beginnings(templates: list[str], fields: Mapping[str, str]) -> str:
    """All beginnings, those with the same sign at the end sharing it: patterns compile faster."""
    by_sign: dict[str, list[str]] = {}
    for template in templates:
        body = template.rstrip()
        sign = body[-3:] if body.endswith(("{s}", "{S}")) else ""
        by_sign.setdefault(sign, []).append(body.removesuffix(sign).rstrip() if sign else template)
    out: list[str] = []
    for number, (sign, bodies) in enumerate(by_sign.items()):
        common = _alternatives([b for b in bodies if b], fields, f"{number}_")
        empty = "?" if "" in bodies else ""
        body = rf"(?:{common}){empty}" if common else ""
        out.append(rf"{body}\s*{literal(sign, sign_fields())}" if sign else body)
    return "|".join(out)


def _alternatives(templates: list[str], fields: Mapping[str, str], prefix: str = "") -> str:
    out: list[str] = []
    for count, template in enumerate(templates):
        named = {name: f"(?P<{name}{prefix}{count}>{value})" for name, value in fields.items()}
        out.append(literal(template, sign_fields() | named))
    return "|".join(out)


def _easy(template: str) -> str:
    """A printed form as a spelling: where something else leads, the sign may be there or not."""
    head, _, tail = template.replace("{p}", "").strip().partition("{n}")
    head = re.sub(r"(?:§|\bsection)\s*$", "{S}", head)
    bare_head = head.removesuffix("{S}").strip()
    if re.search(r"\{t\},?$", bare_head):
        # Between a title and a number only the sign tells where one ends: G.L. c. 93H, § 3.
        return f"{bare_head} {{S}} {{n}}{tail}"
    if bare_head and not head.endswith(("{S}", "{s} ", "{S} ", "-")):
        head += "{s} "
    elif bare_head and head.endswith("{S}") and "{S} {n}" not in template:
        head = head.removesuffix("{S}") + "{s} "
    head = head.strip()
    return f"{head} {{n}}{tail}" if head and not head.endswith("-") else f"{head}{{n}}{tail}"


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
