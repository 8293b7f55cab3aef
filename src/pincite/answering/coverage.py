"""What was searched, how current it is, and what of the jurisdiction's law was not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pincite import citations
from pincite.answer import Coverage, Searched
from pincite.law.currency import current_date, is_before
from pincite.law.jurisdiction import by_id
from pincite.law.section import Kind
from pincite.retrieval.titles import Title, missing_titles, titles_of
from pincite.verification.notes import note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from pincite.library.read import InstalledPack

_YEAR_DAYS = 366
_FEDERAL = 4
_FEW = 4  # so many times the titles that are held must be missing
_KEPT_OUT, _MOST_KEPT_OUT = 2, 8  # citations of one note, and in all


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What of the law that was found an answer uses.

    `kept_out` are citations of faulty rows, which it does not; `undated` says that it cites law
    that its pack gives no date for.
    """

    kept_out: tuple[str, ...] = ()
    undated: bool = False


def coverage(
    jurisdictions: Sequence[str],
    packs: Sequence[InstalledPack],
    *,
    as_of: date,
    federal: Sequence[str] = (),
    courts: bool = False,
    used: Used | None = None,
) -> Coverage:
    """The coverage of a search in `packs`; `federal` is law that bears too and was not read."""
    used = used or Used()
    searched = tuple(
        Searched(
            code=code_name(pack),
            pack=pack.name,
            sections=pack.sections,
            current_through=pack.current_through,
            titles_missing=tuple(str(title) for title in _missing(pack)),
            excerpts=pack.excerpts,
        )
        for pack in packs
    )
    return Coverage(
        searched=searched,
        missing=_not_installed(jurisdictions, packs),
        notes=(
            *_told_as_they_are(searched, as_of, undated=used.undated),
            *_notes(searched, as_of, federal, courts=courts),
            *_faulty(used.kept_out),
            note("not_advice").text,
        ),
    )


def _missing(pack: InstalledPack) -> tuple[Title, ...]:
    return () if pack.excerpts else missing_titles(pack.name, pack.titles)


def code_name(pack: InstalledPack) -> str:
    """The name of the code that a pack holds, or of its codes together."""
    if pack.from_document:
        return pack.document
    names = [
        code.name
        for slug in pack.codes
        if (code := citations.code(pack.jurisdiction, slug)) is not None
    ]
    if len(names) == 1:
        return names[0]
    place = by_id(pack.jurisdiction)
    kind = "regulations" if pack.kind is Kind.REGULATION else "statutes"
    return f"{place.name if place else pack.jurisdiction} {kind}"


def _not_installed(jurisdictions: Iterable[str], packs: Sequence[InstalledPack]) -> tuple[str, ...]:
    """The codes of these jurisdictions of which nothing is installed, statutes first."""
    # One document of a code is not the code.
    packs = [pack for pack in packs if not pack.from_document]
    have = {(pack.jurisdiction, code) for pack in packs for code in pack.codes}
    kinds = {(pack.jurisdiction, pack.kind) for pack in packs}
    names = []
    for jurisdiction in jurisdictions:
        for code in citations.codes(jurisdiction):
            # One pack holds all of a state's subject codes; one that is absent is empty there.
            if (jurisdiction, code.slug) in have or (jurisdiction, code.kind) in kinds:
                continue
            names.append(code.name)
    return tuple(dict.fromkeys(names))


def _notes(
    searched: Sequence[Searched], as_of: date, federal: Sequence[str], *, courts: bool
) -> Iterable[str]:
    for item in searched:
        through = current_date(item.current_through)
        if through is not None and (as_of - through).days > _YEAR_DAYS:
            yield note("stale", codes=item.code, currency=item.current_through).text
        if item.excerpts:
            yield note("excerpts", codes=item.code).text
        yield from _titles(item)
    if federal:
        yield note("federal", citation=", ".join(federal[:_FEDERAL])).text
    if courts:
        yield note("courts").text


def _titles(item: Searched) -> Iterable[str]:
    """The titles that a code lacks, or those that it has where they are few beside them."""
    missing = set(item.titles_missing)
    held = [str(title) for title in titles_of(item.pack) if str(title) not in missing]
    if missing and _FEW * len(held) < len(missing):
        yield note("titles_held", codes=item.code, titles=", ".join(held)).text
    elif missing:
        titles = ", ".join(item.titles_missing)
        yield note("titles_missing", codes=item.code, titles=titles).text


def _told_as_they_are(searched: Sequence[Searched], as_of: date, *, undated: bool) -> Iterable[str]:
    """A pack of today's law that gives no dates cannot tell what a past day's law was."""
    for item in searched:
        if undated and is_before(as_of, item.current_through):
            yield note(
                "as_the_pack_has_it",
                codes=item.code,
                currency=item.current_through,
                day=as_of.isoformat(),
            ).text


def _faulty(kept_out: Sequence[str]) -> Iterable[str]:
    for first in range(0, min(len(kept_out), _MOST_KEPT_OUT), _KEPT_OUT):
        yield note("kept_out", citation=", ".join(kept_out[first : first + _KEPT_OUT])).text
