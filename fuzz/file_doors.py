"""Doors that take files: packs, official XML, documents and memos."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

from fuzz.door import Door, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Through = Callable[[bytes], object]

SUFFIXES = (".pdf", ".html", ".docx", ".md", ".txt")


def pack_rows(_: Path) -> Through:
    """Rows as JSON lines, read as the rows of a pack."""
    from pincite.parsing.naming import by_form
    from pincite.parsing.pack_columns import RowReader
    from pincite.parsing.pack_row import PackRow

    def through(data: bytes) -> object:
        reader = RowReader()
        came: list[object] = []
        for number, line in enumerate(data.splitlines()[:50]):
            try:
                values = json.loads(line)
            except (ValueError, RecursionError):
                values = {"citation": text_of(line), "text": text_of(line), "state": "mo"}
            if isinstance(values, dict):
                values = {"document_type": "statute", "state": "mo"} | values
                came.append(reader.take(number, values))
        for row in came:
            if isinstance(row, PackRow):
                named = by_form(row.citation, jurisdiction=row.jurisdiction, kind=row.kind)
                came.append(named)
        return came, tuple(reader.left_over())

    return through


def pack_file(folder: Path) -> Through:
    from pincite.parsing.parquet import PackFile

    path = folder / "us_fr_statutes.parquet"

    def through(data: bytes) -> object:
        path.write_bytes(data)
        with PackFile(path) as pack:
            return sum(1 for _ in pack.rows())

    return through


def xml(reader: str) -> Callable[[Path], Through]:
    def make(_: Path) -> Through:
        from pincite.parsing import dc, ecfr, uslm

        def each(data: bytes) -> Iterator[object]:
            if reader == "uslm":
                yield from uslm.sections(io.BytesIO(data), source="x")
            elif reader == "ecfr":
                yield from ecfr.sections(io.BytesIO(data), source="x", title="16")
            else:
                yield dc.section(data, source="x")

        def index(data: bytes) -> object:
            return dc.index_entries(data, source="x"), dc.current_through(data, source="x")

        if reader == "dc-index":
            return index
        return lambda data: tuple(each(data))

    return make


def documents(suffix: str) -> Callable[[Path], Through]:
    """A document of a user's own, and the same bytes as a memo to be checked."""

    def make(_: Path) -> Through:
        from pincite.errors import ParseError
        from pincite.law.section import Kind
        from pincite.parsing.files.rows import Profile, document_rows
        from pincite.parsing.memo_files import read_memo

        profile = Profile(jurisdiction="us-fr", kind=Kind.REGULATION, name="Franklin Rules")

        def through(data: bytes) -> object:
            came: list[object] = []
            for read in (
                lambda: document_rows(data, suffix, profile, source="x").sections,
                lambda: read_memo(data, f"x{suffix}"),
            ):
                try:
                    came.append(read())
                except ParseError as error:
                    came.append(str(error))
            return came

        return through

    return make


def zipped(make: Callable[[Path], Through]) -> Callable[[Path], Through]:
    """Word files by their inner XML: bytes changed in an archive would seldom get past its sums."""

    def opened(folder: Path) -> Through:
        through = make(folder)

        def packed(data: bytes) -> object:
            if data[:2] == b"PK":
                return through(data)
            parts = data.split(b"\0", 3)
            names = ("word/document.xml", "word/footnotes.xml", "word/styles.xml")
            names = (*names, "word/numbering.xml")
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
                from tests.memo.files import RELATIONS, TYPES

                archive.writestr("[Content_Types].xml", TYPES)
                archive.writestr("_rels/.rels", RELATIONS)
                for name, part in zip(names, parts, strict=False):
                    archive.writestr(name, part)
            return through(out.getvalue())

        return packed

    return opened


@cache
def made_documents(suffix: str) -> tuple[bytes, ...]:
    from tests.documents import made
    from tests.memo import files

    lines = ("Sec. 1. Fees.", "The keeper shall pay.", "(a) one;", "(b) two.", "See FS 12-3-402.")
    pages = [made.column(72, 100, lines), made.column(72, 100, lines[::-1])]
    body = files.paragraph(files.run("Sec. 1. Fees.", "<w:b/>")) + files.paragraph(
        files.run("The keeper shall pay “both”."), files.run("4")
    )
    page = "<h1>Rules</h1><ol><li>one</li></ol><table><tr><td>x</td></tr></table><p>§ 1. Fees</p>"
    return {
        ".pdf": (made.pdf(pages, head="Rules #"),),
        ".docx": (files.main(body).encode(), made.docx(made.para("Sec. 1. Fees."))),
        ".html": (page.encode(), f"<!doctype html><html><body>{page}</body></html>".encode()),
        ".md": (made.POLICY.encode(), b"# A\n\n> q[^1]\n\n[^1]: FS 12-3-402\n"),
        ".txt": (made.POLICY.replace("#", "").encode(), "\n".join(lines).encode()),
    }[suffix]


