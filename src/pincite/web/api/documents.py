"""`/api/v1/documents`: policies and memos that a workspace keeps, to the byte."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field

from pincite.accounts.documents import Document, Documents
from pincite.accounts.store import KEPT, Store
from pincite.assistant import Assistant
from pincite.rendering.section_wire import as_json
from pincite.web.api.replies import reply
from pincite.web.api.shape import Strict, Text, Told, problems
from pincite.web.law import Law
from pincite.web.problems import Problem
from pincite.web.whose import name_of, workspace_of

router = APIRouter(prefix="/documents", tags=["documents"])
DocumentId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
_NONE = "No document is kept under this id."


class DocumentGiven(Strict):
    """A document: its bytes in base64."""

    name: Annotated[Text, Field(min_length=1, max_length=200)]
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
        ),
    ]


class DocumentTold(Told):
    """What is known of a document without its bytes."""

    id: str
    name: str
    media_type: str
    bytes: int
    sha256: str
    added_by: str
    added_at: str


class DocumentList(Told):
    documents: list[DocumentTold]


@router.post(
    "",
    status_code=201,
    summary="Keep a document",
    responses={201: {"model": DocumentTold}, **problems(413, 415)},
)
async def add(request: Request, given: DocumentGiven) -> Response:
    """Kept to the byte; the same bytes twice are one document."""
    law: Law = request.app.state.law
    workspace, who = workspace_of(request), name_of(request)
    try:
        body = base64.b64decode(given.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Problem(422, "body.content: this is no base64.") from error

    def work(assistant: Assistant) -> str:
        with Store(assistant.home, KEPT) as store:
            kept = Documents(store, workspace).add(
                given.name, body, media_type=given.media_type, added_by=who, now=law.now()
            )
        return as_json(_told(kept))

    return Response(await law.read(work), status_code=201, media_type="application/json")


@router.get(
    "", summary="List the documents", responses={200: {"model": DocumentList}, **problems()}
)
async def show(request: Request) -> Response:
    """The newest first."""
    law: Law = request.app.state.law
    workspace = workspace_of(request)

    def work(assistant: Assistant) -> str:
        with Store(assistant.home, KEPT) as store:
            found = Documents(store, workspace).all()
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
    """Its bytes are taken out of the file."""
    law: Law = request.app.state.law
    workspace = workspace_of(request)

    def work(assistant: Assistant) -> bool:
        with Store(assistant.home, KEPT) as store:
            gone = Documents(store, workspace).remove(document_id)
            store.purge()
        return gone

    if not await law.read(work):
        raise Problem(404, _NONE)
    return Response(status_code=204)


def _told(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "name": document.name,
        "media_type": document.media_type,
        "bytes": document.bytes,
        "sha256": document.sha256,
        "added_by": document.added_by,
        "added_at": document.added_at.isoformat(timespec="seconds"),
    }
