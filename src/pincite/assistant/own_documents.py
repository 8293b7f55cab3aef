"""Documents that a workspace puts in for itself: kept to the byte, and read as law or policy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pincite.accounts.documents import Document as KeptDocument
from pincite.accounts.documents import Documents, file_name
from pincite.accounts.store import AUDIT, KEPT, Store
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

ADDED, REMOVED = "add document", "remove document"  # as the audit log has it
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

    @property
    def for_audit(self) -> dict[str, str | int | None]:
        """What the audit log says of it: neither name nor words, which can then be deleted."""
        kind = None if self.pack is None else self.pack.kind.value
        kept = self.kept
        return {"document": kept.id, "sha256": kept.sha256, "bytes": kept.bytes, "kind": kind}


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
    of which then nothing is kept; nor is anything where it cannot be written into the audit log.
    """
    with Store(assistant.home, KEPT) as store:
        documents = Documents(store, workspace)
        before = {one.id for one in documents.all()}
        if len(before) >= MOST:
            raise UsageError(f"a workspace keeps at most {MOST} documents; remove one first")
        kept = documents.add(
            given.name, given.body, media_type=given.media_type, added_by=added_by, now=now
        )
        added = OwnDocument(kept=kept)
        try:
            notes = ()
            if given.told is not None:
                notes = _read(assistant, given.told, given.body, workspace, now)
            added = _with_pack(assistant, kept, workspace, notes)
            _witnessed(assistant, added, workspace, now, gone=False)
        except BaseException:
            if kept.id not in before:
                _delete(assistant, store, added, workspace, now)
            raise
    return added


def own_documents(assistant: Assistant, workspace: str) -> tuple[OwnDocument, ...]:
    """What the workspace keeps, the newest first."""
    with Store(assistant.home, KEPT) as store:
        found = Documents(store, workspace).all()
    packs = _packs(assistant, workspace)
    return tuple(OwnDocument(kept=one, pack=packs.get(one.sha256)) for one in found)


def remove_own(assistant: Assistant, document: str, *, workspace: str, now: datetime) -> bool:
    """Delete a document for good, and what was read of it; whether there was one.

    The audit log comes first: after a stop half-way the document is still there to be removed.
    """
    with Store(assistant.home, KEPT) as store:
        kept = Documents(store, workspace).get(document)
        if kept is None:
            return False
        found = _with_pack(assistant, kept, workspace)
        _witnessed(assistant, found, workspace, now, gone=True)
        _delete(assistant, store, found, workspace, now)
    forget_replies(assistant.home, workspace)
    return True


def _delete(
    assistant: Assistant, store: Store, found: OwnDocument, workspace: str, now: datetime
) -> None:
    if found.pack is not None:
        own = home_of(assistant.home, workspace)
        EmbeddedWriter(own).remove(found.pack.name, now=now)
        purge(own)
    Documents(store, workspace).remove(found.kept.id)
    store.purge()


def _witnessed(
    assistant: Assistant, document: OwnDocument, workspace: str, now: datetime, *, gone: bool
) -> None:
    """Told to the witness; without one it is the console's act, if the home has an audit log."""
    if assistant.witness is not None:
        tell = assistant.witness.removed if gone else assistant.witness.added
        tell(document)
    elif (assistant.home / AUDIT.name).is_file():
        from pincite.accounts.audit import AuditLog
        from pincite.accounts.office import CONSOLE

        action = REMOVED if gone else ADDED
        who = replace(CONSOLE, workspace=workspace)
        with Store(assistant.home, AUDIT) as store:
            AuditLog(store).add(who, action, now=now, detail=document.for_audit)


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
