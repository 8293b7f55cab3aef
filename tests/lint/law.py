"""Invented sections for the linter's tests."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from pincite.law.section import Kind, Section

TEXT = (
    "(a) An operator shall keep a record of each sale for three years.\n\n"
    "(b) The record shall be shown to an inspector on demand, and a copy may be sent by mail."
)


def section(number: str = "19-8-4", **more: Any) -> Section:
    """A sound section of Franklin's law, with what a test changes in it."""
    found = Section(
        id=f"/us-fr/fs/s{number}",
        act_id=f"us/fr/statutes/frank.-stat.-{number}",
        jurisdiction="us-fr",
        kind=Kind.STATUTE,
        code="fs",
        number=number,
        citation=f"Frank. Stat. § {number}",
        local_citation=f"FS {number}",
        heading="Records of sales; inspection.",
        hierarchy=("Franklin Statutes", "Title 19 Trades", "Chapter 8 Mobile food"),
        document="/us-fr/fs/t19/ch8",
        document_name="Mobile food",
        text=TEXT,
        text_sha256="",
        pack="us_fr_statutes",
    )
    found = replace(found, **more)
    return replace(found, text_sha256=hashlib.sha256(found.text.encode()).hexdigest())


def many(count: int, **more: Any) -> list[Section]:
    """Sections of one chapter in order, each with words of its own."""
    return [
        section(f"19-8-{n}", text=f"{TEXT} This is rule {n} of the chapter.", **more)
        for n in range(1, count + 1)
    ]
