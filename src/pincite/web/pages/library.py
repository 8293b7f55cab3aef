"""What is installed, how current it is, and what is not there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from pincite import citations
from pincite.accounts.people import Scope
from pincite.assistant.own_documents import own_documents
from pincite.law.jurisdiction import ALL, by_id
from pincite.retrieval.titles import missing_titles
from pincite.web.pages.home import NO_LAW
from pincite.web.pages.templates import page
from pincite.web.whose import workspace_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pincite.assistant import Assistant, InstalledPack
    from pincite.assistant.own_documents import OwnDocument
    from pincite.web.law import Law

router = APIRouter(include_in_schema=False)
_NOTHING: dict[str, str] = {}


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
    return await library_page(request)


async def library_page(
    request: Request, *, given: Mapping[str, str] = _NOTHING, trouble: str = "", status: int = 200
) -> Response:
    """`given` is what the form for a document was filled in with."""
    law: Law = request.app.state.law
    workspace = workspace_of(request)

    def work(
        assistant: Assistant,
    ) -> tuple[tuple[PackView, ...], tuple[OwnDocument, ...], str]:
        own = own_documents(assistant, workspace)
        theirs = {one.pack.name for one in own if one.pack is not None}
        views = [_pack(pack) for pack in assistant.packs() if pack.name not in theirs]
        views.sort(key=lambda pack: (pack.jurisdiction != "us", pack.place, pack.kind != "statute"))
        return tuple(views), own, assistant.library.digest()

    packs, own, digest = await law.read(work)
    caller = getattr(request.state, "caller", None)
    return page(
        request,
        "library.html",
        status=status,
        packs=packs,
        places=len({pack.jurisdiction for pack in packs}),
        sections=sum(pack.sections for pack in packs),
        in_force=sum(pack.in_force for pack in packs),
        digest=digest,
        no_law=NO_LAW,
        own=own,
        may_write=caller is None or caller.may(Scope.WRITE),
        given=given,
        trouble=trouble,
        added=request.query_params.get("added", ""),
        removed="removed" in request.query_params,
        all_places=ALL,
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
