"""`pincite library`: packs of law, installed, listed, updated and removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from pincite.cli.choices import Format, FormatOption, InOption, format_of
from pincite.cli.diff import diff
from pincite.cli.documents import (
    CodeOption,
    CurrentOption,
    InternalOption,
    KindOption,
    NameOption,
    Told,
    UrlOption,
    add_documents,
    are_documents,
)
from pincite.cli.frame import DONE, ERROR, framed, tell
from pincite.cli.lint import lint
from pincite.cli.output import emit
from pincite.cli.start import assistant
from pincite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pincite.assistant import Assistant, Installed, InstalledPack, PackOffer, Source

app = typer.Typer(
    help="Packs of law: install, list, update, remove.", no_args_is_help=True, rich_markup_mode=None
)

app.command("lint")(lint)
app.command("diff")(diff)

NamesArgument = Annotated[
    Optional[list[str]],
    typer.Argument(
        help="Packs (us_mo_statutes), jurisdictions (MO) or addresses (ecfr:16/314).",
        metavar="NAME",
    ),
]
FromOption = Annotated[
    Optional[str],
    typer.Option("--from", metavar="FOLDER|URL|FILE", help="Take packs from here."),
]


@app.command("add")
@framed
def add(
    ctx: typer.Context,
    names: NamesArgument = None,
    within: InOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Every pack of the source.")] = False,
    source: FromOption = None,
    code: CodeOption = None,
    kind: KindOption = None,
    internal: InternalOption = False,
    name: NameOption = None,
    current_through: CurrentOption = None,
    url: UrlOption = None,
    form: FormatOption = None,
) -> int:
    """Install packs; one that is installed and unchanged is left as it is.

    A pack that fails leaves the library as it was, and the others go on. A document (PDF, HTML,
    DOCX, Markdown, text) becomes a pack of its own: law with --in and --code, else --internal.
    """
    from pincite.assistant import named_all

    told = Told(
        code=code,
        kind=kind,
        internal=internal,
        name=name,
        current_through=current_through,
        url=url,
    )
    if are_documents(names or (), told):
        with assistant(ctx) as helper:
            added = add_documents(helper, names or (), named_all(within or ()), told)
            return _report(added, format_of(form))
    with assistant(ctx) as helper:
        addresses, names = _addresses(names or ())
        results: list[Installed] = []
        if names or source or everything or not addresses:
            place = None if source is None else helper.source(source)
            wanted = _wanted(helper, names, within or (), place, everything=everything)
            results += helper.add(wanted, source=place)
        for address in addresses:
            results += _added(helper, address, within or ())
        return _report(results, format_of(form))


@app.command("update")
@framed
def update(
    ctx: typer.Context,
    names: NamesArgument = None,
    within: InOption = None,
    source: FromOption = None,
    form: FormatOption = None,
) -> int:
    """Bring installed packs to what the place that each came from has now.

    Old versions are kept. `--from` takes them from another place, and from now on.
    """
    with assistant(ctx) as helper:
        place = None if source is None else helper.source(source)
        have = {pack.name.lower(): pack for pack in helper.packs()}
        if place is None and (names or within):
            wanted = _installed(have, names or (), within or ())
        elif names or within:
            wanted = _wanted(helper, names or (), within or (), place, everything=False)
            if unknown := [name for name in wanted if name.lower() not in have and names]:
                raise UsageError(
                    f"{', '.join(unknown)} is not installed; `library add` installs it"
                )
            wanted = [name for name in wanted if name.lower() in have]
        else:
            wanted = list(have)
        if place is None:
            results = helper.update(have[name.lower()] for name in wanted)
        else:
            results = helper.add(wanted, source=place) if wanted else ()
        return _report(results, format_of(form))


@app.command("list")
@framed
def show(
    ctx: typer.Context,
    within: InOption = None,
    available: Annotated[
        bool, typer.Option("--available", help="What the source has, installed or not.")
    ] = False,
    source: FromOption = None,
    form: FormatOption = None,
) -> int:
    """List the packs that are installed, or those that the source has."""
    from pincite.assistant import named_all

    places = named_all(within or (), internal=True)
    with assistant(ctx) as helper:
        packs = {pack.name.lower(): pack for pack in helper.packs()}
        if available:
            place = None if source is None else helper.source(source)
            rows = [_offered(one, packs) for one in helper.offers(places, source=place)]
            columns = ("name", "sections", "bytes", "installed", "attribution")
        else:
            rows = [_row(one) for one in packs.values() if not places or one.jurisdiction in places]
            columns = ("name", "sections", "in_force", "current_through", "attribution")
    if not rows:
        tell("no pack is installed; `pincite library add` or a question installs one")
    _emit_table(columns, rows, format_of(form))
    return DONE


@app.command("remove")
@framed
def remove(ctx: typer.Context, names: NamesArgument = None, form: FormatOption = None) -> int:
    """Remove packs, with every version of their sections."""
    if not names:
        raise UsageError("name the packs to remove; `pincite library list` shows them")
    with assistant(ctx) as helper:
        rows = [
            {"name": name, "outcome": "removed" if helper.remove(name) else "not installed"}
            for name in dict.fromkeys(names)
        ]
    _emit_table(("name", "outcome"), rows, format_of(form))
    return DONE if all(row["outcome"] == "removed" for row in rows) else ERROR


@app.command("vectors")
@framed
def vectors(ctx: typer.Context, names: NamesArgument = None, form: FormatOption = None) -> int:
    """Make vectors of whole packs, so that law is found whose words nobody guesses.

    It takes some minutes a pack and goes on where it was stopped. Questions work without.
    """
    with assistant(ctx) as helper:
        rows = [
            {"name": one.pack, "sections": one.sections, "model": one.model}
            for one in helper.embed(names or ())
        ]
    _emit_table(("name", "sections", "model"), rows, format_of(form))
    return DONE


@app.command("info")
@framed
def info(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="An installed pack.")],
    form: FormatOption = None,
) -> int:
    """All that is known of an installed pack."""
    from pincite.rendering.packs import list_markdown, list_text
    from pincite.rendering.section_wire import as_json

    with assistant(ctx) as helper:
        found = [pack for pack in helper.packs() if pack.name.lower() == name.lower()]
        if not found:
            raise UsageError(f"{name} is not installed; `pincite library list` shows what is")
        row = _row(found[0]) | helper.gaps(found[0])
    chosen = format_of(form)
    if chosen is Format.JSON:
        emit(as_json(row))
    else:
        emit(list_markdown(row) if chosen is Format.MARKDOWN else list_text(row))
    return DONE


def _addresses(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Where packs are (`ecfr:16`, a URL), and the names of packs and jurisdictions."""
    from pincite.assistant import is_address

    given = list(names)
    return [one for one in given if is_address(one)], [one for one in given if not is_address(one)]


