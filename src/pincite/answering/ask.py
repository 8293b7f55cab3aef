"""Answer a question from the law in force on a date: the whole way of the data, in one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from pincite import citations
from pincite.answer import (
    Answer,
    Applicability,
    Block,
    Coverage,
    Provenance,
    Statement,
    Withheld,
)
from pincite.answering.aiming import aim_of, meaning_of
from pincite.answering.asker import Asker
from pincite.answering.beside import beside
from pincite.answering.binding import Binder, applicabilities, basis_sections, chosen_and_bound
from pincite.answering.briefing import Budget, brief_of
from pincite.answering.coverage import Used, code_name, coverage
from pincite.answering.differing import what_differs
from pincite.answering.extractive import Draft, draft
from pincite.answering.findings import Finding, findings
from pincite.answering.model_writer import written as written_by_model
from pincite.answering.numbering import sources
from pincite.answering.refusing import Refusal, refused
from pincite.answering.seeking import sought
from pincite.answering.selecting import Limits
from pincite.answering.sound import Soundness
from pincite.answering.trace import Trace
from pincite.index.lexical import tokens
from pincite.reading.readings import Readings
from pincite.retrieval.floor import FEDERAL, federal_citations, federal_floor
from pincite.retrieval.kinship import kinship
from pincite.retrieval.understand import Understanding, understand
from pincite.spans import span
from pincite.verification import Context, check
from pincite.verification.notes import note

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pincite.answer import Evidence, Question
    from pincite.law.section import Section
    from pincite.library.read import InstalledPack
    from pincite.models.base import EmbeddingModel
    from pincite.models.language import LanguageModel
    from pincite.retrieval.shelf import Shelf
    from pincite.retrieval.topic_vectors import TopicVectors
    from pincite.retrieval.topics import TopicMatcher

_EXTRACTIVE = "extractive"  # who writes where no model does, or what it wrote did not hold
_NOTHING = Draft(summary=(), blocks=())
_READ = 12  # sections that are read for an answer


class Need(Protocol):
    """Makes sure that the law of these jurisdictions is installed, if it is to be had."""

    def __call__(self, jurisdictions: Sequence[str]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All that answering needs, put together by the assistant.

    `need_floor` does for the federal floor what `need` does for the law asked for; it is `None`
    where that would reach for the network. `passages` is the model as it is used for the texts of
    law, whose vectors may be kept. `writer` is a language model, if one writes; what it may take
    is the `budget`. `faulty_rows` lets rows with a serious finding into answers.
    """

    shelf: Shelf
    matcher: TopicMatcher
    need: Need
    need_floor: Need | None = None
    version: str
    model: EmbeddingModel | None = None
    passages: EmbeddingModel | None = None
    vectors: TopicVectors | None = None
    limits: Limits = field(default_factory=Limits)
    writer: LanguageModel | None = None
    budget: Budget = field(default_factory=Budget)
    faulty_rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What came of one jurisdiction: what was found, shown and withheld, and who wrote it."""

    jurisdiction: str
    packs: tuple[InstalledPack, ...]
    evidence: tuple[Evidence, ...] = ()
    found: tuple[Finding, ...] = ()
    draft: Draft = _NOTHING
    withheld: tuple[Withheld, ...] = ()
    told: tuple[Statement, ...] = ()
    bound: Mapping[str, Applicability] = field(default_factory=dict)
    about_scope: tuple[Section, ...] = ()
    refusal: Refusal | None = None
    general: str | None = None
    kept_out: tuple[str, ...] = ()
    writer: str = _EXTRACTIVE


async def ask(question: Question, desk: Desk, trace: Trace | None = None) -> Answer:
    """Understand, retrieve, read, write, verify; what does not hold is withheld, with its fault."""
    trace = trace or Trace()
    with span("understand"):
        understood = _understood(question, desk)
    trace.understood(understood)
    refusal = refused(understood)
    if refusal is not None:
        return _abstain(question, understood, desk, refusal)
    desk.need([found.id for found in understood.places.jurisdictions])
    if desk.need_floor is not None and _federal(understood):
        desk.need_floor([FEDERAL])
    parts = [
        await _part(question, understood, found.id, desk, trace)
        for found in understood.places.jurisdictions
    ]
    if all(part.refusal for part in parts):
        return _abstain(question, understood, desk, parts[0].refusal, parts)
    return _assemble(question, understood, desk, parts)


def rank(question: Question, desk: Desk) -> tuple[str, ...]:
    """The packs' row ids of what retrieval alone finds, best first."""
    understood = _understood(question, desk)
    places = [found.id for found in understood.places.jurisdictions]
    desk.need(places)
    trace = Trace()
    for place in places:
        trace.retrieved(place, sought(question, understood, place, desk, Readings()).retrieved)
        if place != FEDERAL:
            trace.floor(federal_floor(understood.topics, desk.shelf.library, question.as_of))
    return trace.ranked


