"""Inputs with the shape that a door expects, and anything inside: read, or refused in words."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from fuzz.doors import DOORS
from fuzz.guard import Guard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pincite.errors import PinciteError
from pincite.parsing import dc, ecfr, uslm
from pincite.parsing.pack_columns import RowReader
from pincite.parsing.pack_row import PackRow, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
NAMES = {
    "uslm": "section num heading content chapeau subsection paragraph continuation p notes note "
    "sourceCredit quotedContent table tr td ref title chapter",
    "ecfr": "DIV5 DIV6 DIV8 DIV9 HEAD P I E CITA AUTH HED PSPACE TABLE TR TD FP EXTRACT NOTE",
    "dc": "section num heading text para aftertext include annotations annotation table cite",
}
ROOTS = {"uslm": "uscDoc", "ecfr": "DIV5", "dc": "section"}
VALUES = ("SECTION", "PART", "1", "1.2", "/us/usc/t99/s1", "repealed", "99-101", "", "§")
ATTRIBUTES = ("N", "TYPE", "identifier", "status", "value", "path", "effective")


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def element(name: str, attribute: str, value: str, inside: list[str]) -> str:
    return f'<{name} {attribute}="{value}">{"".join(inside)}</{name}>'


def trees(kind: str) -> st.SearchStrategy[str]:
    """Well-formed XML of the format's own elements, in any order and depth."""
    leaf = WORDS.map(escaped) | st.sampled_from(("(a)", "§ 1.2 ", "99-101", "Repealed."))

    def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(
            element,
            st.sampled_from(NAMES[kind].split()),
            st.sampled_from(ATTRIBUTES),
            st.sampled_from(VALUES),
            st.lists(inner, max_size=5),
        )

    return st.lists(st.recursive(leaf, around, max_leaves=25), max_size=6).map(
        lambda parts: f"<{ROOTS[kind]}>{''.join(parts)}</{ROOTS[kind]}>"
    )


@QUICK
@given(trees("uslm"))
def test_well_formed_us_code_is_read_or_refused(text: str) -> None:
    read_or_refused(lambda data: list(uslm.sections(io.BytesIO(data), source="x")), text)


@QUICK
@given(trees("ecfr"))
def test_well_formed_regulations_are_read_or_refused(text: str) -> None:
    read_or_refused(lambda data: list(ecfr.sections(io.BytesIO(data), source="x", title="1")), text)


@QUICK
@given(trees("dc"))
def test_well_formed_dc_law_is_read_or_refused(text: str) -> None:
    read_or_refused(lambda data: [dc.section(data, source="x")], text)


def read_or_refused(read: Callable[[bytes], list[object]], text: str) -> None:
    data = text.encode()
    try:
        found = read(data)
    except PinciteError:
        return
    assert found == read(data)


COLUMNS = (
    "act_id state jurisdiction document_type category citation section_number section_title title "
    "chapter breadcrumb text act_status effective_date source_note current_through source_url "
    "chunk_index total_chunks pages"
)
CELLS = (
    st.none()
    | st.integers(-5, 10**12)
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.text(max_size=12)
    | st.sampled_from(
        ["mo", "MO", "statute", "Mo. Rev. Stat. § 407.1500", "2", "0:1,5:2", "active"]
    )
)


@QUICK
@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS.split()), CELLS), max_size=6))
def test_rows_of_any_cells_are_sections_or_skipped_with_a_reason(
    rows: list[dict[str, object]],
) -> None:
    reader = RowReader()
    for number, row in enumerate(rows):
        taken = reader.take(number, row)
        assert taken is None or isinstance(taken, (PackRow, Skipped))
        assert not isinstance(taken, Skipped) or taken.reason
    assert all(one.reason for one in reader.left_over())


TEXT = st.lists(
    st.sampled_from([*DOORS["outline"].words, *DOORS["citations-find"].words])
    | st.text(max_size=5),
    max_size=40,
).map("".join)


@QUICK
@given(
    TEXT, st.sampled_from(["outline", "provisions", "citations-find", "citations-parse", "small"])
)
def test_text_of_law_goes_through_every_door_of_text(text: str, name: str) -> None:
    guard = Guard(made(name), pure=True, again_each=1)
    assert guard.run(text.encode("utf-8", "surrogatepass")) is None


_MADE: dict[str, Callable[[bytes], object]] = {}


def made(name: str) -> Callable[[bytes], object]:
    from pathlib import Path

    if name not in _MADE:
        _MADE[name] = DOORS[name].make(Path())
    return _MADE[name]
