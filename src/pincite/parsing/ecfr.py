"""eCFR XML: titles and parts of the Code of Federal Regulations, as their publisher has them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, NamedTuple

from pincite.errors import ParseError
from pincite.law.section import Kind
from pincite.parsing.ecfr_text import note_words, printed_division
from pincite.parsing.official import Level, OfficialSection, status_of
from pincite.parsing.pack_row import PackRow
from pincite.parsing.safe_xml import Tags, child, fault, local, units, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

# DIV1 title, DIV2 subtitle, DIV3 chapter, DIV4 subchapter, DIV5 part, DIV6 subpart, DIV7 subject
# group, DIV8 section, DIV9 appendix (eCFR XML user guide, 2.3).
_WORDS = {
    "TITLE": "Title",
    "SUBTITLE": "Subtitle",
    "CHAPTER": "Chapter",
    "SUBCHAP": "Subchapter",
    "PART": "Part",
    "SUBPART": "Subpart",
    "SUBJGRP": "",
}
ROOTS = frozenset({"ECFR", "DLPSTEXTCLASS", *(f"DIV{count}" for count in range(1, 10))})
_TAGS = Tags(
    roots=ROOTS,
    units=("DIV8", "DIV9"),
    asides=("CFRTOC",),
    heads=("AMDDATE", "IDNO"),
)
_IN_PATH = re.compile(r"title-(\d{1,2})")
_HEAD = re.compile(r"^([A-Za-z]+)\s+(.+?)\s*[—–]+\s*(.*)$")
_SIGN = re.compile(r"^§+\s*")
_RANGE = re.compile(r"\s*[-–]\s*(?=\d+\.)")
_SHORT = {"appendix": "app.", "supplement": "supp.", "exhibit": "ex."}
_APPENDIX = re.compile(
    r"(?P<word>Appendix|Supplement|Exhibit)\s+(?P<letter>(?!to\b)\S+)?\s*\bto\s+"
    r"(?:Subpart\s+(?P<subpart>\S+)\s+(?:of|to)\s+)?Part\s+(?P<part>\S+)",
    re.IGNORECASE,
)
_RESERVED = re.compile(r"\s*\[(?:Reserved|RESERVED)\]\s*$")


def sections(
    stream: IO[bytes],
    *,
    source: str,
    title: str = "",
    part: str = "",
    as_of: date | None = None,
    amended: Mapping[str, date] | None = None,
) -> Iterator[OfficialSection]:
    """Every section and appendix, in order; of one `part` if it is given.

    `title` is for a file that does not tell it. `as_of` is the day whose text the file is, and
    `amended` has the day of each section's last amendment, by its number. Raises ParseError,
    with element and line, where the file is not as the format has it.
    """
    place = _Place(title, as_of, amended or {}, source)
    seen = row = 0
    for element in units(stream, _TAGS, source=source):
        name = local(element)
        if name == "IDNO":
            place.title = place.title or (words(element) if element.get("TYPE") == "title" else "")
        elif name == "AMDDATE":
            place.last = _day(words(element))
        else:
            seen += 1
            levels = place.around(element).levels
            if part and not any(one.word == "Part" and one.number == part for one in levels):
                continue
            row += 1
            yield _section(element, levels, place, row)
    if not seen:
        raise ParseError(
            "no <DIV8> with a section is in the file; is it a title or part of the CFR?",
            source=source,
        )
    if not row:
        raise ParseError(f"part {part} is not in the file", source=source)


def last_amended(stream: IO[bytes], *, source: str) -> date | None:
    """The latest day on which the file says that one of its volumes was amended."""
    found: date | None = None
    for element in units(stream, _TAGS, source=source):
        if local(element) == "AMDDATE":
            day = _day(words(element))
            if day is None:
                return None
            found = day if found is None else max(found, day)
    return found


class _Around(NamedTuple):
    """What a section has from the divisions around it."""

    levels: tuple[Level, ...]
    authority: str
    source: str


class _Place:
    """What holds for all sections of the file."""

    def __init__(
        self, title: str, as_of: date | None, amended: Mapping[str, date], source: str
    ) -> None:
        self.title, self.as_of, self.source = title, as_of, source
        self.amended = amended
        self.last: date | None = None
        self._around: tuple[Element | None, _Around] | None = None

    def around(self, element: Element) -> _Around:
        """What stands around a section: the same for all of a part, so it is read once for them."""
        parent, known = element.getparent(), self._around
        if known is not None and parent is known[0]:
            return known[1]
        found = _Around(
            _levels(element), _inherited(element, "AUTH"), _inherited(element, "SOURCE")
        )
        self._around = (parent, found)
        return found

    @property
    def current_through(self) -> str:
        if self.as_of is not None:
            return self.as_of.isoformat()
        return "" if self.last is None else f"amended through {self.last.isoformat()}"


def _section(
    element: Element, levels: tuple[Level, ...], place: _Place, row: int
) -> OfficialSection:
    title = _title(element, place)
    number, heading = _numbered(element, place.source)
    body = printed_division(element, source=place.source)
    appendix = local(element) == "DIV9"
    part = next((one for one in levels if one.word == "Part"), Level("", "", ""))
    citation = _appendix(title, number, part) if appendix else f"{title} CFR § {number}"
    above = next((one for one in levels if one.word == "Title"), Level("Title", title, ""))
    around = place.around(element)
    authority = around.authority
    # The part's source stands for a section that has none of its own.
    notes = [*(body.credits or [around.source]), *body.notes, authority]
    slug = re.sub(r"[^0-9a-z.]+", "-", f"{title} cfr {number}".lower()).strip("-")
    return OfficialSection(
        row=PackRow(
            row=row,
            jurisdiction="us",
            kind=Kind.REGULATION,
            citation=citation,
            text=body.text,
            act_id=f"us/federal/regulations/{slug}",
            number=number,
            heading=heading,
            title=above.label,
            title_name=above.name,
            chapter=part.label,
            chapter_name=part.name,
            breadcrumb=" > ".join(("Code of Federal Regulations", *_titled(levels, above))),
            status=status_of(heading, body.text),
            effective=place.amended.get(number),
            source_note="\n".join(note for note in notes if note),
            current_through=place.current_through,
            url=_url(title, number, place.as_of, appendix=appendix),
        ),
        terms=body.terms,
        authority=authority.removeprefix("Authority:").strip(),
    )


def _titled(levels: tuple[Level, ...], title: Level) -> tuple[str, ...]:
    names = tuple(one.titled for one in levels if one.titled)
    return names if any(one.word == "Title" for one in levels) else (title.titled, *names)


def _title(element: Element, place: _Place) -> str:
    """The title's number, from the nearest place that tells it."""
    if place.title:
        return place.title
    for one in (element, *element.iterancestors()):
        if (found := _IN_PATH.search(one.get("hierarchy_metadata", ""))) is not None:
            place.title = found[1]
        elif local(one) == "DIV1":
            # In the bulk files N is the volume, and NODE starts with the title.
            node = one.get("NODE", "").partition(":")[0]
            place.title = node if node.isdigit() else one.get("N", "").strip()
    if not place.title:
        raise fault(
            element,
            "does not tell its title, nor does what is around it; give the whole title, or a "
            "file fetched from the eCFR's own address",
            source=place.source,
        )
    return place.title