def _added(helper: Assistant, address: str, within: Iterable[str]) -> tuple[Installed, ...]:
    """Every pack at the address; of the jurisdictions alone, where some are given."""
    from pincite.assistant import named_all

    place = helper.source(address)
    offers = helper.offers(named_all(within), source=place)
    if not offers:
        raise UsageError(f"{address} has no pack of {', '.join(within)}")
    return helper.add([offer.name for offer in offers], source=place)


def _installed(
    have: Mapping[str, InstalledPack], names: Iterable[str], within: Iterable[str]
) -> list[str]:
    """The installed packs that are meant, by name or by jurisdiction."""
    from pincite.assistant import named_all

    given = list(names)
    wanted = [name.lower() for name in given if "_" in name.removeprefix("us_")]
    if unknown := [name for name in wanted if name not in have]:
        raise UsageError(f"{', '.join(unknown)} is not installed; `library add` installs it")
    places = named_all([*within, *(one for one in given if one.lower() not in wanted)])
    of_places = [name for name, pack in have.items() if pack.jurisdiction in places]
    if places and not of_places:
        raise UsageError(f"nothing of {', '.join(places)} is installed")
    return list(dict.fromkeys([*wanted, *of_places]))


# Files that `--from` reads; other files are documents.
_OF_LAW = frozenset({".xml", ".zip", ".parquet"})


