"""`/api/v1/documents`: what a workspace keeps for itself, and reads as law or as policy."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field

from pincite.accounts.documents import Document, Documents
from pincite.accounts.store import KEPT, Store
from pincite.assistant import Assistant
from pincite.assistant.own_documents import (
    OwnDocument,
    add_own,
    own_documents,
    remove_own,
    upload,
)
from pincite.rendering.section_wire import as_json
from pincite.web.api.once import Key, Once
from pincite.web.api.replies import reply
from pincite.web.api.shape import Place, Strict, Text, Told, problems
from pincite.web.law import Law
from pincite.web.problems import Problem
from pincite.web.whose import name_of, workspace_of

router = APIRouter(prefix="/documents", tags=["documents"])
DocumentId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
_NONE = "No document is kept under this id."


class DocumentGiven(Strict):
    """A document: its bytes in base64, and what it is to be read as.

    Without `kind` it is kept and not read. A policy (`internal`) is no law: `/api/v1/cover` holds
    it against law. Statutes and regulations are asked, read and searched as all law is.
    """

    name: Annotated[
        Text,
        Field(
            min_length=1,
            max_length=200,
            description="The file's name; its suffix says the format: .pdf .docx .html .md .txt",
            examples=["handbook.md"],
        ),
    ]
    media_type: Annotated[str, Field(pattern=r"^[\w.+-]{1,60}/[\w.+-]{1,100}$")] = (
        "application/octet-stream"
    )
    content: Annotated[
        str,
        Field(
            max_length=8 * 1024 * 1024,
            # The standard's alphabet, in groups of four, padded.
            pattern=r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
            json_schema_extra={"contentEncoding": "base64"},
            examples=["IyBIYW5kYm9vawoKV2UgdGVsbCBjdXN0b21lcnMgb2YgYSBicmVhY2gu"],
        ),
    ]
    kind: Literal["internal", "regulations", "statutes"] | None = Field(
        None, description="What to read it as.", examples=["internal"]
    )
    jurisdiction: Place | None = Field(None, description="Of law: whose it is.")
    code: Annotated[Text, Field(max_length=80)] = Field(
        "", description="Of law: the code it belongs to, or what its rules are called."
    )
    cited_as: Annotated[Text, Field(max_length=80)] = Field(
        "", description="Of a policy: what it is cited as.", examples=["Employee handbook"]
    )
    current_through: date | None = Field(None, description="Of law: how current it is.")
    url: Annotated[str, Field(max_length=500, pattern=r"^(?:https?://[!-~]+)?$")] = Field(
        "", description="Where it is published; nothing is fetched from there."
    )


class DocumentTold(Told):
    """What is known of a document without its bytes."""

    id: str
    name: str
    media_type: str
    bytes: int
    sha256: str
    added_by: str
    added_at: str
    kind: str | None = Field(description="What it is read as; `null` where it is only kept.")
    cited_as: str
    pack: str | None
    sections: int
    notes: list[str] = Field(description="What of it was not read; told when it is added.")


class DocumentList(Told):
    documents: list[DocumentTold]


@router.post(
    "",
    status_code=201,
    summary="Keep a document, and read it",
    responses={201: {"model": DocumentTold}, **problems(409, 410, 413, 415)},
)
async def add(request: Request, given: DocumentGiven, idempotency_key: Key = None) -> Response:
    """Kept to the byte for this workspace alone; the same bytes twice are one document."""
    law: Law = request.app.state.law
    workspace, who = workspace_of(request), name_of(request)
    try:
        body = base64.b64decode(given.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Problem(422, "body.content: this is no base64.") from error
    sent = upload(
        given.name,
        body,
        media_type=given.media_type,
        kind=given.kind or "",
        jurisdiction=given.jurisdiction or "",
        code=given.code,
        name=given.cited_as,
        current_through="" if given.current_through is None else given.current_through.isoformat(),
        url=given.url,
    )

    def work(assistant: Assistant) -> str:
        kept = add_own(assistant, sent, workspace=workspace, added_by=who, now=law.now())
        return as_json(_told(kept))

    guard = Once(request, idempotency_key, given.model_dump_json())
    return await guard.reply(lambda: law.ask(work), status=201)


@router.get(
    "", summary="List the documents", responses={200: {"model": DocumentList}, **problems()}
)
async def show(request: Request) -> Response:
    """Those of the workspace, the newest first."""
    law: Law = request.app.state.law
    workspace = workspace_of(request)

    def work(assistant: Assistant) -> str:
        found = own_documents(assistant, workspace)
        return as_json({"documents": [_told(one) for one in found]})

    return reply(request, await law.read(work))


@router.get(
    "/{document_id}",
    summary="Fetch a document",
    responses={
        200: {
            "description": "Its bytes.",
            "content": {"application/octet-stream": {"schema": {"type": "string"}}},
        },
        **problems(404),
    },
)
async def fetch(request: Request, document_id: DocumentId) -> Response:
    """To the byte, as a file to be saved: no browser shows it as a page of this server."""
    law: Law = request.app.state.law
    workspace = workspace_of(request)

    def work(assistant: Assistant) -> tuple[Document | None, bytes | None]:
        with Store(assistant.home, KEPT) as store:
            documents = Documents(store, workspace)
            return documents.get(document_id), documents.body(document_id)

    found, body = await law.read(work)
    if found is None or body is None:
        raise Problem(404, _NONE)
    # RFC 6266: whatever the name holds, the header holds ASCII letters and percent signs.
    name = quote(found.name, safe="")
    return Response(
        body,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Cache-Control": "private, no-store",
        },
    )


@router.delete(
    "/{document_id}",
    status_code=204,
    summary="Delete a document for good",
    responses={204: {"description": "It is gone."}, **problems(404)},
)
async def delete(request: Request, document_id: DocumentId) -> Response:
    """With what was read of it. Its bytes are taken out of the files."""
    law: Law = request.app.state.law
    workspace = workspace_of(request)

    def work(assistant: Assistant) -> bool:
        return remove_own(assistant, document_id, workspace=workspace, now=law.now())

    if not await law.read(work):
        raise Problem(404, _NONE)
    return Response(status_code=204)


def _told(document: OwnDocument) -> dict[str, object]:
    kept, pack = document.kept, document.pack
    return {
        "id": kept.id,
        "name": kept.name,
        "media_type": kept.media_type,
        "bytes": kept.bytes,
        "sha256": kept.sha256,
        "added_by": kept.added_by,
        "added_at": kept.added_at.isoformat(timespec="seconds"),
        "kind": None if pack is None else pack.kind.value,
        "cited_as": document.cited_as,
        "pack": None if pack is None else pack.name,
        "sections": 0 if pack is None else pack.sections,
        "notes": list(document.notes),
    }
