"""Sections, hits and citations as the API tells them: the models of `rendering.section_wire`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pincite.web.api.shape import Told

StatusTold = Literal["in_force", "repealed", "reserved", "renumbered", "expired", "omitted"]


class LineTold(Told):
    """A section named in a list."""

    id: str
    citation: str
    heading: str
    status: StatusTold


class SubdivisionTold(Told):
    """A subdivision: `text[start:end]` with its label, `text[body:end]` without."""

    label: str
    path: list[str]
    start: int
    body: int
    end: int
    sure: bool
    children: list[SubdivisionTold]


class PageTold(Told):
    """`text[start:end]` stands on this page."""

    start: int
    end: int
    page: int


class DefinedTermTold(Told):
    term: str
    section: str
    citation: str
    pinpoint: str
    start: int
    end: int
    text: str


class VersionTold(Told):
    effective_date: str | None
    until: str | None
    status: StatusTold
    heading: str
    current_through: str
    text_sha256: str


class SectionFieldsTold(Told):
    id: str
    act_id: str
    citation: str
    local_citation: str
    jurisdiction: str
    kind: str
    code: str
    number: str
    heading: str
    hierarchy: list[str]
    document: str
    document_name: str
    status: StatusTold
    effective_date: str | None
    until: str | None
    current_through: str
    source_note: str
    url: str | None
    text_sha256: str
    pack: str


class SectionTold(SectionFieldsTold):
    """A section: `text` is stored law; all offsets count Unicode code points of it."""

    section_citation: str
    path: list[str] = Field(description="The subdivision that was asked for; empty for all.")
    start: int
    end: int
    doubt: str
    before: LineTold | None
    after: LineTold | None
    definitions: list[DefinedTermTold]
    versions: list[VersionTold]
    outline: list[SubdivisionTold]
    note_start: int | None
    pages: list[PageTold] = Field(description="For a document that has pages.")
    breaks: list[int]
    text: str


class OpenedTold(SectionTold):
    """Law in force that was found."""

    found: Literal[True]


class ContentsTold(Told):
    """A chapter, part or range of sections."""

    found: Literal[True]
    citation: str
    sections: list[LineTold]


class NotOpenedTold(Told):
    """Why there is no law in force to show; `section` is what stands there all the same."""

    found: Literal[False]
    asked: str
    reason: Literal[
        "not_a_citation",
        "ambiguous",
        "not_installed",
        "no_such_section",
        "no_such_subdivision",
        "repealed",
        "renumbered",
        "not_in_force",
        "no_such_version",
    ]
    message: str
    advice: str
    citation: str
    choices: list[str]
    section: SectionTold | None = None


class HitTold(SectionFieldsTold):
    """A section that was found, and its best passage: `passage` is `text[start:end]`."""

    score: float
    found_by: str
    pinpoint: str
    start: int
    end: int
    passage: str


class HitsTold(Told):
    """What was found, best first; `next` is the cursor of the next page, if there is one."""

    words: str
    packs: list[str] = Field(description="The packs that were searched.")
    not_installed: list[str]
    hits: list[HitTold]
    note: str = Field(description="Why nothing could be looked for; empty where it could.")
    next: str | None
