"""Reading the library of a cluster: what `pincite.library.read.Library` promises, of OpenSearch."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pincite.index.opensearch.mapping import folded, section_of
from pincite.index.opensearch.memory import Memory
from pincite.law.identifiers import lookup_key
from pincite.law.section import Status
from pincite.library.days import Gone, Held, version_on
from pincite.library.once import of_one_pack, overlapping, ranks
from pincite.library.read import Neighbours, Place
from pincite.library.rows import SectionLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from pincite.index.opensearch.catalogue import Catalogue, Shelved
    from pincite.index.opensearch.client import Cluster
    from pincite.law.section import Section
    from pincite.library.read import InstalledPack

_V = TypeVar("_V")

_MOST = 10_000  # hits that are asked for at once
_AT_ONCE = 1_000  # keys
_LINE = ["id", "heading", "stored.number", "stored.citation", "stored.status", "stored.pack"]
_PLACE = ("key", "position", "id", "act_id", "document", "heading")
_SECTIONS, _PLACES, _VERSIONS = 4_000, 60_000, 2_000


class ClusterLibrary:
    """The law that a cluster has installed. It may be used from several threads.

    A call reads what was installed at most a second ago. What was read of an index is remembered:
    an index never changes once it can be found. `home` holds what stands beside the library.
    """

    def __init__(self, home: Path, cluster: Cluster, catalogue: Catalogue) -> None:
        self._home, self._cluster, self._catalogue = home, cluster, catalogue
        self._sections: Memory[tuple[str, int], Section] = Memory(_SECTIONS)
        self._places: Memory[tuple[str, int], Place] = Memory(_PLACES)
        self._versions: Memory[tuple[str, str], tuple[dict[str, Any], ...]] = Memory(_VERSIONS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._cluster.close()

    @property
    def home(self) -> Path:
        return self._home

    def packs(self) -> tuple[InstalledPack, ...]:
        return tuple(one.pack for one in self._catalogue.state().packs)

    def section(self, identifier: str, as_of: date | None = None) -> Section | None:
        if as_of is None:
            versions = self.versions(identifier)
            now = [section for section in versions if section.validity.end is None]
            return (now or list(versions))[-1] if versions else None
        taken = {
            (one.index, snapshot["key"]): snapshot
            for one in self._catalogue.state().packs
            for snapshot in one.snapshots
        }
        return version_on(
            [_held(hit, taken) for hit in self._hits_once(self._of(identifier))], as_of
        )

    def versions(self, identifier: str) -> tuple[Section, ...]:
        def order(hit: dict[str, Any]) -> tuple[object, ...]:
            return _first_day(hit), _last_seen(hit), hit["_source"]["key"]

        return self._once(map(section_of, sorted(self._of(identifier), key=order)))

    def came_for(self, identifier: str) -> tuple[Section, ...]:
        last: dict[str, int] = {}
        for hit in self._of(identifier):
            if (gone := hit["_source"]["seen_to"]) is not None:
                last[hit["_index"]] = max(gone, last.get(hit["_index"], gone))
        came: list[Any] = []
        for index, snapshot in last.items():
            query = _all({"now": True}, {"seen_from": snapshot})
            query["bool"]["must_not"] = {"term": {"id_key": folded(identifier)}}
            came += self._cluster.pages(index, {"query": query}, order="key")
        return tuple(map(section_of, sorted(came, key=_position)))

    def first_seen(self, identifier: str) -> datetime | None:
        seen: list[tuple[int, str]] = [
            (hit["_source"]["seen_from"], hit["_index"]) for hit in self._of(identifier)
        ]
        if not seen:
            return None
        first, index = min(seen)
        shelved = next(one for one in self._catalogue.state().packs if one.index == index)
        taken = {one["key"]: one["taken_at"] for one in shelved.snapshots}
        return None if first == min(taken) else datetime.fromisoformat(taken[first])

    def by_keys(self, keys: Iterable[int]) -> dict[int, Section]:
        return self._remembered(keys, self._sections, self._read_sections)

    def places(self, keys: Iterable[int]) -> dict[int, Place]:
        return self._remembered(keys, self._places, self._read_places)

    def around(self, pack: str, position: float, reach: int) -> tuple[Section, ...]:
        shelved = self._catalogue.state().pack(pack)
        if shelved is None:
            return ()
        query = _all({"now": True})
        query["bool"]["filter"].append(
            {"range": {"position": {"gte": position - reach, "lte": position + reach}}}
        )
        body = {"query": query, "size": _MOST, "sort": [{"position": "asc"}]}
        return tuple(map(section_of, self._cluster.hits(shelved.index, body)))

    def keyed(self, pack: str) -> Iterator[tuple[int, Section]]:
        shelved = self._catalogue.state().pack(pack)
        if shelved is None:
            return
        for hit in self._cluster.pages(
            shelved.index, {"query": _all({"now": True})}, order="position"
        ):
            yield hit["_source"]["key"], section_of(hit)

    def key_of(self, identifier: str) -> int | None:
        now = [hit for hit in self._of(identifier) if hit["_source"]["seen_to"] is None]
        # Two that end alike: the later first day goes first.
        now.sort(key=_first_day, reverse=True)
        now.sort(key=lambda hit: hit["_source"]["stored"]["valid_to"] is not None)
        kept = self._hits_once(now)
        return kept[0]["_source"]["key"] if kept else None

    def by_act_id(self, pack: str | None, act_id: str) -> tuple[Section, ...]:
        shelved = self._catalogue.state().packs
        if pack is not None:
            shelved = tuple(one for one in shelved if one.pack.name.lower() == pack.lower())
        hits = self._found(shelved, _all({"now": True}, {"act_id": act_id}))
        return tuple(map(section_of, sorted(hits, key=_position)))

    def document(self, document_id: str) -> tuple[Section, ...]:
        return self._once(map(section_of, self._document(document_id)))

    def document_lines(self, document_id: str) -> tuple[SectionLine, ...]:
        return tuple(map(_line, self._hits_once(self._document(document_id, _LINE))))

    def identifiers(self, jurisdiction: str, code: str) -> tuple[str, ...]:
        shelved = [
            one
            for one in self._catalogue.state().packs
            if one.pack.jurisdiction == jurisdiction and code in one.pack.codes
        ]
        query = _all({"now": True}, {"jurisdiction": jurisdiction}, {"code": code})
        hits = self._in_order(shelved, query, ["id"])
        return tuple(dict.fromkeys(hit["_source"]["id"] for hit in hits))

    def identifiers_near(
        self, jurisdiction: str, code: str, beginning: str, admits: Callable[[str], bool]
    ) -> tuple[str, ...]:
        begins = lookup_key(beginning)
        return tuple(
            one
            for one in self.identifiers(jurisdiction, code)
            if lookup_key(one).startswith(begins) and admits(one)
        )

    def neighbours(self, identifier: str) -> Neighbours:
        now = [hit for hit in self._of(identifier) if hit["_source"]["seen_to"] is None]
        kept = self._hits_once(now)
        if not kept:
            return Neighbours(None, None)
        here = kept[0]

        def beside(way: str, order: str) -> SectionLine | None:
            query = _all({"now": True})
            query["bool"]["filter"].append(
                {"range": {"position": {way: here["_source"]["position"]}}}
            )
            body = {"query": query, "size": 1, "sort": [{"position": order}], "_source": _LINE}
            hits = self._cluster.hits(here["_index"], body)
            return _line(hits[0]) if hits else None

        return Neighbours(beside("lt", "desc"), beside("gt", "asc"))

    def overlapping(self) -> frozenset[str]:
        return overlapping(self.packs())

    def installed_codes(self) -> frozenset[str]:
        return frozenset(code for pack in self.packs() for code in pack.codes)

    def digest(self) -> str:
        digest = hashlib.sha256()
        for pack in self.packs():
            digest.update(f"{pack.name} {pack.sha256}\n".encode())
        return digest.hexdigest()

    def remember(self, index: str, places: Iterable[Place]) -> None:
        """Keep places that a search of an index gave, for who asks for them next."""
        for place in places:
            self._places.put((index, place.key), place)

    def _of(self, identifier: str) -> tuple[dict[str, Any], ...]:
        """Every version of a section as the cluster has it, in no order."""
        shelved = self._catalogue.state().packs
        # An identifier begins with its jurisdiction, and a pack holds that of one.
        place = folded(identifier)[1:].partition("/")[0]
        shelved = tuple(one for one in shelved if one.pack.jurisdiction == place)
        wanted = folded(identifier)
        known: list[dict[str, Any]] = []
        lacking: list[Shelved] = []
        for one in shelved:
            hits = self._versions.get((one.index, wanted))
            if hits is None:
                lacking.append(one)
            else:
                known += hits
        if lacking:
            found = self._found(lacking, _all({"id_key": wanted}))
            for one in lacking:
                hits = tuple(hit for hit in found if hit["_index"] == one.index)
                self._versions.put((one.index, wanted), hits)
            known += found
        return tuple(known)

    def _document(self, document_id: str, fields: Sequence[str] = ()) -> list[Any]:
        query = _all({"now": True}, {"document_key": folded(document_id)})
        place = folded(document_id)[1:].partition("/")[0]
        shelved = [one for one in self._catalogue.state().packs if one.pack.jurisdiction == place]
        return self._in_order(shelved, query, fields)

    def _in_order(
        self, shelved: Sequence[Shelved], query: dict[str, Any], fields: Sequence[str]
    ) -> list[Any]:
        """What is found, in the order of the packs and of the law."""
        found: list[Any] = []
        for one in sorted(shelved, key=lambda one: one.number):
            body: dict[str, object] = {"query": query}
            if fields:
                body["_source"] = list(fields)
            size = 1_000
            first = self._cluster.hits(
                one.index, {**body, "size": size, "sort": [{"position": "asc"}]}
            )
            if len(first) < size:
                found += first
            else:
                found += self._cluster.pages(one.index, body, order="position", size=5_000)
        return found

    def _found(self, shelved: Sequence[Shelved], query: Mapping[str, object]) -> list[Any]:
        if not shelved:
            return []
        indices = ",".join(one.index for one in shelved)
        if len(indices) > 2_000:  # noqa: PLR2004 -- a node takes an address of 4,096 bytes
            indices = self._catalogue.names.law
        return self._cluster.hits(indices, {"query": query, "size": _MOST})

    def _read_sections(self, indices: str, keys: list[int]) -> Iterator[tuple[str, int, Section]]:
        body = {"query": {"terms": {"key": keys}}, "size": len(keys)}
        for hit in self._cluster.hits(indices, body):
            yield hit["_index"], hit["_source"]["key"], section_of(hit)

    def _read_places(self, indices: str, keys: list[int]) -> Iterator[tuple[str, int, Place]]:
        body = {"query": {"terms": {"key": keys}}, "size": len(keys), "_source": list(_PLACE)}
        for hit in self._cluster.hits(indices, body):
            place = Place(*(hit["_source"][name] for name in _PLACE))
            yield hit["_index"], place.key, place

    def _remembered(
        self,
        keys: Iterable[int],
        memory: Memory[tuple[str, int], _V],
        read: Callable[[str, list[int]], Iterator[tuple[str, int, _V]]],
    ) -> dict[int, _V]:
        """What the memory has, and what is read for the rest, in the order asked."""
        wanted = list(dict.fromkeys(keys))
        shelved = self._catalogue.state().packs
        found: dict[int, _V] = {}
        where: dict[str, list[int]] = {}
        for key in wanted:
            for one in shelved:
                if (value := memory.get((one.index, key))) is not None:
                    found[key] = value
                    break
            else:
                index = next(
                    (one.index for one in shelved if (one.index, key) in self._places),
                    self._catalogue.names.law,
                )
                where.setdefault(index, []).append(key)
        if not shelved:
            return {}
        for target, lacking in where.items():
            for start in range(0, len(lacking), _AT_ONCE):
                for index, key, value in read(target, lacking[start : start + _AT_ONCE]):
                    memory.put((index, key), value)
                    found[key] = value
        return {key: found[key] for key in wanted if key in found}

    def _once(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        """The sections, those of one pack where several have them."""
        several = tuple(sections)
        if len({section.pack for section in several}) < 2:  # noqa: PLR2004 -- one pack
            return several
        return tuple(of_one_pack(several, ranks(self.packs()), lambda one: (one.id, one.pack)))

    def _hits_once(self, hits: Sequence[Any]) -> list[Any]:
        if len({hit["_index"] for hit in hits}) < 2:  # noqa: PLR2004 -- one pack
            return list(hits)
        return of_one_pack(
            hits,
            ranks(self.packs()),
            lambda hit: (hit["_source"]["id"], hit["_source"]["stored"]["pack"]),
        )


def _held(hit: Mapping[str, Any], taken: Mapping[tuple[str, int], Mapping[str, Any]]) -> Held:
    """The version of a hit; `taken` are the snapshots by index and number."""
    number = hit["_source"]["seen_to"]
    snapshot = taken.get((hit["_index"], number))
    if snapshot is None:
        return Held(section_of(hit))
    seen = datetime.fromisoformat(snapshot["taken_at"]).date()
    return Held(section_of(hit), Gone(number, snapshot["current_through"], seen))


def _all(*terms: Mapping[str, object]) -> dict[str, Any]:
    return {"bool": {"filter": [{"term": dict(term)} for term in terms]}}


def _position(hit: Mapping[str, Any]) -> float:
    return hit["_source"]["position"]


def _first_day(hit: Mapping[str, Any]) -> tuple[bool, str]:
    day = hit["_source"]["stored"]["valid_from"]
    return day is not None, day or ""


def _last_seen(hit: Mapping[str, Any]) -> float:
    seen = hit["_source"]["seen_to"]
    return float("inf") if seen is None else seen


def _line(hit: Mapping[str, Any]) -> SectionLine:
    source, stored = hit["_source"], hit["_source"]["stored"]
    return SectionLine(
        source["id"],
        stored["number"],
        stored["citation"],
        source["heading"],
        Status(stored["status"]),
    )
