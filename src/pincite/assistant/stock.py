"""Where packs come from: the source that the settings name, and the sample for Franklin."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pincite.errors import SourceError, SourceUnreachable
from pincite.index.build import Installed, Outcome
from pincite.law.jurisdiction import FRANKLIN, by_id
from pincite.sources import Sites, is_address, open_source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from pincite.assistant.engines import Writer
    from pincite.index.build import InstallProgress
    from pincite.library.read import InstalledPack
    from pincite.settings import Settings
    from pincite.sources.http import HttpSource
    from pincite.sources.offer import PackOffer, Progress, Source


class Stock:
    """Finds, installs and removes packs. The invented State of Franklin has a source of its own."""

    def __init__(
        self, settings: Settings, writer: Writer, *, now: datetime, progress: InstallProgress
    ) -> None:
        self._settings = settings
        self._writer = writer
        self._now = now
        self._progress = progress

    @cached_property
    def source(self) -> Source:
        """Raises SourceError where it is neither there nor to be reached."""
        return _listed_soon(self.at(self._settings.packs))

    def at(self, address: str) -> Source:
        """The source at an address. Raises SourceError, and for the network where it is off."""
        if self._settings.offline and is_address(address):
            raise SourceUnreachable(f"{address} is not asked: the settings say offline")
        return open_source(
            # The library remembers the address, and may be used from another folder.
            address if is_address(address) else str(Path(address).expanduser().absolute()),
            Sites(
                ecfr=self._settings.ecfr_url,
                govinfo=self._settings.govinfo_url,
                uscode=self._settings.uscode_url,
                dc=self._settings.dc_url,
            ),
        )

    @cached_property
    def sample(self) -> Source:
        """The packs of the State of Franklin that come with the package."""
        from pincite.sample import sample_packs

        folder = self._settings.home / "sample"
        sample_packs(folder)
        return open_source(str(folder))

    def need(self, jurisdictions: Iterable[str], have: Collection[str]) -> None:
        wanted = tuple(jurisdictions)
        lacking = [one for one in wanted if one not in have]
        if not lacking:
            return
        try:
            names = [offer.name for offer in self.offers(lacking)]
            failed = [r for r in self.add(names) if r.outcome is Outcome.FAILED] if names else []
        except SourceError as error:
            if any(one in have for one in wanted):
                return
            raise SourceUnreachable(
                _lacking(lacking, error),
                at_console="or set PINCITE_PACKS to a directory of packs",
            ) from error
        if failed:
            raise SourceError(f"{failed[0].pack} could not be installed: {failed[0].reason}")

    def add(self, names: Iterable[str], *, source: Source | None = None) -> tuple[Installed, ...]:
        """Each from the source given, or from that of its jurisdiction; in the order given.

        What comes from a source that was given is updated from there later on.
        """
        wanted = tuple(dict.fromkeys(name.lower() for name in names))
        invented = () if source else tuple(name for name in wanted if self._of_sample(name))
        done: dict[str, Installed] = {}
        if real := [name for name in wanted if name not in invented]:
            own = source is not None
            done |= {one.pack: one for one in self._install(source or self.source, real, own=own)}
        if invented:
            done |= {one.pack: one for one in self._install(self.sample, invented)}
        return tuple(done[name] for name in wanted if name in done)

    def update(self, packs: Iterable[InstalledPack]) -> tuple[Installed, ...]:
        """Each pack as the place that it came from has it now; one that fails is told so.

        A pack of the settings' source follows the settings, unless they now name one without it.
        """
        wanted = tuple(packs)
        done = {
            pack.name.lower(): Installed(
                pack=pack.name, outcome=Outcome.UNCHANGED, sections=pack.sections
            )
            for pack in wanted
            if pack.from_document
        }
        elsewhere = (pack for pack in wanted if pack.name.lower() not in done)
        for address, group in self._by_place(elsewhere).items():
            names = [pack.name.lower() for pack in group]
            try:
                found = self.add(names) if not address else self.add(names, source=self.at(address))
            except SourceError as error:
                found = tuple(
                    Installed(pack=name, outcome=Outcome.FAILED, reason=str(error))
                    for name in names
                )
            done |= {one.pack: one for one in found}
        return tuple(done[pack.name.lower()] for pack in wanted if pack.name.lower() in done)

    def _by_place(self, packs: Iterable[InstalledPack]) -> dict[str, list[InstalledPack]]:
        """Packs by the address that they are updated from; empty is the settings' source."""
        groups: dict[str, list[InstalledPack]] = {}
        offered: set[str] | None = None
        for pack in packs:
            address = pack.source if pack.own_source else ""
            if not address and not self._of_sample(pack.name):
                offered = self._offered() if offered is None else offered
                if pack.name.lower() not in offered and pack.source != self._settings.packs:
                    address = pack.source
            groups.setdefault(address, []).append(pack)
        return groups

    def _offered(self) -> set[str]:
        try:
            return {offer.name.lower() for offer in self.source.packs()}
        except SourceError:
            return set()

    def offers(
        self, jurisdictions: Iterable[str] = (), *, source: Source | None = None
    ) -> tuple[PackOffer, ...]:
        """What there is of these jurisdictions, or of all (Franklin then left out), by name."""
        wanted = tuple(jurisdictions)
        if source is not None or not wanted:
            offers = (source or self.source).packs()
            return tuple(o for o in offers if not wanted or _of(o, wanted))
        found: list[PackOffer] = []
        if any(one != FRANKLIN.id for one in wanted) or self._own_franklin:
            found += [
                offer
                for offer in self.source.packs()
                if _of(offer, wanted) and not self._of_sample(offer.name)
            ]
        if FRANKLIN.id in wanted and not self._own_franklin:
            found += self.sample.packs()
        return tuple(found)

    @cached_property
    def _own_franklin(self) -> bool:
        """Whether the settings name a folder that has packs of Franklin of its own."""
        folder = Path(self._settings.packs)
        try:
            return folder.is_dir() and any(_invented(one.name) for one in self.source.packs())
        except SourceError:
            return False

    def _of_sample(self, name: str) -> bool:
        return _invented(name) and not self._own_franklin

    def remove(self, name: str) -> bool:
        return self._writer.remove(name.lower(), now=self._now)

    def _install(
        self, source: Source, names: Iterable[str], *, own: bool = False
    ) -> tuple[Installed, ...]:
        return self._writer.install(source, names, now=self._now, progress=self._progress, own=own)


