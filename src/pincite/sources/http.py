"""Packs over HTTP: a base URL with an `index.json`, or the URL of one Parquet file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from pincite.errors import SourceError, SourceUnreachable
from pincite.sources.listing import LARGEST_LISTING, attribution_of, read_listing
from pincite.sources.offer import SUFFIX, PackOffer, pack_name
from pincite.sources.reaching import origin, refuse_private

if TYPE_CHECKING:
    from pathlib import Path

    from pincite.sources.download import Patience
    from pincite.sources.offer import Progress

LISTINGS = ("index.json", "latest.json")
OPEN_US_LAW_HOST = "oss-data-us.vaquill.ai"
OPEN_US_LAW_CREDIT = "Open US Law, CC BY 4.0"


@dataclass(frozen=True, slots=True)
class HttpSource:
    """An index of packs at a base URL. `patience` is for tests and slow lines."""

    url: str
    patience: Patience | None = field(default=None, compare=False)

    @property
    def address(self) -> str:
        return self.url

    def packs(self) -> tuple[PackOffer, ...]:
        path = urlsplit(self.url).path
        if path.endswith(SUFFIX):
            name = pack_name(path.rsplit("/", 1)[-1], source=self.url)
            return (PackOffer(name=name, location=self.url),)
        if path.endswith(".json"):
            return self._listing(self.url, hops=1)
        problems = []
        for file in LISTINGS:
            try:
                return self._listing(urljoin(self._base, file), hops=1)
            except SourceUnreachable:
                raise
            except SourceError as error:
                problems.append(str(error))
        raise SourceError("; ".join(problems))

    def fetch(self, offer: PackOffer, into: Path, progress: Progress) -> Path:
        from pincite.sources.download import download

        return download(
            self._absolute(offer.location), offer, into, progress, patience=self.patience
        )

    @property
    def _base(self) -> str:
        if urlsplit(self.url).path.endswith(".json"):
            return urljoin(self.url, ".")
        return self.url if self.url.endswith("/") else f"{self.url}/"

    def _absolute(self, location: str) -> str:
        url = urljoin(self._base, location)
        if urlsplit(url).scheme not in {"http", "https"}:
            raise SourceError(f"{self.url}: {location[:120]!r} is no http(s) address")
        if urlsplit(self.url).scheme == "https" and urlsplit(url).scheme == "http":
            raise SourceError(f"{self.url}: {location[:120]!r} leaves https for plain http")
        refuse_private(url, given=self.url)
        return url

    def _listing(self, url: str, *, hops: int) -> tuple[PackOffer, ...]:
        """The packs listed at the URL; a `latest.json` may name where the newest index is."""
        from pincite.sources.download import read_small

        data = read_small(url, LARGEST_LISTING, patience=self.patience)
        if hops and (pointer := _pointer(data)):
            target = urljoin(url, pointer.index)
            offers = self._listing(self._absolute(target), hops=hops - 1)
            return tuple(_under(target, offer, pointer.attribution) for offer in offers)
        known = OPEN_US_LAW_CREDIT if origin(url)[0] == OPEN_US_LAW_HOST else ""
        return tuple(_under(url, offer, known) for offer in read_listing(data, source=url))


class _Pointer(NamedTuple):
    """What a `latest.json` says of the index that it points to."""

    index: str
    attribution: str


def _under(url: str, offer: PackOffer, attribution: str) -> PackOffer:
    """The offer with its location made whole: files are named from where their index is."""
    return replace(
        offer,
        location=urljoin(url, offer.location),
        attribution=offer.attribution or attribution,
    )


def _pointer(data: bytes) -> _Pointer | None:
    """Where a `latest.json` says that the index is, if it only says that."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict):
        for key in ("index", "index_url", "manifest", "manifest_url"):
            value = found.get(key)
            if isinstance(value, str) and urlsplit(value).path.endswith(".json"):
                return _Pointer(value, attribution_of(found))
    return None
