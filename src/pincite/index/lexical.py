"""The words of the law: one tantivy index a pack, scored by BM25 over weighted fields.

An index holds no text. A document in it is one section version, known by the key that the
library gives it. The analyser is Pincite's own choice of tantivy's parts: words in lower case,
accents folded, English stop words out, English (Snowball) stems.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Self

from pincite.errors import IndexBroken

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import tantivy

    from pincite.law.section import Section

FIELDS = ("heading", "hierarchy", "text")
ANALYSER = "pincite_en"
_LONGEST_WORD = 40
_OPENING = 160  # characters


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query: already analysed, the field it is sought in, and its weight."""

    field: str
    token: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand together, with at most `slop` words moved or between them."""

    field: str
    tokens: tuple[str, ...]
    weight: float = 1.0
    slop: int = 0


@cache
def analyser() -> tantivy.TextAnalyzer:
    """The one analyser, for what is indexed and for what is asked."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(_LONGEST_WORD))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
        .filter(Filter.stopword("english"))
        .filter(Filter.stemmer("english"))
        .build()
    )


def tokens(text: str) -> list[str]:
    """The words of `text` as the index knows them, in order, repeats kept."""
    return list(analyser().analyze(text))


def opening(text: str) -> str:
    """The first words of a text, which stand for the heading that a section lacks."""
    return " ".join(text[:_OPENING].split()[:-1])


@cache
def schema() -> tantivy.Schema:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_unsigned_field("key", stored=False, indexed=True, fast=True)
    builder.add_boolean_field("live", indexed=True, fast=True)
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name=ANALYSER, index_option="position")
    return builder.build()


class LexicalWriter:
    """Builds or changes the index in a directory; nothing is visible before `commit`."""

    def __init__(self, directory: Path, memory_mb: int = 256) -> None:
        import tantivy

        directory.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(schema(), path=str(directory))
        self._index.register_tokenizer(ANALYSER, analyser())
        # One thread gives one order of segments, so that a rebuilt index ranks alike.
        self._writer = self._index.writer(heap_size=memory_mb * 1_000_000, num_threads=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, key: int, section: Section) -> None:
        import tantivy

        document = tantivy.Document()
        document.add_unsigned("key", key)
        document.add_boolean("live", section.status == "in_force")
        document.add_text("heading", section.heading or opening(section.text))
        document.add_text("hierarchy", " ".join((*section.hierarchy, section.document_name)))
        document.add_text("text", section.text)
        self._writer.add_document(document)

    def delete(self, key: int) -> None:
        import tantivy

        # delete_documents_by_term() takes a number for a signed one and finds nothing (0.27).
        self._writer.delete_documents_by_query(tantivy.Query.term_query(schema(), "key", key))

    def commit(self) -> None:
        """Make all that was added and deleted visible, and wait until it is on disk."""
        self._writer.commit()

    def close(self) -> None:
        """Let go of the directory; what was not committed is gone."""
        self._writer.wait_merging_threads()


class LexicalIndex:
    """One pack's index, open for reading."""

    def __init__(self, directory: Path) -> None:
        import tantivy

        try:
            self._index = tantivy.Index.open(str(directory))
        except (ValueError, OSError) as error:
            raise IndexBroken(
                f"the index {directory.name} cannot be opened ({error})",
                at_console="run `pincite doctor --fix`",
            ) from error
        self._index.register_tokenizer(ANALYSER, analyser())
        self._searcher = self._index.searcher()

    @property
    def size(self) -> int:
        """How many section versions it holds."""
        return self._searcher.num_docs

    def search(
        self, parts: Iterable[Term | Phrase], *, limit: int, live_only: bool = True
    ) -> list[tuple[int, float]]:
        """`(key, score)` of the best `limit` sections that hold any part, best first."""
        import tantivy

        query = self._query(parts)
        if query is None:
            return []
        if live_only:
            live = tantivy.Query.const_score_query(
                tantivy.Query.term_query(schema(), "live", field_value=True), 0.0
            )
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, live)]
            )
        hits = self._searcher.search(query, limit=limit, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        found = [
            (int(key), float(score))
            for (score, _), key in zip(hits, keys, strict=True)
            if key is not None
        ]
        # Equal scores stand in the order of the keys, whatever the segments are.
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))

    def frequency(self, field: str, token: str) -> int:
        """How many sections hold the token in the field."""
        return self._searcher.doc_freq(field, token)

    def _query(self, parts: Iterable[Term | Phrase]) -> tantivy.Query | None:
        import tantivy

        subqueries: list[tuple[tantivy.Occur, tantivy.Query]] = []
        for part in parts:
            if isinstance(part, Term):
                query = tantivy.Query.term_query(schema(), part.field, part.token, "freq")
            elif len(part.tokens) > 1:
                words: list[str | tuple[int, str]] = [*part.tokens]
                query = tantivy.Query.phrase_query(schema(), part.field, words, part.slop)
            else:
                continue
            if part.weight != 1.0:
                query = tantivy.Query.boost_query(query, part.weight)
            subqueries.append((tantivy.Occur.Should, query))
        return tantivy.Query.boolean_query(subqueries) if subqueries else None
