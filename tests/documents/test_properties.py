"""What holds of every document: pages tile, letters stay, damaged bytes are refused and no more."""

from __future__ import annotations

import string
from functools import cache
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.documents.made import POLICY, column, docx, para, pdf

from pincite.errors import PinciteError
from pincite.law.pages import PageStart, page_at, pages_from, pages_text, printed_pages, spans
from pincite.parsing.files.block import Block, joined
from pincite.parsing.files.read import read_document
from pincite.parsing.files.sectioning import sections
from pincite.parsing.files.wrapped import Words

STARTS = st.lists(st.integers(1, 500), unique=True, max_size=8).map(sorted)
BOUNDED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@given(STARTS, st.integers(0, 100))
def test_pages_tile_the_text_and_are_written_and_read_back(starts: list[int], more: int) -> None:
    length = (starts[-1] if starts else 0) + more
    pages = tuple(PageStart(at, page) for page, at in enumerate([0, *starts], start=1))
    assert pages_from(pages_text(pages), length) == pages
    tiles = list(spans(pages, length))
    assert tiles[0][0] == 0
    assert tiles[-1][1] == length
    assert all(one[1] == other[0] for one, other in pairwise(tiles))
    for start, end, page in tiles:
        if end > start:
            assert page_at(pages, start) == page_at(pages, end - 1) == page
            assert printed_pages(pages, start, end) == f"p. {page}"


@given(st.text(max_size=60), st.integers(0, 50))
def test_pages_that_nobody_wrote_are_no_pages(text: str, length: int) -> None:
    for start, end in pairwise(pages_from(text, length)):
        assert start.start < end.start <= length


LINE = st.text(
    alphabet=string.ascii_letters + string.digits + " -.,;()\u00ad\u2010\u00a7", max_size=40
)


def letters(text: str) -> str:
    return "".join(one for one in text if one.isalnum())


@given(st.lists(LINE, min_size=2, max_size=12))
def test_putting_lines_together_loses_no_letter(lines: list[str]) -> None:
    words = Words(lines)
    text = lines[0]
    for line in lines[1:]:
        text = words.joined(text, line)
    assert letters(text) == letters("".join(lines))


BLOCKS = st.lists(
    st.builds(
        Block,
        text=st.one_of(
            LINE.map(lambda line: f"x{line}"),
            st.tuples(
                st.sampled_from(["Sec. ", "§ ", "Article ", "", "Rule ", "Part "]),
                st.sampled_from(["1", "2", "3.1", "3.2", "II", "4."]),
                st.sampled_from([" Fees", ". Fees. The board shall meet.", "", " of this act"]),
            ).map("".join),
        ).filter(str.strip),
        level=st.sampled_from([0, 0, 0, 1, 2]),
        strong=st.sampled_from([0, 0, 0, 1]),
    ),
    min_size=1,
    max_size=25,
)


@given(BLOCKS)
def test_every_block_is_in_a_section_or_a_heading(blocks: list[Block]) -> None:
    found = sections(blocks, lambda _: None)
    whole = "".join(
        letters("".join((*one.hierarchy, one.number, one.heading, one.text, one.source_note)))
        for one in found
    )
    for one in found:
        for line in one.text.split("\n\n"):
            assert letters(line) in letters(" ".join(block.text for block in blocks))
    # Headings above a section stand in its hierarchy; only empty ones at the end stand nowhere.
    body = [
        block
        for block in blocks
        if block.text.startswith("x") and not block.level and not block.strong
    ]
    for block in body:
        assert letters(block.text) in whole


@given(st.lists(LINE.filter(str.strip), min_size=1, max_size=10), st.integers(1, 9))
def test_pages_of_blocks_put_together_begin_where_their_words_do(
    lines: list[str], page: int
) -> None:
    blocks = [Block(text=text, pages=(PageStart(0, page + n),)) for n, text in enumerate(lines)]
    text, pages = joined(blocks)
    for number, (start, _) in enumerate(pages):
        assert text[start:].startswith(lines[number])


@cache
def sound(suffix: str) -> bytes:
    made = {
        ".pdf": lambda: pdf([column(72, 100, ("Sec. 1. Fees.", "The keeper shall pay."))] * 3),
        ".docx": lambda: docx("".join(para(f"Sec. {n}. Fees.") for n in range(1, 9))),
        ".html": lambda: b"<h1>Rules</h1><ol><li>one</li></ol><table><tr><td>x</td></tr></table>",
        ".md": POLICY.encode,
        ".txt": lambda: POLICY.replace("#", "").encode(),
    }
    return made[suffix]()


@BOUNDED
@given(
    st.sampled_from([".pdf", ".docx", ".html", ".md", ".txt"]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=30),
    st.floats(0, 1),
    st.booleans(),
)
def test_damaged_files_are_read_or_refused(
    suffix: str, changes: list[tuple[float, int]], cut: float, cuts: bool
) -> None:
    data = bytearray(sound(suffix))
    for place, value in changes:
        data[int(place * (len(data) - 1))] = value
    if cuts:
        del data[int(cut * len(data)) :]
    try:
        reading = read_document(bytes(data), suffix, source="x")
        found = sections(reading.blocks, lambda _: None)
    except PinciteError:
        return
    for one in found:
        tiles = list(spans(one.pages, len(one.text)))
        assert not tiles or (tiles[0][0] == 0 and tiles[-1][1] == len(one.text))


@BOUNDED
@given(st.sampled_from([".html", ".md", ".txt"]), st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(suffix: str, data: bytes) -> None:
    try:
        reading = read_document(data, suffix, source="x")
    except PinciteError:
        return
    assert sections(reading.blocks, lambda _: None)
