"""Where law is: a directory of packs, an index of packs over HTTP, or one file."""

from __future__ import annotations

from pathlib import Path

from pincite.errors import SourceError
from pincite.sources.offer import PackOffer, Source

OPEN_US_LAW = "https://oss-data-us.vaquill.ai"

__all__ = ["OPEN_US_LAW", "PackOffer", "Source", "open_source"]


def open_source(address: str) -> Source:
    """The source at an address: an http(s) URL, a directory, or a Parquet file."""
    from pincite.sources.local import DirectorySource, FileSource

    scheme = address.split("://", 1)[0].lower() if "://" in address else ""
    if scheme in {"http", "https"}:
        from pincite.sources.http import HttpSource

        return HttpSource(address)
    if scheme:
        raise SourceError(f"{address}: packs come over http or https, not {scheme}")
    path = Path(address).expanduser()
    if path.is_dir():
        return DirectorySource(path)
    if path.is_file():
        return FileSource(path)
    raise SourceError(
        f"{address}: there is no such directory or file; "
        "give a directory of packs, a .parquet file or a URL"
    )
