"""`pincite library add FILE`: documents of the user's own, with what is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from pincite.cli.frame import tell
from pincite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pincite.assistant import Assistant, Installed


class DocumentKind(StrEnum):
    STATUTES = "statutes"
    REGULATIONS = "regulations"
    INTERNAL = "internal"


CodeOption = Annotated[
    Optional[str],
    typer.Option(metavar="NAME", help="Of a document: the code or body of rules that it is of."),
]
KindOption = Annotated[
    Optional[DocumentKind],
    typer.Option(help="Of a document: what it is; the code's own kind if not given."),
]
InternalOption = Annotated[
    bool, typer.Option("--internal", help="A policy or contract of your own; it is no law.")
]
NameOption = Annotated[
    Optional[str],
    typer.Option("--name", metavar="NAME", help="What an internal document is cited as."),
]
CurrentOption = Annotated[
    Optional[str],
    typer.Option("--current-through", metavar="DATE", help="Of a document: how current it is."),
]
UrlOption = Annotated[
    Optional[str],
    typer.Option("--url", metavar="URL", help="Of a document: where it is published."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the options tell of a document."""

    code: str | None = None
    kind: DocumentKind | None = None
    internal: bool = False
    name: str | None = None
    current_through: str | None = None
    url: str | None = None

    @property
    def anything(self) -> bool:
        return bool(
            self.code or self.kind or self.internal or self.name or self.current_through or self.url
        )


def are_documents(names: Sequence[str], told: Told) -> bool:
    """Whether files of documents are meant, and not packs. Raises UsageError for both at once."""
    from pincite.assistant import is_document

    files = [is_document(name) for name in names]
    if any(files) and not all(files):
        other = names[files.index(False)]
        raise UsageError(f"add documents and packs apart; {other} is no document that is here")
    if told.anything and not any(files):
        said = "no document is named" if not names else f"{names[0]} is no document that is here"
        raise UsageError(
            f"--code, --kind, --internal, --name, --current-through and --url tell of a document "
            f"(PDF, HTML, DOCX, Markdown or text), and {said}"
        )
    return any(files)


def add_documents(
    helper: Assistant, names: Sequence[str], places: Sequence[str], told: Told
) -> tuple[Installed, ...]:
    """Install each document as a pack of its own; what was not read of them is told."""
    from pincite.assistant import Document

    if len(places) > 1:
        raise UsageError("a document is of one jurisdiction; give --in once")
    if told.internal and (told.code or places):
        raise UsageError("an internal document has a --name, and neither --in nor --code")
    if told.name and len(names) > 1:
        raise UsageError("--name is that of one document; add them one after another")
    kind = DocumentKind.INTERNAL if told.internal else told.kind
    results = []
    for name in names:
        document = Document(
            path=Path(name),
            jurisdiction=places[0] if places else "",
            code=told.code or "",
            kind=kind.value if kind else "",
            name=told.name or "",
            current_through=told.current_through or "",
            url=told.url or "",
        )
        added = helper.add_document(document)
        for note in added.notes:
            tell(f"{name}: {note}")
        results.append(added.installed)
    return tuple(results)
