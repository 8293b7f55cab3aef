"""Documents of the user's own: agencies' rules and internal policies, put into the library."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pincite.errors import UsageError
from pincite.law.jurisdiction import INTERNAL
from pincite.law.section import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from pincite.assistant.engines import Writer
    from pincite.index.build import Installed, InstallProgress
    from pincite.parsing.files.rows import Profile

_KINDS = {
    "statute": Kind.STATUTE,
    "statutes": Kind.STATUTE,
    "regulation": Kind.REGULATION,
    "regulations": Kind.REGULATION,
    "internal": Kind.INTERNAL,
}
_LONGEST_NAME = 80
_NAME = re.compile(r"[^§\"“”<>\x00-\x1f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document's file and what is told of it.

    `code` is the code or body of rules that a law document belongs to; `name` what an internal
    one is cited as, the file's name if it is empty. `kind` is statutes, regulations, internal, or
    empty: then it is the code's.
    """

    path: Path
    jurisdiction: str = ""
    code: str = ""
    kind: str = ""
    name: str = ""
    current_through: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedDocument:
    """What came of adding a document: the pack, and what of the document was not read."""

    installed: Installed
    notes: tuple[str, ...]


def is_document(text: str) -> bool:
    """Whether words given where a pack's name may stand are a document's file."""
    from pincite.parsing.files.read import SUFFIXES

    path = Path(text).expanduser()
    return path.suffix.lower() in SUFFIXES and (path.is_file() or "/" in text or "_" not in text)


def add_document(
    document: Document, writer: Writer, *, now: datetime, progress: InstallProgress
) -> AddedDocument:
    """Read a document and install it as a pack of its own, whole or not at all.

    Raises UsageError for what is told of it, SourceError and ParseError for its file.
    """
    from pincite.parsing.files.named import by_document
    from pincite.sources.document_file import document_source

    path = document.path.expanduser()
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file")
    source = document_source(path, profile_of(replace(document, path=path)))
    (installed,) = writer.install(
        source, (source.name,), now=now, progress=progress, namer=by_document
    )
    return AddedDocument(installed=installed, notes=source.rows.notes)


def profile_of(document: Document) -> Profile:
    """What is told of a document, checked. Raises UsageError."""
    from pincite.parsing.files.named import known_code
    from pincite.parsing.files.rows import Profile

    path = document.path
    kind = _kind(document.kind)
    if kind is Kind.INTERNAL:
        name = _checked(document.name or path.stem.replace("_", " ").replace("-", " "))
        return Profile(
            jurisdiction=INTERNAL.id,
            kind=Kind.INTERNAL,
            name=name[:1].upper() + name[1:],
            current_through=document.current_through,
            url=document.url,
        )
    if not document.jurisdiction:
        raise UsageError(
            f"{path.name}: say whose law it is with --in MO, or that it is a policy or contract "
            "of your own with --internal"
        )
    if not (given := document.code or document.name):
        raise UsageError(
            f'{path.name}: say with --code which code it belongs to, as in --code "Code of State '
            'Regulations", or what its rules are called'
        )
    code = known_code(document.jurisdiction, given, kind)
    return Profile(
        jurisdiction=document.jurisdiction,
        kind=kind or (Kind.REGULATION if code is None else code.kind),
        name=_checked(given) if code is None else code.name,
        current_through=document.current_through,
        url=document.url,
    )


def _kind(text: str) -> Kind | None:
    if text and text.casefold() not in _KINDS:
        raise UsageError(f"{text[:40]!r} is no kind; there are statutes, regulations, internal")
    return _KINDS.get(text.casefold())


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise UsageError(
            f"{name[:60]!r} cannot be cited; a name has at most {_LONGEST_NAME} characters, and "
            "neither quotation marks nor a section sign"
        )
    return name
