"""The check of a text's citations and quotations, and the list of the library, for the tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pincite.law.jurisdiction import by_id
from pincite.mcp.results import (
    CheckedResult,
    LibraryResult,
    PackResult,
    PlaceResult,
    VerifyResult,
)
from pincite.memo import MemoPart

if TYPE_CHECKING:
    from pincite.assistant import Assistant, InstalledPack
    from pincite.memo import MemoCheck, MemoFinding


def verify_result(checked: MemoCheck) -> VerifyResult:
    return VerifyResult(
        holds=checked.holds,
        as_of=checked.as_of.isoformat(),
        citations=checked.count(MemoPart.CITATION),
        quotations=checked.count(MemoPart.QUOTATION),
        faulty=len(checked.faulty),
        checked=[_finding(one) for one in checked.findings],
        notes=list(checked.notes),
    )


def _finding(one: MemoFinding) -> CheckedResult:
    return CheckedResult(
        part=one.part.value,
        verdict=one.standing.value,
        text=one.text,
        where=one.where,
        message=one.message,
        citation=one.citation,
        section=one.section,
        law=one.law,
        told=one.told,
        places=[
            PlaceResult(
                id=place.section,
                citation=place.citation,
                pinpoint=place.pinpoint,
                start=place.start,
                end=place.end,
                text=place.text,
            )
            for place in one.places
        ],
        choices=list(one.choices),
    )


def library_result(assistant: Assistant, jurisdictions: tuple[str, ...]) -> LibraryResult:
    """What is installed, of these jurisdictions or of all."""
    packs = [
        pack
        for pack in assistant.packs()
        if not jurisdictions or pack.jurisdiction in jurisdictions
    ]
    return LibraryResult(
        packs=[_pack(pack, assistant.gaps(pack)) for pack in packs],
        jurisdictions=sorted({pack.jurisdiction for pack in packs}),
        sections=sum(pack.sections for pack in packs),
    )


def _pack(pack: InstalledPack, gaps: dict[str, Any]) -> PackResult:
    return PackResult(
        name=pack.name,
        jurisdiction=pack.jurisdiction,
        jurisdiction_name=by_id(pack.jurisdiction).name,
        kind=pack.kind.value,
        codes=list(pack.codes),
        sections=pack.sections,
        in_force=pack.in_force,
        current_through=pack.current_through,
        excerpts=pack.excerpts,
        titles_missing=list(gaps["titles_missing"]),
    )
