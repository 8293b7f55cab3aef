"""Where law is: a directory of packs, an index of packs over HTTP, a publisher, or one file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pincite.errors import SourceError
from pincite.sources.offer import PackOffer, Source

OPEN_US_LAW = "https://oss-data-us.vaquill.ai"

__all__ = ["OPEN_US_LAW", "PackOffer", "Sites", "Source", "is_address", "open_source"]

_PUBLISHERS = ("ecfr", "uscode", "dc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """Where the publishers are: their own addresses, or those of mirrors."""

    ecfr: str = "https://www.ecfr.gov"
    govinfo: str = "https://www.govinfo.gov"
    uscode: str = "https://uscode.house.gov"
    dc: str = "https://github.com/DCCouncil/law-xml-codified"


def is_address(name: str) -> bool:
    """Whether a name is where packs are, and not a pack's: a URL, or a publisher's title."""
    scheme, colon, _ = name.partition(":")
    return "://" in name or (bool(colon) and scheme.lower() in _PUBLISHERS)


def open_source(address: str, sites: Sites | None = None) -> Source:
    """The source at an address.

    An http(s) URL, a directory, a Parquet file, a file in an official format, or a publisher:
    `ecfr:16/314@2026-01-01`, `uscode:15`, `dc:28`.
    """
    from pincite.sources.local import DirectorySource, FileSource

    if (official := _publisher(address, sites or Sites())) is not None:
        return official
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
        return _file(path) or FileSource(path)
    raise SourceError(
        f"{address}: there is no such directory or file; "
        "give a directory of packs, a .parquet file, an official .xml file, a URL, or a "
        "publisher's title such as ecfr:16/314, uscode:15 or dc:28"
    )


def _publisher(address: str, sites: Sites) -> Source | None:
    """The publisher that the address names with a scheme of its own; `None` if it names none."""
    match address.partition(":")[0].lower():
        case "ecfr":
            from pincite.sources.ecfr import EcfrSource

            return replace(
                EcfrSource.at(address),
                api=sites.ecfr.rstrip("/"),
                bulk=sites.govinfo.rstrip("/"),
            )
        case "uscode":
            from pincite.sources.uscode import UsCodeSource

            return replace(UsCodeSource.at(address), site=sites.uscode.rstrip("/"))
        case "dc":
            from pincite.sources.dc import DcSource

            return replace(DcSource.at(address), site=sites.dc.rstrip("/"))
        case _:
            return None


def _file(path: Path) -> Source | None:
    from pincite.sources.official_file import SUFFIXES, OfficialFileSource

    return OfficialFileSource(path) if path.suffix.lower() in SUFFIXES else None
