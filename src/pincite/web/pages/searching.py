"""Search in the installed law, a page at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from pincite.assistant import Search, named_all
from pincite.errors import UsageError
from pincite.law.section import Kind, Status
from pincite.rendering.words import shown
from pincite.web.pages.answer_view import span_href
from pincite.web.pages.asked import day_in, installed_places, named_places
from pincite.web.pages.templates import page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import QueryParams

    from pincite.assistant import Assistant
    from pincite.law.jurisdiction import Jurisdiction
    from pincite.opened import Hit, Hits
    from pincite.web.law import Law

router = APIRouter(include_in_schema=False)
_A_PAGE = 10
_PAGES = 50
_ANY = "any"
_STATUSES = (*(status.value for status in Status), _ANY)
_KINDS = (Kind.STATUTE.value, Kind.REGULATION.value, Kind.INTERNAL.value)
_STEM = 5  # letters of a word by which its other forms are marked too
_EXAMPLE = "15 U.S.C. § 6801(b)"


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """A section that was found: `passage` is cut into text that was looked for and text not."""

    href: str
    citation: str
    heading: str
    code: str
    status: str
    pinpoint: str
    before: str
    passage: tuple[tuple[bool, str], ...]
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    hits: tuple[HitView, ...]
    packs: tuple[str, ...]
    not_installed: tuple[str, ...]


@router.get("/search")
async def search(request: Request) -> Response:
    """Words, phrases or a citation; `page` counts from 1."""
    law: Law = request.app.state.law
    query = request.query_params
    words, number = query.get("q", "").strip(), _page(query)

    def work(assistant: Assistant) -> tuple[tuple[Jurisdiction, ...], Hits | None, str]:
        installed = installed_places(assistant)
        if not words:
            return installed, None, ""
        try:
            return installed, assistant.search(_search(words, query, number)), ""
        except UsageError as error:
            return installed, None, f"{str(error)[:1].upper()}{str(error)[1:]}."

    installed, hits, trouble = await law.read(work)
    first = (number - 1) * _A_PAGE
    shown_hits = hits.hits[first : first + _A_PAGE] if hits is not None else ()
    more = hits is not None and len(hits.hits) > first + _A_PAGE and number < _PAGES
    return page(
        request,
        "search.html",
        status=422 if trouble else 200,
        q=words,
        chosen=query.getlist("in"),
        kind=query.get("kind", ""),
        kinds=_KINDS,
        statuses=_STATUSES,
        chosen_status=query.get("status", Status.IN_FORCE.value),
        as_of=query.get("as_of", ""),
        installed=installed,
        trouble=trouble,
        found=None if hits is None else _found(hits, shown_hits, words),
        first=first + 1,
        page=number,
        previous=_at(query, number - 1) if number > 1 else "",
        next=_at(query, number + 1) if more else "",
        example=_EXAMPLE,
    )


def _search(words: str, query: QueryParams, number: int) -> Search:
    """Raises UsageError for a jurisdiction, kind, status or date that is none."""
    kind, status = query.get("kind", ""), query.get("status", Status.IN_FORCE.value)
    if kind and kind not in _KINDS:
        raise UsageError(f"{kind[:40]!r} is no kind of law; there are {', '.join(_KINDS)}")
    if status and status not in _STATUSES:
        raise UsageError(f"{status[:40]!r} is no status; there are {', '.join(_STATUSES)}")
    return Search(
        words=words,
        jurisdictions=named_all(one for one in query.getlist("in") if one.strip()),
        kind=Kind(kind) if kind else None,
        status=None if status in {_ANY, ""} else Status(status),
        as_of=day_in(query.get("as_of")),
        limit=number * _A_PAGE + 1,
    )


def _page(query: QueryParams) -> int:
    text = query.get("page", "1")
    return min(_PAGES, max(1, int(text))) if re.fullmatch(r"\d{1,4}", text) else 1


def _at(query: QueryParams, number: int) -> str:
    kept = [(key, value) for key, value in query.multi_items() if key != "page" and value]
    return "/search?" + urlencode([*kept, ("page", str(number))])


def _found(hits: Hits, shown_hits: Sequence[Hit], words: str) -> Found:
    pattern = _pattern(words)
    return Found(
        hits=tuple(_hit(hit, pattern) for hit in shown_hits),
        packs=hits.packs,
        not_installed=named_places(hits.not_installed),
    )


def _hit(hit: Hit, pattern: re.Pattern[str] | None) -> HitView:
    section = hit.section
    return HitView(
        href=span_href(section.id, [(hit.start, hit.end)], section.text_sha256),
        citation=section.citation,
        heading=section.heading,
        code=hit.code,
        status=section.status.value,
        pinpoint=hit.pinpoint,
        before="… " if section.text[: hit.start].strip() else "",
        passage=tuple(_marked(" ".join(shown(hit.passage).split()), pattern)),
        after=" …" if section.text[hit.end :].strip() else "",
    )


def _pattern(words: str) -> re.Pattern[str] | None:
    """The words that were looked for, in their other forms too, as far as five letters tell."""
    stems = {
        re.escape(word if len(word) <= _STEM else word[: max(_STEM, len(word) - 3)])
        for word in re.findall(r"\w+", words.lower())
        if len(word) > 2  # noqa: PLR2004  (shorter ones stand everywhere)
    }
    if not stems:
        return None
    return re.compile(rf"\b(?:{'|'.join(sorted(stems, reverse=True))})\w{{0,4}}\b", re.IGNORECASE)


def _marked(text: str, pattern: re.Pattern[str] | None) -> list[tuple[bool, str]]:
    if pattern is None:
        return [(False, text)]
    pieces: list[tuple[bool, str]] = []
    at = 0
    for match in pattern.finditer(text):
        pieces += [(False, text[at : match.start()]), (True, match[0])]
        at = match.end()
    return [piece for piece in (*pieces, (False, text[at:])) if piece[1]]
