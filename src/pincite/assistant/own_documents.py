"""Documents that a workspace puts in for itself: kept to the byte, and read as law or policy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pincite.accounts.documents import Document as KeptDocument
from pincite.accounts.documents import Documents, file_name
from pincite.accounts.store import KEPT, Store
from pincite.assistant.documents import Document, profile_of
from pincite.assistant.engines import EmbeddedWriter
from pincite.errors import ParseError, UsageError
from pincite.index.build import Outcome
from pincite.library.joined import JoinedLibrary
from pincite.library.requests import forget_replies
from pincite.library.workspaces import home_of, purge
from pincite.sources.document_file import file_sha256

if TYPE_CHECKING:
    from datetime import datetime

    from pincite.assistant.compose import Assistant
    from pincite.library.read import InstalledPack

MOST = 200  # each is a pack, and a question looks into all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was sent; `told` says what to read it as, `None` that it is only kept.

    The path of `told` is the file's name and leads nowhere.
    """

    name: str
    body: bytes
    media_type: str = "application/octet-stream"
    told: Document | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDocument:
    """A document that the workspace keeps, and the pack that it is read as, if it is.

    `notes` say what of a document that was just put in was not read.
    """

    kept: KeptDocument
    pack: InstalledPack | None = None
    notes: tuple[str, ...] = ()

    @property
    def cited_as(self) -> str:
        return "" if self.pack is None else self.pack.document.rpartition(" (")[0]


def upload(
    file: str, body: bytes, *, media_type: str = "application/octet-stream", **told: str
) -> Upload:
    """A file with what is told of it: `kind`, `jurisdiction`, `code`, `name`, and so on."""
    plain = file_name(file)
    document = Document(path=Path(plain), **told) if told.get("kind") else None
    return Upload(name=plain, body=body, media_type=media_type, told=document)


def add_own(
    assistant: Assistant, given: Upload, *, workspace: str, added_by: str, now: datetime
) -> OwnDocument:
    """Keep a document for this workspace alone and, if it says as what, read it.

    The same bytes twice are one document. Raises UsageError, also for a file that cannot be read,
    of which then nothing is kept.
    """
    with Store(assistant.home, KEPT) as store:
        documents = Documents(store, workspace)
        before = {one.id for one in documents.all()}
        if len(before) >= MOST:
            raise UsageError(f"a workspace keeps at most {MOST} documents; remove one first")
        kept = documents.add(
            given.name, given.body, media_type=given.media_type, added_by=added_by, now=now
        )
        if given.told is None:
            return _with_pack(assistant, kept, workspace)
        try:
            notes = _read(assistant, given.told, given.body, workspace, now)
        except BaseException:
            if kept.id not in before:
                documents.remove(kept.id)
                store.purge()
            raise
    return _with_pack(assistant, kept, workspace, notes)


def own_documents(assistant: Assistant, workspace: str) -> tuple[OwnDocument, ...]:
    """What the workspace keeps, the newest first."""
    with Store(assistant.home, KEPT) as store:
        found = Documents(store, workspace).all()
    packs = _packs(assistant, workspace)
    return tuple(OwnDocument(kept=one, pack=packs.get(one.sha256)) for one in found)


def remove_own(assistant: Assistant, document: str, *, workspace: str, now: datetime) -> bool:
    """Delete a document for good, and what was read of it; whether there was one."""
    with Store(assistant.home, KEPT) as store:
        documents = Documents(store, workspace)
        found = documents.get(document)
        if found is None:
            return False
        pack = _packs(assistant, workspace).get(found.sha256)
        if pack is not None:
            own = home_of(assistant.home, workspace)
            EmbeddedWriter(own).remove(pack.name, now=now)
            purge(own)
        documents.remove(document)
        store.purge()
    forget_replies(assistant.home, workspace)
    return True


def _check(told: Document) -> None:
    if told.kind != "internal" and not told.jurisdiction:
        raise UsageError("a document of law needs its jurisdiction; say whose law it is")
    if told.kind != "internal" and not (told.code or told.name):
        raise UsageError(
            "a document of law needs its code; say which code it belongs to, as in “Code of State "
            "Regulations”, or what its rules are called"
        )


def _read(
    assistant: Assistant, told: Document, body: bytes, workspace: str, now: datetime
) -> tuple[str, ...]:
    from pincite.parsing.files.named import by_document
    from pincite.sources.document_file import document_of

    _check(told)
    try:
        source = document_of(body, told.path, profile_of(told))
    except ParseError as error:
        raise UsageError(str(error)) from error
    own = home_of(assistant.home, workspace)
    (done,) = EmbeddedWriter(own).install(
        source, (source.name,), now=now, progress=lambda *_: None, namer=by_document
    )
    if done.outcome is Outcome.FAILED:
        raise UsageError(f"{told.path.name} cannot be read: {done.reason}")
    return source.rows.notes


def _with_pack(
    assistant: Assistant, kept: KeptDocument, workspace: str, notes: tuple[str, ...] = ()
) -> OwnDocument:
    return OwnDocument(kept=kept, pack=_packs(assistant, workspace).get(kept.sha256), notes=notes)


def _packs(assistant: Assistant, workspace: str) -> dict[str, InstalledPack]:
    """The packs that the workspace put in for itself, by the hash of the file."""
    library = assistant.within(workspace).library
    if not isinstance(library, JoinedLibrary):
        return {}
    return {file_sha256(pack.source): pack for pack in library.own_packs()}
