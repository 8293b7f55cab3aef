"""Ask a policy against law: which sections, which policies, and the question in plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite import citations
from pincite.covering import Covering, PolicyRead
from pincite.errors import UsageError
from pincite.law.section import Kind
from pincite.opened import Contents, NotOpened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pincite.law.section import Section
    from pincite.library.protocol import Library
    from pincite.library.read import InstalledPack
    from pincite.models.base import EmbeddingModel
    from pincite.opened import Opened

_MOST_SECTIONS = 80
_MOST_POLICY = 5_000
_OURS = (
    r"(?:our|my|the\s+company(?:['’]s)?|the\s+firm(?:['’]s)?|this|the)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:polic(?:y|ies)|handbook|manual|contract|agreement|procedures?|program|plan|terms|notice)"
)
_COVERS = (
    r"(?:cover|meet|satisf\w+|fulfil\w*|compl\w+\s+with|address|includ\w+|contain|miss|lack|"
    r"in\s+line\s+with|consistent\s+with|conform\w*\s+(?:to|with)|match)"
)
_BARE = re.compile(r"(?:§+|\bsections?\b|\bsec\.)\s*\d[\w.:-]*\w", re.IGNORECASE)
_ASKED = re.compile(rf"\b{_OURS}\b.{{0,80}}?\b{_COVERS}\b", re.IGNORECASE | re.DOTALL)
_WHAT_MISSES = re.compile(
    rf"\bwhat\b.{{0,60}}?\b(?:miss|lack|not\s+cover)\w*.{{0,80}}?\b{_OURS}|"
    rf"\bwhat\b.{{0,40}}?\b{_OURS}\b.{{0,40}}?\b(?:miss|lack)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverAsked:
    """A question that asks a policy against law: the citation as written, and whose law it is.

    `jurisdiction` is `None` where neither the citation nor the question tells.
    """

    law: str
    jurisdiction: str | None
    policy: str | None = None

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        return () if self.jurisdiction is None else (self.jurisdiction,)


def cover_asked(text: str, library: Library, given: Sequence[str]) -> CoverAsked | None:
    """What the question asks to be covered; `None` for any other question.

    It names a section, and a policy by its name or as "our policy", with an internal document
    installed to be that.
    """
    packs = [pack for pack in library.packs() if pack.kind is Kind.INTERNAL]
    named = [pack for pack in packs if _name(pack).casefold() in text.casefold()]
    asks = _ASKED.search(text) or _WHAT_MISSES.search(text)
    by_name = named and re.search(rf"\b{_COVERS}\b", text, re.IGNORECASE)
    if not packs or not (asks or by_name):
        return None
    jurisdiction = _place(text, library, given)
    found = citations.find(text, jurisdiction=jurisdiction)
    if found:
        law, jurisdiction = text[found[0].start : found[0].end], found[0].citation.jurisdiction
    elif (bare := _BARE.search(text)) is not None:
        law = bare[0]
    else:
        return None
    return CoverAsked(
        law=law,
        jurisdiction=jurisdiction,
        policy=_name(named[0]) if len(named) == 1 else None,
    )


def _place(text: str, library: Library, given: Sequence[str]) -> str | None:
    """The one jurisdiction that the question tells, or the only one whose law is installed."""
    from pincite.retrieval.places import places

    packs = [pack for pack in library.packs() if pack.kind is not Kind.INTERNAL]
    have = {pack.jurisdiction for pack in packs}
    told = [one.id for one in places(text, given=given, installed=have).jurisdictions]
    if len(told) == 1:
        return told[0]
    return have.pop() if len(have) == 1 and not told else None


def cover_law(
    opened: Sequence[Section],
    policies: Sequence[InstalledPack],
    library: Library,
    *,
    as_of: date,
    model: EmbeddingModel | None,
) -> Covering:
    """What the policies cover of the sections. Raises UsageError for far too many sections."""
    from pincite.answering.cover.cover import cover
    from pincite.reading.readings import Readings

    if len(opened) > _MOST_SECTIONS:
        raise UsageError(
            f"{len(opened)} sections are too many to hold a policy against at once; name at most "
            f"{_MOST_SECTIONS}"
        )
    policy = [section for pack in policies for _, section in library.keyed(pack.name)]
    items, officials = cover(opened, policy[:_MOST_POLICY], Readings(), model)
    return Covering(
        as_of=as_of,
        laws=tuple(opened),
        policies=tuple(
            PolicyRead(name=_name(pack), pack=pack.name, sections=pack.sections, sha256=pack.sha256)
            for pack in policies
        ),
        items=items,
        notes=tuple(_notes(len(items), officials, len(policy), model)),
        model="" if model is None else model.name,
    )


def sections_of(
    found: Opened | Contents | NotOpened, library: Library, as_of: date
) -> tuple[Section, ...] | NotOpened:
    """The sections that were opened, or why there are none."""
    if isinstance(found, NotOpened):
        return found
    if isinstance(found, Contents):
        sections = (library.section(line.id, as_of) for line in found.lines)
        return tuple(section for section in sections if section is not None)
    return (found.section,)


def policies_named(names: Sequence[str], library: Library) -> tuple[InstalledPack, ...]:
    """The internal documents of these names, all if none is named. Raises UsageError."""
    packs = tuple(pack for pack in library.packs() if pack.kind is Kind.INTERNAL)
    if not packs:
        raise UsageError(
            "no policy is installed",
            at_console='`pincite library add handbook.docx --internal --name "Employee handbook"` '
            "installs one",
        )
    chosen: list[InstalledPack] = []
    for name in names:
        wanted = name.casefold().strip()
        exact = [p for p in packs if wanted in (_name(p).casefold(), p.name.casefold())]
        near = exact or [p for p in packs if wanted and wanted in _name(p).casefold()]
        if len(near) != 1:
            there = ", ".join(_name(pack) for pack in near or packs)
            said = "is the name of several policies" if near else "is no policy that is installed"
            raise UsageError(f"{name[:60]!r} {said}; there are: {there}")
        chosen += near
    return tuple(dict.fromkeys(chosen)) if names else packs


def _name(pack: InstalledPack) -> str:
    return pack.document.rpartition(" (")[0] or pack.name


def _notes(items: int, officials: int, policy: int, model: EmbeddingModel | None) -> list[str]:
    notes = []
    if not items:
        notes.append("The law named states no duty, prohibition, deadline or required content.")
    if officials:
        them = "duty that binds" if officials == 1 else "duties that bind"
        notes.append(f"{officials} {them} public bodies alone were left out.")
    if policy > _MOST_POLICY:
        notes.append(f"Of the policies, the first {_MOST_POLICY:,} sections were read.")
    if model is None:
        notes.append("Passages were matched by words alone; no embedding model is installed.")
    notes.append(
        "Not found means that no passage like it was found, not that none is there; read both "
        "sides before relying on a verdict. This is not legal advice."
    )
    return notes
