"""`pincite read` and `pincite search`: the law itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Optional

import typer

from pincite.cli.choices import AsOfOption, Format, FormatOption, InOption, OutOption, format_of
from pincite.cli.frame import ABSTAINED, DONE, framed
from pincite.cli.history import history_of
from pincite.cli.output import check_writable, colour, emit, width
from pincite.cli.start import assistant
from pincite.errors import UsageError


class KindChoice(StrEnum):
    STATUTE = "statute"
    REGULATION = "regulation"
    INTERNAL = "internal"


class StatusChoice(StrEnum):
    """As `pincite.law.section.Status`, and `any`."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"
    RESERVED = "reserved"
    RENUMBERED = "renumbered"
    EXPIRED = "expired"
    OMITTED = "omitted"
    ANY = "any"


@framed
def read(
    ctx: typer.Context,
    citation: Annotated[
        list[str],
        typer.Argument(help="A citation in any usual form, or an identifier.", metavar="CITATION"),
    ],
    within: InOption = None,
    as_of: AsOfOption = None,
    history: Annotated[
        bool, typer.Option("--history", help="Its versions, and what changed, word by word.")
    ] = False,
    form: FormatOption = None,
    out: OutOption = None,
) -> int:
    """Open law at a citation: text, outline, neighbours, definitions, versions, official link.

    With --format json, `text` is the stored text in which the offsets of answers count.
    Exit codes: 0 there is such law, 3 there is none here (the message says why).
    """
    from pincite.assistant import named_all
    from pincite.opened import NotOpened
    from pincite.rendering.section import section_markdown, section_text

    places = named_all(within or ())
    if len(places) > 1:
        raise UsageError("read takes one jurisdiction with --in")
    check_writable(out)
    with assistant(ctx) as helper:
        found = helper.open(
            " ".join(citation), jurisdiction=places[0] if places else None, as_of=as_of
        )
        told = history_of(helper, found, format_of(form, out)) if history else None
    if told is not None:
        emit(told, out)
        return DONE
    chosen = format_of(form, out)
    if chosen is Format.JSON:
        from pincite.rendering.section_wire import section_json

        text = section_json(found)
    elif chosen is Format.MARKDOWN:
        text = section_markdown(found)
    else:
        text = section_text(found, width=width(), colour=colour(out))
    emit(text, out)
    return ABSTAINED if isinstance(found, NotOpened) else DONE


@framed
def search(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(help='Words, "a phrase" in quotes, or a citation.', metavar="WORDS"),
    ],
    within: InOption = None,
    kind: Annotated[Optional[KindChoice], typer.Option(help="Of which kind of packs.")] = None,
    status: Annotated[StatusChoice, typer.Option(help="Of which status.")] = StatusChoice.IN_FORCE,
    as_of: AsOfOption = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many sections.")] = 10,
    phrase: Annotated[
        bool, typer.Option("--phrase", help="All the words, one after another.")
    ] = False,
    form: FormatOption = None,
    out: OutOption = None,
) -> int:
    """Search the installed law by words, phrases or citation.

    Exit codes: 0 something was found, 3 nothing was.
    """
    from pincite.assistant import Search, named_all
    from pincite.law.section import Kind, Status
    from pincite.rendering.hits import hits_markdown, hits_text

    wanted = Search(
        words=" ".join(words),
        jurisdictions=named_all(within or (), internal=True),
        kind=None if kind is None else Kind(kind.value),
        status=None if status is StatusChoice.ANY else Status(status.value),
        as_of=as_of,
        phrase=phrase,
        limit=limit,
    )
    check_writable(out)
    with assistant(ctx) as helper:
        found = helper.search(wanted)
    chosen = format_of(form, out)
    if chosen is Format.JSON:
        from pincite.rendering.section_wire import hits_json

        text = hits_json(found)
    elif chosen is Format.MARKDOWN:
        text = hits_markdown(found)
    else:
        text = hits_text(found, width=width(), colour=colour(out))
    emit(text, out)
    return DONE if found.hits else ABSTAINED
