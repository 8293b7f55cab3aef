"""Titles of the US Code from the release points of the Office of the Law Revision Counsel."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pincite.errors import ParseError, SourceError
from pincite.sources.made import make_pack
from pincite.sources.offer import PackOffer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pincite.parsing.official import OfficialSection
    from pincite.sources.download import Patience
    from pincite.sources.offer import Progress

SITE = "https://uscode.house.gov"
_ADDRESS = re.compile(
    r"uscode:(all|\d{1,2}a?)(?:@(\d{2,3})-(\d{1,4}(?:not[0-9a-z]+)?))?", re.IGNORECASE
)
_RELEASE = re.compile(rb"releasepoints/us/pl/(\d{2,3})/([0-9a-z]+)/xml_usc", re.IGNORECASE)
_LARGEST_PAGE = 8 << 20
_LARGEST_TITLE = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class UsCodeSource:
    """A title of the US Code, or all: `uscode:15`, `uscode:15@119-73`, `uscode:all`.

    `release` is Congress and public law (`119-73`); without one it is the newest that the site
    lists.
    """

    title: str
    release: str = ""
    site: str = SITE
    patience: Patience | None = field(default=None, compare=False)

    @classmethod
    def at(cls, address: str) -> UsCodeSource:
        found = _ADDRESS.fullmatch(address)
        if found is None:
            raise SourceError(
                f"{address}: give a title of the US Code, and a release point or none, such as "
                "uscode:15 or uscode:15@119-73; uscode:all is every title"
            )
        release = f"{found[2]}-{found[3].lower()}" if found[2] else ""
        return cls(title=found[1].lower(), release=release)

    @property
    def address(self) -> str:
        return f"uscode:{self.title}" + (f"@{self.release}" if self.release else "")

    def packs(self) -> tuple[PackOffer, ...]:
        """The one pack of the title, or of all; nothing is asked of the network for it."""
        whole = self.title == "all"
        return (
            PackOffer(
                name="us_federal_statutes" + ("" if whole else f"_{self.title}"),
                location=self.site,
                titles=None if whole else (f"Title {self.title.upper()}",),
                attribution="US Code, Office of the Law Revision Counsel (public domain)",
            ),
        )

    def fetch(self, offer: PackOffer, into: Path, progress: Progress) -> Path:
        from pincite.sources.download import download

        url = self._url(self.release or self._newest())
        file = download(url, offer, into, progress, patience=self.patience, suffix=".zip")
        try:
            return make_pack(titles_in(file, source=self.address), into, offer.name)
        finally:
            file.unlink(missing_ok=True)

    def _url(self, release: str) -> str:
        congress, law = release.split("-", 1)
        # Titles have two digits in the files' names: xml_usc05@119-73.zip.
        title = "All" if self.title == "all" else self.title.rstrip("a").zfill(2)
        title += "a" if self.title.endswith("a") else ""
        return (
            f"{self.site}/download/releasepoints/us/pl/{congress}/{law}/"
            f"xml_usc{title}@{congress}-{law}.zip"
        )

    def _newest(self) -> str:
        from pincite.sources.download import read_small

        page = f"{self.site}/download/download.shtml"
        found = _RELEASE.search(read_small(page, _LARGEST_PAGE, patience=self.patience))
        if found is None:
            raise SourceError(
                f"{page}: no release point is listed there, the page may have changed; name one: "
                f"{self.address}@119-73"
            )
        return f"{found[1].decode()}-{found[2].decode().lower()}"


def titles_in(file: Path, *, source: str) -> Iterator[OfficialSection]:
    """The sections of every USLM file in a zip, read from it without unpacking it to disk."""
    from pincite.parsing.uslm import sections

    row = 1
    try:
        with zipfile.ZipFile(file) as archive:
            titles = [one for one in archive.infolist() if one.filename.lower().endswith(".xml")]
            if not titles:
                raise ParseError("no XML file is in the zip", source=source)
            for one in sorted(titles, key=lambda title: title.filename):
                if one.file_size > _LARGEST_TITLE:
                    raise ParseError(
                        f"{one.filename[:80]} unfolds to {one.file_size:,} bytes",
                        source=source,
                    )
                with archive.open(one) as stream:
                    name = f"{source} {one.filename[:80]}"
                    for section in sections(stream, source=name, first_row=row):
                        yield section
                        row = section.row.row + 1
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise ParseError(f"this is no whole zip file ({error})", source=source) from error