def _understood(question: Question, desk: Desk) -> Understanding:
    return understand(
        question,
        desk.matcher,
        installed={pack.jurisdiction for pack in desk.shelf.packs()},
        model=desk.model,
        vectors=desk.vectors,
    )


async def _part(
    question: Question, understood: Understanding, jurisdiction: str, desk: Desk, trace: Trace
) -> Part:
    packs = desk.shelf.packs(jurisdiction)
    readings = Readings()
    with span("retrieve", jurisdiction=jurisdiction):
        hunt = sought(question, understood, jurisdiction, desk, readings)
    understood, sound = hunt.understood, Soundness(desk.shelf.library, all_rows=desk.faulty_rows)
    retrieved = sound.evidence(hunt.retrieved, _READ)
    trace.retrieved(jurisdiction, retrieved)
    if jurisdiction != FEDERAL:
        trace.floor(federal_floor(understood.topics, desk.shelf.library, question.as_of))
    read = retrieved.evidence[:_READ]
    aim = aim_of(understood)
    asker = Asker.of(question.text, understood.facts, understood.topics)
    meaning = meaning_of(understood, desk.passages or desk.model)
    kin = kinship(understood.text, understood.topics, desk.matcher)
    with span("read", jurisdiction=jurisdiction):
        found = findings(read, aim, readings, kin=kin, meaning=meaning)
    trace.found(jurisdiction, found)
    if hunt.refusal is not None:
        return Part(
            jurisdiction=jurisdiction,
            packs=packs,
            evidence=retrieved.evidence,
            refusal=hunt.refusal,
            kept_out=tuple(sound.kept_out.values()),
        )
    binder = Binder(
        asker=asker, library=desk.shelf.library, readings=readings, as_of=question.as_of
    )
    chosen = chosen_and_bound(found, tokens(understood.text), desk.limits, binder)
    with span("write", jurisdiction=jurisdiction):
        written = draft(
            chosen,
            found,
            official=asker.official,
            longest=desk.limits.longest,
        )
    faulty: tuple[Withheld, ...] = ()
    told: tuple[Statement, ...] = ()
    writer = _EXTRACTIVE
    if desk.writer is not None:
        brief = brief_of(question, understood, chosen, official=asker.official)
        with span("model", jurisdiction=jurisdiction):
            said = await written_by_model(
                brief, desk.writer, budget=desk.budget, on_statement=trace.held
            )
        faulty = said.withheld
        if said.failure is None:
            written, writer = said.draft, desk.writer.name
        else:
            told = (note("model_failed", reason=said.failure.value),)
    more = beside(written, chosen, tokens(understood.text), desk.limits, binder)
    written = more.draft
    about_scope = sound.sections((*basis_sections(chosen), *more.sections))
    known = [*(item.section for item in read), *about_scope]
    with span("verify", jurisdiction=jurisdiction):
        kept, withheld = _verified(written, known, question, jurisdiction)
    trace.checked(jurisdiction, kept, withheld)
    return Part(
        jurisdiction=jurisdiction,
        packs=packs,
        evidence=retrieved.evidence,
        found=tuple(found),
        draft=kept,
        withheld=(*faulty, *withheld),
        told=told,
        bound=sound.bound(applicabilities(chosen, more.owner)),
        general=hunt.general,
        about_scope=about_scope,
        kept_out=tuple(sound.kept_out.values()),
        writer=writer,
    )


def _verified(
    written: Draft, known: Iterable[Section], question: Question, jurisdiction: str
) -> tuple[Draft, tuple[Withheld, ...]]:
    sections = {section.id: section for section in known}
    duties = [
        quote.section
        for block in written.blocks
        for one in block.statements
        for quote in one.quotes
    ]
    context = Context(
        documents=frozenset(sections[one].document for one in duties if one in sections)
    )
    withheld: list[Withheld] = []

    def held(statements: Iterable[Statement]) -> tuple[Statement, ...]:
        kept = []
        for statement in statements:
            faults = check(
                statement,
                sections,
                as_of=question.as_of,
                jurisdictions={jurisdiction},
                context=context,
            )
            if faults:
                withheld.append(Withheld(statement=statement, faults=faults))
            else:
                kept.append(statement)
        return tuple(kept)

    summary = held(written.summary)
    blocks = [Block(heading=b.heading, statements=held(b.statements)) for b in written.blocks]
    shown = Draft(
        lead=written.lead, summary=summary, blocks=tuple(b for b in blocks if b.statements)
    )
    return shown, tuple(withheld)