def _wanted(
    helper: Assistant,
    names: Iterable[str],
    within: Iterable[str],
    source: Source | None,
    *,
    everything: bool,
) -> list[str]:
    """The packs that are meant: by name, by jurisdiction, or all of the source."""
    from pincite.assistant import named_all

    names, places = list(names), list(within)
    if everything:
        return [offer.name for offer in helper.offers(source=source)]
    wanted: list[str] = []
    for name in names:
        if Path(name).suffix.lower() in _OF_LAW and Path(name).is_file():
            raise UsageError(f"{name!r} is a file of law and no name: add it with --from {name}")
        if "_" in name.removeprefix("us_"):
            wanted.append(name.lower())
        else:
            places.append(name)
    if places:
        ids = named_all(places)
        offers = helper.offers(ids, source=source)
        if not offers:
            raise UsageError(f"the source has no pack of {', '.join(places)}")
        wanted += [offer.name for offer in offers]
    if not wanted and source is not None:
        wanted = [offer.name for offer in helper.offers(source=source)]
    if not wanted:
        raise UsageError("name packs (us_mo_statutes), or give --in MO, or --all")
    return wanted


def _report(results: Sequence[Installed], form: Format) -> int:
    rows = [
        {
            "name": one.pack,
            "outcome": one.outcome.value,
            "sections": one.sections,
            "added": one.change.added,
            "changed": one.change.changed,
            "removed": one.change.removed,
            "skipped": one.skipped,
            "skipped_by_reason": dict(one.skipped_by_reason),
            "skipped_examples": [
                f"row {row.row}, {row.citation}: {row.reason}" for row in one.skipped_examples
            ],
            "reason": one.reason,
        }
        for one in results
    ]
    columns = ("name", "outcome", "sections", "added", "changed", "removed", "skipped")
    _emit_table(columns, rows, form)
    failed = [one for one in results if one.outcome.value == "failed"]
    if form is not Format.JSON:
        for one in results:
            for reason, count in one.skipped_by_reason:
                tell(f"{one.pack}: {count:,} rows skipped: {reason}")
        for one in failed:
            tell(f"{one.pack} failed: {one.reason}")
    return ERROR if failed else DONE


def _row(pack: InstalledPack) -> dict[str, object]:
    return {
        "name": pack.name,
        "jurisdiction": pack.jurisdiction,
        "kind": pack.kind.value,
        "codes": list(pack.codes),
        "sections": pack.sections,
        "in_force": pack.in_force,
        "current_through": pack.current_through,
        "excerpts": pack.excerpts,
        "source": pack.source,
        "attribution": pack.attribution,
        "sha256": pack.sha256,
        "installed_at": pack.installed_at.isoformat(timespec="seconds"),
    }


def _offered(offer: PackOffer, packs: dict[str, InstalledPack]) -> dict[str, object]:
    here = packs.get(offer.name.lower())
    state = "no"
    if here is not None:
        state = "older" if offer.sha256 not in (None, here.sha256) else "yes"
    return {
        "name": offer.name,
        "sections": offer.sections,
        "bytes": offer.bytes,
        "excerpts": offer.excerpts,
        "attribution": offer.attribution,
        "sha256": offer.sha256,
        "installed": state,
    }


def _emit_table(columns: Sequence[str], rows: Sequence[Mapping[str, object]], form: Format) -> None:
    from pincite.rendering.packs import table_markdown, table_text
    from pincite.rendering.section_wire import as_json

    if form is Format.JSON:
        emit(as_json({"packs": rows}))
    else:
        emit((table_markdown if form is Format.MARKDOWN else table_text)(columns, rows))
