"""Making, filling and showing an index on the cluster: each step whole, or a clear error."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pincite.errors import ClusterFailed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pincite.index.opensearch.catalogue import Catalogue
    from pincite.index.opensearch.client import Cluster

_GREEN_SECONDS = 60


def make_index(cluster: Cluster, index: str, body: Mapping[str, object]) -> None:
    reply = cluster.call("PUT", f"/{index}", body, accept=(400,), slow=True)
    if "error" in reply and "already_exists" not in str(reply):
        raise ClusterFailed(f"{index} cannot be made ({reply['error'].get('reason')})")
    if reply.get("shards_acknowledged") is False:
        cluster.call("DELETE", f"/{index}", accept=(404,), slow=True)
        raise ClusterFailed(
            f"no node of {cluster.address.shown} takes a new index: their disks may be "
            "too full, or too few of them are up; nothing was changed"
        )


def settle(cluster: Cluster, index: str, count: int | None) -> None:
    """Wait until all that was written is on every copy. Raises ClusterFailed."""
    whole = cluster.call("POST", f"/{index}/_refresh", slow=True)
    if whole["_shards"]["failed"]:
        raise ClusterFailed(f"{index} is not whole on every node; nothing was changed")
    body = {"size": 0, "track_total_hits": True, "query": {"exists": {"field": "key"}}}
    found = cluster.search(index, body)["hits"]["total"]["value"]
    if count is not None and found != count:
        raise ClusterFailed(f"{index} holds {found:,} of {count:,} rows; nothing was changed")
    health = cluster.call(
        "GET",
        f"/_cluster/health/{index}",
        None,
        {"wait_for_status": "green", "timeout": f"{_GREEN_SECONDS - 5}s"},
        slow=True,
        accept=(408,),
    )
    if health.get("timed_out", True):
        raise ClusterFailed(
            f"{index} has not all its copies after {_GREEN_SECONDS} s: a node may be down or "
            "full; nothing was changed, try again when the cluster is green"
        )


def swap(cluster: Cluster, catalogue: Catalogue, actions: Sequence[Mapping[str, Any]]) -> None:
    """Change aliases, all at once. Raises ClusterFailed where they are not as expected."""
    reply = cluster.call("POST", "/_aliases", {"actions": list(actions)}, accept=(404,), slow=True)
    if reply.get("acknowledged"):
        return
    state = catalogue.state(now=True)
    shown = {one.index for one in state.packs} | {v.index for v in state.vectors.values()}
    added = {one["add"]["index"] for one in actions if "add" in one}
    gone = {one["remove"]["index"] for one in actions if "remove" in one}
    # A try of our own may have come through without its answer.
    if not (added <= shown and not gone & shown):
        raise ClusterFailed("another process changed what is installed; nothing was changed")


def describe(cluster: Cluster, index: str, told: Mapping[str, object]) -> None:
    """Have an index say what it holds."""
    cluster.call("PUT", f"/{index}/_mapping", {"_meta": told}, slow=True)


def discard(cluster: Cluster, index: str) -> None:
    """Delete an index that nobody sees; where the cluster is down the next writer sweeps it."""
    with suppress(ClusterFailed):
        cluster.call("DELETE", f"/{index}", accept=(404,), slow=True)


def point(index: str, alias: str) -> dict[str, Any]:
    return {"add": {"index": index, "alias": alias}}


def unpoint(index: str, alias: str) -> dict[str, Any]:
    return {"remove": {"index": index, "alias": alias, "must_exist": True}}
