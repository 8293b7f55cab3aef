"""The list of packs that a source keeps in its `index.json`."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from pincite.errors import SourceError
from pincite.sources.offer import SUFFIX, PackOffer, pack_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    _Json: TypeAlias = Mapping[str, object]

LARGEST_LISTING = 32 * 1024 * 1024
_CONTAINER = (dict, list)
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_listing(data: bytes, *, source: str) -> tuple[PackOffer, ...]:
    """The packs of an `index.json`, by name.

    Two shapes are known: `{"us_mo_statutes.parquet": {...}}`, and a list of such entries, each
    with its own file name, under "files" or "packs". Entries that are no Parquet file are left out.
    """
    try:
        listing = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f"{source}: this is not JSON ({error}); is it an index of packs?"
        ) from error
    whole = attribution_of(listing) if isinstance(listing, dict) else ""
    offers = [_offer(file, entry, source) for file, entry in _entries(listing, source)]
    offers = [one if one.attribution else replace(one, attribution=whole) for one in offers]
    names = [offer.name.lower() for offer in offers]
    if doubled := sorted({name for name in names if names.count(name) > 1}):
        raise SourceError(f"{source}: two packs are named {doubled[0]}")
    return tuple(sorted(offers, key=lambda offer: offer.name))


def _entries(listing: object, source: str) -> list[tuple[str, _Json]]:
    if isinstance(listing, dict):
        for key in ("files", "packs"):
            if isinstance(inner := listing.get(key), _CONTAINER):
                listing = inner
                break
    found: list[tuple[str, _Json]] = []
    if isinstance(listing, dict):
        found = [
            (file, entry)
            for file, entry in listing.items()
            if file.endswith(SUFFIX) and isinstance(entry, dict)
        ]
    elif isinstance(listing, list):
        for entry in listing:
            file = _file_of(entry) if isinstance(entry, dict) else None
            if file is not None:
                found.append((file, entry))
    if not found:
        raise SourceError(
            f"{source}: no pack is listed; an index of packs maps file names "
            '(us_mo_statutes.parquet) to {"bytes", "sha256", "sections"}, '
            'or lists them under "files" or "packs"'
        )
    return found


def _file_of(entry: _Json) -> str | None:
    """The entry's file name or path, if it is a Parquet file."""
    for key in ("file", "filename", "path", "key", "name", "url"):
        value = entry.get(key)
        if isinstance(value, str) and value.split("?")[0].endswith(SUFFIX):
            return value
    return None


def _offer(file: str, entry: _Json, source: str) -> PackOffer:
    sha256 = _text(entry, "sha256", "checksum", "hash")
    if sha256 is not None:
        sha256 = sha256.lower().removeprefix("sha256:")
        if not _SHA256.fullmatch(sha256):
            raise SourceError(f"{source}: the sha256 of {file[:120]} is not 64 hexadecimal digits")
    titles = entry.get("titles")
    return PackOffer(
        name=_name(file, source),
        location=_text(entry, "url", "path") or file,
        bytes=_count(entry, source, "bytes", "size", "size_bytes"),
        sha256=sha256,
        sections=_count(entry, source, "sections", "rows", "row_count", "num_rows"),
        titles=tuple(str(title) for title in titles) if isinstance(titles, list) else None,
        excerpts=entry.get("excerpts") is True,
        attribution=attribution_of(entry),
    )


def _name(file: str, source: str) -> str:
    """The pack's name: the last part of a path within the source, or of a URL."""
    path = file.split("?", maxsplit=1)[0]
    if "://" not in path:
        parts = path.replace("\\", "/").split("/")
        if path.startswith(("/", "\\")) or ".." in parts or ":" in path:
            raise SourceError(f"{source}: the path {path[:120]!r} leaves the source")
    return pack_name(path.replace("\\", "/").rsplit("/", 1)[-1], source=source)


def _text(entry: _Json, *keys: str) -> str | None:
    for key in keys:
        if isinstance(value := entry.get(key), str) and value:
            return value
    return None


def _count(entry: _Json, source: str, *keys: str) -> int | None:
    for key in keys:
        value = entry.get(key)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise SourceError(f"{source}: {key} is {str(value)[:60]!r}, not a count")
        return value
    return None


def attribution_of(entry: _Json) -> str:
    """Whom to name for a pack, or for a whole list of them, and under which licence."""
    parts = [
        _named(entry, "attribution", "credit", "author"),
        _named(entry, "license", "licence"),
    ]
    if found := ", ".join(part for part in parts if part):
        return found
    sources = entry.get("sources")
    return ", ".join(str(source) for source in sources) if isinstance(sources, list) else ""


def _named(entry: _Json, *keys: str) -> str:
    """The value as text; of a table `{"name": ..., "url": ...}` its name and address."""
    for key in keys:
        value = entry.get(key)
        if isinstance(value, str) and value:
            return value
        if isinstance(value, dict):
            texts = (_text(value, "name", "title", "spdx", "id"), _text(value, "url"))
            return " ".join(text for text in texts if text)
    return ""
