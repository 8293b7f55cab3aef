"""The eCFR over its own API, with the bulk files of govinfo where that does not answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from pincite.errors import SourceError, SourceUnreachable
from pincite.sources.made import make_pack
from pincite.sources.offer import PackOffer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pincite.parsing.official import OfficialSection
    from pincite.sources.download import Patience
    from pincite.sources.offer import Progress

API = "https://www.ecfr.gov"
BULK = "https://www.govinfo.gov"
_ADDRESS = re.compile(r"ecfr:(\d{1,2})(?:/(\d{1,4}))?(?:@(\d{4}-\d{2}-\d{2}))?")
_LARGEST_LIST = 256 << 20
# The API's history begins in January 2017: a first entry of then is no amendment.
_HISTORY_BEGINS = date(2017, 2, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class EcfrSource:
    """A title or part of the CFR: `ecfr:16/314@2026-01-01`; without a day, as it is now.

    `api` and `bulk` are the publishers' addresses; `patience` is for tests and slow lines.
    """

    title: str
    part: str = ""
    as_of: date | None = None
    api: str = API
    bulk: str = BULK
    patience: Patience | None = field(default=None, compare=False)

    @classmethod
    def at(cls, address: str) -> EcfrSource:
        found = _ADDRESS.fullmatch(address)
        if found is None or not 1 <= int(found[1]) <= 50:  # noqa: PLR2004 -- the CFR has 50 titles
            raise SourceError(
                f"{address}: give a title of the CFR, a part of it, and a day, such as "
                "ecfr:16, ecfr:16/314 or ecfr:16/314@2026-01-01"
            )
        try:
            day = date.fromisoformat(found[3]) if found[3] else None
        except ValueError as error:
            raise SourceError(f"{address}: {found[3]} is no day") from error
        return cls(title=str(int(found[1])), part=found[2] or "", as_of=day)

    @property
    def address(self) -> str:
        part = f"/{self.part}" if self.part else ""
        return f"ecfr:{self.title}{part}" + (f"@{self.as_of}" if self.as_of else "")

    def packs(self) -> tuple[PackOffer, ...]:
        """The one pack of the title or part; nothing is asked of the network for it."""
        part = f"_{self.part}" if self.part else ""
        return (
            PackOffer(
                name=f"us_federal_regulations_{self.title}{part}",
                location=self._bulk_url,
                titles=(f"Title {self.title}",),
                attribution="eCFR, Office of the Federal Register and GPO (public domain)",
            ),
        )

    def fetch(self, offer: PackOffer, into: Path, progress: Progress) -> Path:
        try:
            day = self.as_of or self._latest()
            amended = self._amended(day)
            file = self._download(self._full_url(day), offer, into, progress)
        except SourceUnreachable as reason:
            return self._from_bulk(offer, into, progress, reason)
        return self._made(file, offer, into, day, amended)

    def _from_bulk(
        self, offer: PackOffer, into: Path, progress: Progress, reason: SourceUnreachable
    ) -> Path:
        """The bulk file has only today's text, which is that of a past day if none changed it."""
        try:
            file = self._download(self._bulk_url, offer, into, progress)
        except SourceError as error:
            raise SourceUnreachable(f"{reason}; and the bulk file: {error}") from error
        if self.as_of is not None:
            last = _last_amended(file)
            if last is None or last > self.as_of:
                file.unlink(missing_ok=True)
                when = "on a day it does not tell" if last is None else f"on {last}"
                raise SourceUnreachable(
                    f"{reason}; the bulk file was last amended {when} and cannot stand for the "
                    f"text of {self.as_of}; try again later, or leave the day out"
                )
        return self._made(file, offer, into, self.as_of, {})

    def _made(
        self, file: Path, offer: PackOffer, into: Path, day: date | None, amended: dict[str, date]
    ) -> Path:
        try:
            return make_pack(self._sections(file, day, amended), into, offer.name)
        finally:
            file.unlink(missing_ok=True)

    def _sections(
        self, file: Path, day: date | None, amended: dict[str, date]
    ) -> Iterator[OfficialSection]:
        from pincite.parsing.ecfr import sections

        with file.open("rb") as stream:
            yield from sections(
                stream,
                source=self.address,
                title=self.title,
                part=self.part,
                as_of=day,
                amended=amended,
            )

    def _download(self, url: str, offer: PackOffer, into: Path, progress: Progress) -> Path:
        from pincite.sources.download import download

        return download(url, offer, into, progress, patience=self.patience, suffix=".xml")

    def _full_url(self, day: date) -> str:
        part = f"?part={self.part}" if self.part else ""
        return f"{self.api}/api/versioner/v1/full/{day}/title-{self.title}.xml{part}"

    @property
    def _bulk_url(self) -> str:
        title = self.title
        return f"{self.bulk}/bulkdata/ECFR/title-{title}/ECFR-title{title}.xml"

    def _latest(self) -> date:
        """The day through which the API has the title."""
        url = f"{self.api}/api/versioner/v1/titles.json"
        for one in self._list(url, "titles"):
            if str(one.get("number")) == self.title:
                try:
                    return date.fromisoformat(str(one.get("up_to_date_as_of")))
                except ValueError as error:
                    raise SourceError(
                        f"{url}: title {self.title} has no day in up_to_date_as_of"
                        f" ({one.get('up_to_date_as_of')!r}); is it reserved?"
                    ) from error
        raise SourceError(f"{url}: there is no title {self.title}")

    def _amended(self, day: date) -> dict[str, date]:
        """The day of each section's last amendment that the API knows of, up to `day`."""
        part = f"?part={self.part}" if self.part else ""
        url = f"{self.api}/api/versioner/v1/versions/title-{self.title}.json{part}"
        found: dict[str, date] = {}
        for one in self._list(url, "content_versions"):
            try:
                when = date.fromisoformat(str(one.get("amendment_date") or one.get("date")))
            except ValueError:
                continue
            number = str(one.get("identifier", ""))
            if _HISTORY_BEGINS <= when <= day and when > found.get(number, date.min):
                found[number] = when
        return found

    def _list(self, url: str, key: str) -> list[dict[str, object]]:
        from pincite.sources.download import read_small

        data = read_small(url, _LARGEST_LIST, patience=self.patience)
        try:
            entries = json.loads(data)[key]
        except (ValueError, RecursionError, KeyError, TypeError) as error:
            raise SourceError(
                f"{url}: this is not JSON with a list {key!r}; the eCFR's API may have changed"
            ) from error
        return [one for one in entries if isinstance(one, dict)]


def _last_amended(file: Path) -> date | None:
    from pincite.parsing.ecfr import last_amended

    with file.open("rb") as stream:
        return last_amended(stream, source=file.name)
