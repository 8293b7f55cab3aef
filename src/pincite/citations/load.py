"""The forms of citation: one TOML file a jurisdiction, read when it is first needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pincite.law.code import Code
from pincite.law.section import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMS = Path(__file__).parent / "forms"

# A number is digits with letters, in parts joined by dots, hyphens or colons. Codes whose numbers
# have a stricter shape say so; the boundary after a number keeps even this from cutting one short.
_NUMBER = r"\d+[A-Za-z]{0,5}(?:[.:\-–]\d+[A-Za-z]{0,5})*"
_TITLE = r"\d{1,3}[A-Z]?"


@dataclass(frozen=True, kw_only=True)
class CodeForm:
    """How one code is cited. Templates hold `{n}` number, `{t}` title, `{p}` pinpoint.

    `spellings` are templates of what people write: `{s}` stands where a section sign or word may
    be, `{S}` where it must be; `[Ann.]` may be left out. `bare` says that `§ 407.1500` alone, in a
    text of this jurisdiction, means this code. `chapter` is the shape of the number of a chapter
    or part, where that begins the numbers of its sections; `chapters` are further spellings of
    one, with `{u}` for the word and `{v}` for a word that may be left out.
    """

    code: Code
    official: str
    local: str
    id: str
    number: str
    title: str
    ends: str | None
    ends_not_in: tuple[str, ...]
    pinpoint: str
    local_pinpoint: str
    spellings: tuple[str, ...]
    pack: tuple[str, ...]
    bare: bool
    strict: str
    chapter: str | None
    chapters: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]

    @cached_property
    def ends_pattern(self) -> re.Pattern[str] | None:
        return re.compile(self.ends, re.IGNORECASE) if self.ends else None

    @property
    def reading(self) -> str:
        """The style in which pinpoints are read: the one that knows more than parentheses."""
        return self.local_pinpoint if self.pinpoint == "parentheses" else self.pinpoint

    @cached_property
    def number_pattern(self) -> re.Pattern[str]:
        return re.compile(self.number, re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Family:
    """Codes that are cited by name: `Cal. Civ. Code § 5`, `section 5 of the Civil Code`.

    `prefixes` are templates of what stands before the name and tells the state; `alone` says that
    the names need none. `names` leads from each name, squashed, to the code's slug.
    """

    prefixes: tuple[str, ...]
    alone: bool
    names: Mapping[str, str]
    number: str


@dataclass(frozen=True, kw_only=True)
class Forms:
    """All forms of one jurisdiction, in the order in which they are tried."""

    jurisdiction: str
    name: str
    codes: tuple[CodeForm, ...]
    families: tuple[Family, ...]

    @cached_property
    def by_slug(self) -> Mapping[str, CodeForm]:
        return {form.code.slug: form for form in self.codes}


def squash(text: str) -> str:
    """Letters and digits alone, in lower case: what is left when spacing and dots are ignored."""
    return re.sub(r"[\W_]+", "", text.casefold().replace("&", "and"))


@cache
def jurisdictions() -> Mapping[str, tuple[str, ...]]:
    """Every jurisdiction with forms and its anchors: of these, squashed, a citation holds one."""
    found: dict[str, tuple[str, ...]] = {}
    for name, text in _files():
        match = re.search(r"^anchors = \[(.*?)\]", text, re.MULTILINE | re.DOTALL)
        anchors = re.findall(r'"([^"]*)"', match[1]) if match else []
        found[name] = tuple(a for anchor in anchors for a in _anchors(anchor))
    return found


def _anchors(anchor: str) -> tuple[str, ...]:
    """`as#` stands for `as` before any digit: a short abbreviation is one only before a number."""
    if anchor.endswith("#"):
        return tuple(f"{squash(anchor)}{digit}" for digit in range(10))
    return (squash(anchor),)


def _files() -> list[tuple[str, str]]:
    found = sorted(file for file in FORMS.iterdir() if file.suffix == ".toml")
    return [(_id_of(file.name), file.read_text(encoding="utf-8")) for file in found]


def _id_of(file: str) -> str:
    stem = file.removesuffix(".toml")
    return "us" if stem == "us" else f"us-{stem}"


def _file_of(jurisdiction: str) -> str:
    return f"{jurisdiction.removeprefix('us-')}.toml"


@cache
def forms(jurisdiction: str) -> Forms | None:
    """The forms of one jurisdiction, or `None` for one that has none."""
    if not re.fullmatch(r"us(-[a-z]{2})?", jurisdiction):
        return None
    file = FORMS / _file_of(jurisdiction)
    if not file.is_file():
        return None
    import tomllib

    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    codes = [_code(jurisdiction, entry, raw.get("defaults", {})) for entry in raw.get("code", [])]
    families: list[Family] = []
    for family in raw.get("family", []):
        members = [_member(jurisdiction, family, entry) for entry in family["codes"]]
        codes += members
        families.append(_family(family, members))
    return Forms(
        jurisdiction=jurisdiction, name=raw["name"], codes=tuple(codes), families=tuple(families)
    )


@cache
def code_form(jurisdiction: str, slug: str) -> CodeForm | None:
    known = forms(jurisdiction)
    return None if known is None else known.by_slug.get(slug)


def _code(jurisdiction: str, entry: Mapping[str, Any], defaults: Mapping[str, Any]) -> CodeForm:
    get = {**defaults, **entry}.get
    official: str = entry["official"]
    number: str = get("number", _NUMBER)
    return CodeForm(
        code=Code(
            slug=entry["slug"],
            jurisdiction=jurisdiction,
            kind=Kind(get("kind", "statute")),
            name=entry["name"],
            short=get("short", entry["name"]),
        ),
        official=official,
        local=entry.get("local", official),
        id=get("id", "t{t}/s{n}" if "{t}" in official else "s{n}"),
        number=number,
        title=get("title", _TITLE),
        ends=get("ends"),
        ends_not_in=tuple(get("ends_not_in", ())),
        pinpoint=get("pinpoint", "parentheses"),
        local_pinpoint=get("local_pinpoint", get("pinpoint", "parentheses")),
        spellings=tuple(get("spellings", ())),
        pack=tuple(get("pack", ())),
        bare=get("bare", False),
        strict=get("strict", number),
        chapter=get("chapter"),
        chapters=tuple(get("chapters", ())),
        examples=tuple(tuple(example) for example in get("examples", ())),
    )


def _member(jurisdiction: str, family: Mapping[str, Any], entry: Mapping[str, Any]) -> CodeForm:
    """A code of a family: the family's templates with the code's own abbreviations set in."""
    abbreviation: str = entry["abbr"]
    ours = entry.get("local", family.get("local_default", "{c}"))
    words = {"{l}": ours, "{c}": abbreviation, "{name}": entry["name"]}

    def fill(template: str) -> str:
        for word, value in words.items():
            template = template.replace(word, value)
        return template

    return _code(
        jurisdiction,
        {
            **{key: family[key] for key in _SHARED if key in family},
            **{key: entry[key] for key in _SHARED if key in entry},
            "slug": entry["slug"],
            "name": fill(family["name"]),
            "short": entry.get("short", entry["name"]),
            "official": fill(family["official"]),
            "local": fill(family["local"]),
            "pack": [fill(template) for template in family.get("pack", [])],
            "examples": entry.get("examples", []),
        },
        {},
    )


_SHARED = ("kind", "number", "id", "title", "pinpoint", "local_pinpoint", "ends", "strict")


def _family(family: Mapping[str, Any], members: list[CodeForm]) -> Family:
    names: dict[str, str] = {}
    for entry, member in zip(family["codes"], members, strict=True):
        ours = entry.get("local", "").removesuffix(" §")
        for name in (entry["abbr"], ours, entry["name"], *entry.get("also", [])):
            if name:
                names.setdefault(squash(name), member.code.slug)
    return Family(
        prefixes=tuple(family["prefixes"]),
        alone=family.get("alone", False),
        names=names,
        number=family.get("number", _NUMBER),
    )
