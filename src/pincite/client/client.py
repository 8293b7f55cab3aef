"""The client: a method a resource of the API."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

from pincite.client import reading
from pincite.client.events import events
from pincite.client.exchange import Exchange
from pincite.errors import ServerError, ServerRefused, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from types import TracebackType

    import httpx2

    from pincite.client.results import (
        AnswerGiven,
        Check,
        CitationFound,
        DocumentKept,
        HitList,
        KeptAnswer,
        Law,
        LibraryList,
        Progress,
        StatementDraft,
        WatchKept,
    )

_ASK_SECONDS = 600.0  # a question may set off an install


class Client:
    """A Pincite server at `base_url`. `key` is an API key, where the server has accounts.

    Every method raises ServerUnreachable where there is none, and ServerRefused with the server's
    own words where it says no. Use it in a `with` statement, or close it. It may be used from
    several threads. `transport` is for tests.
    """

    def __init__(
        self,
        base_url: str,
        key: str | None = None,
        *,
        seconds: float = 60.0,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self._exchange = Exchange(base_url, key, seconds=seconds, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._exchange.close()

    def ask(
        self,
        question: str,
        *,
        jurisdictions: Sequence[str] = (),
        facts: Sequence[str] = (),
        as_of: date | None = None,
        full: bool = False,
        idempotency_key: str | None = None,
    ) -> AnswerGiven:
        """The answer, also where it abstains; with a key, sent again, it is answered once."""
        response = self._exchange.post(
            "/ask",
            _question(question, jurisdictions, facts, as_of) | {"full": full},
            headers=_keyed(idempotency_key),
            seconds=_ASK_SECONDS,
        )
        return reading.answer_given(response.text, response.headers.get("X-Answer-ID", ""))

    def ask_stream(
        self,
        question: str,
        *,
        jurisdictions: Sequence[str] = (),
        facts: Sequence[str] = (),
        as_of: date | None = None,
        full: bool = False,
    ) -> Iterator[Progress | StatementDraft | AnswerGiven]:
        """What happens as it happens, each statement as it is verified, and at the end the answer.

        Whoever stops reading gives up the question.
        """
        body = _question(question, jurisdictions, facts, as_of) | {"full": full}
        with self._exchange.stream("/ask", body) as sent:
            for event in events(sent):
                if event.name == "stage":
                    yield reading.told(reading.progress, _parsed(event.data))
                elif event.name == "statement":
                    yield reading.told(reading.statement_draft, _parsed(event.data))
                elif event.name == "answer":
                    yield reading.answer_given(event.data, event.id)
                    return
                elif event.name == "problem":
                    raise _refused(_parsed(event.data))
        raise ServerError("the stream ended before the answer")

    def compare(
        self,
        question: str,
        jurisdictions: Sequence[str],
        *,
        facts: Sequence[str] = (),
        as_of: date | None = None,
    ) -> dict[str, Any]:
        """The comparison in its wire format (`schema/comparison.schema.json`)."""
        body = _question(question, jurisdictions, facts, as_of)
        response = self._exchange.post("/compare", body, seconds=_ASK_SECONDS)
        return reading.told(dict, _parsed(response.text))

    def read(self, cite: str, *, jurisdiction: str | None = None, as_of: date | None = None) -> Law:
        """The law at a citation in any usual form, or at an identifier, or why there is none."""
        query = {"cite": cite, "in": jurisdiction, "as_of": _day(as_of)}
        return self._got(reading.law, "/read", query)

    def section(self, identifier: str, *, as_of: date | None = None) -> Law | None:
        """The law at an identifier (`/us-mo/rsmo/s407.1500/2/1`); `None` where there is none."""
        if not identifier.startswith("/"):
            raise UsageError(f"{identifier[:60]!r} is no identifier; they begin with /us")
        # What is escaped in an identifier is escaped in the address too.
        path = quote(identifier, safe="/%:,;=+!$&*~@")
        try:
            return self._got(reading.law, f"/sections{path}", {"as_of": _day(as_of)})
        except ServerRefused as error:
            if error.status == 404:  # noqa: PLR2004
                return None
            raise

    def search(  # noqa: PLR0913  (each is an option of the search)
        self,
        words: str,
        *,
        jurisdictions: Sequence[str] = (),
        kind: str | None = None,
        status: str = "in_force",
        as_of: date | None = None,
        phrase: bool = False,
        limit: int = 10,
        cursor: str | None = None,
    ) -> HitList:
        """A page of what is found, best first; its `next` is the `cursor` of the page after."""
        query = {
            "q": words,
            "in": list(jurisdictions),
            "kind": kind,
            "status": status,
            "as_of": _day(as_of),
            "phrase": "true" if phrase else None,
            "limit": str(limit),
            "cursor": cursor,
        }
        return self._got(reading.hit_list, "/search", query)

    def resolve(
        self, text: str, *, jurisdiction: str | None = None, as_of: date | None = None
    ) -> tuple[CitationFound, ...]:
        """The citations in a text, in order, each with what it leads to."""
        body = {"text": text, "jurisdiction": jurisdiction, "as_of": _day(as_of)}
        response = self._exchange.post("/citations/resolve", body)
        return reading.told(reading.citations, _parsed(response.text))

    def verify(self, answer: AnswerGiven | str | bytes) -> Check:
        """Check an answer, or its JSON, against the server's library."""
        from pincite.client.results import AnswerGiven

        given = answer.json if isinstance(answer, AnswerGiven) else answer
        data = given.encode() if isinstance(given, str) else given
        response = self._exchange.post("/verify", data)
        return reading.told(reading.check, _parsed(response.text))

    def answers(self, *, page: int = 50) -> Iterator[KeptAnswer]:
        """Every answer that the server keeps for you, the newest first, read page by page."""
        cursor: str | None = None
        while True:
            query = {"limit": str(page), "cursor": cursor}
            rows, cursor = self._got(reading.kept_page, "/answers", query)
            yield from rows
            if cursor is None:
                return

    def answer(self, answer_id: str) -> AnswerGiven:
        """The answer that is kept under this id, to the byte as it was given."""
        response = self._exchange.get(f"/answers/{quote(answer_id, safe='')}", {})
        return reading.answer_given(response.text, answer_id)

    def check(self, answer_id: str) -> Check:
        """Check the answer that is kept under this id against the law as it is now."""
        return self._got(reading.check, f"/answers/{quote(answer_id, safe='')}/check", {})

    def delete(self, answer_id: str) -> None:
        """Delete the answer that is kept under this id for good."""
        self._exchange.delete(f"/answers/{quote(answer_id, safe='')}")

    def watches(self) -> tuple[WatchKept, ...]:
        """The questions that are watched, the oldest first."""
        return self._got(reading.watches_kept, "/watches", {})

    def watch(
        self,
        question: str,
        *,
        jurisdictions: Sequence[str] = (),
        facts: Sequence[str] = (),
        as_of: date | None = None,
    ) -> WatchKept:
        """Ask a question now and have it asked again; the same question is the same watch."""
        body = _question(question, jurisdictions, facts, as_of)
        response = self._exchange.post("/watches", body, seconds=_ASK_SECONDS)
        return reading.told(reading.watch_kept, _parsed(response.text))

    def run_watches(self, ids: Sequence[str] = ()) -> dict[str, Any]:
        """Ask the watches (all, if none is named) again; what changed, as `pincite watch run`."""
        response = self._exchange.post("/watches/run", {"ids": list(ids)}, seconds=_ASK_SECONDS)
        return reading.told(dict, _parsed(response.text))

    def unwatch(self, watch_id: str) -> None:
        """Stop watching a question."""
        self._exchange.delete(f"/watches/{quote(watch_id, safe='')}")

    def documents(self) -> tuple[DocumentKept, ...]:
        """The documents of the workspace, the newest first."""
        return self._got(reading.documents_kept, "/documents", {})

    def add_document(  # noqa: PLR0913  (each is something that is told of it)
        self,
        name: str,
        body: bytes,
        *,
        kind: str | None = None,
        cited_as: str = "",
        jurisdiction: str | None = None,
        code: str = "",
        current_through: date | None = None,
        idempotency_key: str | None = None,
    ) -> DocumentKept:
        """Keep a file for the workspace; with a `kind` it is read.

        `internal` is a policy of your own, `regulations` and `statutes` are law, which needs its
        jurisdiction and its code.
        """
        values = {
            "name": name,
            "content": base64.b64encode(body).decode("ascii"),
            "kind": kind,
            "cited_as": cited_as,
            "jurisdiction": jurisdiction,
            "code": code,
            "current_through": _day(current_through),
        }
        headers = _keyed(idempotency_key)
        response = self._exchange.post("/documents", values, headers=headers, seconds=_ASK_SECONDS)
        return reading.told(reading.document_kept, _parsed(response.text))

    def remove_document(self, document_id: str) -> None:
        """Delete a document for good, with what was read of it."""
        self._exchange.delete(f"/documents/{quote(document_id, safe='')}")

    def cover(
        self,
        law: str,
        *,
        policies: Sequence[str] = (),
        jurisdiction: str | None = None,
        as_of: date | None = None,
    ) -> dict[str, Any]:
        """Policies (all, if none is named) against the law, as `pincite cover --format json`."""
        values = {
            "law": law,
            "policies": list(policies),
            "jurisdiction": jurisdiction,
            "as_of": _day(as_of),
        }
        response = self._exchange.post("/cover", values, seconds=_ASK_SECONDS)
        return reading.told(dict, _parsed(response.text))

    def library(self) -> LibraryList:
        """The packs that are installed, and how current they are."""
        return self._got(reading.library, "/library", {})

    def _got(self, read: Any, path: str, query: dict[str, Any]) -> Any:  # noqa: ANN401
        return reading.told(read, _parsed(self._exchange.get(path, query).text))


def _question(
    question: str, jurisdictions: Sequence[str], facts: Sequence[str], as_of: date | None
) -> dict[str, Any]:
    return {
        "question": question,
        "jurisdictions": list(jurisdictions),
        "facts": list(facts),
        "as_of": _day(as_of),
    }


def _keyed(key: str | None) -> dict[str, str]:
    return {"Idempotency-Key": key} if key else {}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _parsed(text: str) -> Any:  # noqa: ANN401
    try:
        return json.loads(text)
    except ValueError as error:
        raise ServerError(
            "the server's answer is not JSON; is there a Pincite server at this address?"
        ) from error


def _refused(values: Any) -> ServerRefused:  # noqa: ANN401
    return ServerRefused(
        int(values.get("status", 500)),
        str(values.get("detail", "")),
        request_id=str(values.get("request_id", "")),
    )
