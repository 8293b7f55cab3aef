"""What is wrong with the law on a cluster: copies that lack, rows that are gone, left-overs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pincite.index.doctor import Problem, Trouble
from pincite.index.opensearch.mapping import section_of
from pincite.parsing.sections import text_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pincite.index.opensearch.catalogue import Shelved
    from pincite.index.opensearch.client import Cluster
    from pincite.index.opensearch.writer import ClusterWriter

_AGAIN = "remove the pack and add it again"


def examine_cluster(
    writer: ClusterWriter, *, fix: bool = False, texts: bool = False
) -> tuple[Problem, ...]:
    """Every problem found; `texts` also compares each stored text with its hash (slow).

    `fix` deletes what no pack points to. What is lost on every copy cannot be mended from the
    cluster alone. Raises ClusterFailed where it does not answer, LibraryBusy while another writes.
    """
    problems: list[Problem] = []
    state = writer.catalogue.state(now=True)
    for shelved in state.packs:
        problems += _pack(writer.cluster, shelved, texts=texts)
    swept = writer.sweep() if fix else ()
    for index in state.strays:
        mended = index in swept
        detail = "deleted" if mended else "no pack points to it; `pincite doctor --fix` deletes it"
        problems.append(Problem(Trouble.STRAY, index, detail, mended=mended))
    return tuple(problems)


def _pack(cluster: Cluster, shelved: Shelved, *, texts: bool) -> Iterator[Problem]:
    name, index = shelved.pack.name, shelved.index
    health = cluster.call("GET", f"/_cluster/health/{index}")
    if health["status"] == "red":
        yield Problem(
            Trouble.BROKEN_INDEX,
            name,
            f"a part of {index} is on no node that is up; start the nodes, or {_AGAIN}",
        )
        return
    if health["status"] == "yellow":
        yield Problem(
            Trouble.BROKEN_INDEX,
            name,
            f"{index} lacks a copy, and with the next node that goes may be lost; see the nodes",
        )
    body = {"size": 0, "track_total_hits": True, "query": {"term": {"now": True}}}
    found = cluster.search(index, body)["hits"]["total"]["value"]
    if found != shelved.pack.sections:
        yield Problem(
            Trouble.STALE_INDEX,
            name,
            f"{index} holds {found:,} of {shelved.pack.sections:,} sections; {_AGAIN}",
        )
    if texts:
        for hit in cluster.pages(index, {"query": {"match_all": {}}}, order="key"):
            section = section_of(hit)
            if text_hash(section.text) != section.text_sha256:
                yield Problem(
                    Trouble.CHANGED_TEXT, section.id, f"its text is not what was stored; {_AGAIN}"
                )
