"""The composition root: from settings to library, index and model, and what is done with them."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pincite import __version__
from pincite.answer import Question
from pincite.assistant.stock import Stock
from pincite.assistant.whose import named_all
from pincite.errors import UsageError
from pincite.index.build import silent
from pincite.spans import span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from pincite.answer import Answer
    from pincite.answering.ask import Desk
    from pincite.answering.compare.asking import Asked
    from pincite.answering.trace import Trace
    from pincite.assistant.documents import AddedDocument, Document
    from pincite.assistant.engines import Engine
    from pincite.assistant.own_documents import OwnDocument
    from pincite.assistant.saved import SavedCheck
    from pincite.assistant.searching import Search
    from pincite.assistant.vectors import Embedded
    from pincite.assistant.workspaces import Workspaces
    from pincite.comparison import Comparison
    from pincite.covering import Covering
    from pincite.index.build import Installed, InstallProgress
    from pincite.index.doctor import Problem
    from pincite.law.section import Section
    from pincite.library.protocol import Library
    from pincite.library.read import InstalledPack
    from pincite.memo import MemoCheck
    from pincite.models.base import EmbeddingModel
    from pincite.models.language import LanguageModel
    from pincite.opened import Contents, Hits, NotOpened, Opened
    from pincite.retrieval.cached import Cache
    from pincite.retrieval.shelf import Shelf
    from pincite.settings import Settings
    from pincite.sources.offer import PackOffer, Source
    from pincite.watching import Watch, Watched, WatchRun

_LONGEST_QUESTION = 20_000  # characters


class Witness(Protocol):
    """Who is told of each answer and comparison before it is given; what it raises stops that.

    And of each document that a workspace adds, or is about to remove.
    """

    def answered(self, answer: Answer) -> None: ...

    def compared(self, comparison: Comparison) -> None: ...

    def added(self, document: OwnDocument) -> None: ...

    def removed(self, document: OwnDocument) -> None: ...


class Assistant:
    """Everything that a face does with the law goes through here. Safe for several threads.

    `progress` is told of installs that a question sets off; `now` gives the time of a write;
    `model_key` is the language model's, where one is named in the settings and asks for a key.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        now: datetime,
        progress: InstallProgress = silent,
        model_key: str | None = None,
    ) -> None:
        self.settings = settings
        self.witness: Witness | None = None
        self._model_key = model_key
        self._now = now
        self._progress = progress
        self._joined: tuple[Assistant, str] | None = None

    @cached_property
    def engine(self) -> Engine:
        """What keeps the law: the home folder, or the cluster that the settings name."""
        from pincite.assistant.engines import open_engine

        return open_engine(self.settings)

    @cached_property
    def library(self) -> Library:
        """The library, made empty where there is none yet."""
        return self.engine.library

    @cached_property
    def shelf(self) -> Shelf:
        from pincite.retrieval.shelf import Shelf

        return Shelf(self.library, self.engine.indexes)

    @cached_property
    def stock(self) -> Stock:
        """Where packs come from, and what is installed of them."""
        return Stock(self.settings, self.engine.writer, now=self._now, progress=self._progress)

    @cached_property
    def model(self) -> EmbeddingModel | None:
        """The embedding model, or `None` where there is none or vectors are turned off."""
        from pincite.models.embedding import OnnxEmbedding, find_model

        folder = find_model(self.settings.models) if self.settings.vectors else None
        return None if folder is None else OnnxEmbedding(folder)

    @cached_property
    def cache(self) -> Cache:
        """What is kept of what a model made of the texts of law."""
        from pincite.library.vectors import VectorCache

        return VectorCache(self.settings.home)

    @cached_property
    def passages(self) -> EmbeddingModel | None:
        """The model for the texts of law: a passage is embedded once a library."""
        from pincite.retrieval.cached import CachedEmbedding

        return None if self.model is None else CachedEmbedding(self.model, self.cache)

    @cached_property
    def workspaces(self) -> Workspaces:
        """The libraries that workspaces have for themselves."""
        from pincite.assistant.workspaces import Workspaces

        return Workspaces(self.settings.home)

    @cached_property
    def writer(self) -> LanguageModel | None:
        """The language model that writes, or `None` where none is named."""
        from pincite.models.registry import language_model

        if self.settings.model is None:
            return None
        return language_model(self.settings.model, url=self.settings.model_url, key=self._model_key)

    @cached_property
    def desk(self) -> Desk:
        from pincite.answering.ask import Desk
        from pincite.answering.selecting import Limits
        from pincite.retrieval import topic_vectors

        return Desk(
            shelf=self.shelf,
            matcher=topic_vectors.matcher(),
            need=self.need,
            need_floor=self.need if Path(self.settings.packs).is_dir() else None,
            version=__version__,
            model=self.model,
            passages=self.passages,
            writer=self.writer,
            vectors=topic_vectors.shipped() if self.model is not None else None,
            limits=Limits(statements=self.settings.statements),
            faulty_rows=self.settings.faulty_rows,
        )

    def at(self, now: datetime, progress: InstallProgress | None = None) -> Assistant:
        """The same at another time: what is open and loaded is shared. Not for two threads at once.

        What is dear and does not depend on the time is opened here, if it is not open yet.
        `progress` is told of installs instead of who was told before.
        """
        if self._joined is not None:
            return self._joined[0].at(now, progress).within(self._joined[1])
        for name in ("engine", "library", "shelf", "model", "passages", "writer", "workspaces"):
            getattr(self, name)
        other = copy(self)
        other._now = now  # noqa: SLF001  (its own class)
        other._progress = progress or self._progress  # noqa: SLF001
        for name in ("stock", "desk"):
            other.__dict__.pop(name, None)
        return other

    def within(self, workspace: str) -> Assistant:
        """The same with the documents that this workspace, and nobody else, has put in.

        Raises UsageError for what is no workspace's name.
        """
        base = self if self._joined is None else self._joined[0]
        engine = base.workspaces.engine(workspace, base)
        if engine is None:
            return base
        other = copy(base)
        other._joined = (base, workspace)  # noqa: SLF001  (its own class)
        for name in ("library", "shelf", "stock", "passages", "desk"):
            other.__dict__.pop(name, None)
        other.__dict__["engine"] = engine
        if base.model is not None:
            other.__dict__["cache"] = engine.cache(base.cache)
        return other

    async def ask(
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
        from pincite.answering.ask import ask

        question = self._question(text, as_of, jurisdictions, facts)
        desk = self.desk
        if full:
            limits = replace(
                desk.limits,
                statements=60,
                words=6_000,
                sections=12,
                first=15,
                other=15,
                items=15,
                longest=2_000,
            )
            desk = replace(desk, limits=limits)
        with span("ask"):
            answer = await ask(question, desk, trace)
        if self.witness is not None:
            self.witness.answered(answer)
        return answer

    async def compare(
        self,
        text: str,
        jurisdictions: Sequence[str] = (),
        *,
        as_of: date,
        facts: Sequence[str] = (),
        progress: Asked | None = None,
    ) -> Comparison:
        """The core facts of several jurisdictions' law, side by side.

        With no `jurisdictions` those that the question names. `progress` is told of each that is
        done. Raises UsageError where there are fewer than two.
        """
        from pincite.assistant.side_by_side import compare_jurisdictions

        question = self._question(text, as_of, jurisdictions, facts)
        with span("compare"):
            comparison = await compare_jurisdictions(question, self.desk, progress)
        if self.witness is not None:
            self.witness.compared(comparison)
        return comparison

    def rank(self, text: str, *, as_of: date, limit: int = 100) -> tuple[str, ...]:
        """The packs' row ids of what retrieval alone finds for a question, best first."""
        from pincite.answering.ask import rank

        return rank(self._question(text, as_of, (), ()), self.desk)[:limit]

    def save(self, answer: Answer, *, workspace: str = "default") -> str:
        """Keep the answer beside the library, as JSON; returns its id."""
        from pincite.library.answers import SavedAnswers
        from pincite.rendering.wire import render_json

        with SavedAnswers(self.settings.home, workspace=workspace) as saved:
            question = answer.question
            return saved.save(
                question=question.text, asked_at=question.asked_at, body=render_json(answer)
            ).id

    def save_comparison(self, compared: Comparison, *, workspace: str = "default") -> str:
        """Keep the comparison beside the answers, as JSON; returns its id."""
        from pincite.library.comparisons import SavedComparisons
        from pincite.rendering.comparison_wire import comparison_json

        question = compared.question
        with SavedComparisons(self.settings.home, workspace=workspace) as saved:
            return saved.save(
                question=question.text,
                asked_at=question.asked_at,
                body=comparison_json(compared),
            ).id

    def saved_comparison(self, comparison_id: str, *, workspace: str = "default") -> bytes | None:
        """The JSON of a comparison that was kept, to the byte, or `None` where there is none."""
        from pincite.library.comparisons import SavedComparisons

        with SavedComparisons(self.settings.home, workspace=workspace) as saved:
            found = saved.get(comparison_id)
        return None if found is None else found.body.encode()

    def open(
        self, asked: str, *, jurisdiction: str | None = None, as_of: date | None = None
    ) -> Opened | Contents | NotOpened:
        """The law at an identifier or citation, as the library has it, or the reason why not."""
        from pincite.assistant.opening import open_law

        return open_law(asked, self.library, jurisdiction=jurisdiction, as_of=as_of)

    def section(self, identifier: str) -> Section | None:
        """The stored section with exactly this identifier."""
        return self.library.section(identifier)

    def section_of_row(self, act_id: str) -> Section | None:
        """The stored section that a pack knows by this row id."""
        found = self.library.by_act_id(None, act_id)
        return found[0] if found else None

    def cover(
        self,
        law: str,
        *,
        as_of: date,
        policies: Sequence[str] = (),
        jurisdiction: str | None = None,
    ) -> Covering | NotOpened:
        """What internal documents (all, if none is named) cover of what the law named requires.

        Raises UsageError for a policy that is not installed.
        """
        from pincite.assistant.covering import cover_law, policies_named, sections_of

        chosen = policies_named(policies, self.library)
        found = self.open(law, jurisdiction=jurisdiction, as_of=as_of)
        sections = sections_of(found, self.library, as_of)
        if not isinstance(sections, tuple):
            return sections
        return cover_law(sections, chosen, self.library, as_of=as_of, model=self.passages)

    def cover_question(
        self, text: str, *, as_of: date, jurisdictions: Sequence[str] = ()
    ) -> Covering | NotOpened | None:
        """The same for a question in plain words, or `None` for a question of another kind."""
        from pincite.assistant.covering import cover_asked

        asked = cover_asked(text, self.library, named_all(jurisdictions))
        if asked is None:
            return None
        names = () if asked.policy is None else (asked.policy,)
        self.need(asked.jurisdictions)
        return self.cover(asked.law, policies=names, jurisdiction=asked.jurisdiction, as_of=as_of)

    def search(self, search: Search) -> Hits:
        """Sections of the installed law by words, phrases or citation."""
        from pincite.assistant.searching import search_law

        return search_law(search, self.shelf)

    def verify(self, data: bytes, *, source: str, workspace: str = "default") -> SavedCheck:
        """Check a saved answer, its bytes given, against the library. Raises UsageError."""
        from pincite.assistant.saved import check_saved

        today = self._now.date()
        return check_saved(data, source, self.library, today=today, workspace=workspace)

    def check_memo(
        self, data: bytes, name: str, as_of: date, jurisdiction: str | None = None
    ) -> MemoCheck:
        """Every citation and quotation of a memo (Word, PDF, HTML, Markdown, text) held to the law.

        `name` is the file's; `jurisdiction` (an id) says whose law a bare number is. Raises
        ParseError for a memo that cannot be read.
        """
        from pincite.assistant.memos import check

        return check(data, name, self.shelf, as_of=as_of, jurisdiction=jurisdiction)

    def saved(self, answer_id: str, *, workspace: str = "default") -> bytes | None:
        """The JSON of an answer that was kept, to the byte, or `None` where there is none."""
        from pincite.library.answers import SavedAnswers

        with SavedAnswers(self.settings.home, workspace=workspace) as answers:
            found = answers.get(answer_id)
        return None if found is None else found.body.encode()

    def read_saved(self, data: bytes, *, source: str) -> Answer:
        """The answer that the bytes are, unchecked. Raises UsageError for what is none."""
        from pincite.assistant.saved import read_saved

        return read_saved(data, source)

    async def watch(
        self,
        text: str,
        *,
        as_of: date,
        jurisdictions: Sequence[str] = (),
        facts: Sequence[str] = (),
        webhook: str = "",
        workspace: str = "default",
    ) -> Watched:
        """Ask a question now and keep it, to be asked again. Raises what `ask` raises."""
        from pincite.assistant.watching import first_asked
        from pincite.assistant.webhook import check_webhook
        from pincite.library.watches import SavedWatches

        question = self._question(text, as_of, jurisdictions, facts)
        if webhook:
            check_webhook(webhook)
        with SavedWatches(self.home, workspace=workspace) as watches:
            kept = watches.add(
                question.text,
                jurisdictions=question.jurisdictions,
                facts=question.facts,
                webhook=webhook,
                created_at=self._now,
            )
        try:
            return await first_asked(self, kept, as_of=as_of, now=self._now, workspace=workspace)
        except BaseException:
            if kept.last_answer is None:
                self.unwatch(kept.id, workspace=workspace)
            raise

    def watches(self, *, workspace: str = "default") -> tuple[Watch, ...]:
        from pincite.library.watches import SavedWatches

        with SavedWatches(self.home, workspace=workspace) as watches:
            return watches.all()

    def unwatch(self, watch_id: str, *, workspace: str = "default") -> bool:
        """Stop watching; whether there was such a watch."""
        from pincite.library.requests import forget_replies
        from pincite.library.watches import SavedWatches

        forget_replies(self.home, workspace)
        with SavedWatches(self.home, workspace=workspace) as watches:
            return watches.remove(watch_id)

    async def run_watches(
        self,
        ids: Sequence[str] = (),
        *,
        as_of: date,
        webhook: str = "",
        secret: str = "",
        workspace: str = "default",
    ) -> WatchRun:
        """Ask the watches (all, if none is named) again, tell webhooks, mark saved answers.

        Raises UsageError for an id that is no watch, and for an address that is no webhook's.
        """
        from pincite.assistant.watching import run_watches
        from pincite.assistant.webhook import Post, check_webhook

        if webhook:
            check_webhook(webhook)
        watches = self.watches(workspace=workspace)
        if unknown := sorted(set(ids) - {one.id for one in watches}):
            raise UsageError(
                f"{', '.join(unknown)} is no watch", at_console="`watch list` shows them"
            )
        return await run_watches(
            self,
            [one for one in watches if not ids or one.id in ids],
            Post(secret=secret, also=webhook, private=self.settings.webhook_private),
            as_of=as_of,
            now=self._now,
            workspace=workspace,
        )

    def marks(self, *, workspace: str = "default") -> dict[str, tuple[tuple[str, str], ...]]:
        """Saved answers whose cited law has changed: by id, the sections and what became of them.

        They are set by `run_watches`.
        """
        from pincite.library.watches import SavedWatches

        with SavedWatches(self.home, workspace=workspace) as watches:
            return watches.marks()

    def need(self, jurisdictions: Iterable[str]) -> None:
        """Install the packs of these jurisdictions that their source has and the library lacks.

        Raises SourceError where nothing of any of them is installed and the source cannot be
        reached; with a part of them installed the answer says what is missing.
        """
        # One file of an agency's rules is not the state's law.
        have = {pack.jurisdiction for pack in self.library.packs() if not pack.from_document}
        self.stock.need(jurisdictions, have)

    def add(self, names: Iterable[str], *, source: Source | None = None) -> tuple[Installed, ...]:
        """Install or update packs by name, each whole or not at all."""
        return self.stock.add(names, source=source)

    def update(self, packs: Iterable[InstalledPack]) -> tuple[Installed, ...]:
        """Bring installed packs to what the places that they came from have now."""
        return self.stock.update(packs)

    def source(self, address: str) -> Source:
        """Where packs are: a folder, a file, a URL, `ecfr:16/314`, `uscode:15`, `dc:28`.

        Raises SourceError, also for the network where the settings turn it off.
        """
        return self.stock.at(address)

    def add_document(self, document: Document) -> AddedDocument:
        """Install a document of the user's own as a pack; a newer file of its name is a version.

        Raises UsageError, SourceError, ParseError.
        """
        from pincite.assistant.documents import add_document

        return add_document(document, self.engine.writer, now=self._now, progress=self._progress)

    def offers(
        self, jurisdictions: Iterable[str] = (), *, source: Source | None = None
    ) -> tuple[PackOffer, ...]:
        """The packs that the source has, of these jurisdictions or of all. Raises SourceError."""
        return self.stock.offers(jurisdictions, source=source)

    def embed(self, names: Iterable[str] = ()) -> tuple[Embedded, ...]:
        """Give every section of the packs (all, if none is named) a vector. May take minutes."""
        from pincite.assistant.vectors import embed_packs

        return embed_packs(names, self.engine, self.model, now=self._now, progress=self._progress)

    def remove(self, name: str) -> bool:
        return self.stock.remove(name)

    def packs(self) -> tuple[InstalledPack, ...]:
        return self.library.packs()

    def gaps(self, pack: InstalledPack) -> dict[str, object]:
        """The titles that an installed pack holds, and those of its code that it lacks."""
        from pincite.retrieval.titles import missing_titles

        lacking = () if pack.excerpts else missing_titles(pack.name, pack.titles)
        return {"titles": list(pack.titles), "titles_missing": [str(one) for one in lacking]}

    def examine(self, *, fix: bool = False, texts: bool = False) -> tuple[Problem, ...]:
        return self.engine.examine(fix=fix, texts=texts, now=self._now)

    @property
    def home(self) -> Path:
        return self.settings.home

    def _question(
        self, text: str, as_of: date, jurisdictions: Sequence[str], facts: Sequence[str]
    ) -> Question:
        words = text.strip()
        if not words:
            raise UsageError("the question is empty; ask in plain English, naming the state")
        if any("\ud800" <= letter <= "\udfff" for letter in "".join((words, *facts))):
            raise UsageError("the question is no text: it holds half of a surrogate pair")
        if len(words) > _LONGEST_QUESTION:
            raise UsageError(
                f"the question has {len(words):,} characters; ask it in at most "
                f"{_LONGEST_QUESTION:,}"
            )
        return Question(
            text=words,
            as_of=as_of,
            asked_at=self._now,
            jurisdictions=named_all(jurisdictions),
            facts=tuple(fact.strip() for fact in facts if fact.strip()),
        )
