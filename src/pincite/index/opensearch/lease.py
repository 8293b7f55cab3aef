"""One writer at a time on a cluster: a document that its holder must keep writing to."""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pincite.errors import ClusterFailed, LibraryBusy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pincite.index.opensearch.client import Cluster

_ID = "writer"
_STEP_SECONDS = 0.3
# Who has not written for so long is taken for dead; who finds itself late gives up by itself.
LAPSE_SECONDS = 45.0
_BEAT_SECONDS = 5.0


@dataclass(slots=True)
class Lease:
    """The right to write, and the numbers that were given out: none is given twice."""

    cluster: Cluster
    index: str
    token: str
    words: str
    numbers: dict[str, int] = field(default_factory=dict)
    _version: tuple[int, int] = (0, 0)
    _beat: float = 0.0

    def keep(self, *, now: bool = False) -> None:
        """Say that the holder lives, if it is time or `now`. Raises ClusterFailed if it is lost."""
        if not now and time.monotonic() - self._beat < _BEAT_SECONDS:
            return
        self._beat = time.monotonic()
        if not self._put(self.token):
            raise ClusterFailed(
                "another process took the right to write to the cluster, for this one was silent "
                f"for over {LAPSE_SECONDS:.0f} s; nothing was changed, try again"
            )

    def let_go(self) -> None:
        """Where the cluster does not answer the right lapses by itself."""
        with suppress(ClusterFailed):
            self._put("")

    def _put(self, token: str) -> bool:
        """Write the document, if nobody wrote it since; whether that was so."""
        body = {
            "token": token,
            "words": self.words if token else "",
            "beat": time.monotonic_ns(),
            "numbers": self.numbers,
        }
        sequence, term = self._version
        reply = self.cluster.call(
            "PUT",
            f"/{self.index}/_doc/{_ID}",
            body,
            {"if_seq_no": sequence, "if_primary_term": term},
            accept=(409,),
        )
        if "_seq_no" not in reply:
            # A try of our own may have come through without its answer.
            found = _read(self.cluster, self.index)
            if found is None or found["_source"] != body:
                return False
            reply = found
        self._version = reply["_seq_no"], reply["_primary_term"]
        return True


@contextmanager
def writing(
    cluster: Cluster,
    index: str,
    what: str,
    *,
    token: str,
    wait_seconds: float,
    waiting: Callable[[str], None] = lambda _: None,
) -> Iterator[Lease]:
    """Hold the right to write. Raises LibraryBusy, naming the holder, after the wait.

    It passes to who waits when its holder let it go, or has been silent for too long.
    """
    _make(cluster, index)
    lease = _taken(cluster, index, (what, token), wait_seconds, waiting)
    try:
        yield lease
    finally:
        lease.let_go()


def _taken(
    cluster: Cluster,
    index: str,
    who: tuple[str, str],
    wait_seconds: float,
    waiting: Callable[[str], None],
) -> Lease:
    what, token = who
    end = time.monotonic() + wait_seconds
    seen: tuple[object, float] = (None, time.monotonic())
    told = False
    while True:
        found = _read(cluster, index)
        source: dict[str, Any] = {} if found is None else found["_source"]
        if found is not None:
            beat = (found["_seq_no"], source["token"])
            if beat != seen[0]:
                seen = beat, time.monotonic()
            silent = time.monotonic() - seen[1]
            if not source["token"] or silent > LAPSE_SECONDS:
                lease = Lease(
                    cluster,
                    index,
                    token,
                    f"{what} ({token})",
                    dict(source["numbers"]),
                    (found["_seq_no"], found["_primary_term"]),
                )
                if lease._put(token):  # noqa: SLF001 -- its own module
                    return lease
        holder = source.get("words", "")
        if time.monotonic() >= end:
            raise LibraryBusy(
                f"another process is writing to the cluster: {holder}; try again later"
            )
        if holder and not told:
            waiting(f"waiting for another process: {holder}")
            told = True
        time.sleep(_STEP_SECONDS)


def _make(cluster: Cluster, index: str) -> None:
    """The index of the document, and the document, where they are not there yet."""
    if _read(cluster, index) is not None:
        return
    cluster.call(
        "PUT",
        f"/{index}",
        {
            "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-2"},
            "mappings": {"enabled": False},
        },
        accept=(400,),
        slow=True,
    )
    empty: dict[str, object] = {"token": "", "words": "", "beat": 0, "numbers": {}}
    cluster.call("PUT", f"/{index}/_create/{_ID}", empty, accept=(409,))


def _read(cluster: Cluster, index: str) -> dict[str, Any] | None:
    found = cluster.call("GET", f"/{index}/_doc/{_ID}", accept=(404,))
    return found if isinstance(found, dict) and found.get("found") else None
