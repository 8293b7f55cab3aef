"""Sections as documents of OpenSearch, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pincite.index.lexical import FIELDS, opening
from pincite.index.opensearch.analysis import placed
from pincite.library.rows import section_from

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from pincite.law.section import Section

# Longer headings are read from the stored section: Lucene takes no term of over 32,766 bytes.
_LONGEST_HEADING = 8_000
_SHARD = 400_000  # sections; a pack with more gets a shard for each
_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_COLUMNS = (
    "key",
    "id",
    "act_id",
    "jurisdiction",
    "kind",
    "code",
    "number",
    "citation",
    "local_citation",
    "heading",
    "hierarchy",
    "document",
    "document_name",
    "text",
    "text_sha256",
    "source_note",
    "status",
    "valid_from",
    "valid_to",
    "current_through",
    "url",
    "pack",
    "pages",
)
_VALID_TO = _COLUMNS.index("valid_to")
# The fields of the words of what a pack holds, and of what it no longer holds, begin with these.
NOW, PAST = WORDS = ("words", "past")
SELECT_STORED = """
SELECT s.key, s.id, s.act_id, d.jurisdiction, d.kind, d.code, s.number, s.citation,
       s.local_citation, s.heading, d.hierarchy, d.id, d.name, s.text, s.text_sha256,
       s.source_note, s.status, s.valid_from, s.valid_to, s.current_through, s.url, p.name, s.pages,
       s.position, s.seen_from, s.seen_to, s.fingerprint
FROM sections s JOIN documents d ON d.key = s.document JOIN packs p ON p.key = s.pack
"""


def law_index(sections: int) -> dict[str, object]:
    """What the index of a pack is made with; `sections` is how many it will hold."""
    keyword = {"type": "keyword"}
    words = {"type": "text", "analyzer": "placed", "search_analyzer": "placed"}
    stored = {"enabled": False, "type": "object"}
    fields: dict[str, object] = {
        "key": {"type": "long"},
        "position": {"type": "double"},
        "now": {"type": "boolean"},
        "live": {"type": "boolean"},
        "seen_from": {"type": "long"},
        "seen_to": {"type": "long"},
        "id": {"type": "keyword", "index": False},
        "heading": {"type": "keyword", "index": False, "ignore_above": _LONGEST_HEADING},
        "document": {"type": "keyword", "index": False},
        "id_key": keyword,
        "document_key": keyword,
        "act_id": keyword,
        "jurisdiction": keyword,
        "code": keyword,
        "stored": stored,
        "until": {"type": "date", "format": "strict_date"},
        **{f"{which}_{field}": words for which in WORDS for field in FIELDS},
    }
    return {
        "settings": {
            "number_of_shards": max(1, -(-sections // _SHARD)),
            "auto_expand_replicas": "0-1",
            "refresh_interval": -1,
            "max_result_window": 100_000,
            "index.unassigned.node_left.delayed_timeout": "5s",
            "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
            # What our own analysis left out keeps its place and counts for no length.
            "analysis": {
                "filter": {"left_out": {"type": "stop", "stopwords": ["_"]}},
                "analyzer": {
                    "placed": {
                        "type": "custom",
                        "tokenizer": "whitespace",
                        "filter": ["left_out"],
                    }
                },
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"excludes": [f"{which}_{field}" for which in WORDS for field in FIELDS]},
            "properties": fields,
        },
    }


def documents(connection: sqlite3.Connection, pack: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Every version of a pack's sections as a document, with its id."""
    rows = connection.execute(f"{SELECT_STORED} WHERE p.name = ? ORDER BY s.key", (pack,))
    for row in rows:
        yield str(row[0]), _document(row)


def _document(row: Sequence[Any]) -> dict[str, object]:
    position, seen_from, seen_to, fingerprint = row[23:]
    section = section_from(row[:23])
    columns = dict(zip(_COLUMNS, row[:23], strict=True))
    columns |= {"text_sha256": row[14].hex(), "hierarchy": json.loads(row[10])}
    del columns["key"]
    document: dict[str, object] = {
        "key": row[0],
        "position": position,
        "now": seen_to is None,
        "live": section.status == "in_force",
        "seen_from": seen_from,
        "seen_to": seen_to,
        "id": section.id,
        "id_key": folded(section.id),
        "act_id": section.act_id,
        "heading": section.heading,
        "document": section.document,
        "document_key": folded(section.document),
        "jurisdiction": section.jurisdiction,
        "code": section.code,
        "stored": {**columns, "fingerprint": fingerprint.hex()},
    }
    # The words of what is no longer in the pack would count in how rare a word is.
    which = NOW if seen_to is None else PAST
    document |= {f"{which}_{name}": text for name, text in _words(section).items()}
    if seen_to is not None and row[_VALID_TO] is not None:
        document["until"] = row[_VALID_TO]
    return document


def _words(section: Section) -> dict[str, str]:
    """The same texts as `lexical.LexicalWriter` indexes, as our own analysis has them."""
    return {
        "heading": placed(section.heading or opening(section.text)),
        "hierarchy": placed(" ".join((*section.hierarchy, section.document_name))),
        "text": placed(section.text),
    }


def folded(text: str) -> str:
    """As SQLite's NOCASE compares: the letters A to Z alone."""
    return text.translate(_SMALL)


def section_of(hit: Mapping[str, Any]) -> Section:
    """The section that a hit stores."""
    source = hit["_source"]
    return section_from(row_of(source))


def row_of(source: Mapping[str, Any]) -> tuple[Any, ...]:
    """A row as `library.rows.SELECT_SECTION` gives it."""
    stored = {**source["stored"], "key": source["key"]}
    stored["hierarchy"] = json.dumps(stored["hierarchy"], ensure_ascii=False)
    stored["text_sha256"] = bytes.fromhex(stored["text_sha256"])
    return tuple(stored[name] for name in _COLUMNS)
