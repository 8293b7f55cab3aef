"""A document on this machine as the pack that it makes: PDF, HTML, Word, Markdown, plain text."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlencode

from pincite.errors import SourceError
from pincite.law.jurisdiction import by_id
from pincite.law.section import Kind
from pincite.parsing.files.read import LARGEST
from pincite.parsing.files.rows import document_rows
from pincite.sources.made import make_pack
from pincite.sources.offer import PackOffer

if TYPE_CHECKING:
    from pathlib import Path

    from pincite.parsing.files.rows import DocumentRows, Profile
    from pincite.sources.offer import Progress

SCHEME = "document:"
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class DocumentFileSource:
    """One document that was read, offered as a pack of its own."""

    path: Path
    sha256: str
    name: str
    profile: Profile
    rows: DocumentRows

    @property
    def address(self) -> str:
        """`document:PATH?in=...`: which file it was, to the byte, and what was told of it."""
        told = {
            "in": self.profile.jurisdiction,
            "kind": self.profile.kind.value,
            "name": self.profile.name,
            "current_through": self.profile.current_through,
            "url": self.profile.url,
            "sha256": self.sha256,
        }
        query = urlencode({key: value for key, value in told.items() if value}, quote_via=quote)
        return f"{SCHEME}{quote(str(self.path))}?{query}"

    def packs(self) -> tuple[PackOffer, ...]:
        return (PackOffer(name=self.name, location=self.path.name),)

    def fetch(self, offer: PackOffer, into: Path, progress: Progress) -> Path:
        made = make_pack(self.rows.sections, into, offer.name)
        size = made.stat().st_size
        progress(size, size)
        return made


def document_source(path: Path, profile: Profile) -> DocumentFileSource:
    """The document, read. Raises SourceError, and ParseError for what cannot be read."""
    try:
        size = path.stat().st_size
        # One byte more than may be: the parser says how large a file may be.
        with path.open("rb") as file:
            data = file.read(min(size, LARGEST) + 1)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error})") from error
    return document_of(data, path.absolute(), profile)


def document_of(data: bytes, path: Path, profile: Profile) -> DocumentFileSource:
    """The document that the bytes are, read. Raises ParseError for what cannot be read."""
    return DocumentFileSource(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        name=pack_name_of(path, profile),
        profile=profile,
        rows=document_rows(data, path.suffix, profile, source=path.name),
    )


def pack_name_of(path: Path, profile: Profile) -> str:
    """The pack of a document: `us_mo_regulations_rules`; of a policy: `internal_employee_handbook`.

    A policy's pack has the name that it is cited by, so that its next edition, in a file of
    whatever name, is a new version of it.
    """
    if profile.kind is Kind.INTERNAL:
        return f"{Kind.INTERNAL}_{_word(profile.name)}"
    return f"{by_id(profile.jurisdiction).pack_prefix}_{profile.kind}s_{_word(path.stem)}"


def file_sha256(address: str) -> str:
    """The hash of the file that a pack's source says it was made of; empty where it says none."""
    return parse_qs(address.partition("?")[2]).get("sha256", [""])[0]


def is_document(address: str) -> bool:
    """Whether a pack's source is a document."""
    return address.startswith(SCHEME)


def _word(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", "_", text.casefold())[:_LONGEST_NAME].strip("_") or "document"
