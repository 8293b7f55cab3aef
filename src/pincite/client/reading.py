"""From the server's JSON to values; fields that a newer server adds are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pincite.answer import Quote, Statement, StatementKind
from pincite.client.results import (
    AnswerGiven,
    Check,
    CheckFault,
    CitationFound,
    DocumentKept,
    Hit,
    HitList,
    KeptAnswer,
    Law,
    LibraryList,
    Pack,
    Progress,
    SectionLine,
    StatementDraft,
    WatchKept,
)
from pincite.errors import ServerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Values = Mapping[str, Any]


def answer_given(text: str, answer_id: str) -> AnswerGiven:
    """Raises ServerError for what is no answer in a format that this release reads."""
    from pydantic import ValidationError

    from pincite.rendering.from_wire import from_wire
    from pincite.rendering.wire import AnswerWire

    try:
        answer = from_wire(AnswerWire.model_validate_json(text))
    except (ValidationError, UsageError) as error:
        raise ServerError(
            f"the server gave no answer that this release can read ({str(error)[:200]})"
        ) from error
    return AnswerGiven(answer=answer, id=answer_id, json=text)


def progress(values: Values) -> Progress:
    more = {key: value for key, value in values.items() if key != "stage"}
    return Progress(stage=str(values["stage"]), values=more)


def statement_draft(values: Values) -> StatementDraft:
    raw = values["statement"]
    quotes = tuple(
        Quote(
            section=cite["source"],
            pinpoint=cite["pinpoint"],
            start=cite["start"],
            end=cite["end"],
            text=cite["quote"],
        )
        for cite in raw["cites"]
    )
    return StatementDraft(
        statement=Statement(text=raw["text"], kind=StatementKind(raw["kind"]), quotes=quotes),
        jurisdiction=values["jurisdiction"] or "",
        heading=values["heading"] or "",
        draft=bool(values["draft"]),
    )


def law(values: Values) -> Law:
    if not values["found"]:
        section = values.get("section") or {}
        return _law(
            section,
            found=False,
            raw=values,
            citation=values["citation"],
            reason=values["reason"],
            message=values["message"],
            advice=values["advice"],
            choices=tuple(values["choices"]),
        )
    if "sections" in values:
        lines = tuple(
            SectionLine(
                id=one["id"],
                citation=one["citation"],
                heading=one["heading"],
                status=one["status"],
            )
            for one in values["sections"]
        )
        return Law(found=True, citation=values["citation"], sections=lines, raw=values)
    return _law(values, found=True, raw=values)


def _law(section: Values, **more: Any) -> Law:  # noqa: ANN401
    names = (
        "id",
        "citation",
        "local_citation",
        "heading",
        "status",
        "text",
        "start",
        "end",
        "current_through",
        "url",
        "text_sha256",
    )
    return Law(**({name: section[name] for name in names if name in section} | more))


def hit_list(values: Values) -> HitList:
    hits = tuple(
        Hit(
            id=one["id"],
            citation=one["citation"],
            heading=one["heading"],
            jurisdiction=one["jurisdiction"],
            status=one["status"],
            pinpoint=one["pinpoint"],
            start=one["start"],
            end=one["end"],
            passage=one["passage"],
            score=one["score"],
            raw=one,
        )
        for one in values["hits"]
    )
    return HitList(
        hits=hits,
        packs=tuple(values["packs"]),
        not_installed=tuple(values["not_installed"]),
        note=values["note"],
        next=values["next"],
    )


def citations(values: Values) -> tuple[CitationFound, ...]:
    return tuple(
        CitationFound(
            start=one["start"],
            end=one["end"],
            text=one["text"],
            id=one["id"],
            citation=one["citation"],
            local_citation=one["local_citation"],
            jurisdiction=one["jurisdiction"],
            outcome=one["outcome"],
            message=one["message"],
            sections=tuple(one["sections"]),
        )
        for one in values["citations"]
    )


def check(values: Values) -> Check:
    return Check(
        holds=values["holds"],
        checked=values["checked"],
        recorded=values["recorded"],
        notes=tuple(values["notes"]),
        faults=tuple(
            CheckFault(place=one["place"], text=one["text"], kind=one["kind"], detail=one["detail"])
            for one in values["faults"]
        ),
    )


def kept_page(values: Values) -> tuple[tuple[KeptAnswer, ...], str | None]:
    rows = tuple(
        KeptAnswer(
            id=one["id"],
            question=one["question"],
            asked_at=one["asked_at"],
            sha256=one["sha256"],
        )
        for one in values["answers"]
    )
    return rows, values["next"]


def watch_kept(values: Values) -> WatchKept:
    return WatchKept(
        id=values["id"],
        question=values["question"],
        jurisdictions=tuple(values["jurisdictions"]),
        facts=tuple(values["facts"]),
        created_at=values["created_at"],
        last_run_at=values["last_run_at"],
        last_answer=values["last_answer"],
    )


def watches_kept(values: Values) -> tuple[WatchKept, ...]:
    return tuple(watch_kept(one) for one in values["watches"])


def document_kept(values: Values) -> DocumentKept:
    return DocumentKept(
        id=values["id"],
        name=values["name"],
        bytes=values["bytes"],
        sha256=values["sha256"],
        kind=values["kind"],
        cited_as=values["cited_as"],
        pack=values["pack"],
        sections=values["sections"],
        added_at=values["added_at"],
        notes=tuple(values["notes"]),
    )


def documents_kept(values: Values) -> tuple[DocumentKept, ...]:
    return tuple(document_kept(one) for one in values["documents"])


def library(values: Values) -> LibraryList:
    packs = tuple(
        Pack(
            name=one["name"],
            jurisdiction=one["jurisdiction"],
            kind=one["kind"],
            codes=tuple(one["codes"]),
            sections=one["sections"],
            in_force=one["in_force"],
            current_through=one["current_through"],
            titles_missing=tuple(one["titles_missing"]),
        )
        for one in values["packs"]
    )
    return LibraryList(digest=values["digest"], packs=packs)


def told(read: Callable[[Values], Any], values: object) -> Any:  # noqa: ANN401
    """What `read` makes of the JSON. Raises ServerError where it is something else."""
    try:
        return read(values)  # pyrefly: ignore[bad-argument-type]  (read looks)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ServerError(
            f"the server's answer has another shape than this release reads ({error!r}); is there "
            "a Pincite server at this address?"
        ) from error
