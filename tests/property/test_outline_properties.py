"""Outlines of any text tile it, nest, and keep order; outlines of regular law are exact."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from pincite.law.outline import Outline, Subdivision, outline

PIECES = [
    *("(a)", "(b)", "(c)", "(1)", "(2)", "(i)", "(ii)", "(A)", "(B)", "(aa)", "(2-a)", "(1.5)"),
    *("1.", "2.", "A.", "B.", "Subd. 1.", "ARTICLE I", "\n", "\n\n", " ", ". ", "; and ", "; "),
    *("the board shall file", "The board", "subsection", "of this section", "two", "Repealed."),
    *("[...]", "[History. 1999, c. 1.]", "“", "é", "§ 4-5", "PDFRCW 1\n", "—"),
]
soup = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)

STYLES = (
    ("({})", "abcdefgh"),
    ("({})", "123456"),
    ("({})", "ABCDEF"),
    ("({})", ("i", "ii", "iii", "iv", "v")),
)
shapes = st.recursive(
    st.just(()),
    lambda inner: st.lists(inner, min_size=2, max_size=4).map(tuple),
    max_leaves=14,
)


def check(found: Outline) -> None:
    tiles = found.tiles()
    assert all(start < end for start, end in tiles)
    assert [end for _, end in tiles[:-1]] == [start for start, _ in tiles[1:]]
    if found.length:
        assert (tiles[0][0], tiles[-1][1]) == (0, found.length)
    assert 0 <= found.note_start <= found.length
    waiting: list[tuple[int, int, tuple[str, ...], tuple[Subdivision, ...]]] = [
        (0, found.length, (), found.roots)
    ]
    while waiting:
        at, stop, path, units = waiting.pop()
        for unit in units:
            assert at <= unit.start < unit.body <= unit.end <= stop
            assert unit.path == (*path, unit.label)
            waiting.append((unit.body, unit.end, unit.path, unit.children))
            at = unit.end


@example("1)(1)\n")
@example("(1)(A)\n(2)")
@given(st.one_of(st.text(), soup))
def test_any_text_is_tiled_by_an_outline_whose_children_lie_inside_in_order(text: str) -> None:
    found = outline(text)
    check(found)
    starts = [unit.start for unit in found.walk()]
    assert starts == sorted(starts)


@given(st.one_of(st.text(), soup))
def test_what_holds_a_span_is_sure_and_so_is_all_around_it(text: str) -> None:
    found = outline(text)
    sure = {unit.path for unit in found.walk() if unit.sure}
    for unit in found.walk():
        holder = found.at(unit.body, unit.end)
        if unit.sure:
            assert holder is not None
            assert holder.path[: len(unit.path)] == unit.path
        elif holder is not None:
            assert holder.sure
        assert not unit.sure or unit.path[:-1] == () or unit.path[:-1] in sure


@given(soup)
def test_the_same_text_has_the_same_outline(text: str) -> None:
    assert outline(text) == outline(text)


def write(shape: tuple[object, ...], depth: int, path: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Paths of a regular outline of this shape, in reading order."""
    found: list[tuple[str, ...]] = []
    labels = STYLES[depth][1]
    for label, below in zip(labels, shape, strict=False):
        found.append((*path, label))
        if isinstance(below, tuple) and depth + 1 < len(STYLES):
            found += write(below, depth + 1, (*path, label))
    return found


@given(shapes, st.sampled_from(["\n", "\n\n"]))
def test_regular_law_is_outlined_exactly(shape: tuple[object, ...], gap: str) -> None:
    wanted = write(shape, 0, ())
    lines = [
        f"{STYLES[len(path) - 1][0].format(path[-1])} The keeper shall row." for path in wanted
    ]
    text = gap.join(lines)
    found = outline(text)
    assert [unit.path for unit in found.walk()] == wanted
    assert found.breaks == ()
    check(found)