def official_seeds(name: str) -> Callable[[], tuple[bytes, ...]]:
    def read() -> tuple[bytes, ...]:
        from pathlib import Path

        folder = Path("tests/formats")
        globs = {
            "uslm": "usc*.xml",
            "ecfr": "ecfr*.xml",
            "dc": "dc/titles/**/sections/*.xml",
            "dc-index": "dc/**/index.xml",
        }
        found = tuple(path.read_bytes() for path in sorted(folder.glob(globs[name])))
        assert found, f"no seeds for {name}"
        return found

    return read


def row_seeds() -> tuple[bytes, ...]:
    row: dict[str, Any] = {
        "act_id": "us/fr/1",
        "state": "fr",
        "document_type": "statute",
        "citation": "Frank. Stat. § 12-3-402",
        "section_number": "12-3-402",
        "section_title": "Notice",
        "text": "(a) The keeper shall row.",
        "effective_date": "2026-01-01",
        "chunk_index": 0,
        "total_chunks": 2,
        "pages": "0:1",
        "act_status": "active",
    }
    other = row | {"chunk_index": 1, "text": "(b) The keeper shall rest."}
    lone = row | {"total_chunks": 1, "state": "MO", "citation": "Mo. Rev. Stat. § 407.1500"}
    lines = [json.dumps(one).encode() for one in (row, other, lone)]
    return (b"\n".join(lines[:2]), lines[2])


def parquet_seeds() -> tuple[bytes, ...]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [json.loads(line) for seed in row_seeds() for line in seed.splitlines()]
    made = []
    for compression in ("none", "zstd", "snappy"):
        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pylist(rows * 3), sink, compression=compression)
        made.append(sink.getvalue().to_pybytes())
    return tuple(made)


XML = (
    "<", ">", "/>", "</", "<section>", "</section>", '<DIV8 N="1" TYPE="SECTION">', "</DIV8>",
    "<num>", "</num>", "<heading>", "<P>", "</P>", "<HEAD>", "<text>", "<para>", "<level>",
    "<content>", "<subsection>", "<paragraph>", "<!--", "-->", "<![CDATA[", "]]>", "<?x?>",
    "&amp;", "&#0;", "&#xD800;", "&x;", "<!DOCTYPE x>", 'xmlns="a"',
    'identifier="/us/usc/t99/s1"', 'status="repealed"', "\0", "<w:p>", "</w:p>", "<w:r>",
    "<w:t>", "<w:tbl>", "<w:numPr>", '<w:footnoteReference w:id="1"/>',
    '<xi:include href="x"/>', 'encoding="utf-16"', 'id="', '"', "12-3-402", "§ 1.1 ", "(a)",
)  # fmt: skip
JSON = (
    "{", "}", "[", "]", '"', ":", ",", "null", "true", "1", "-1", "1e308", "1e999", "NaN",
    "Infinity", "\\u0000", "\\ud800", "\n", '"citation"', '"text"', '"state"', '"total_chunks"',
    '"chunk_index"', '"effective_date"', '"0001-01-01"', '"99999-01-01"', '"12:3,4:5"', '"pages"',
    "1" * 30, '"MO"',
)  # fmt: skip
MARKS = (
    "<p>", "</p>", "<li>", "<ol>", "<table>", "<td>", "<h1>", "<pre>", "<sup>", "<blockquote>",
    "<script>", "&#xD800;", "&nbsp;", "# ", "## ", "> ", "- ", "1. ", "[^1]", "[^1]: ", "[", "](",
    "*", "**", "_", "`", "```", "|", "\n", "\n\n", "\t", "Sec. 1. ", "§ 2. ", "Article I", "(a) ",
    "“", "”", "...", "----", "====", "Page 1 of 2", "FS 12-3-402", "Id.", "supra", "“both.”4",
    "\x0c", "- 3 -", "charset=utf-16",
)  # fmt: skip
PDF = (
    "obj", "endobj", "stream", "endstream", "xref", "trailer", "/Length", "/Kids", "/Count",
    "/Page", "/Type", "BT", "ET", "Tj", "Tf", "Td", "Tm", "cm", "q", "Q", "<<", ">>", "0 R",
    "1 0 R", "(x)", "/Rotate 90", "99999999", "-1", "/MediaBox [0 0 612 792]",
    "/Filter /FlateDecode", "startxref", "%%EOF", "/Root",
)  # fmt: skip


def _official(name: str) -> Door:
    return Door(name=f"xml-{name}", make=xml(name), seeds=official_seeds(name), words=XML)


def _document(suffix: str, words: tuple[str, ...]) -> Door:
    make = documents(suffix)
    return Door(
        name=f"document-{suffix[1:]}",
        make=zipped(make) if suffix == ".docx" else make,
        seeds=lambda: made_documents(suffix),
        words=words,
    )


DOORS = (
    Door(name="pack-rows", make=pack_rows, seeds=row_seeds, words=JSON),
    Door(name="pack-file", make=pack_file, seeds=parquet_seeds, words=("PAR1", "citation", "text")),
    *(_official(name) for name in ("uslm", "ecfr", "dc", "dc-index")),
    _document(".md", MARKS),
    _document(".txt", MARKS),
    _document(".html", MARKS),
    _document(".docx", XML),
    _document(".pdf", PDF),
)
