"""Packs on this machine: a directory with an `index.json`, or one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite.errors import SourceError
from pincite.sources.check import check_file, sha256_of
from pincite.sources.listing import LARGEST_LISTING, read_listing
from pincite.sources.offer import SUFFIX, PackOffer, pack_name

if TYPE_CHECKING:
    from pathlib import Path

    from pincite.sources.offer import Progress

LISTING = "index.json"


@dataclass(frozen=True, slots=True)
class DirectorySource:
    """A directory of packs. With no `index.json` its Parquet files are offered as they are."""

    directory: Path

    @property
    def address(self) -> str:
        return str(self.directory)

    def packs(self) -> tuple[PackOffer, ...]:
        listing = self.directory / LISTING
        try:
            if listing.is_file():
                if listing.stat().st_size > LARGEST_LISTING:
                    raise SourceError(f"{listing}: too large for an index of packs")
                return read_listing(listing.read_bytes(), source=str(listing))
            files = sorted(self.directory.glob(f"*{SUFFIX}"))
        except OSError as error:
            raise SourceError(f"{self.directory}: cannot be read ({error})") from error
        if not files:
            raise SourceError(
                f"{self.directory}: neither {LISTING} nor a {SUFFIX} file is here; "
                "give a directory of packs, one file, or a URL"
            )
        return tuple(
            PackOffer(
                name=pack_name(file.name, source=self.address),
                location=file.name,
                bytes=file.stat().st_size,
            )
            for file in files
        )

    def fetch(self, offer: PackOffer, into: Path, progress: Progress) -> Path:  # noqa: ARG002 -- already here
        root = self.directory.resolve()
        path = (root / offer.location).resolve()
        # A listing names files of its own directory; a path that leaves it is an attack.
        if not path.is_relative_to(root):
            raise SourceError(f"{self.address}: {offer.location[:120]!r} leaves the directory")
        return _checked(path, offer, self.address, progress)


@dataclass(frozen=True, slots=True)
class FileSource:
    """One pack as one file."""

    path: Path

    @property
    def address(self) -> str:
        return str(self.path)

    def packs(self) -> tuple[PackOffer, ...]:
        name = pack_name(self.path.name, source=self.address)
        try:
            return (
                PackOffer(
                    name=name,
                    location=self.path.name,
                    bytes=self.path.stat().st_size,
                    sha256=sha256_of(self.path),
                ),
            )
        except OSError as error:
            raise SourceError(f"{self.path}: cannot be read ({error})") from error

    def fetch(self, offer: PackOffer, into: Path, progress: Progress) -> Path:  # noqa: ARG002 -- already here
        return _checked(self.path, offer, self.address, progress)


def _checked(path: Path, offer: PackOffer, source: str, progress: Progress) -> Path:
    try:
        size = path.stat().st_size
        check_file(path, offer, source=source)
    except OSError as error:
        raise SourceError(
            f"{source}: {offer.name} is listed but cannot be read ({error})"
        ) from error
    progress(size, size)
    return path
