"""Open the law at an identifier or a citation, or say why there is none to show."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pincite import citations
from pincite.assistant.installed_law import InstalledLaw, lacking_title
from pincite.assistant.opening_chapters import chapter_contents
from pincite.assistant.opening_documents import document_section
from pincite.assistant.terms import terms_in
from pincite.citations.resolve import Outcome, resolve
from pincite.errors import UsageError
from pincite.law.identifiers import parse_identifier
from pincite.law.jurisdiction import by_id
from pincite.law.outline import outline
from pincite.law.section import Kind
from pincite.opened import Contents, Line, NotOpened, Opened, Reason

if TYPE_CHECKING:
    from datetime import date

    from pincite.citations import Citation
    from pincite.citations.resolve import Resolution
    from pincite.law.section import Section
    from pincite.library.protocol import Library
    from pincite.library.rows import SectionLine

_LONGEST = 300  # characters; the longest citation of the packs has 120
_SHOWN = 80
_REASONS = {
    Outcome.NOT_INSTALLED: Reason.NOT_INSTALLED,
    Outcome.NO_SECTION: Reason.NO_SECTION,
    Outcome.NO_SUBDIVISION: Reason.NO_SUBDIVISION,
    Outcome.REPEALED: Reason.REPEALED,
    Outcome.RENUMBERED: Reason.RENUMBERED,
    Outcome.NOT_IN_FORCE: Reason.NOT_IN_FORCE,
}
_BARE = re.compile(r"(?:§+|sec(?:tion|\.)s?)?\s*\d[\w.:\-–]*(?:\([\w.-]+\))*", re.IGNORECASE)


def open_law(
    asked: str, library: Library, *, jurisdiction: str | None, as_of: date | None
) -> Opened | Contents | NotOpened:
    """The section, subdivision, chapter or range that `asked` names. Raises UsageError if empty."""
    text = " ".join(asked.split())
    if not text:
        raise UsageError("nothing to read was given; give a citation such as 15 U.S.C. § 6801(b)")
    if len(text) > _LONGEST:
        return _no_citation(text)
    if text.startswith("/"):
        return _by_identifier(text, library, as_of)
    citation = citations.parse(text, jurisdiction=jurisdiction)
    if citation is not None:
        return _by_citation(text, citation, library, as_of)
    if (found := document_section(text, library)) is not None:
        section, path = found
        return _opened(section, None, library, path)
    if "/" in text and (rows := library.by_act_id(None, text)):
        return _opened(rows[0], None, library)
    return _ambiguous(text, library) if _BARE.fullmatch(text) else _no_citation(text)


def _by_identifier(
    text: str, library: Library, as_of: date | None
) -> Opened | Contents | NotOpened:
    parsed = parse_identifier(text)
    if parsed is None:
        return _no_citation(text)
    day = parsed.version or as_of
    citation = citations.from_identifier(str(replace(parsed, version=None)))
    identifier = str(parsed.whole_section)
    if library.versions(identifier) and (citation is None or citation.id != identifier):
        # A row that shares its citation with another (`~2`), or fits no form of its code.
        section = library.section(identifier, day)
        return (
            _no_version(text, identifier, day)
            if section is None
            else _opened(section, None, library, parsed.pinpoint)
        )
    if not parsed.pinpoint and (chapter := chapter_contents(identifier, library, day)) is not None:
        return chapter
    if citation is None:
        return _no_citation(text)
    return _by_citation(text, citation, library, day)


def _by_citation(
    text: str, citation: Citation, library: Library, as_of: date | None
) -> Opened | Contents | NotOpened:
    law = InstalledLaw(library, as_of)
    found = resolve(citation, law)
    if len(found.sections) > 1 or (found.found and citation.unit != "section"):
        return Contents(citation=citations.official(citation), lines=law.lines(found.sections))
    section = library.section(found.sections[0], as_of) if found.sections else None
    if section is None:
        past = as_of is not None and library.versions(citation.id)
        official = citations.official(citation)
        return _no_version(text, official, as_of) if past else _not_there(text, found, library)
    opened = _opened(section, citation, library)
    if found.outcome is Outcome.DOUBTFUL_SUBDIVISION:
        return replace(opened, subdivision=None, doubt=found.message)
    if found.outcome in _REASONS:
        return _refused(text, found, opened)
    return opened


def _opened(
    section: Section, citation: Citation | None, library: Library, path: tuple[str, ...] = ()
) -> Opened:
    text_outline = outline(section.text)
    path = citation.path if citation is not None else path
    unit = text_outline.find(path) if path else None
    unit = unit if unit is not None and unit.sure else None
    beside = library.neighbours(section.id)
    code = citations.code(section.jurisdiction, section.code)
    official, local = section.citation, section.local_citation
    own = citations.from_identifier(section.id)
    if own is not None and unit is not None:
        pinned = replace(own, path=unit.path)
        official, local = citations.official(pinned), citations.local(pinned)
    elif unit is not None:
        official = local = section.citation + "".join(f"({label})" for label in unit.path)
    return Opened(
        section=section,
        code=(*section.hierarchy, section.code)[0] if code is None else code.name,
        citation=official,
        local_citation=local,
        outline=text_outline,
        subdivision=unit,
        before=_line(beside.before),
        after=_line(beside.after),
        definitions=terms_in(section, unit, library),
        versions=library.versions(section.id),
    )


def _refused(text: str, found: Resolution, opened: Opened) -> NotOpened:
    choices: tuple[str, ...] = ()
    if found.outcome is Outcome.NO_SUBDIVISION:
        opened = replace(opened, subdivision=None)
        section = opened.section
        own = citations.from_identifier(section.id)
        if own is not None:
            choices = tuple(
                citations.official(replace(own, path=unit.path))
                for unit in opened.outline.roots
                if unit.sure
            )
    return NotOpened(
        asked=text,
        reason=_REASONS[found.outcome],
        message=found.message,
        citation=citations.official(found.citation),
        opened=opened,
        choices=choices,
    )


def _not_there(text: str, found: Resolution, library: Library) -> NotOpened:
    citation = found.citation
    place = by_id(citation.jurisdiction)
    message, advice, at_console = found.message, "", ""
    here = [pack for pack in library.packs() if citation.code in pack.codes]
    here = [pack for pack in here if pack.jurisdiction == citation.jurisdiction]
    if here and all(pack.from_document for pack in here):
        # Documents of a code say nothing of what else the code has.
        names = ", ".join(pack.document for pack in here)
        message = f"Only {names} is installed of that code, and it has no such section."
    if found.outcome is Outcome.NOT_INSTALLED:
        what = f"installs what the source of packs has of the law of {place.name}."
        advice = f"A question about it {what}"
        at_console = f"`pincite library add --in {place.postal}` {what}"
    elif (title := lacking_title(citation, library)) is not None:
        message += f" The installed pack lacks {title}, where it would stand."
    return NotOpened(
        asked=text,
        reason=_REASONS[found.outcome],
        message=message,
        advice=advice,
        at_console=at_console,
        citation=citations.official(citation),
    )


def _ambiguous(text: str, library: Library) -> NotOpened:
    """A number alone: the installed jurisdictions that have such a section, for the reader."""
    law = InstalledLaw(library, None)
    choices: list[str] = []
    law_packs = (pack for pack in library.packs() if pack.kind is not Kind.INTERNAL)
    for jurisdiction in dict.fromkeys(pack.jurisdiction for pack in law_packs):
        citation = citations.parse(text, jurisdiction=jurisdiction)
        if citation is not None and law.status(citation.id) is not None:
            choices.append(citations.official(citation))
    return NotOpened(
        asked=text,
        reason=Reason.AMBIGUOUS,
        message=f"{text!r} does not say whose law it is.",
        advice="Add the code's name, or say whose law it is.",
        at_console="Add the code's name, or the jurisdiction with --in.",
        choices=tuple(choices),
    )


def _no_version(text: str, name: str, day: date | None) -> NotOpened:
    return NotOpened(
        asked=text,
        reason=Reason.NO_VERSION,
        message=f"No version of {name} in the library was law on {day}.",
        citation=name,
    )


def _no_citation(text: str) -> NotOpened:
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return NotOpened(
        asked=shown,
        reason=Reason.NOT_A_CITATION,
        message=f"{shown!r} is no citation and no identifier that is known here.",
        advice="A search looks for words.",
        at_console="`pincite search` looks for words.",
    )


def _line(item: SectionLine | None) -> Line | None:
    if item is None:
        return None
    return Line(id=item.id, citation=item.citation, heading=item.heading, status=item.status)
