"""Which document a section belongs to: the chapter, act or part that a lawyer would name."""

from __future__ import annotations

import re
from typing import NamedTuple


class Place(NamedTuple):
    """A document's identifier and its name."""

    id: str
    name: str


def place_of(base: str, number: str, columns: tuple[str, str, str, str, str, str]) -> Place:
    """The document of a section: `base` is its identifier without the last part."""
    title, title_name, chapter, chapter_name, part, _ = columns
    name = " ".join(filter(None, (chapter, chapter_name))) or " ".join(
        filter(None, (title, title_name))
    )
    prefix = re.match(r"(.+)[-.:]", number)
    key = prefix.group(1) if prefix else "-".join(filter(None, (chapter or title, part)))
    slug = re.sub(r"[^0-9A-Za-z.]+", "-", key).strip("-.")
    return Place(f"{base}/ch{slug}" if slug else base, name or slug)
