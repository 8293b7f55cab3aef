"""Asking the cluster: retries with back-off, whole answers alone, errors that say what to do."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pincite.errors import ClusterFailed, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from opensearchpy import OpenSearch

    from pincite.index.opensearch.address import Address

_AGAIN = frozenset({429, 502, 503, 504})
_GONE, _CONFLICT = 404, 409
_LEAVES_OUT, _K1_AND_1 = 3, 2.2
# What OpenSearch says where its disks are past a watermark.
_FULL = ("flood-stage", "read_only_allow_delete", "read-only-allow-delete", "create-index blocked")
_KEEP = "5m"
_WHOLE = {"allow_partial_search_results": "false"}
_BULK_BYTES, _BULK_ROWS = 4_000_000, 500
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds: for one answer, for a slow one (writes), and for all tries together."""

    read: float = 10.0
    slow: float = 60.0
    total: float = 60.0


class Cluster:
    """The nodes of a cluster. It may be used from several threads.

    Every request here does no harm when it is sent twice, so each is tried again, on another node
    where there is one, while that may help. Raises ClusterFailed when patience ends.
    """

    def __init__(
        self,
        address: Address,
        *,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.address = address
        self.patience = patience or Patience()
        self._sleep = sleep
        self._client = _client(address)

    @property
    def prefix(self) -> str:
        return self.address.prefix

    @cached_property
    def bm25_factor(self) -> float:
        """What its scores are to be multiplied by to be those of tantivy.

        From release 3 on OpenSearch leaves the factor k1 + 1 out of BM25, which changes no order.
        """
        release = int(self.call("GET", "/")["version"]["number"].partition(".")[0])
        return 1.0 if release < _LEAVES_OUT else _K1_AND_1

    def close(self) -> None:
        self._client.close()

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        params: Mapping[str, object] | None = None,
        *,
        slow: bool = False,
        accept: Collection[int] = (),
    ) -> Any:  # noqa: ANN401 -- JSON
        """The cluster's answer; for a status in `accept` the answer with that status, as it is."""
        from opensearchpy.exceptions import ConnectionError as NoConnection
        from opensearchpy.exceptions import OpenSearchException, TransportError

        wait, end = _FIRST_WAIT, time.monotonic() + self.patience.total
        timeout = self.patience.slow if slow else self.patience.read
        while True:
            try:
                return self._client.transport.perform_request(
                    method, path, params={**(params or {}), "request_timeout": timeout}, body=body
                )
            except NoConnection as error:
                trouble: Exception = error
            except TransportError as error:
                if error.status_code in accept:
                    return error.info
                if error.status_code not in _AGAIN or _full(_told(error)):
                    raise self._failed(error) from error
                trouble = error
            except OpenSearchException as error:
                raise self._failed(error) from error
            if time.monotonic() + wait > end:
                raise self._failed(trouble) from trouble
            self._sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)

    def search(
        self, target: str, body: Mapping[str, object], params: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        """A search's answer, from every shard. Raises ClusterFailed for anything less."""
        return whole(self.call("POST", f"/{target}/_search", body, {**_WHOLE, **(params or {})}))

    def hits(
        self, target: str, body: Mapping[str, object], params: Mapping[str, object] | None = None
    ) -> list[Any]:
        return self.search(target, body, params)["hits"]["hits"]

    def pages(
        self, target: str, body: Mapping[str, object], *, order: str, size: int = 500
    ) -> Iterator[Any]:
        """Every hit, in the order of a field whose values differ; memory stays flat.

        The pages are of one point in time. Where that is lost with its node another is taken:
        an index of ours never changes once it can be found.
        """
        after: list[Any] | None = None
        while True:
            try:
                for hit in self._from(target, {**body, "sort": [{order: "asc"}]}, after, size):
                    yield hit
                    after = hit["sort"]
            except _PointLost:
                continue
            return

    def _from(
        self, target: str, body: dict[str, object], after: list[Any] | None, size: int
    ) -> Iterator[Any]:
        point = self.call("POST", f"/{target}/_search/point_in_time", None, {"keep_alive": _KEEP})[
            "pit_id"
        ]
        try:
            while True:
                asked = {**body, "size": size, "pit": {"id": point, "keep_alive": _KEEP}}
                if after is not None:
                    asked["search_after"] = after
                found = self.call("POST", "/_search", asked, _WHOLE, accept=(_GONE,))
                if "hits" not in found:
                    raise _PointLost
                hits = whole(found)["hits"]["hits"]
                yield from hits
                if len(hits) < size:
                    return
                after = hits[-1]["sort"]
        finally:
            self.call(
                "DELETE", "/_search/point_in_time", {"pit_id": [point]}, accept=(_GONE, 400, 500)
            )

    def bulk(
        self, index: str, rows: Iterable[tuple[str, dict[str, object]]], told: Callable[[int], None]
    ) -> int:
        """Write rows by id, each once however often it is sent; returns how many there were.

        A row that is there already was written by an earlier try: its version says so.
        """
        done = 0
        for part in _batches(rows):
            self._write(index, part)
            done += len(part)
            told(done)
        return done

    def _write(self, index: str, rows: list[tuple[str, str, int]]) -> None:
        wait, end = _FIRST_WAIT, time.monotonic() + self.patience.total
        while rows:
            body = "".join(text for _, text, _ in rows)
            reply = self.call("POST", f"/{index}/_bulk", body, slow=True)
            failed: dict[str, Mapping[str, Any]] = {}
            for item in reply["items"]:
                told = next(iter(item.values()))
                if told["status"] >= 300 and told["status"] != _CONFLICT:  # noqa: PLR2004
                    failed[told["_id"]] = told
            if not failed:
                return
            last = next(iter(failed.values()))
            if any(one["status"] not in _AGAIN for one in failed.values()) or _full(last):
                reason = f"{_reason(last)}{_advice(last)}"
                raise ClusterFailed(f"{index}: a row was refused ({reason})")
            if time.monotonic() + wait > end:
                raise ClusterFailed(f"{index} refused rows time and again ({_reason(last)})")
            self._sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
            rows = [row for row in rows if row[0] in failed]

    def _failed(self, error: Exception) -> ClusterFailed:
        status = getattr(error, "status_code", "")
        if status in {401, 403} and not _full(_told(error)):
            return ClusterFailed(
                f"{self.address.shown} refuses the user ({status})",
                at_console="see PINCITE_LIBRARY_USER and PINCITE_LIBRARY_PASSWORD",
            )
        if status == _GONE:
            return ClusterFailed(
                f"{self.address.shown} no longer has what was asked for: the law was updated or "
                "removed meanwhile; ask again"
            )
        detail = _told(error)
        return ClusterFailed(
            f"{self.address.shown} did not answer: {_reason(detail)}{_advice(detail)}"
        )


class _PointLost(Exception):
    """The point in time went with the node that held it."""


def whole(found: dict[str, Any]) -> dict[str, Any]:
    """The answer, if every shard gave its part and in time. Raises ClusterFailed."""
    shards = found["_shards"]
    lacking = shards["total"] - shards["successful"]
    if found.get("timed_out") or shards["failed"] or lacking:
        late = ", out of time" if found.get("timed_out") else ""
        raise ClusterFailed(
            f"the cluster answered in part ({shards['successful']} of {shards['total']} shards"
            f"{late}); nothing is told of it, ask again"
        )
    return found


def _client(address: Address) -> OpenSearch:
    try:
        from opensearchpy import OpenSearch
    except ImportError as error:
        raise SettingsError(
            "a library on a cluster needs opensearch-py: pip install 'pincite[cluster]'"
        ) from error
    # Its warnings are of what is handled here; without a handler they would go to the terminal.
    logging.getLogger("opensearch").addHandler(logging.NullHandler())
    more: dict[str, Any] = {}
    if address.user:
        more["http_auth"] = (address.user, address.password)
    if address.tls:
        more |= {"verify_certs": True, "ssl_show_warn": False}
        if address.ca is not None:
            more["ca_certs"] = str(address.ca)
    return OpenSearch(
        hosts=[{"host": name.strip("[]"), "port": port} for name, port in address.hosts],
        use_ssl=address.tls,
        http_compress=True,
        max_retries=0,  # ours are in `Cluster.call`
        retry_on_timeout=True,  # a node that is slow is left alone for a while
        pool_maxsize=16,
        **more,
    )


def _batches(
    rows: Iterable[tuple[str, dict[str, object]]],
) -> Iterator[list[tuple[str, str, int]]]:
    """Rows as lines of a bulk request, so many that none is too large."""
    import json

    part: list[tuple[str, str, int]] = []
    size = 0
    for identifier, source in rows:
        # A version of our own: a row that is sent again is told as there, and not written twice.
        action = {"index": {"_id": identifier, "version": 1, "version_type": "external"}}
        text = f"{json.dumps(action)}\n{json.dumps(source, ensure_ascii=False)}\n"
        part.append((identifier, text, len(text)))
        size += len(text)
        if size >= _BULK_BYTES or len(part) >= _BULK_ROWS:
            yield part
            part = []
            size = 0
    if part:
        yield part


def _told(error: Exception) -> Mapping[str, Any]:
    """What the cluster itself said of an error."""
    info = getattr(error, "info", None)
    return info if isinstance(info, dict) else {"error": str(error)}


def _reason(told: Mapping[str, Any]) -> str:
    error = told.get("error", told)
    if not isinstance(error, dict):
        return str(error)[:300]
    causes = error.get("root_cause") or [error]
    return str(causes[0].get("reason") or error.get("reason") or error.get("type"))[:300].rstrip(
        ";"
    )


def _full(told: Mapping[str, Any]) -> bool:
    return any(words in str(told) for words in _FULL)


def _advice(told: Mapping[str, Any]) -> str:
    if _full(told):
        return "; its disks are full: make room, the cluster then writes again by itself"
    return ""