def _numbered(element: Element, source: str) -> tuple[str, str]:
    """Number and heading: `314.4` and `Elements.`; of an appendix its name and the rest."""
    head = child(element, "HEAD")
    printed = words(head)
    given = _SIGN.sub("", " ".join(element.get("N", "").split()))
    if not given:
        raise fault(element, "has no number in its attribute N", source=source)
    if head is None:
        raise fault(element, f"with N={given!r} has no <HEAD>", source=source)
    if local(element) == "DIV9":
        name, _, rest = printed.partition("—")
        return name.strip() or given, rest.strip() or printed
    heading = _SIGN.sub("", printed).removeprefix(given).strip()
    # A row of reserved sections: "102.104-102.109"; in "1.501-1" the hyphen is the number's own.
    return _RANGE.sub(" to ", given), heading


def _appendix(title: str, name: str, part: Level) -> str:
    """An appendix as the Bluebook cites it: `16 C.F.R. pt. 314, app. A`."""
    found = _APPENDIX.fullmatch(name)
    if found is None:
        return ", ".join(filter(None, (f"{title} C.F.R. pt. {part.number}", name)))
    below = f", subpt. {found['subpart']}" if found["subpart"] else ""
    short = _SHORT[found["word"].lower()]
    return f"{title} C.F.R. pt. {found['part']}{below}, {short} {found['letter'] or ''}".rstrip()


def _levels(element: Element) -> tuple[Level, ...]:
    """From the title, or from the outermost that the file has, down to what holds the section."""
    return tuple(
        _level(one)
        for one in reversed(list(element.iterancestors()))
        if one.get("TYPE", "") in _WORDS
    )


def _level(element: Element) -> Level:
    word, number = _WORDS[element.get("TYPE", "")], element.get("N", "").strip()
    head = _RESERVED.sub("", words(child(element, "HEAD")))
    if not word:
        # A subject group has a name and no number; its N is a bookkeeping mark.
        return Level("", "", head)
    found = _HEAD.match(head)
    if found is None or found[1].lower() != word.lower():
        return Level(word, number, "")
    return Level(word, number if word != "Title" else found[2], found[3])


def _inherited(element: Element, name: str) -> str:
    """The nearest `AUTH` or `SOURCE` around the section, or nothing."""
    for one in element.iterancestors():
        if (found := child(one, name)) is not None:
            return note_words(found)
    return ""


def _url(title: str, number: str, as_of: date | None, *, appendix: bool) -> str:
    when = "current" if as_of is None else f"on/{as_of.isoformat()}"
    if appendix:
        return f"https://www.ecfr.gov/{when}/title-{title}"
    first = number.partition(" ")[0]
    return f"https://www.ecfr.gov/{when}/title-{title}/section-{first}"


def _day(text: str) -> date | None:
    for form in ("%B %d, %Y", "%b. %d, %Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None