def _listed_soon(source: Source) -> Source:
    """The source, its list read with less patience: nobody waits a minute to be told "offline"."""
    from pincite.sources.http import HttpSource

    return _Brief(source) if isinstance(source, HttpSource) else source


class _Brief:
    """An HTTP source that gives up on its list soon, and on a pack as late as ever."""

    def __init__(self, source: HttpSource) -> None:
        from pincite.sources.download import Patience

        self._source = source
        self._brief = replace(
            source, patience=Patience(connect=8.0, read=20.0, tries=2, first_wait=0.5)
        )
        self._packs: tuple[PackOffer, ...] | None = None

    @property
    def address(self) -> str:
        return self._source.address

    def packs(self) -> tuple[PackOffer, ...]:
        """Asked for once: a question and the install that it sets off see one list."""
        if self._packs is None:
            self._packs = self._brief.packs()
        return self._packs

    def fetch(self, offer: PackOffer, into: Path, progress: Progress) -> Path:
        return self._source.fetch(offer, into, progress)


def _invented(name: str) -> bool:
    return name.lower().startswith(f"{FRANKLIN.pack_prefix}_")


def _of(offer: PackOffer, jurisdictions: Iterable[str]) -> bool:
    return any(offer.name.lower().startswith(f"{by_id(one).pack_prefix}_") for one in jurisdictions)


def _lacking(lacking: Iterable[str], error: SourceError) -> str:
    names = " and ".join(by_id(one).name for one in lacking)
    return (
        f"the law of {names} is not installed, and its source cannot be read ({error}); it needs "
        "the network, or another source of packs"
    )
