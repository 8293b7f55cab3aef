"""What is installed, how current it is, and what is not there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from pincite import citations
from pincite.law.jurisdiction import by_id
from pincite.retrieval.titles import missing_titles
from pincite.web.pages.home import NO_LAW
from pincite.web.pages.templates import page

if TYPE_CHECKING:
    from pincite.assistant import Assistant, InstalledPack
    from pincite.web.law import Law

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackView:
    jurisdiction: str
    place: str
    kind: str
    codes: tuple[str, ...]
    sections: int
    in_force: int
    current_through: str
    attribution: str
    excerpts: bool
    missing: tuple[str, ...]


@router.get("/library")
async def library(request: Request) -> Response:
    law: Law = request.app.state.law

    def work(assistant: Assistant) -> tuple[tuple[PackView, ...], str]:
        views = [_pack(pack) for pack in assistant.packs()]
        views.sort(key=lambda pack: (pack.jurisdiction != "us", pack.place, pack.kind != "statute"))
        return tuple(views), assistant.library.digest()

    packs, digest = await law.read(work)
    return page(
        request,
        "library.html",
        packs=packs,
        places=len({pack.jurisdiction for pack in packs}),
        sections=sum(pack.sections for pack in packs),
        in_force=sum(pack.in_force for pack in packs),
        digest=digest,
        no_law=NO_LAW,
    )


@lru_cache(maxsize=256)
def _missing(name: str, titles: tuple[str, ...]) -> tuple[str, ...]:
    """As `Assistant.gaps`; it reads a long table, and a pack changes seldom."""
    return tuple(str(one) for one in missing_titles(name, titles))


def _pack(pack: InstalledPack) -> PackView:
    codes = (citations.code(pack.jurisdiction, slug) for slug in pack.codes)
    return PackView(
        jurisdiction=pack.jurisdiction,
        place=by_id(pack.jurisdiction).name,
        kind=pack.kind.value,
        codes=tuple(code.name for code in codes if code is not None),
        sections=pack.sections,
        in_force=pack.in_force,
        current_through=pack.current_through,
        attribution=pack.attribution,
        excerpts=pack.excerpts,
        missing=() if pack.excerpts else _missing(pack.name, pack.titles),
    )
