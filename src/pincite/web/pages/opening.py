"""Law opened for a page: the version, the spans and the subdivision that an address names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from pincite.assistant.comparing import history_of
from pincite.law.outline import outline
from pincite.opened import Contents, NotOpened, Opened
from pincite.web.pages.asked import day_in
from pincite.web.pages.section_view import Notice, SectionView, section_view

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pincite.assistant import Assistant
    from pincite.web.pages.law_view import Span

LAW = ("/us", "/internal/")  # what addresses of law and of policies begin with
_SPANS = re.compile(r"\d{1,9}-\d{1,9}(?:,\d{1,9}-\d{1,9}){0,99}")
_HASH = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an address asks for: `text` is the start of the hash of a version's text."""

    identifier: str
    text: str = ""
    spans: tuple[Span, ...] = ()
    as_of: date | None = None

    @classmethod
    def at(cls, identifier: str, query: Mapping[str, str]) -> Self:
        """Raises UsageError for a date that is none; spans that are none are left out."""
        spans, text = query.get("span", ""), query.get("text", "").lower()
        return cls(
            identifier=identifier,
            text=text if _HASH.fullmatch(text) else "",
            spans=_spans(spans) if _SPANS.fullmatch(spans) else (),
            as_of=day_in(query.get("as_of")),
        )

    @classmethod
    def beside(cls, query: Mapping[str, str]) -> Self | None:
        """What stands open beside an answer, by its address."""
        identifier = query.get("law", "")
        return cls.at(identifier, query) if identifier.startswith(LAW) else None

    @property
    def href(self) -> str:
        """The reader's address of it."""
        values: dict[str, str] = {}
        if self.text:
            values["text"] = self.text
        if self.spans:
            values["span"] = ",".join(f"{start}-{end}" for start, end in self.spans)
        if self.as_of is not None:
            values["as_of"] = self.as_of.isoformat()
        query = f"?{urlencode(values, safe=',')}" if values else ""
        return self.identifier + query + ("#quote" if self.spans else "")


def opened_view(assistant: Assistant, wanted: Wanted) -> SectionView | None:
    """The section; `None` where there is none to show."""
    found = assistant.open(wanted.identifier, as_of=wanted.as_of)
    if isinstance(found, Contents):
        return None
    return view_of(assistant, found, wanted)


def view_of(assistant: Assistant, found: Opened | NotOpened, wanted: Wanted) -> SectionView | None:
    """What was opened, in the version that is wanted, with what must be known of it."""
    notices: list[Notice] = []
    opened = found.opened if isinstance(found, NotOpened) else found
    if opened is None:
        return None
    if isinstance(found, NotOpened):
        notices.append(Notice(text=" ".join(filter(None, (found.message, found.advice)))))
    elif found.doubt:
        notices.append(Notice(text=found.doubt))
    spans = wanted.spans
    if wanted.text:
        opened, notice, same = _in_version(opened, wanted)
        notices += [notice] if notice is not None else []
        spans = spans if same else ()
    history = history_of(assistant, opened.section.id) if len(opened.versions) > 1 else None
    return section_view(
        opened,
        href=wanted.href,
        spans=spans,
        notices=notices,
        history=history,
        as_of=wanted.as_of.isoformat() if wanted.as_of else "",
    )


def _in_version(opened: Opened, wanted: Wanted) -> tuple[Opened, Notice | None, bool]:
    """The version with that hash, a word on it if it is not today's, and whether it is there."""
    if opened.section.text_sha256.startswith(wanted.text):
        return opened, None, True
    whole = wanted.identifier.partition("@")[0]
    for version in reversed(opened.versions):
        if version.text_sha256.startswith(wanted.text):
            notice = Notice(
                text="This is the text as it was cited. The library has another one now.",
                href=f"{version.id}#history",
                link="What changed",
            )
            shown = replace(
                opened, section=version, outline=outline(version.text), subdivision=None
            )
            return shown, notice, True
    notice = Notice(
        text=(
            "The text that was cited is not in the library any more; this is what it has, "
            "so nothing is marked in it."
        ),
        href=whole if whole.startswith(LAW) else "",
        link="Open it as it is",
    )
    return opened, notice, False


def _spans(text: str) -> tuple[Span, ...]:
    pairs = (part.split("-") for part in text.split(","))
    return tuple((int(start), int(end)) for start, end in pairs if int(start) < int(end))