def _assemble(
    question: Question, understood: Understanding, desk: Desk, parts: Sequence[Part]
) -> Answer:
    several = len(parts) > 1
    names = {found.id: found.name for found in understood.places.jurisdictions}
    summary: list[Statement] = []
    blocks: list[Block] = []
    for part in parts:
        name = names[part.jurisdiction]
        if part.refusal is not None:
            blocks.append(
                Block(
                    heading=name,
                    statements=(note("nothing_here", jurisdiction=name), *part.refusal.nearest),
                )
            )
            continue
        summary.append(_lead(part, name if several else None))
        summary += [*part.draft.summary, *part.told]
        for block in part.draft.blocks:
            heading = f"{name}: {block.heading}" if several else block.heading
            blocks.append(Block(heading=heading, statements=block.statements))
    blocks += what_differs(parts, names, question.as_of, understood.asks) if several else []
    statements = [*summary, *(one for block in blocks for one in block.statements)]
    sections = {
        section.id: section
        for part in parts
        for section in (*(item.section for item in part.evidence[:_READ]), *part.about_scope)
    }
    bound = {one: found for part in parts for one, found in part.bound.items()}
    packs = tuple(pack for part in parts for pack in part.packs)
    cited = sources(statements, sections, bound, _code_names(packs))
    return Answer(
        question=question,
        jurisdictions=understood.places.jurisdictions,
        facts=understood.facts,
        summary=tuple(summary),
        blocks=tuple(blocks),
        withheld=tuple(item for part in parts for item in part.withheld),
        sources=cited,
        coverage=_coverage(
            question,
            understood,
            packs,
            parts,
            undated=any(one.effective_date is None for one in cited),
        ),
        abstained=False,
        reason=None,
        choices=(),
        provenance=_provenance(desk, packs, parts),
    )


def _lead(part: Part, name: str | None) -> Statement:
    """The note that opens a part; `name` is its jurisdiction's where there are several."""
    if part.general is not None:
        codes = " and ".join(code_name(pack) for pack in part.packs)
        return note("found_general", codes=codes, topic=part.general)
    return note(part.draft.lead) if name is None else note("found_in", jurisdiction=name)


def _coverage(
    question: Question,
    understood: Understanding,
    packs: Sequence[InstalledPack],
    parts: Sequence[Part],
    *,
    undated: bool = False,
) -> Coverage:
    return coverage(
        [found.id for found in understood.places.jurisdictions],
        packs,
        as_of=question.as_of,
        federal=_federal(understood),
        used=Used(
            kept_out=tuple(citation for part in parts for citation in part.kept_out),
            undated=undated,
        ),
        courts=any(match.topic.govern == "courts" for match in understood.topics[:1]),
    )


def _federal(understood: Understanding) -> tuple[str, ...]:
    """The federal law that may bear on a question about a state's."""
    places = {found.id for found in understood.places.jurisdictions}
    return () if not places or FEDERAL in places else federal_citations(understood.topics)


def _code_names(packs: Iterable[InstalledPack]) -> dict[str, str]:
    return {
        slug: code.name
        for pack in packs
        for slug in pack.codes
        if (code := citations.code(pack.jurisdiction, slug)) is not None
    }


def _abstain(
    question: Question,
    understood: Understanding,
    desk: Desk,
    refusal: Refusal | None,
    parts: Sequence[Part] = (),
) -> Answer:
    packs = tuple(pack for part in parts for pack in part.packs)
    nearest = refusal.nearest if refusal else ()
    blocks = (Block(heading="Nearest law", statements=nearest),) if nearest else ()
    return Answer(
        question=question,
        jurisdictions=understood.places.jurisdictions,
        facts=understood.facts,
        summary=(),
        blocks=blocks,
        withheld=tuple(item for part in parts for item in part.withheld),
        sources=(),
        coverage=_coverage(question, understood, packs, parts),
        abstained=True,
        reason=refusal.reason if refusal else None,
        choices=refusal.choices if refusal else (),
        provenance=_provenance(desk, packs, parts),
    )


def _provenance(desk: Desk, packs: Iterable[InstalledPack], parts: Sequence[Part]) -> Provenance:
    return Provenance(
        library=desk.shelf.library.digest(),
        index=",".join(pack.index.name for pack in packs),
        writer=", ".join(dict.fromkeys(part.writer for part in parts)) or _EXTRACTIVE,
        version=desk.version,
    )
