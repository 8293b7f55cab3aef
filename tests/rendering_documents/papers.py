"""Answers to be filed: a sound one from Franklin's law, and one whose every text is hostile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from pincite.answer import (
    Answer,
    Applicability,
    Block,
    Coverage,
    Fault,
    FaultKind,
    JurisdictionFound,
    Provenance,
    Question,
    Quote,
    Searched,
    Source,
    Statement,
    StatementKind,
    Verdict,
    Withheld,
)
from pincite.law.section import Status

TOOL, DUTY, RULE = "/us-fr/fs/s12-3-308", "/us-fr/fs/s12-3-401", "/us-fr/fac/s40-2-110"
HOSTILE = (
    '</w:t></w:r><script>alert(1)</script> #import "x" #read("/etc/passwd") $x$ *b* _i_ @a <b> '
    "\\u0007\x07\x1b[31m \u202eevil {{7*7}} ]] --> &amp; &lt; ' \" “ ” \ufffe \x00 "
    "=cmd|'/c'!A1 \ud800 \U0001f41d"
)  # fmt: skip


def quote(section: str, pinpoint: str, text: str, start: int = 0) -> Quote:
    return Quote(section=section, pinpoint=pinpoint, start=start, end=start + len(text), text=text)


def told(text: str, *quotes: Quote, kind: StatementKind = StatementKind.QUOTE) -> Statement:
    return Statement(text=text, kind=kind, quotes=quotes)


def source(label: str, identifier: str, citation: str, url: str | None) -> Source:
    return Source(
        label=label,
        id=identifier,
        citation=citation,
        local_citation=citation.replace("Frank. Stat. §", "FS"),
        heading="Customer service tools.",
        code="Franklin Statutes",
        hierarchy=("Franklin Statutes",),
        document=identifier.rpartition("/")[0],
        document_name="Consumer Data Privacy Act",
        status=Status.IN_FORCE,
        effective_date=date(2025, 7, 1),
        current_through="2026 Regular Session",
        url=url,
        text_sha256="0" * 64,
        applicability=Applicability(binds="a controller", verdict=Verdict.ONLY_IF),
    )


@cache
def sound() -> Answer:
    """Statutes and regulations, several quotes of a statement, a withheld statement, coverage."""
    first = quote(
        TOOL,
        "(b)",
        "A controller shall not require a consumer to give more personal data to the customer "
        "service tool than is needed to answer the consumer.",
    )
    second = quote(
        DUTY, "(a)", "A service provider shall adhere to the instructions of the controller"
    )
    third = quote(
        DUTY, "(b)(2)", "helping to meet the controller's duty to keep personal data secure"
    )
    fourth = quote(RULE, "(C)", "The notice must be in plain language.")
    return Answer(
        question=Question(
            text="May I use a chat tool that collects personal data in Franklin?",
            as_of=date(2026, 11, 21),
            asked_at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
            facts=("we are a shop",),
        ),
        jurisdictions=(JurisdictionFound(id="us-fr", name="State of Franklin", how="named"),),
        facts=("we are a shop",),
        summary=(
            told("What was found says the following.", kind=StatementKind.NOTE),
            told("You may not ask for more than is needed.", first, kind=StatementKind.PARAPHRASE),
        ),
        blocks=(
            Block(heading="What you may not do", statements=(told(first.text, first),)),
            Block(
                heading="What you must do",
                statements=(
                    told(f"{second.text} … {third.text}", second, third),
                    told(fourth.text, fourth),
                ),
            ),
        ),
        withheld=(
            Withheld(
                statement=told("Bees are data.", quote("/us-fr/fs/s9-9-9", "", "Bees")),
                faults=(Fault(kind=FaultKind.NOT_VERBATIM, detail="it does not read so"),),
            ),
        ),
        sources=(
            source("1.1", TOOL, "Frank. Stat. § 12-3-308", "https://law.franklin.example/12-3-308"),
            source("1.2", DUTY, "Frank. Stat. § 12-3-401", None),
            source("2.1", RULE, "Frank. Admin. Code 40-2-110", "https://law.franklin.example/r?a=1&b=2"),
        ),
        coverage=Coverage(
            searched=(
                Searched(code="Franklin Statutes", pack="us_fr_statutes", sections=1290,
                         current_through="2026 Regular Session", titles_missing=("title 9",)),
            ),
            missing=("Franklin Court Rules",),
            notes=("This is not legal advice.",),
        ),
        abstained=False,
        reason=None,
        choices=(),
        provenance=Provenance(library="a" * 64, index="x-1", writer="extractive", version="0.1.0"),
    )  # fmt: skip


def hostile(text: str = HOSTILE) -> Answer:
    """The same, with `text` wherever a text may stand."""
    answer = sound()
    bad = quote(TOOL, "(b)", text)
    return replace(
        answer,
        question=replace(answer.question, text=text, facts=(text,)),
        facts=(text,),
        summary=(told(text, bad), told(text, kind=StatementKind.NOTE)),
        blocks=(Block(heading=text, statements=(told(text, bad, replace(bad, pinpoint=text)),)),),
        withheld=(
            Withheld(
                statement=told(text, replace(bad, section=text)),
                faults=(Fault(kind=FaultKind.NUMBER, detail=text),),
            ),
        ),
        sources=tuple(
            replace(
                one,
                citation=text,
                local_citation=text,
                heading=text,
                document_name=text,
                current_through=text,
                url=f"javascript:alert(1)//{text}",
                applicability=replace(one.applicability, binds=text),
            )
            for one in answer.sources
        ),
        coverage=Coverage(
            searched=(
                replace(answer.coverage.searched[0], code=text, current_through=text,
                        titles_missing=(text,)),
            ),
            missing=(text,),
            notes=(text,),
        ),
        choices=(text,),
        reason=text,
    )  # fmt: skip


def refusing() -> Answer:
    """No answer, with places to choose from."""
    return replace(
        sound(),
        summary=(),
        blocks=(),
        sources=(),
        withheld=(),
        abstained=True,
        reason="The question names no state.",
        choices=("Franklin", "Washington"),
    )
