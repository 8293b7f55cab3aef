"""Identifiers: permanent names of sections and subdivisions, shaped as the US Code's own (USLM)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote, unquote

# What a URL path segment may hold (RFC 3986, pchar) less `@`, which sets off the version here,
# and less quotation marks and parentheses, which spoil links in Markdown.
_SAFE = ":,;=+!$&*~"
_PLAIN = re.compile(r"[A-Za-z0-9._:,~-]+")
_JURISDICTION = re.compile(r"us(?:-[a-z]{2})?|internal")
_CODE = re.compile(r"[a-z0-9][a-z0-9-]*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A section, or a subdivision of it, perhaps in one version.

    `section` is the path below the code as it stands in the identifier, already escaped
    (`t15/s6801`, `s407.1500`, `13.1.3.18`); `pinpoint` has the labels as printed, outermost first.
    """

    jurisdiction: str
    code: str
    section: str
    pinpoint: tuple[str, ...] = ()
    version: date | None = None

    def __str__(self) -> str:
        labels = "".join(f"/{escape(label)}" for label in self.pinpoint)
        version = "" if self.version is None else f"@{self.version.isoformat()}"
        return f"/{self.jurisdiction}/{self.code}/{self.section}{labels}{version}"

    @property
    def whole_section(self) -> Identifier:
        """The section, with neither pinpoint nor version."""
        return replace(self, pinpoint=(), version=None)

    @property
    def key(self) -> str:
        """What sections are looked up by: case does not tell two sections of a code apart."""
        return lookup_key(f"/{self.jurisdiction}/{self.code}/{self.section}")


def lookup_key(identifier: str) -> str:
    """The form in which identifiers of sections are compared; never printed."""
    return identifier.casefold()


def escape(segment: str) -> str:
    """`segment` as one segment of a URL path; `unescape` gives it back."""
    return (
        segment if _PLAIN.fullmatch(segment) else quote(segment, safe=_SAFE, errors="surrogatepass")
    )


def unescape(segment: str) -> str:
    """Raises UnicodeDecodeError where the bytes that are escaped are no UTF-8."""
    return unquote(segment, errors="surrogatepass")


def parse_identifier(text: str) -> Identifier | None:
    """The identifier that `text` is, or `None`.

    The section's path ends at the first segment that starts with `s` (`s6801`); a first segment
    that starts with a digit is the section by itself (`13.1.3.18`); a path with neither names a
    title, chapter or part and has no pinpoint.
    """
    body, at, version = text.strip().partition("@")
    if not body.startswith("/") or (at and not _DATE.fullmatch(version)):
        return None
    jurisdiction, *rest = body[1:].split("/")
    if not _JURISDICTION.fullmatch(jurisdiction) or len(rest) < 2:  # noqa: PLR2004 - code and section
        return None
    code, *segments = rest
    if not _CODE.fullmatch(code) or not all(segments):
        return None
    end = _section_length(segments)
    try:
        day = date.fromisoformat(version) if at else None
        plain = tuple(map(unescape, segments))
    except ValueError:
        # There is no such day, or what is escaped is no UTF-8.
        return None
    return Identifier(
        jurisdiction=jurisdiction,
        code=code,
        section="/".join(segments[:end]),
        pinpoint=plain[end:],
        version=day,
    )


def _section_length(segments: list[str]) -> int:
    if segments[0][0].isdigit():
        return 1
    for count, segment in enumerate(segments, start=1):
        if segment[0] == "s":
            return count
    return len(segments)
