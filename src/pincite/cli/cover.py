"""`pincite cover`: a policy held against what a section of law requires."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from pincite.cli.choices import AsOfOption, Format, FormatOption, InOption, OutOption, format_of
from pincite.cli.frame import ABSTAINED, DONE, clock, framed
from pincite.cli.output import check_writable, colour, emit, width
from pincite.cli.start import assistant
from pincite.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from pincite.covering import Covering
    from pincite.opened import NotOpened

PolicyOption = Annotated[
    Optional[list[str]],
    typer.Option(
        "--policy", "-p", metavar="NAME", help="An internal document; may be repeated. All if none."
    ),
]


@framed
def cover(
    ctx: typer.Context,
    citation: Annotated[
        list[str],
        typer.Argument(help="A section, chapter or range, or an identifier.", metavar="CITATION"),
    ],
    policy: PolicyOption = None,
    within: InOption = None,
    as_of: AsOfOption = None,
    form: FormatOption = None,
    out: OutOption = None,
) -> int:
    """Tell what a policy covers of what law requires, what differs, and what it misses.

    Both sides are quoted. Exit codes: 0 it was compared, 3 there is no such law here.
    """
    from pincite.assistant import named_all

    places = named_all(within or ())
    if len(places) > 1:
        raise UsageError("cover takes one jurisdiction with --in")
    check_writable(out)
    with assistant(ctx) as helper:
        found = helper.cover(
            " ".join(citation),
            policies=policy or (),
            jurisdiction=places[0] if places else None,
            as_of=as_of or clock().date(),
        )
    return tell_covering(found, format_of(form, out), out)


def tell_covering(found: Covering | NotOpened, form: Format, out: Path | None) -> int:
    """Print what was compared, or why there is nothing to compare with."""
    from pincite.opened import NotOpened
    from pincite.rendering import covering as rendering
    from pincite.rendering.section import section_markdown, section_text
    from pincite.rendering.section_wire import section_json

    if form not in (Format.TEXT, Format.JSON, Format.MARKDOWN):
        raise UsageError("a policy held against law is printed as text, json or markdown")
    if isinstance(found, NotOpened):
        match form:
            case Format.JSON:
                text = section_json(found)
            case Format.MARKDOWN:
                text = section_markdown(found)
            case _:
                text = section_text(found, width=width(), colour=colour(out))
        emit(text, out)
        return ABSTAINED
    match form:
        case Format.JSON:
            text = rendering.covering_json(found)
        case Format.MARKDOWN:
            text = rendering.covering_markdown(found)
        case _:
            text = rendering.covering_text(found, width=width(), colour=colour(out))
    emit(text, out)
    return DONE
