"""The composition root: from settings to a library, an index, a model, and what is done with them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pincite import __version__
from pincite.answer import Question
from pincite.answering.ask import Desk, ask
from pincite.answering.selecting import Limits
from pincite.answering.trace import Trace
from pincite.errors import LibraryMissing, PinciteError, SourceError, UsageError
from pincite.index.build import Installed, Outcome, install, remove, silent
from pincite.index.doctor import Problem, examine
from pincite.law.jurisdiction import by_id, jurisdiction
from pincite.library.read import InstalledPack, Library
from pincite.library.store import create
from pincite.retrieval.shelf import Shelf
from pincite.sources import Source, open_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from pincite.answer import Answer
    from pincite.index.build import InstallProgress
    from pincite.models.base import EmbeddingModel
    from pincite.settings import Settings
    from pincite.sources.offer import PackOffer

_LONGEST_QUESTION = 20_000  # characters


class Assistant:
    """Everything that a face does with the law goes through here. Safe for several threads.

    `progress` is told of installs that a question sets off; `now` gives the time of a write.
    """

    def __init__(
        self, settings: Settings, *, now: datetime, progress: InstallProgress = silent
    ) -> None:
        self.settings = settings
        self._now = now
        self._progress = progress

    @cached_property
    def library(self) -> Library:
        """The library, made empty where there is none yet."""
        create(self.settings.home)
        return Library.open(self.settings.home)

    @cached_property
    def shelf(self) -> Shelf:
        return Shelf(self.library)

    @cached_property
    def source(self) -> Source:
        """Where packs come from. Raises SourceError where it is neither there nor reachable."""
        return open_source(self.settings.packs)

    @cached_property
    def model(self) -> EmbeddingModel | None:
        """The embedding model, or `None` where there is none or vectors are turned off."""
        from pincite.models.embedding import OnnxEmbedding, find_model

        folder = find_model(self.settings.models) if self.settings.vectors else None
        return None if folder is None else OnnxEmbedding(folder)

    @cached_property
    def desk(self) -> Desk:
        from pincite.retrieval import topic_vectors

        return Desk(
            shelf=self.shelf,
            matcher=topic_vectors.matcher(),
            need=self.need,
            version=__version__,
            model=self.model,
            vectors=topic_vectors.shipped() if self.model is not None else None,
            limits=Limits(statements=self.settings.statements),
        )

    async def ask(  # noqa: PLR0913  (what a question can come with)
        self,
        text: str,
        *,
        as_of: date,
        jurisdictions: Sequence[str] = (),
        facts: Sequence[str] = (),
        full: bool = False,
        trace: Trace | None = None,
    ) -> Answer:
        """Answer a question; raises UsageError for one that is empty or far too long."""
        words = text.strip()
        if not words:
            raise UsageError("the question is empty; ask in plain English, naming the state")
        if len(words) > _LONGEST_QUESTION:
            raise UsageError(
                f"the question has {len(words):,} characters; ask it in at most "
                f"{_LONGEST_QUESTION:,}, or check a document instead"
            )
        question = Question(
            text=words,
            as_of=as_of,
            asked_at=self._now,
            jurisdictions=tuple(named(name) for name in jurisdictions),
            facts=tuple(facts),
        )
        desk = self.desk
        if full:
            limits = replace(desk.limits, statements=60, words=6_000, sections=12, a_section=12)
            desk = replace(desk, limits=limits)
        return await ask(question, desk, trace)

    def need(self, jurisdictions: Iterable[str]) -> None:
        """Install the packs of these jurisdictions that the source has and the library lacks.

        A source that cannot be reached is no error here: the answer says what is not installed.
        """
        have = {pack.jurisdiction for pack in self.library.packs()}
        lacking = [one for one in jurisdictions if one not in have]
        if not lacking:
            return
        try:
            offers = self.source.packs()
        except SourceError:
            if have:
                return
            raise
        names = [offer.name for one in lacking for offer in _of(one, offers)]
        if names:
            failed = [r for r in self.add(names) if r.outcome is Outcome.FAILED]
            if failed:
                raise SourceError(f"{failed[0].pack} could not be installed: {failed[0].reason}")

    def add(self, names: Iterable[str], *, source: Source | None = None) -> tuple[Installed, ...]:
        """Install or update packs by name, each whole or not at all."""
        return install(
            self.settings.home,
            source or self.source,
            names,
            now=self._now,
            progress=self._progress,
        )

    def remove(self, name: str) -> bool:
        return remove(self.settings.home, name, now=self._now)

    def packs(self) -> tuple[InstalledPack, ...]:
        return self.library.packs()

    def examine(self, *, fix: bool = False, texts: bool = False) -> tuple[Problem, ...]:
        return examine(self.settings.home, fix=fix, texts=texts, now=self._now)


def named(text: str) -> str:
    """The id of the jurisdiction that `text` names. Raises UsageError."""
    found = jurisdiction(text)
    if found is None:
        raise UsageError(
            f"{text!r} is no jurisdiction; write MO, us-mo or Missouri, DC, or federal"
        )
    return found.id


def _of(identifier: str, offers: Iterable[PackOffer]) -> list[PackOffer]:
    prefix = by_id(identifier).pack_prefix + "_"
    return [offer for offer in offers if offer.name.startswith(prefix)]
